"""A table as a part of a window: one tab stop, arrow keys choose a row, typing finds one, Ctrl+C copies it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QFrame, QHeaderView, QStackedLayout, QTableView

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import SPACE_S
from carcheck_desktop.ui.widgets.data.painting import PHASE_ICON, text_font
from carcheck_desktop.ui.widgets.data.states import Phase, TableState
from carcheck_desktop.ui.widgets.data.table.model import UNSORTED, TableModel, find_row
from carcheck_desktop.ui.widgets.data.table.paint import SORTED_PX, CellDelegate, Heading, row_height
from carcheck_desktop.ui.widgets.notices.empty import Empty

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from carcheck_desktop.ui.theme.look import Look
    from carcheck_desktop.ui.widgets.data.states import ColumnState

TYPING_S = 1.0
"""What is typed within so long belongs together."""
Cursor = QTableView.CursorAction


class RowsView(QTableView):
    """The rows: whole ones are chosen; Home and End go to the first and the last."""

    opened = Signal(str)

    def __init__(self, name: str, label: str, now_s: Callable[[], float]) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setProperty("elided", True)
        self.rows = TableModel(self)
        self._now_s = now_s
        self._typed, self._typed_at_s = "", 0.0
        self.setHorizontalHeader(Heading(self.rows))
        self.setModel(self.rows)
        self.setItemDelegate(CellDelegate(self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setFrameShape(qt.NO_FRAME)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.horizontalHeader().setFocusPolicy(qt.NO_FOCUS)

    def fit(self) -> None:
        """Give rows and columns the sizes of the look."""
        look = look_of(self)
        self.verticalHeader().setDefaultSectionSize(row_height(look))
        header = self.horizontalHeader()
        for number, column in enumerate(self.rows.columns):
            mode = QHeaderView.ResizeMode.Stretch if column.grows else QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(number, mode)
            if not column.grows:
                header.resizeSection(number, self._column_px(column, look))

    @staticmethod
    def _column_px(column: ColumnState, look: Look) -> int:
        """Return the width of a column: as designed, and never less than its title needs."""
        title = QFontMetrics(text_font(look, "body", bold=True)).horizontalAdvance(column.title)
        return max(round(look.px(column.width_px) * look.density.text), title + 2 * SPACE_S + look.px(SORTED_PX))

    def moveCursor(self, cursorAction: QTableView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        ends = {Cursor.MoveHome: 0, Cursor.MoveEnd: self.rows.rowCount() - 1}
        if cursorAction in ends and self.rows.rowCount():
            return self.rows.index(ends[cursorAction], max(0, self.currentIndex().column()))
        return super().moveCursor(cursorAction, modifiers)

    def keyboardSearch(self, search: str) -> None:
        now_s = self._now_s()
        is_going_on = now_s - self._typed_at_s < TYPING_S
        self._typed, self._typed_at_s = (self._typed if is_going_on else "") + search, now_s
        if not self.rows.rows:
            return
        # another letter narrows the search from where it stands, a first one looks further
        here = self.currentIndex().row()
        found = find_row(self.rows.rows, self._typed, max(0, here) if len(self._typed) > 1 else here + 1)
        if found is not None:
            self.setCurrentIndex(self.rows.index(found, max(0, self.currentIndex().column())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if event.matches(QKeySequence.StandardKey.Copy):
            if row >= 0:
                QGuiApplication.clipboard().setText("\t".join(cell.text for cell in self.rows.rows[row].cells))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            self.opened.emit(self.rows.rows[row].key)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "rows"):
            self.fit()


class Table(QFrame):
    """A table, or why there is none; `chosen` and `opened` (Enter, double click) tell the key of a row."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, name: str, label: str, *, now_s: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self.setObjectName(f"{name}_place")
        self.setProperty("kind", "card")
        self.setAttribute(qt.STYLED)
        self._state = TableState(())
        self._is_filling = False
        self.view = RowsView(name, label, now_s)
        self.empty = Empty(f"{name}_empty", "inbox")
        self._stack = QStackedLayout(self)  # without a parent its first widget would be shown as a window
        self._stack.setContentsMargins(1, 1, 1, 1)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        self.view.selectionModel().currentRowChanged.connect(self._moved)
        self.view.opened.connect(self.opened)
        self.view.doubleClicked.connect(lambda place: self.opened.emit(self.view.rows.rows[place.row()].key))
        self.view.horizontalHeader().sectionClicked.connect(self.sort_by)

    def show_table(self, state: TableState, chosen: str = "") -> None:
        """Show another table with one row chosen; by default the one that was."""
        wanted = chosen or self.key
        columns_changed = state.columns != self._state.columns
        self._state = state
        self._refill(lambda: self.view.rows.show(state.columns, state.rows), wanted)
        if columns_changed:
            self.view.fit()
        is_there = bool(state.rows) and state.phase in (Phase.READY, Phase.STALE)
        if not is_there:
            phase = state.phase if state.phase is not Phase.READY else Phase.EMPTY
            self.empty.show_empty(state.note, state.detail, PHASE_ICON[phase])
        self._stack.setCurrentWidget(self.view if is_there else self.empty)

    @property
    def key(self) -> str:
        """The key of the chosen row, empty for none."""
        row = self.view.currentIndex().row()
        return self.view.rows.rows[row].key if 0 <= row < len(self.view.rows.rows) else ""

    def sort_by(self, column: int) -> None:
        """Sort by a column: rising, falling, then as the rows came."""
        model, key = self.view.rows, self.key
        if model.sort_column != column:
            after = (column, False)
        else:
            after = (UNSORTED, False) if model.is_falling else (column, True)
        self._refill(lambda: model.sort_by(after[0], falling=after[1]), key)
        self.view.horizontalHeader().viewport().update()

    def _refill(self, fill: Callable[[], None], key: str) -> None:
        """Change the rows and choose the one with this key again, without telling it."""
        self._is_filling = True
        try:
            fill()
            number = self.view.rows.number_of(key) if key else None
            if number is not None and number != self.view.currentIndex().row():
                self.view.setCurrentIndex(self.view.rows.index(number, 0))
        finally:
            self._is_filling = False

    def _moved(self, current: QModelIndex, previous: QModelIndex) -> None:
        if not self._is_filling and current.isValid():
            self.chosen.emit(self.view.rows.rows[current.row()].key)
