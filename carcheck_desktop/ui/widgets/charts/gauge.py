"""A value in its range: a bar with the band it should lie in, limits, and a sign when it is out of range."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.icons import draw_icon
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import TONE_ICON, Tone
from carcheck_desktop.ui.widgets.charts.axis import Scale
from carcheck_desktop.ui.widgets.charts.states import GaugeState
from carcheck_desktop.ui.widgets.data.painting import PHASE_ICON, Painted, draw_fitted, draw_note, text_font
from carcheck_desktop.ui.widgets.data.states import Phase

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from carcheck_desktop.ui.theme.look import Look
    from carcheck_desktop.ui.widgets.charts.states import BoundState

BAR_PX = 14
NOTHING = GaugeState("", "–", "", None, 0.0, 1.0)


def out_of_range(state: GaugeState) -> int:
    """Return on which side of the range a value lies: -1 below, 1 above, 0 inside."""
    if state.value is None:
        return 0
    return -1 if state.value < state.low else 1 if state.value > state.high else 0


def fill_of(state: GaugeState, pixels: float) -> tuple[float, float]:
    """Return from where to where a bar of so many pixels is filled: from zero, or the end that is nearer to it."""
    scale = Scale(state.low, state.high, pixels)
    zero = scale.clamped(0.0)
    value = scale.clamped(state.value if state.value is not None else 0.0)
    return min(zero, value), max(zero, value)


def draw_bar(painter: QPainter, state: GaugeState, bar: QRectF, look: Look) -> None:
    """Draw band, fill and limits of a horizontal bar, without words: for gauges, cards and rows."""
    palette, scale = look.palette, Scale(state.low, state.high, bar.width())
    radius = min(bar.height() / 2, look.px(4))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(palette.border_strong), 1))
    painter.setBrush(QColor(palette.sunken))
    painter.drawRoundedRect(bar, radius, radius)
    if state.target is not None:
        low, high = (scale.clamped(end) for end in state.target)
        painter.fillRect(
            QRectF(bar.left() + low, bar.top(), high - low, bar.height()), QColor(palette.tones[Tone.GOOD].line)
        )
    if state.value is not None:
        start, end = fill_of(state, bar.width())
        inset = bar.height() * 0.22
        ink = QColor(palette.tones[state.tone].ink)
        is_doubtful = state.phase is not Phase.READY
        brush = QBrush(ink, Qt.BrushStyle.BDiagPattern if is_doubtful else Qt.BrushStyle.SolidPattern)
        painter.fillRect(
            QRectF(bar.left() + start, bar.top() + inset, max(1.0, end - start), bar.height() - 2 * inset), brush
        )
        _arrow(painter, bar, out_of_range(state), ink)
    for bound in state.bounds:
        _bound(painter, bar, bar.left() + scale.clamped(bound.value), look, is_most=bound.is_most)
    painter.restore()


def _arrow(painter: QPainter, bar: QRectF, side: int, ink: QColor) -> None:
    """Point out of the bar where the value lies beyond its end."""
    if not side:
        return
    tip = bar.right() + bar.height() * 0.55 if side > 0 else bar.left() - bar.height() * 0.55
    base = bar.right() if side > 0 else bar.left()
    painter.setPen(qt.NO_PEN)
    painter.setBrush(ink)
    middle = bar.center().y()
    painter.drawPolygon(
        QPolygonF([QPointF(tip, middle), QPointF(base, bar.top() + 1), QPointF(base, bar.bottom() - 1)])
    )


def _bound(painter: QPainter, bar: QRectF, x: float, look: Look, *, is_most: bool) -> None:
    """Draw a limit: a line through the bar with a foot that points to the good side."""
    over, foot = look.px(4), look.px(5)
    painter.setPen(QPen(QColor(look.palette.curve_limit), max(2.0, look.px(2))))
    painter.drawLine(QPointF(x, bar.top() - over), QPointF(x, bar.bottom() + over))
    side = -foot if is_most else foot
    painter.drawLine(QPointF(x, bar.bottom() + over), QPointF(x + side, bar.bottom() + over))


class Gauge(Painted):
    """A value in its range; lying or standing."""

    def __init__(self, name: str, *, standing: bool = False) -> None:
        super().__init__(name)
        self._standing = standing
        self._state = NOTHING
        self.setProperty("elided", True)
        grow, keep = qt.GROWING, qt.FIXED
        self.setSizePolicy(keep if standing else grow, grow if standing else keep)

    def show_gauge(self, state: GaugeState) -> None:
        """Show another value; nothing is painted when it is the same."""
        if state == self._state:
            return
        self._state = state
        is_there = state.phase in (Phase.READY, Phase.STALE)
        self.setAccessibleName(
            f"{state.label} {state.text} {state.unit}".strip() if is_there else f"{state.label} {state.note}"
        )
        bounds = ", ".join(bound.words for bound in state.bounds)
        self.setAccessibleDescription(", ".join(part for part in (bounds, state.note if is_there else "") if part))
        self.setToolTip(" · ".join(part for part in (state.label, state.note) if part))
        self.updateGeometry()
        self.update()

    def _metrics(self, look: Look) -> tuple[float, float, float]:
        """Return the heights of the head, the bar and the foot."""
        head = QFontMetricsF(text_font(look, "strong", bold=True)).height()
        foot = QFontMetricsF(text_font(look, "caption")).height() if self._state.bounds or self._state.note else 0
        return head, float(look.px(BAR_PX)), foot

    def sizeHint(self) -> QSize:
        look = look_of(self)
        if self._standing:
            figure = QFontMetricsF(text_font(look, "strong", bold=True))
            label = QFontMetricsF(text_font(look, "body")).horizontalAdvance(self._state.label)
            text = figure.horizontalAdvance(f"{self._state.text} {self._state.unit}") + look.px(24)
            low = QFontMetricsF(text_font(look, "caption"))
            limits = max((low.horizontalAdvance(bound.words) for bound in self._state.bounds), default=0.0)
            beside = look.px(10) + look.px(BAR_PX) + look.px(12) + limits
            return QSize(math.ceil(max(look.px(96), text, label + 4, beside + 4)), look.px(180))
        return QSize(look.px(220), round(sum(self._metrics(look))) + look.px(12))

    def minimumSizeHint(self) -> QSize:
        look = look_of(self)
        hint = self.sizeHint()
        return QSize(hint.width(), look.px(120)) if self._standing else QSize(look.px(80), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.begin()
        look = self.look()
        if self._standing:
            self._paint_standing(painter, look)
        else:
            self._paint_lying(painter, look)
        self.finish(painter)

    def _paint_lying(self, painter: QPainter, look: Look) -> None:
        head, bar, foot = self._metrics(look)
        edge = look.px(9)
        place = QRectF(edge, head + look.px(6), self.width() - 2 * edge, bar)
        self._head(painter, look, QRectF(edge, 0, place.width(), head))
        if self._state.phase in (Phase.READY, Phase.STALE):
            draw_bar(painter, self._state, place, look)
            self._foot(painter, look, QRectF(edge, place.bottom() + look.px(5), place.width(), foot))
        else:
            draw_note(
                painter,
                QRectF(edge, head, place.width(), self.height() - head),
                look,
                self._state.phase,
                self._state.note,
            )

    def _paint_standing(self, painter: QPainter, look: Look) -> None:
        """Turn the lying bar by a quarter; words stay upright: label above, figure below, limits at the right."""
        head, bar, foot = self._metrics(look)
        state = self._state
        self._label(painter, look, QRectF(0, 0, self.width(), head), qt.CENTRE)
        self._figure(painter, look, QRectF(0, self.height() - head, self.width(), head), qt.CENTRE)
        top, bottom = head + look.px(12), self.height() - head - look.px(12)
        if state.phase not in (Phase.READY, Phase.STALE):
            draw_note(painter, QRectF(0, top, self.width(), bottom - top), look, state.phase, state.note)
            return
        left = look.px(10)
        painter.save()
        painter.translate(left, bottom)
        painter.rotate(-90)
        draw_bar(painter, state, QRectF(0, 0, bottom - top, bar), look)
        painter.restore()
        scale = Scale(state.low, state.high, bottom - top)
        painter.setFont(text_font(look, "caption"))
        painter.setPen(QColor(look.palette.curve_limit))
        words_left = left + bar + look.px(12)
        for bound in state.bounds:
            y = min(max(bottom - scale.clamped(bound.value) - foot / 2, top - foot / 2), bottom - foot / 2)
            draw_fitted(painter, QRectF(words_left, y, self.width() - words_left, foot), bound.words)

    def _head(self, painter: QPainter, look: Look, box: QRectF) -> None:
        width = self._figure(painter, look, box, qt.RIGHT | qt.MIDDLE)
        self._label(painter, look, box.adjusted(0, 0, -width - look.px(8), 0), qt.LEFT | qt.MIDDLE)

    def _label(self, painter: QPainter, look: Look, box: QRectF, flags: Qt.AlignmentFlag) -> None:
        painter.setFont(text_font(look, "body"))
        painter.setPen(QColor(look.palette.text_muted))
        draw_fitted(painter, box, self._state.label, flags)

    def _figure(self, painter: QPainter, look: Look, box: QRectF, flags: Qt.AlignmentFlag) -> float:
        """Draw sign, value and unit; return their width. The sign says what the colour says."""
        state = self._state
        if state.phase not in (Phase.READY, Phase.STALE):
            return 0.0
        painter.setFont(text_font(look, "strong", bold=True))
        ink = look.palette.text if state.tone in (Tone.NEUTRAL, Tone.RUNNING) else look.palette.tones[state.tone].ink
        text = f"{state.text} {state.unit}".strip()
        width = painter.fontMetrics().horizontalAdvance(text) + 2
        icon = PHASE_ICON[Phase.STALE] if state.phase is Phase.STALE else TONE_ICON.get(state.tone, "")
        has_icon = state.phase is Phase.STALE or state.tone in (Tone.GOOD, Tone.BAD, Tone.CAUTION)
        side = float(look.px(16)) if has_icon else 0.0
        whole = width + (side + look.px(4) if has_icon else 0)
        left = box.right() - whole if flags & qt.RIGHT else box.center().x() - whole / 2
        if has_icon:
            tone = Tone.CAUTION if state.phase is Phase.STALE else state.tone
            draw_icon(
                painter, icon, look.palette.tones[tone].ink, QRectF(left, box.center().y() - side / 2, side, side)
            )
        painter.setPen(QColor(ink))
        painter.drawText(QRectF(left + whole - width, box.top(), width, box.height()), qt.LEFT | qt.MIDDLE, text)
        return whole

    def _foot(self, painter: QPainter, look: Look, box: QRectF) -> None:
        """Write each limit's words under its mark, pushed aside so that none is over another."""
        painter.setFont(text_font(look, "caption"))
        state = self._state
        if state.phase is Phase.STALE and state.note:
            painter.setPen(QColor(look.palette.tones[Tone.CAUTION].ink))
            draw_fitted(painter, box, state.note)
            return
        painter.setPen(QColor(look.palette.curve_limit))
        scale = Scale(state.low, state.high, box.width())
        metrics = painter.fontMetrics()
        widths = [metrics.horizontalAdvance(bound.words) + 2.0 for bound in state.bounds]
        for left, width, bound in zip(spread(state.bounds, widths, scale), widths, state.bounds, strict=True):
            painter.drawText(QRectF(box.left() + left, box.top(), width, box.height()), qt.CENTRE, bound.words)


def spread(bounds: tuple[BoundState, ...], widths: list[float], scale: Scale, gap: float = 8.0) -> list[float]:
    """Return where the words of limits begin: under their marks as far as there is room beside each other."""
    order = sorted(range(len(bounds)), key=lambda number: bounds[number].value)
    lefts = [0.0] * len(bounds)
    at = 0.0
    for number in order:
        wanted = scale.clamped(bounds[number].value) - widths[number] / 2
        lefts[number] = max(at, wanted)
        at = lefts[number] + widths[number] + gap
    end = scale.pixels
    for number in reversed(order):
        lefts[number] = min(lefts[number], end - widths[number])
        end = lefts[number] - gap
    return lefts
