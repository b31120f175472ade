"""The gallery: pages at the left, one of them beside, switches above; it connects to nothing."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QScrollArea, QWidget

from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.gallery.switches import Switches
from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.apply import named, open_size
from carcheck_desktop.ui.theme.look import wear
from carcheck_desktop.ui.theme.tokens import SPACE_M, SPACE_S
from carcheck_desktop.ui.widgets.basics.layout import column, panel, row
from carcheck_desktop.ui.widgets.data.row_list import RowList
from carcheck_desktop.ui.widgets.data.states import RowState

if TYPE_CHECKING:
    from carcheck_desktop.ui.gallery.choice import Choice
    from carcheck_desktop.ui.gallery.page import Page

DESIGNED = (1366, 768)
LIST_PX = 210


class GalleryWindow(QMainWindow):
    """Every page in every language, theme, density and scale."""

    def __init__(self, pages: tuple[Page, ...], choice: Choice) -> None:
        super().__init__()
        self.setObjectName("gallery_window")
        self.setAttribute(qt.CLOSE_DELETES)
        self._pages = {page.key: page for page in pages}
        self._page = pages[0].key
        self._choice = choice
        wear(self, choice.look)
        self._build()
        self.resize(open_size(DESIGNED))
        for keys, step in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda step=step: self._turn(step))

    @property
    def page(self) -> str:
        """The key of the page that is shown."""
        return self._page

    def _build(self) -> None:
        """Make everything anew in the language that is chosen."""
        self.words = words = Words(Catalogue(self._choice.language))
        name = words("gallery.title")
        self.setWindowTitle(name)
        self.setAccessibleName(name)
        switches = Switches(words, self._choice)
        switches.chosen.connect(self._choose)
        self._list = RowList("gallery_pages", words("gallery.pages"), self._choice.density.row_px + SPACE_S)
        self._list.setFixedWidth(self._choice.look.px(LIST_PX * self._choice.density.text))
        self._list.show_rows(tuple(RowState(key, words(f"gallery.page.{key}")) for key in self._pages), self._page)
        self._list.chosen.connect(self.show_page)
        self._scroll = QScrollArea()
        named(self._scroll, "gallery_scroll")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(qt.NO_FRAME)
        self._scroll.setFocusPolicy(qt.STRONG_FOCUS)
        centre = panel("canvas", "gallery_body")
        beside = row(self._list, self._scroll, spacing=SPACE_M, margins=(SPACE_M, SPACE_M, 0, 0))
        whole = column(switches, spacing=0)
        whole.addLayout(beside, 1)
        centre.setLayout(whole)
        self.setCentralWidget(centre)
        stops = (self._list, *switches.boxes.values(), self._scroll)
        for first, second in pairwise(stops):
            QWidget.setTabOrder(first, second)
        self.show_page(self._page)
        self._list.setFocus()

    def show_page(self, key: str) -> None:
        """Show a page, made anew."""
        place = self._list.model().index(list(self._pages).index(key), 0)
        if place != self._list.currentIndex():
            self._list.setCurrentIndex(place)  # which says so and comes back here
            return
        self._page = key
        made = self._pages[key].build(self.words)
        made.setObjectName(made.objectName() or f"page_{key}")
        self._scroll.setAccessibleName(self.words(f"gallery.page.{key}"))
        self._scroll.setWidget(made)

    def _turn(self, step: int) -> None:
        keys = list(self._pages)
        place = (keys.index(self._page) + step) % len(keys)
        self._list.setCurrentIndex(self._list.model().index(place, 0))

    def _choose(self, choice: Choice) -> None:
        was, self._choice = self._choice, choice
        wear(self, choice.look)
        if replace(choice, palette=was.palette) != was:
            self._rebuild()

    def _rebuild(self) -> None:
        """Make everything anew and leave the focus where it was."""
        focused: QWidget | None = self.focusWidget()
        name = focused.objectName() if focused is not None else ""
        self._build()
        centre = self.centralWidget()  # what was before is still there until Qt deletes it
        again = centre.findChild(QWidget, name) if centre is not None and name else None
        if again is not None:
            again.setFocus()
