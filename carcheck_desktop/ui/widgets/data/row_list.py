"""A list of rows that is driven by the arrow keys: one tab stop, painted by one delegate."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QSize, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QListView

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.apply import restyle
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.widgets.data.rows.model import RowModel
from carcheck_desktop.ui.widgets.data.rows.paint import RowDelegate
from carcheck_desktop.ui.widgets.data.states import RowState

FEW = 2
"""Rows of which a list shows at least so many."""


class RowList(QListView):
    """Rows with one chosen; arrow keys and the mouse choose, `chosen` says which key.

    A row is `height_px` high at scale 1 and as much higher as its words need. A list that has a `most` of rows wants
    to be as high as its rows, up to so many of them, and is never higher.
    """

    chosen = Signal(str)
    opened = Signal(str)
    """A row was double-clicked."""

    def __init__(self, name: str, label: str, height_px: int = 52, *, most: int = 0) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setProperty("elided", True)
        self.setProperty("kind", "rows")
        self._most = most
        self._rows = RowModel(self)
        self._delegate = RowDelegate(self, height_px)
        self._is_filling = False
        self.setModel(self._rows)
        self.setItemDelegate(self._delegate)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(qt.NO_SCROLL_BAR)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.selectionModel().currentChanged.connect(self._moved)
        self.doubleClicked.connect(lambda place: self.opened.emit(self._rows.rows[place.row()].key))

    def show_rows(self, rows: tuple[RowState, ...], chosen: str = "") -> None:
        """Show these rows with one of them chosen."""
        self._is_filling = True
        try:
            heights = [self._delegate.height_of(row) for row in self._rows.rows]
            self._rows.show_rows(rows)
            if heights != [self._delegate.height_of(row) for row in rows]:
                self.scheduleDelayedItemsLayout()
            current = next((number for number, row in enumerate(rows) if row.key == chosen), -1)
            place = self._rows.index(current) if current >= 0 else QModelIndex()
            if place != self.currentIndex():
                self.setCurrentIndex(place)
            if not place.isValid():
                self.clearSelection()
        finally:
            self._is_filling = False
        self._keep_height()
        self._show_focus()

    def show_most(self, rows: int) -> None:
        """Be as high as its rows by itself, up to so many from now on."""
        if rows != self._most:
            self._most = rows
            self._keep_height()

    @property
    def rows(self) -> tuple[RowState, ...]:
        """What is shown."""
        return self._rows.rows

    def content_height(self, most: int = 0) -> int:
        """Return how high the list is when nothing, or at most so many rows, needs scrolling."""
        rows = self._rows.rows[:most] if most else self._rows.rows
        look = look_of(self)
        ring = max(look.palette.focus_px, look.px(look.palette.focus_px))
        return sum(self._delegate.height_of(row) for row in rows) + 2 * ring

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._delegate.look = look_of(self)
            self.scheduleDelayedItemsLayout()
            self._keep_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.viewport().width()
        if width != self._delegate.width:
            self._delegate.width = width
            self.scheduleDelayedItemsLayout()
            self._keep_height()
        # not at once: to scroll lays the rows out, and a bar that appears then leaves them as they were for another width
        QTimer.singleShot(0, self, self._keep_in_sight)

    def focusInEvent(self, event: QFocusEvent) -> None:
        had_one = self.currentIndex().isValid()
        self._is_filling = True
        try:
            super().focusInEvent(event)
            if not had_one:
                # Qt makes the first row the present one: somebody who passes by with Tab has chosen nothing
                self.selectionModel().clearCurrentIndex()
        finally:
            self._is_filling = False
        self._keep_in_sight()
        self._show_focus()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_focus()

    def _keep_in_sight(self) -> None:
        """Scroll to the chosen row where the room has become less."""
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def _show_focus(self) -> None:
        """Ring the whole list while it has the focus and no row of it can show that."""
        is_alone = self.hasFocus() and not self.currentIndex().isValid()
        restyle(self, ring="on" if is_alone else "off")

    def sizeHint(self) -> QSize:
        """Return room for all rows that the list is as high as, for two of one that scrolls."""
        return QSize(super().sizeHint().width(), self.content_height(self._most or FEW))

    def minimumSizeHint(self) -> QSize:
        """Return room for two rows: more of them scroll where a small screen has no room."""
        return QSize(super().minimumSizeHint().width(), self.content_height(FEW))

    def _keep_height(self) -> None:
        self.updateGeometry()
        if self._most:
            self.setMaximumHeight(max(self._delegate.least_px(), self.content_height(self._most)))

    def _moved(self, current: QModelIndex, previous: QModelIndex) -> None:
        self._show_focus()
        if not self._is_filling and current.isValid():
            self.chosen.emit(self._rows.rows[current.row()].key)
