"""Verdict cards side by side, or one line each below each other."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from carcheck_desktop.ui.theme.tokens import SPACE_S, SPACE_XS
from carcheck_desktop.ui.widgets.basics.layout import column, row
from carcheck_desktop.ui.widgets.data.states import CardState
from carcheck_desktop.ui.widgets.data.verdict_card import VerdictCard


class CardRow(QWidget):
    """Verdict cards side by side, each as wide as the others; `compact` ones are a line each.

    `pressed` carries the key of a card that asks to be explained.
    """

    pressed = Signal(str)

    def __init__(self, name: str, *, compact: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self._compact = compact
        self._line = column(spacing=SPACE_XS) if compact else row(spacing=SPACE_S)
        self.setLayout(self._line)
        self._cards: list[VerdictCard] = []

    def show_cards(self, states: tuple[CardState, ...]) -> None:
        """Show these cards."""
        while len(self._cards) < len(states):
            card = VerdictCard(f"verdict_card_{len(self._cards)}", compact=self._compact)
            card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            card.pressed.connect(self.pressed)
            self._line.addWidget(card, 1)
            self._cards.append(card)
        for number, card in enumerate(self._cards):
            card.setVisible(number < len(states))
            if number < len(states):
                card.show_card(states[number])
