"""The rows of a table: sorted, found by what is typed, and only what changed is painted again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from carcheck_desktop.ui.widgets.data.states import CellState, ColumnState, LineOfCells

Index = QModelIndex | QPersistentModelIndex
CELL = Qt.ItemDataRole.UserRole
UNSORTED = -1


def sort_key(cell: CellState) -> tuple[int, float, str]:
    """Return what a cell is sorted by: numbers before texts, texts without regard to case."""
    order = cell.text if cell.order is None else cell.order
    return (1, 0.0, order.casefold()) if isinstance(order, str) else (0, float(order), "")


def sorted_rows(rows: tuple[LineOfCells, ...], column: int, *, falling: bool) -> tuple[LineOfCells, ...]:
    """Return rows sorted by a column; equal ones stay in the order in which they came."""
    if column == UNSORTED:
        return rows
    return tuple(sorted(rows, key=lambda row: sort_key(row.cells[column]), reverse=falling))


def find_row(rows: tuple[LineOfCells, ...], typed: str, start: int) -> int | None:
    """Return the number of the next row from `start` on, around the end, with a cell that begins with what was typed."""
    wanted = typed.casefold()
    for step in range(len(rows)):
        number = (start + step) % len(rows)
        if any(cell.text.casefold().startswith(wanted) for cell in rows[number].cells):
            return number
    return None


class TableModel(QAbstractTableModel):
    """Rows by their key in columns."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.columns: tuple[ColumnState, ...] = ()
        self.rows: tuple[LineOfCells, ...] = ()
        self._given: tuple[LineOfCells, ...] = ()
        self.sort_column = UNSORTED
        self.is_falling = False

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        cell = self.rows[index.row()].cells[index.column()]
        if role == CELL:
            return cell
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return cell.text
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        is_title = orientation is Qt.Orientation.Horizontal and role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
        )
        return self.columns[section].title if is_title and section < len(self.columns) else None

    def show(self, columns: tuple[ColumnState, ...], rows: tuple[LineOfCells, ...]) -> None:
        """Take over columns and rows; tell the view only what changed."""
        if columns != self.columns:
            self.beginResetModel()
            self.columns, self.sort_column = columns, UNSORTED
            self._given = self.rows = rows
            self.endResetModel()
            return
        self._given = rows
        self._take(sorted_rows(rows, self.sort_column, falling=self.is_falling))

    def sort_by(self, column: int, *, falling: bool) -> None:
        """Sort by a column."""
        self.sort_column, self.is_falling = column, falling
        self._take(sorted_rows(self._given, column, falling=falling))

    def number_of(self, key: str) -> int | None:
        """Return where a row stands."""
        return next((number for number, row in enumerate(self.rows) if row.key == key), None)

    def _take(self, rows: tuple[LineOfCells, ...]) -> None:
        if len(rows) != len(self.rows) or any(a.key != b.key for a, b in zip(rows, self.rows, strict=True)):
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
            return
        old, self.rows = self.rows, rows
        for number, (before, after) in enumerate(zip(old, rows, strict=True)):
            if before is after or before == after:
                continue
            for column, (one, other) in enumerate(zip(before.cells, after.cells, strict=True)):
                if one != other:
                    place = self.index(number, column)
                    self.dataChanged.emit(place, place, [CELL, Qt.ItemDataRole.DisplayRole])
