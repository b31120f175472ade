"""The page of a visit: what it is above, what holds it on the left, one list of the rest on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S
from carcheck_desktop.ui.widgets.basics.chip import Chip
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, panel, row
from carcheck_desktop.ui.widgets.basics.plate import Plate
from carcheck_desktop.ui.widgets.data.pairs import Pairs
from carcheck_desktop.ui.widgets.data.path.stage_path import StagePath
from carcheck_desktop.ui.widgets.data.row_list import RowList
from carcheck_desktop.ui.widgets.forms.choice_group import ChoiceGroup
from carcheck_desktop.ui.widgets.notices.banner import Banners
from carcheck_desktop.ui.widgets.notices.place import Place

if TYPE_CHECKING:
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.counter.visit.state import VisitState

HOLD_PX, ROW_PX = 64, 46
MOST_SAID = 2


class VisitPage(QWidget):
    """One visit; `shown` carries what somebody wants to see on the right."""

    shown = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("visit_page")
        self._plate = Plate("visit_plate", 40)
        self._headline = Label("", "title", wrap=True)
        self._headline.setObjectName("visit_title")
        self._stage = Chip("visit_stage")
        self._path = StagePath("visit_path", words)
        self._pairs = Pairs("visit_pairs", 4, wraps=True)
        self._said = Banners("visit_said", words, MOST_SAID, narrow=True)
        self._holds_title = Label("", "section")
        self.holds = RowList("visit_holds", words("ui.counter_visit.holds.list"), HOLD_PX)
        self._no_holds = Place("visit_no_holds", 28)
        self.choice = ChoiceGroup("visit_show", words("ui.counter_visit.show"))
        self.rows = RowList("visit_rows", words("ui.counter_visit.show"), ROW_PX)
        self._no_rows = Place("visit_no_rows", 28)
        card = panel("card", "visit_card")
        inner = column(spacing=SPACE_S, margins=(SPACE_L, SPACE_M, SPACE_L, SPACE_M))
        head = row(self._plate, spacing=SPACE_L)
        head.addWidget(self._headline, 1)
        head.addWidget(self._stage)
        inner.addLayout(head)
        for part in (self._said, self._path, self._pairs):
            inner.addWidget(part)
        left = column(self._holds_title, self.holds, self._no_holds, spacing=SPACE_S)
        right = column(self.choice, self.rows, self._no_rows, spacing=SPACE_S)
        both = row(spacing=SPACE_L)
        both.addLayout(left, 4)
        both.addLayout(right, 3)
        inner.addLayout(both, 1)
        card.setLayout(inner)
        card.setSizePolicy(qt.PREFERRED, qt.GROWING)
        self.setLayout(column(card, spacing=0))
        self.choice.chosen.connect(self.shown)

    def show_page(self, state: VisitState) -> None:
        """Show another state."""
        self._plate.show_plate(state.plate)
        self._headline.show_text(state.headline)
        self._stage.show_chip(state.stage.tone, state.stage.icon, state.stage.text)
        self._path.show_path(state.path)
        self._pairs.show_pairs(state.pairs)
        self._said.show_banners(state.said)
        self._holds_title.show_text(state.holds_title)
        self.holds.show_rows(state.holds)
        self.holds.setVisible(state.no_holds is None)
        self._no_holds.setVisible(state.no_holds is not None)
        if state.no_holds is not None:
            self._no_holds.show_place(state.no_holds)
        self.choice.show_choice(state.shown)
        self.rows.show_rows(state.rows)
        self.rows.setVisible(state.no_rows is None)
        self._no_rows.setVisible(state.no_rows is not None)
        if state.no_rows is not None:
            self._no_rows.show_place(state.no_rows)
