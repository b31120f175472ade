"""Today's visits at the side, with a search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from carcheck_desktop.domain.ticket import scanned_secret
from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.tokens import SPACE_M, SPACE_S
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column
from carcheck_desktop.ui.widgets.data.row_list import RowList
from carcheck_desktop.ui.widgets.forms.search_box import SearchBox
from carcheck_desktop.ui.widgets.notices.place import Place

if TYPE_CHECKING:
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.counter.state import SideState

ROW_PX = 56


class Side(QFrame):
    """Title, search box, rows; `chosen` carries a visit, `searched` what is looked for."""

    chosen = Signal(str)
    searched = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setProperty("kind", "card")
        self.setAttribute(qt.STYLED)
        self._title = Label("", "section", elided=True)
        self.box = SearchBox("visit_search", words("ui.counter.side.search"), words("ui.counter.side.search_hint"))
        self.rows = RowList("visit_list", words("ui.counter.side.list"), ROW_PX)
        self._place = Place("visit_list_place", 28)
        self.setLayout(
            column(
                self._title, self.box, self.rows, self._place,
                spacing=SPACE_S, margins=(SPACE_M, SPACE_S + 2, SPACE_M, SPACE_M),
            )
        )  # fmt: skip
        self.box.searched.connect(self._search)
        self.box.moved_down.connect(self.enter)
        self.rows.chosen.connect(self.chosen)

    def _search(self, words: str) -> None:
        self.searched.emit(words)
        if scanned_secret(words) is not None:
            self.box.clear()  # what opens an owner's page does not stay on the screen

    def enter(self) -> None:
        """Put the keyboard on the rows, on the first when none is chosen."""
        if not self.rows.rows:
            return
        self.rows.setFocus()
        if not self.rows.currentIndex().isValid():
            self.rows.setCurrentIndex(self.rows.model().index(0, 0))

    def show_side(self, state: SideState) -> None:
        """Show another state."""
        self._title.show_text(state.title)
        self.box.show_search(state.search)
        self.rows.show_rows(state.rows, state.chosen)
        self.rows.setVisible(state.place is None)
        self._place.setVisible(state.place is not None)
        if state.place is not None:
            self._place.show_place(state.place)
