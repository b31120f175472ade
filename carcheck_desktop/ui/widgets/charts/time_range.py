"""When something will be done: a band on a time axis with a mark for now, honest words, and why it is late."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.icons import draw_icon
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.charts.axis import Scale
from carcheck_desktop.ui.widgets.charts.states import TimeRangeState
from carcheck_desktop.ui.widgets.data.painting import Painted, draw_fitted, draw_note, small, text_font, unit_px
from carcheck_desktop.ui.widgets.data.states import Phase

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtGui import QPaintEvent

    from carcheck_desktop.ui.theme.look import Look

LEAST_BAND_PX = 6.0
BAR_PX = 10


@dataclass(frozen=True, slots=True)
class Placed:
    """Pixels along the axis: where the band begins and ends, where now is (None when it is not told)."""

    start: float
    end: float
    now: float | None


def place(state: TimeRangeState, pixels: float) -> Placed | None:
    """Place band and now along so many pixels; None when the axis is not known. What lies outside stops at the end."""
    if None in (state.begin, state.end, state.earliest, state.latest):
        return None
    begin, end = _seconds(state.begin), _seconds(state.end)
    if end <= begin:
        return None
    scale = Scale(0.0, end - begin, pixels)
    start = scale.clamped(_seconds(state.earliest) - begin)
    stop = max(start, scale.clamped(_seconds(state.latest) - begin))
    if stop - start < LEAST_BAND_PX:
        stop = min(pixels, start + LEAST_BAND_PX)
        start = max(0.0, stop - LEAST_BAND_PX)
    now = scale.clamped(_seconds(state.now) - begin) if state.now is not None else None
    return Placed(start, stop, now)


def _seconds(moment: datetime | None) -> float:
    return moment.timestamp() if moment is not None else 0.0


def draw_time_range(painter: QPainter, state: TimeRangeState, box: QRectF, look: Look, level: str = "strong") -> None:
    """Draw the words and, where there is height for it, the axis below; for widgets and for rows of the board."""
    if state.phase not in (Phase.READY, Phase.STALE):
        draw_note(painter, box, look, state.phase, state.note, level)
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    head = QFontMetricsF(text_font(look, level, bold=True)).height()
    low = QFontMetricsF(text_font(look, small(level))).height()
    _head(painter, state, QRectF(box.left(), box.top(), box.width(), head), look, level)
    top = box.top() + head
    reason = state.late or (state.note if state.phase is Phase.STALE else "")
    if reason and box.bottom() - top >= low - 1:
        painter.setFont(text_font(look, small(level)))
        painter.setPen(QColor(look.palette.tones[Tone.CAUTION].ink))
        draw_fitted(painter, QRectF(box.left(), top, box.width(), low), reason)
        top += low
    edge, bar = unit_px(look, level, 6), unit_px(look, level, BAR_PX)
    placed = place(state, box.width() - 2 * edge)
    if placed is not None and box.bottom() - top >= bar + low:
        axis = QRectF(box.left() + edge, top + unit_px(look, level, 11), box.width() - 2 * edge, bar)
        _axis(painter, state, placed, axis, (look, level))
    painter.restore()


def _head(painter: QPainter, state: TimeRangeState, box: QRectF, look: Look, level: str) -> None:
    """Draw the range in words; a clock that warns beside it when it is late."""
    tone = Tone.CAUTION if state.late or state.phase is Phase.STALE else None
    ink = look.palette.tones[tone].ink if tone else look.palette.text
    side = box.height() * 0.8
    icon = "triangle-alert" if state.late else "history" if state.phase is Phase.STALE else "clock"
    draw_icon(
        painter,
        icon,
        ink if tone else look.palette.text_muted,
        QRectF(box.left(), box.center().y() - side / 2, side, side),
    )
    painter.setFont(text_font(look, level, bold=True))
    painter.setPen(QColor(ink))
    draw_fitted(painter, box.adjusted(side * 1.35, 0, 0, 0), state.label)


def _axis(painter: QPainter, state: TimeRangeState, placed: Placed, axis: QRectF, style: tuple[Look, str]) -> None:
    look, level = style
    palette = look.palette
    middle = axis.center().y()
    painter.setPen(QPen(QColor(palette.border_strong), max(2.0, unit_px(look, level, 2))))
    painter.drawLine(QPointF(axis.left(), middle), QPointF(axis.right(), middle))
    tone = palette.tones[Tone.CAUTION if state.late else Tone.RUNNING]
    band = QRectF(axis.left() + placed.start, axis.top(), placed.end - placed.start, axis.height())
    painter.setPen(QPen(QColor(tone.ink), max(1.0, unit_px(look, level, 1.5))))
    painter.setBrush(QColor(tone.line))
    painter.drawRoundedRect(band, axis.height() / 2, axis.height() / 2)
    if placed.now is not None:
        x = axis.left() + placed.now
        half = unit_px(look, level, 4)
        painter.setPen(QPen(QColor(palette.text), max(1.5, unit_px(look, level, 2))))
        painter.drawLine(QPointF(x, axis.top() - half), QPointF(x, axis.bottom() + half))
        painter.setBrush(QColor(palette.text))
        top = axis.top() - half
        painter.drawPolygon(QPolygonF([QPointF(x - half, top - half), QPointF(x + half, top - half), QPointF(x, top)]))
    _axis_words(painter, state, placed, axis, style)


def _axis_words(
    painter: QPainter, state: TimeRangeState, placed: Placed, axis: QRectF, style: tuple[Look, str]
) -> None:
    """Write begin, now and end below the axis; now gives way to nobody, the ends to now."""
    look, level = style
    painter.setFont(text_font(look, small(level)))
    metrics = QFontMetricsF(painter.font())
    edge = unit_px(look, level, 6)
    # whole pixels and one more: Qt cuts letters to a place that is lower than they are
    line = QRectF(axis.left() - edge, axis.bottom() + edge, axis.width() + 2 * edge, math.ceil(metrics.height()) + 1)
    taken = QRectF()
    if placed.now is not None and state.now_words:
        width = metrics.horizontalAdvance(state.now_words) + 2
        left = min(max(axis.left() + placed.now - width / 2, line.left()), line.right() - width)
        taken = QRectF(left, line.top(), width, line.height())
        painter.setPen(QColor(look.palette.text))
        painter.drawText(taken, qt.CENTRE, state.now_words)
    painter.setPen(QColor(look.palette.text_muted))
    for words, side in ((state.begin_words, qt.LEFT), (state.end_words, qt.RIGHT)):
        width = metrics.horizontalAdvance(words) + 4
        left = line.left() if side == qt.LEFT else line.right() - width
        spot = QRectF(left, line.top(), width - 2, line.height())
        if not spot.adjusted(-6, 0, 6, 0).intersects(taken):
            painter.drawText(spot, side | qt.MIDDLE, words)


class TimeRange(Painted):
    """A time range as a part of a window; a `compact` one has no axis."""

    def __init__(self, name: str, *, level: str = "strong", compact: bool = False) -> None:
        super().__init__(name)
        self._level = level
        self._compact = compact
        self._state = TimeRangeState("")
        self.setProperty("elided", True)
        self.setSizePolicy(qt.GROWING, qt.FIXED)

    def show_range(self, state: TimeRangeState) -> None:
        """Show another range; nothing is painted when it is the same."""
        if state == self._state:
            return
        self._state = state
        is_there = state.phase in (Phase.READY, Phase.STALE)
        self.setAccessibleName(state.label if is_there else state.note)
        self.setAccessibleDescription(state.late or (state.note if is_there else ""))
        self.setToolTip(state.late or state.note)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = look_of(self)
        head = QFontMetricsF(text_font(look, self._level, bold=True))
        low = QFontMetricsF(text_font(look, small(self._level))).height()
        height = head.height()
        if self._state.late or self._state.phase is Phase.STALE:
            height += low
        if not self._compact and self._state.begin is not None:
            height += unit_px(look, self._level, BAR_PX + 20) + low
        width = head.horizontalAdvance(self._state.label) + head.height() * 1.2 + 4
        return QSize(round(max(width, look.px(160))), round(height) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(look_of(self).px(120), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.begin()
        box = QRectF(self.rect())
        if self._compact:
            box.setHeight(min(box.height(), float(self.sizeHint().height())))
        draw_time_range(painter, self._state, box, self.look(), self._level)
        self.finish(painter)
