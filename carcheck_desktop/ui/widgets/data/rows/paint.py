"""How a row is drawn: ground, sign, words, plate, and its path of steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.fonts import font
from carcheck_desktop.ui.theme.icons import draw_icon
from carcheck_desktop.ui.theme.look import PLAIN, Look
from carcheck_desktop.ui.theme.tokens import RADIUS_M, Tone
from carcheck_desktop.ui.widgets.basics.plate import draw_plate
from carcheck_desktop.ui.widgets.data.rows.layout import Line, Placed, place
from carcheck_desktop.ui.widgets.data.rows.model import ROW, Index

if TYPE_CHECKING:
    from carcheck_desktop.ui.widgets.data.states import RowState

BETWEEN = 1
"""Empty pixels below a row's ground."""


class RowDelegate(QStyledItemDelegate):
    """Paints a row: icon, title or plate, detail, a figure at the right, and a path of steps."""

    def __init__(self, view: QWidget, height_px: int) -> None:
        super().__init__(view)
        self._height_px = height_px
        self.look: Look = PLAIN
        self.width = 240

    def least_px(self) -> int:
        """Return how high a row is in this look when its words are short."""
        return self.look.px(self._height_px)

    def height_of(self, state: RowState) -> int:
        """Return how high a row has to be."""
        return round(place(state, self.look, self.width - 2, self.least_px()).height) + BETWEEN

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, self.height_of(index.data(ROW)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        state = index.data(ROW)
        rect, flags, owner = _given(option)
        is_chosen = bool(flags & QStyle.StateFlag.State_Selected)
        has_focus = is_chosen and isinstance(owner, QWidget) and owner.hasFocus()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(rect).adjusted(1, 1, -1, -1 - BETWEEN)
        self._ground(painter, box, state, chosen=is_chosen, focused=has_focus)
        painter.translate(rect.left() + 1, rect.top())
        self._content(painter, state, place(state, self.look, rect.width() - 2, rect.height() - BETWEEN))
        painter.restore()

    def _ground(self, painter: QPainter, box: QRectF, state: RowState, *, chosen: bool, focused: bool) -> None:
        palette = self.look.palette
        border = palette.focus if focused else palette.accent if chosen else palette.border
        painter.setPen(QPen(QColor(border), 3 if focused else 1))
        painter.setBrush(QColor(palette.accent_soft if chosen else palette.surface))
        painter.drawRoundedRect(box, RADIUS_M - 2, RADIUS_M - 2)
        if state.is_new:
            radius = self.look.px(4)
            painter.setPen(qt.NO_PEN)
            painter.setBrush(QColor(palette.accent))
            painter.drawEllipse(QPointF(box.right() - 2 * radius, box.top() + 2 * radius), radius, radius)

    def _content(self, painter: QPainter, state: RowState, placed: Placed) -> None:
        palette = self.look.palette
        if state.icon:
            draw_icon(painter, state.icon, palette.tones[state.tone].ink, placed.icon)
        self._write(painter, placed.title, ("body", True), palette.text)
        if state.plate is not None:
            draw_plate(painter, state.plate, placed.plate)
        self._write(painter, placed.detail, ("caption", False), palette.text_muted)
        tone = state.trailing_tone or state.tone
        self._write(painter, placed.trailing, ("body", True), palette.tones[tone].ink, at_right=True)
        if state.steps:
            self._steps(painter, placed.steps, state.steps)

    def _write(
        self, painter: QPainter, lines: tuple[Line, ...], style: tuple[str, bool], ink: str, *, at_right: bool = False
    ) -> None:
        level, bold = style
        flags = (qt.RIGHT if at_right else qt.LEFT) | qt.MIDDLE
        painter.setFont(font(self.look.text_px(level), bold=bold))
        painter.setPen(QColor(ink))
        for line in lines:
            painter.drawText(line.box, flags, line.text)

    def _steps(self, painter: QPainter, box: QRectF, steps: tuple[Tone, ...]) -> None:
        gap = 3
        width = (box.width() - gap * (len(steps) - 1)) / len(steps)
        palette = self.look.palette
        for number, tone in enumerate(steps):
            # what is still to do is hollow: no colour has to tell it
            is_hollow = tone is Tone.NEUTRAL
            ink = QColor(palette.border_strong if is_hollow else palette.tones[tone].ink)
            painter.setPen(QPen(ink, 1))
            painter.setBrush(QColor(palette.surface) if is_hollow else ink)
            place = QRectF(box.left() + number * (width + gap), box.top(), width, box.height())
            painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)


def _given(option: QStyleOptionViewItem) -> tuple[QRect, QStyle.StateFlag, object]:
    """Read the parts of a style option that the bindings' types do not name."""
    parts: Any = option
    return parts.rect, parts.state, parts.widget
