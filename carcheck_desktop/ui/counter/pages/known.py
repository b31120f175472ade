"""A car that was here before: nothing to type, only to compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from carcheck_desktop.ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, panel, row
from carcheck_desktop.ui.widgets.basics.plate import Plate
from carcheck_desktop.ui.widgets.data.pairs import Pairs
from carcheck_desktop.ui.widgets.notices.banner import Banner

if TYPE_CHECKING:
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.counter.state import KnownState


class KnownPage(QWidget):
    """Plate, what differs, what the licence says, what somebody looked at last time."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("known_page")
        self._plate = Plate("known_plate", 46)
        self._headline = Label("", "strong", wrap=True)
        self._headline.setObjectName("known_title")
        self._differences = Banner("known_differences", narrow=True)
        self._pairs = Pairs("known_pairs", 3, wraps=True)
        self._looked_at = Pairs("known_looked_at", 3, wraps=True)
        card = panel("card", "known_card")
        inner = column(spacing=SPACE_M, margins=(SPACE_L, SPACE_M, SPACE_L, SPACE_M))
        head = row(self._plate, spacing=SPACE_L)
        head.addWidget(self._headline, 1)
        inner.addLayout(head)
        inner.addWidget(self._differences)
        inner.addWidget(Label(words("ui.counter.known.licence"), "section"))
        inner.addWidget(self._pairs)
        inner.addSpacing(SPACE_S)
        inner.addWidget(Label(words("ui.counter.known.looked_at"), "section"))
        inner.addWidget(self._looked_at)
        inner.addStretch(1)
        card.setLayout(inner)
        self.setLayout(column(card, spacing=0))

    def show_page(self, state: KnownState) -> None:
        """Show another state."""
        self._plate.show_plate(state.plate)
        self._headline.show_text(state.headline)
        self._differences.show_banner(state.differences)
        self._pairs.show_pairs(state.pairs)
        self._looked_at.show_pairs(state.looked_at)
