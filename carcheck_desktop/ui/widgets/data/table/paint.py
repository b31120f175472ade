"""How cells and headings of a table are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.icons import draw_icon
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import SPACE_S
from carcheck_desktop.ui.widgets.data.painting import text_font
from carcheck_desktop.ui.widgets.data.table.model import CELL, Index, TableModel

if TYPE_CHECKING:
    from carcheck_desktop.ui.theme.look import Look
    from carcheck_desktop.ui.widgets.data.states import CellState

ROW_PX = 12
"""What a row is higher than its letters, at desk density."""


SORTED_PX = 14
"""Room of the sign at the column that is sorted by."""


def row_height(look: Look) -> int:
    """Return the height of a row."""
    letters = QFontMetrics(text_font(look, "body")).height()
    return max(letters + look.px(ROW_PX), look.px(look.density.control_px))


class CellDelegate(QStyledItemDelegate):
    """Paints a cell: sign, text in the ink of its tone; a whole row is chosen."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        given: Any = option
        view: QAbstractItemView = given.widget
        look, cell, box = look_of(view), index.data(CELL), QRect(given.rect)
        is_chosen = bool(given.state & QStyle.StateFlag.State_Selected)
        palette = look.palette
        painter.fillRect(box, QColor(palette.accent_soft if is_chosen else palette.surface))
        painter.setPen(QPen(QColor(palette.border), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if is_chosen and view.hasFocus():
            self._focus(painter, box, look, index)
        self._content(painter, box, cell, look, is_figure=_is_figure(index))

    def _focus(self, painter: QPainter, box: QRect, look: Look, index: Index) -> None:
        """Draw the piece of the row's ring that lies in this cell."""
        width = max(2, look.px(2))
        ink = QColor(look.palette.focus)
        painter.fillRect(QRect(box.left(), box.top(), box.width(), width), ink)
        painter.fillRect(QRect(box.left(), box.bottom() - width + 1, box.width(), width), ink)
        if index.column() == 0:
            painter.fillRect(QRect(box.left(), box.top(), width, box.height()), ink)
        if index.column() == index.model().columnCount() - 1:
            painter.fillRect(QRect(box.right() - width + 1, box.top(), width, box.height()), ink)

    def _content(self, painter: QPainter, box: QRect, cell: CellState, look: Look, *, is_figure: bool) -> None:
        ink = look.palette.tones[cell.tone].ink if cell.tone is not None else look.palette.text
        room = text_room(box, cell)
        if cell.icon:
            side = room.height() * 0.5
            spot = QRectF(box.left() + SPACE_S, box.center().y() - side / 2, side, side)
            draw_icon(painter, cell.icon, ink, spot)
        painter.setFont(text_font(look, "body"))
        painter.setPen(QColor(ink))
        shown = painter.fontMetrics().elidedText(cell.text, qt.ELIDE_RIGHT, room.width())
        painter.drawText(room, (qt.RIGHT if is_figure else qt.LEFT) | qt.MIDDLE, shown)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        given: Any = option
        return QSize(look_of(given.widget).px(60), row_height(look_of(given.widget)))

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Tell the whole text of a cell that was cut, and nothing of one that was not."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        given: Any = option
        cell: CellState = index.data(CELL)
        look = look_of(view)
        width = QFontMetrics(text_font(look, "body")).horizontalAdvance(cell.text)
        is_cut = width > text_room(QRect(given.rect), cell).width()
        QToolTip.showText(event.globalPos(), cell.text if is_cut else "", view)
        return True


def text_room(box: QRect, cell: CellState) -> QRect:
    """Return the place of a cell's text."""
    left = SPACE_S + (round(box.height() * 0.5) + SPACE_S if cell.icon else 0)
    return box.adjusted(left, 0, -SPACE_S, 0)


def _is_figure(index: Index) -> bool:
    model: Any = index.model()
    return bool(model.columns[index.column()].is_figure)


class Heading(QHeaderView):
    """The row of column titles, with a triangle at the one that is sorted by."""

    def __init__(self, model: TableModel) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._model = model
        self.setProperty("elided", True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), row_height(look_of(self)))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        look, column = look_of(self), self._model.columns[logicalIndex]
        painter.fillRect(rect, QColor(look.palette.sunken))
        painter.setPen(QPen(QColor(look.palette.border_strong), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        room = rect.adjusted(SPACE_S, 0, -SPACE_S, 0)
        if self._model.sort_column == logicalIndex:
            self._arrow(painter, room, look)
            room.setRight(room.right() - look.px(SORTED_PX))
        painter.setFont(text_font(look, "body", bold=True))
        painter.setPen(QColor(look.palette.text_muted))
        shown = painter.fontMetrics().elidedText(column.title, qt.ELIDE_RIGHT, room.width())
        painter.drawText(room, (qt.RIGHT if column.is_figure else qt.LEFT) | qt.MIDDLE, shown)

    def _arrow(self, painter: QPainter, room: QRect, look: Look) -> None:
        half = look.px(4)
        centre = QPointF(room.right() - half, room.center().y())
        up = half if self._model.is_falling else -half
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(qt.NO_PEN)
        painter.setBrush(QColor(look.palette.accent))
        points = (QPointF(0, up), QPointF(-half, -up), QPointF(half, -up))
        painter.drawPolygon(QPolygonF([centre + point for point in points]))
        painter.restore()
