"""How a curve is drawn: ground with grid and axes, lines that are continued, marks and words on top; no state of a run."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.icons import draw_icon
from carcheck_desktop.ui.theme.tokens import SPACE_S, SPACE_XS, Tone
from carcheck_desktop.ui.widgets.charts.axis import round_step, tick_text, ticks
from carcheck_desktop.ui.widgets.data.painting import draw_fitted, text_font

if TYPE_CHECKING:
    from collections.abc import Iterator

    from carcheck_desktop.ui.theme.look import Look
    from carcheck_desktop.ui.widgets.charts.axis import Scale
    from carcheck_desktop.ui.widgets.charts.curve_samples import Trace
    from carcheck_desktop.ui.widgets.charts.states import LimitState, LineState, MomentState, PlotState

DASH = (5.0, 2.5)
PIECE_PX = 12
HEADROOM, MOST_HEADROOM = 1.2, 1.7
X_TICK_PX, Y_TICK_PX = 70, 34
"""Least distance of two ticks at scale 1."""


@dataclass(frozen=True, slots=True)
class Plotting:
    """A plot at one size: where its box lies, the ranges of both axes, the look."""

    plot: PlotState
    box: QRectF
    x: Scale
    y: Scale
    look: Look
    compact: bool

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Plotting):
            return NotImplemented
        mine = (self.plot, self.x, self.y, self.look, self.compact, self.box.getRect())
        return mine == (other.plot, other.x, other.y, other.look, other.compact, other.box.getRect())

    def __hash__(self) -> int:
        return hash((self.x, self.y, self.compact))

    def spot(self, at_s: float, value: float) -> QPointF:
        """Return where a value lies in the window."""
        return QPointF(self.box.left() + self.x.at(at_s), self.box.bottom() - self.y.at(value))


def margins(plot: PlotState, look: Look, *, compact: bool) -> tuple[float, float, float, float]:
    """Return the room that axes need: left, above, right, below."""
    if compact:
        return 1.0, 1.0, 1.0, 1.0
    metrics = QFontMetricsF(text_font(look, "caption"))
    above = metrics.height() + SPACE_XS if plot.y_words else metrics.height() / 2
    return metrics.horizontalAdvance("00000") + SPACE_S, above, float(SPACE_S), metrics.height() + SPACE_S


def headroom(plot: PlotState, look: Look, height_px: float, *, compact: bool) -> float:
    """Return how much higher than the highest value a plot reaches; low ones leave room for words over the limit."""
    if not (compact and plot.limits):
        return HEADROOM
    words = QFontMetricsF(text_font(look, "caption", bold=True)).height() + 2 * SPACE_XS
    return min(MOST_HEADROOM, max(HEADROOM, height_px / max(1.0, height_px - words)))


def draw_ground(painter: QPainter, plotting: Plotting) -> None:
    """Draw grid, axes with their ticks and words, and the limits' lines."""
    box, palette = plotting.box, plotting.look.palette
    x_ticks = ticks(0, plotting.x.high, max(1, int(box.width() / plotting.look.px(X_TICK_PX))))
    y_ticks = ticks(0, plotting.y.high, max(1, int(box.height() / plotting.look.px(Y_TICK_PX))))
    painter.setPen(QPen(QColor(palette.border), 1))
    for at_s in x_ticks:
        x = round(box.left() + plotting.x.at(at_s)) + 0.5
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
    for value in y_ticks:
        y = round(box.bottom() - plotting.y.at(value)) - 0.5
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
    painter.setPen(QPen(QColor(palette.border_strong), 1))
    painter.drawLine(box.bottomLeft(), box.bottomRight())
    painter.drawLine(box.topLeft(), box.bottomLeft())
    if not plotting.compact:
        _axis_words(painter, plotting, x_ticks, y_ticks)
    for limit in plotting.plot.limits:
        y = plotting.spot(0, limit.value).y()
        painter.setPen(_limit_pen(plotting.look))
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))


def _limit_pen(look: Look) -> QPen:
    pen = QPen(QColor(look.palette.curve_limit), max(1.5, look.px(2)))
    pen.setDashPattern([4, 2.5])
    return pen


def _axis_words(painter: QPainter, plotting: Plotting, x_ticks: tuple[float, ...], y_ticks: tuple[float, ...]) -> None:
    box = plotting.box
    painter.setFont(text_font(plotting.look, "caption"))
    painter.setPen(QColor(plotting.look.palette.text_muted))
    # whole pixels and one more: Qt cuts letters to a place that is lower than they are
    height = math.ceil(QFontMetricsF(painter.font()).height()) + 1
    x_width = painter.fontMetrics().horizontalAdvance(plotting.plot.x_words)
    y_step = y_ticks[1] - y_ticks[0] if len(y_ticks) > 1 else round_step(plotting.y.high, 1)
    for value in y_ticks:
        y = box.bottom() - plotting.y.at(value)
        if y - height / 2 >= box.top() - 1 or not plotting.plot.y_words:
            place = QRectF(0, y - height / 2, box.left() - SPACE_XS - 2, height)
            painter.drawText(place, qt.RIGHT | qt.MIDDLE, tick_text(value, y_step))
    x_step = x_ticks[1] - x_ticks[0] if len(x_ticks) > 1 else round_step(plotting.x.high, 1)
    for at_s in x_ticks:
        text = tick_text(at_s, x_step)
        width = painter.fontMetrics().horizontalAdvance(text)
        x = box.left() + plotting.x.at(at_s)
        # the last tick leaves its place to the words of the axis
        if x + width / 2 < box.right() - x_width - SPACE_S:
            painter.drawText(QRectF(x - width, box.bottom() + 3, 2 * width, height), qt.CENTRE, text)
    painter.drawText(
        QRectF(box.left(), box.bottom() + 3, box.width(), height), qt.RIGHT | qt.MIDDLE, plotting.plot.x_words
    )
    painter.drawText(QRectF(SPACE_XS, 0, box.right(), height), qt.LEFT | qt.MIDDLE, plotting.plot.y_words)


class Pencil:
    """One line as far as it has been drawn for good; goes on from there, dashes included.

    Short pieces drawn one after the other would be thicker at their ends. What is shorter than
    `PIECE_PX` is therefore drawn anew with every frame (`draw_tail`) until it is long enough.
    """

    def __init__(self, line: LineState, plotting: Plotting) -> None:
        look = plotting.look
        ink: str = getattr(look.palette, line.ink)
        width = line.width_px * max(1.0, look.scale) * (0.8 if plotting.compact else 1.0)
        self._pen = QPen(QColor(ink), width)
        self._pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self._pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if line.dashed:
            self._pen.setDashPattern(DASH)
        self._dashed = line.dashed
        self._plotting = plotting
        self._length = 0.0
        self._done = 0

    def go_on(self, painter: QPainter, trace: Trace, column: list[float]) -> None:
        """Draw for good what has become long enough."""
        step_px = self._plotting.x.at(trace.at_s(1))
        end = len(column)
        if (end - self._done) * step_px < PIECE_PX:
            return
        for piece in self._pieces(trace, column, self._done, end):
            self._stroke(painter, piece)
            if self._dashed:
                self._length += sum(QLineF(one, other).length() for one, other in pairwise(piece))
        self._done = end

    def draw_tail(self, painter: QPainter, trace: Trace, column: list[float]) -> None:
        """Draw what is not drawn for good yet."""
        for piece in self._pieces(trace, column, self._done, len(column)):
            self._stroke(painter, piece)

    def tail_left(self, trace: Trace) -> float:
        """Return where the tail begins, in pixels of the window."""
        return self._plotting.box.left() + self._plotting.x.at(trace.at_s(max(0, self._done - 1)))

    def _pieces(self, trace: Trace, column: list[float], start: int, end: int) -> Iterator[list[QPointF]]:
        """Yield what is joined, from the sample before `start` on: a missing sample ends a piece."""
        plotting = self._plotting
        left, bottom = plotting.box.left(), plotting.box.bottom()
        step, rise = plotting.x.at(trace.at_s(1)), plotting.y.pixels / plotting.y.high
        piece: list[QPointF] = []
        for number in range(max(0, start - 1), end):
            value = column[number]
            if not math.isnan(value):
                piece.append(QPointF(left + number * step, bottom - value * rise))
            elif piece:
                yield piece
                piece = []
        if piece:
            yield piece

    def _stroke(self, painter: QPainter, piece: list[QPointF]) -> None:
        if self._dashed:
            self._pen.setDashOffset(self._length / self._pen.widthF())
        painter.setPen(self._pen)
        if len(piece) == 1:
            half = self._pen.widthF() / 2
            painter.fillRect(QRectF(piece[0].x() - half, piece[0].y() - half, 2 * half, 2 * half), self._pen.color())
        else:
            painter.drawPolyline(QPolygonF(piece))


def draw_overlay(
    painter: QPainter | None, plotting: Plotting, trace: Trace, words: tuple[str, ...], crossings: dict[int, int]
) -> QRectF:
    """Draw marks and words over the lines, or only say (without a painter) where they lie."""
    touched = QRectF()
    taken: list[QRectF] = []
    if painter is not None:
        for moment in plotting.plot.moments:
            # before all words: a line through a word is read as a letter
            _moment_line(painter, plotting, moment)
    for moment in plotting.plot.moments:
        touched = touched.united(_moment(painter, plotting, moment, trace, taken))
    for number, limit in enumerate(plotting.plot.limits):
        text = words[number] if number < len(words) else limit.words
        place = _limit_words(painter, plotting, trace, limit, text)
        taken.append(place)
        touched = touched.united(place)
    for number, sample in crossings.items():
        touched = touched.united(_crossing(painter, plotting, trace, plotting.plot.limits[number], sample, taken))
    return touched.united(_top(painter, plotting, trace, taken))


def _limit_words(painter: QPainter | None, plotting: Plotting, trace: Trace, limit: LimitState, text: str) -> QRectF:
    """Write at the limit's line: at the right, where the curve comes last, or where no line runs through the words."""
    chosen = text_font(plotting.look, "caption" if plotting.compact else "body", bold=True)
    metrics = QFontMetricsF(chosen)
    box, y = plotting.box, plotting.spot(0, limit.value).y()
    width, height = min(metrics.horizontalAdvance(text) + 8, box.width() - SPACE_S), metrics.height()
    # in a low box the words below their line lie on it rather than outside
    lefts, tops = (box.right() - width, box.left() + SPACE_S), (y - height - 2, min(y + 3, box.bottom() - height))
    places = [QRectF(left, top, width, height) for top in tops if top >= 0 for left in lefts]
    place = min(places, key=lambda each: _crossed(plotting, trace, each))
    if painter is not None and text:
        ground = QColor(plotting.look.palette.surface)
        ground.setAlpha(225)
        painter.fillRect(place, ground)
        painter.setFont(chosen)
        painter.setPen(QColor(plotting.look.palette.curve_limit))
        draw_fitted(painter, place, text, qt.CENTRE)
    return place


def _crossed(plotting: Plotting, trace: Trace, place: QRectF) -> int:
    """Return how much of the lines runs through a place."""
    step = plotting.x.at(trace.at_s(1))
    first, last = ((edge - plotting.box.left()) / step for edge in (place.left(), place.right()))
    bottom, rise = plotting.box.bottom(), plotting.y.pixels / plotting.y.high
    low, high = (bottom - place.bottom()) / rise, (bottom - place.top()) / rise
    stride = max(1, int(4 / step))
    through = slice(max(0, int(first)), max(0, int(last)) + 1, stride)
    return sum(low <= value <= high for column in trace.columns.values() for value in column[through])


def _crossing(
    painter: QPainter | None, plotting: Plotting, trace: Trace, limit: LimitState, sample: int, taken: list[QRectF]
) -> QRectF:
    """Mark the first measured sample that reached (or passed) a limit: a sign, the time and the value."""
    value = trace.columns[limit.line][sample]
    tone, icon = (Tone.BAD, "circle-x") if limit.is_most else (Tone.GOOD, "circle-check")
    ink = plotting.look.palette.tones[tone].ink
    spot = plotting.spot(trace.at_s(sample), value)
    side = plotting.look.px(14 if plotting.compact else 18)
    mark = QRectF(spot.x() - side / 2, spot.y() - side / 2, side, side)
    if painter is not None:
        painter.setPen(qt.NO_PEN)
        painter.setBrush(QColor(plotting.look.palette.surface))
        painter.drawEllipse(mark)
        draw_icon(painter, icon, ink, mark)
    text = f"{trace.at_s(sample):.2f} s · {_figure(plotting.plot, limit.line, value)}"
    return mark.united(_tag(painter, plotting, mark, text, (ink, taken)))


def _top(painter: QPainter | None, plotting: Plotting, trace: Trace, taken: list[QRectF]) -> QRectF:
    """Mark the greatest value of the line that counts."""
    key = plotting.plot.top_of
    top = trace.top(key) if key in trace.columns else None
    if top is None or plotting.compact:
        return QRectF()
    spot = plotting.spot(trace.at_s(top[0]), top[1])
    half = plotting.look.px(5)
    mark = QRectF(spot.x() - half, spot.y() - half * 2 - 2, half * 2, half * 2)
    ink = plotting.look.palette.text
    if painter is not None:
        painter.setPen(qt.NO_PEN)
        painter.setBrush(QColor(ink))
        tip = QPointF(spot.x(), spot.y() - 2)
        corner = QPointF(spot.x() - half, spot.y() - half * 1.6 - 2)
        painter.drawPolygon(QPolygonF([tip, corner, QPointF(spot.x() + half, corner.y())]))
    text = _figure(plotting.plot, key, top[1])
    tag = _tag(painter, plotting, mark, text, (ink, taken), is_above=True)
    return mark.united(tag)


def _tag(
    painter: QPainter | None,
    plotting: Plotting,
    mark: QRectF,
    text: str,
    look: tuple[str, list[QRectF]],
    *,
    is_above: bool = False,
) -> QRectF:
    """Write beside a mark where nothing else is written: right, left, above or below of it."""
    if plotting.compact:
        return QRectF()
    ink, taken = look
    chosen = text_font(plotting.look, "caption", bold=True)
    metrics = QFontMetricsF(chosen)
    width, height = metrics.horizontalAdvance(text) + 8, metrics.height() + 2
    room = plotting.box.adjusted(0, -2, 0, 0)
    middle = mark.center()
    over = QRectF(middle.x() - width / 2, mark.top() - height, width, height)
    tries = (
        *((over,) if is_above else ()),
        QRectF(mark.right() + 4, middle.y() + 2, width, height),
        QRectF(mark.right() + 4, middle.y() - height - 2, width, height),
        QRectF(mark.left() - 4 - width, middle.y() - height - 2, width, height),
        QRectF(mark.left() - 4 - width, middle.y() + 2, width, height),
        QRectF(middle.x() - width / 2, mark.bottom() + 4, width, height),
    )
    place: QRectF | None = next(
        (each for each in tries if room.contains(each) and not any(each.intersects(t) for t in taken)), None
    )
    if place is None:
        return QRectF()
    taken.append(place)
    if painter is not None:
        ground = QColor(plotting.look.palette.surface)
        ground.setAlpha(225)
        painter.fillRect(place, ground)
        painter.setFont(chosen)
        painter.setPen(QColor(ink))
        painter.drawText(place, qt.CENTRE, text)
    return place


def _moment(
    painter: QPainter | None, plotting: Plotting, moment: MomentState, trace: Trace, taken: list[QRectF]
) -> QRectF:
    """Write the word of a moment at its line, as low as no curve and no other word is hidden by it."""
    box = plotting.box
    x = plotting.spot(moment.at_s, 0).x()
    chosen = text_font(plotting.look, "caption")
    metrics = QFontMetricsF(chosen)
    width, height = metrics.horizontalAdvance(moment.words) + 8, metrics.height() + 2
    left = x - 3 - width if x + 3 + width > box.right() else x + 3
    foot = QRectF(left, box.bottom() - height - 2, width, height)
    steps = (foot.translated(0, -height * step) for step in range(max(1, int(box.height() / height))))
    free = [each for each in steps if not any(each.intersects(other) for other in taken)]
    place = min(free, key=lambda each: _crossed(plotting, trace, each), default=foot)
    taken.append(place)
    text, tone = moment.words, moment.tone
    if painter is not None and not plotting.compact:
        ink = plotting.look.palette.tones[tone].ink
        painter.fillRect(place, QColor(plotting.look.palette.surface))
        painter.setPen(QColor(ink))
        painter.setFont(chosen)
        painter.drawText(place, qt.CENTRE, text)
    return QRectF(x - 2, box.top(), 4, box.height()).united(place)


def _moment_line(painter: QPainter, plotting: Plotting, moment: MomentState) -> None:
    box, x = plotting.box, plotting.spot(moment.at_s, 0).x()
    pen = QPen(QColor(plotting.look.palette.tones[moment.tone].ink), max(1.0, plotting.look.px(1)))
    pen.setDashPattern([2, 3])
    painter.setPen(pen)
    painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))


def _figure(plot: PlotState, key: str, value: float) -> str:
    decimals = next((line.decimals for line in plot.lines if line.key == key), 0)
    return f"{value:.{decimals}f} {plot.unit}"
