"""Rows of components that grow and shrink with their states: verdict cards, instrument tiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.tokens import SPACE_S
from carcheck_desktop.ui.widgets.basics import column, row
from carcheck_desktop.ui.widgets.parts import DeviceTile, VerdictCard

if TYPE_CHECKING:
    from carcheck_desktop.ui.widgets.states import CardState, TileState


class CardRow(QWidget):
    """Verdict cards side by side, each as wide as the others."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._line = row(spacing=SPACE_S)
        self.setLayout(self._line)
        self._cards: list[VerdictCard] = []

    def show_cards(self, states: tuple[CardState, ...]) -> None:
        """Show these cards."""
        while len(self._cards) < len(states):
            card = VerdictCard(f"verdict_card_{len(self._cards)}")
            card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            self._line.addWidget(card, 1)
            self._cards.append(card)
        for number, card in enumerate(self._cards):
            card.setVisible(number < len(states))
            if number < len(states):
                card.show_card(states[number])


class TileColumn(QScrollArea):
    """Instrument tiles below each other; as high as they are, scrolling only when they must."""

    def __init__(self, name: str, label: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setWidgetResizable(True)
        self.setFrameShape(qt.NO_FRAME)
        self.setHorizontalScrollBarPolicy(qt.NO_SCROLL_BAR)
        self.setFocusPolicy(qt.NO_FOCUS)
        self._inner = QWidget()
        self._inner.setProperty("kind", "clear")
        self._tiles: list[DeviceTile] = []
        self._box = column(spacing=SPACE_S)
        self._box.addStretch(1)
        self._inner.setLayout(self._box)
        self.setWidget(self._inner)

    def show_tiles(self, states: tuple[TileState, ...]) -> None:
        """Show these tiles, those with a problem first."""
        ordered = sorted(states, key=lambda state: (not state.cause, state.key))
        while len(self._tiles) < len(ordered):
            tile = DeviceTile(f"device_tile_{len(self._tiles)}")
            self._box.insertWidget(len(self._tiles), tile)
            self._tiles.append(tile)
        for number, tile in enumerate(self._tiles):
            tile.setVisible(number < len(ordered))
            if number < len(ordered):
                tile.show_tile(ordered[number])
        self.fit()

    def fit(self) -> None:
        """Take the height that the tiles need, at most half of the window's."""
        width = max(120, self.viewport().width())
        inner = self._box.heightForWidth(width) if self._box.hasHeightForWidth() else self._inner.sizeHint().height()
        most = round(self.window().height() * 0.42)
        self.setFixedHeight(max(24, min(inner + 2, most)))
