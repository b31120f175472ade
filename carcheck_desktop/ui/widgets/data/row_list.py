"""A list of rows that is driven by the arrow keys: one tab stop, painted by one delegate."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.fonts import font
from carcheck_desktop.ui.theme.icons import draw_icon
from carcheck_desktop.ui.theme.look import PLAIN, Look, look_of
from carcheck_desktop.ui.theme.tokens import RADIUS_M, Tone
from carcheck_desktop.ui.widgets.basics.plate import draw_plate, plate_width
from carcheck_desktop.ui.widgets.data.states import RowState

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
PAD = 10
ICON = 20


class RowModel(QAbstractListModel):
    """Rows by their key; a row that stayed the same is not painted again."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[RowState, ...] = ()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.detail
        return None

    def show_rows(self, rows: tuple[RowState, ...]) -> None:
        """Take over new rows and tell the view only what changed."""
        if [row.key for row in rows] != [row.key for row in self.rows]:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
            return
        old, self.rows = self.rows, rows
        for number, (before, after) in enumerate(zip(old, rows, strict=True)):
            if before != after:
                place = self.index(number)
                self.dataChanged.emit(place, place, [ROW, Qt.ItemDataRole.DisplayRole])


class RowDelegate(QStyledItemDelegate):
    """Paints a row: icon, title or plate, detail, a figure at the right, and a path of steps."""

    def __init__(self, view: QWidget, height_px: int) -> None:
        super().__init__(view)
        self.height_px = height_px
        self.look: Look = PLAIN

    def row_px(self) -> int:
        """Return how high a row is in this look."""
        return self.look.px(self.height_px)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, self.row_px())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        state = index.data(ROW)
        rect, flags, owner = _given(option)
        is_chosen = bool(flags & QStyle.StateFlag.State_Selected)
        has_focus = is_chosen and isinstance(owner, QWidget) and owner.hasFocus()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(rect).adjusted(1, 1, -1, -2)
        self._ground(painter, box, state, chosen=is_chosen, focused=has_focus)
        self._content(painter, rect.adjusted(PAD, 3, -PAD, -5), state)
        painter.restore()

    def _ground(self, painter: QPainter, box: QRectF, state: RowState, *, chosen: bool, focused: bool) -> None:
        palette = self.look.palette
        border = palette.focus if focused else palette.accent if chosen else palette.border
        painter.setPen(QPen(QColor(border), 3 if focused else 1))
        painter.setBrush(QColor(palette.accent_soft if chosen else palette.surface))
        painter.drawRoundedRect(box, RADIUS_M - 2, RADIUS_M - 2)
        if state.is_new:
            painter.setPen(qt.NO_PEN)
            painter.setBrush(QColor(palette.accent))
            painter.drawEllipse(QPoint(round(box.right()) - 8, round(box.top()) + 9), 4, 4)

    def _content(self, painter: QPainter, box: QRect, state: RowState) -> None:
        text_box = QRect(box)
        if state.steps:
            text_box.setBottom(box.bottom() - 10)
            self._steps(painter, QRect(box.left(), box.bottom() - 6, box.width(), 6), state.steps)
        if state.icon:
            side = self.look.px(ICON)
            ink = self.look.palette.tones[state.tone].ink
            top = text_box.top() + (text_box.height() - side) / 2
            draw_icon(painter, state.icon, ink, QRectF(text_box.left(), top, side, side))
            text_box.setLeft(text_box.left() + side + PAD)
        if state.plate is not None and state.title:
            # title and plate need the whole first line
            under = QRect(text_box)
            under.setTop(text_box.top() + round(text_box.height() * 0.54))
            self._texts(painter, text_box, state, self._trailing(painter, under, state))
            return
        text_box.setRight(text_box.right() - self._trailing(painter, text_box, state))
        self._texts(painter, text_box, state)

    def _trailing(self, painter: QPainter, box: QRect, state: RowState) -> int:
        if not state.trailing:
            return 0
        tone = state.trailing_tone or state.tone
        painter.setFont(font(self.look.text_px("body"), bold=True))
        painter.setPen(QColor(self.look.palette.tones[tone].ink))
        painter.drawText(box, qt.RIGHT | qt.MIDDLE, state.trailing)
        return painter.fontMetrics().horizontalAdvance(state.trailing) + PAD

    def _texts(self, painter: QPainter, box: QRect, state: RowState, reserved: int = 0) -> None:
        top, bottom = QRect(box), QRect(box)
        has_two = bool(state.detail)
        if has_two:
            middle = box.top() + round(box.height() * 0.54)
            top.setBottom(middle)
            bottom.setTop(middle)
            bottom.setRight(bottom.right() - reserved)
        self._line(painter, top, state.title, self.look.palette.text, "body", bold=True)
        if state.plate is not None:
            if state.title:
                top.setLeft(top.left() + painter.fontMetrics().horizontalAdvance(state.title) + PAD)
            height = min(top.height() - 2, self.look.px(24))
            width = plate_width(state.plate, height)
            draw_plate(painter, state.plate, QRectF(top.left(), top.center().y() - height / 2, width, height))
        if has_two:
            self._line(painter, bottom, state.detail, self.look.palette.text_muted, "caption", bold=False)

    def _line(self, painter: QPainter, box: QRect, text: str, colour: str, level: str, *, bold: bool) -> None:
        painter.setFont(font(self.look.text_px(level), bold=bold))
        painter.setPen(QColor(colour))
        shown = painter.fontMetrics().elidedText(text, qt.ELIDE_RIGHT, box.width())
        painter.drawText(box, qt.LEFT | qt.MIDDLE, shown)

    def _steps(self, painter: QPainter, box: QRect, steps: tuple[Tone, ...]) -> None:
        gap = 3
        width = (box.width() - gap * (len(steps) - 1)) / len(steps)
        painter.setPen(qt.NO_PEN)
        for number, tone in enumerate(steps):
            colours = self.look.palette.tones[tone]
            painter.setBrush(QColor(colours.line if tone is Tone.NEUTRAL else colours.ink))
            painter.drawRoundedRect(QRectF(box.left() + number * (width + gap), box.top(), width, 5), 2, 2)


def _given(option: QStyleOptionViewItem) -> tuple[QRect, QStyle.StateFlag, object]:
    """Read the parts of a style option that the bindings' types do not name."""
    parts: Any = option
    return parts.rect, parts.state, parts.widget


class RowList(QListView):
    """Rows with one chosen; arrow keys and the mouse choose, `chosen` says which key."""

    chosen = Signal(str)

    def __init__(self, name: str, label: str, height_px: int = 52) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self._rows = RowModel(self)
        self._delegate = RowDelegate(self, height_px)
        self._is_filling = False
        self.setModel(self._rows)
        self.setItemDelegate(self._delegate)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(qt.NO_SCROLL_BAR)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setUniformItemSizes(True)
        self.selectionModel().currentChanged.connect(self._moved)

    def show_rows(self, rows: tuple[RowState, ...], chosen: str = "") -> None:
        """Show these rows with one of them chosen."""
        self._is_filling = True
        try:
            self._rows.show_rows(rows)
            current = next((number for number, row in enumerate(rows) if row.key == chosen), -1)
            place = self._rows.index(current) if current >= 0 else QModelIndex()
            if place != self.currentIndex():
                self.setCurrentIndex(place)
            if not place.isValid():
                self.clearSelection()
        finally:
            self._is_filling = False

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._delegate.look = look_of(self)
            self.scheduleDelayedItemsLayout()

    @property
    def rows(self) -> tuple[RowState, ...]:
        """What is shown."""
        return self._rows.rows

    def content_height(self) -> int:
        """Return how high the list is when nothing needs scrolling."""
        return len(self._rows.rows) * self._delegate.row_px() + 2

    def _moved(self, current: QModelIndex, previous: QModelIndex) -> None:
        if not self._is_filling and current.isValid():
            self.chosen.emit(self._rows.rows[current.row()].key)
