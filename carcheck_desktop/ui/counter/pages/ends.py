"""Where an intake ends: what was opened; and a visit of today that somebody looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from carcheck_desktop.ui.theme.tokens import SPACE_L, SPACE_XL, Tone
from carcheck_desktop.ui.widgets.basics.icon import Icon
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, panel, row
from carcheck_desktop.ui.widgets.basics.plate import Plate
from carcheck_desktop.ui.widgets.data.pairs import Pairs
from carcheck_desktop.ui.widgets.data.path.stage_path import StagePath

if TYPE_CHECKING:
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.counter.state import DoneState

ROW_PX = 46


class DonePage(QWidget):
    """The car is taken in: what was opened, and what is next."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("done_page")
        self._sign = Icon(56)
        self._headline = Label("", "headline", wrap=True)
        self._headline.setObjectName("done_title")
        self._detail = Label("", "strong", wrap=True)
        self._sum = Label("", "figure", wrap=True)
        self._sum.setObjectName("done_sum")
        self._plate = Plate("done_plate", 56)
        self._pairs = Pairs("done_pairs", 1, copies=True)
        self._path = StagePath("done_path", words)
        card = panel("card", "done_card")
        inner = column(spacing=SPACE_L, margins=(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_XL))
        head = row(self._sign, spacing=SPACE_L)
        head.addWidget(self._headline, 1)
        head.addWidget(self._plate)
        inner.addLayout(head)
        for part in (self._sum, self._pairs, self._path, self._detail):
            inner.addWidget(part)
        inner.addStretch(1)
        card.setLayout(inner)
        self.setLayout(column(card, spacing=0))

    def show_page(self, state: DoneState) -> None:
        """Show another state."""
        self._headline.show_text(state.headline)
        self._detail.show_text(state.detail)
        self._sign.show_icon(*(("circle-alert", Tone.CAUTION) if state.unpaid else ("circle-check", Tone.GOOD)))
        self._sum.show_text(state.sum_said)
        self._sum.setVisible(bool(state.sum_said))
        self._plate.show_plate(state.plate)
        self._pairs.show_pairs(state.pairs)
        self._path.show_path(state.path)
        self._path.setVisible(bool(state.path.stages))
