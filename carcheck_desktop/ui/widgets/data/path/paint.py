"""Drawing a path of stages into any painter: for the widget, for rows of a list and for the board."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.icons import draw_icon
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.data.painting import draw_fitted, draw_note, small, text_font, text_px
from carcheck_desktop.ui.widgets.data.path.layout import LINE_FACTOR, Room, Way, lay_out
from carcheck_desktop.ui.widgets.data.states import Mark, Phase

if TYPE_CHECKING:
    from carcheck_desktop.ui.theme.look import Look
    from carcheck_desktop.ui.theme.tokens import Palette
    from carcheck_desktop.ui.widgets.data.path.layout import PathLayout, Span
    from carcheck_desktop.ui.widgets.data.states import StagePathState, StageState

MARK_TONE = {
    Mark.DONE: Tone.GOOD,
    Mark.NOW: Tone.RUNNING,
    Mark.FAILED: Tone.BAD,
    Mark.HELD: Tone.CAUTION,
    Mark.TODO: Tone.OFF,
    Mark.SKIPPED: Tone.OFF,
}
PRESENT = (Mark.NOW, Mark.HELD, Mark.FAILED)
"""What a person asks about first, in this order."""
LOUD = frozenset(PRESENT)
MARK_SIZE = 1.35
"""Side of a mark, in sizes of the letters beside it."""


@dataclass(frozen=True, slots=True)
class _Brush:
    """What every stroke of one path needs."""

    painter: QPainter
    palette: Palette
    level: str
    look: Look


def present_stage(stages: tuple[StageState, ...]) -> int:
    """Return the number of the stage that matters now: running, held or failed; -1 when there is none."""
    for mark in PRESENT:
        found = [number for number, stage in enumerate(stages) if stage.mark is mark]
        if found:
            return found[-1]
    return -1


def draw_stage_path(painter: QPainter, state: StagePathState, box: QRectF, look: Look, level: str = "body") -> Way:
    """Draw a path into a box with letters of a step of the type scale; return how much of it could be said."""
    if state.phase is not Phase.READY and state.phase is not Phase.STALE:
        draw_note(painter, box, look, state.phase, state.note, level)
        return Way.MARKS
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    layout, room = _layout(state, box, look, level)
    brush = _Brush(painter, look.palette, level, look)
    has_two_lines = layout.way in (Way.BELOW, Way.PRESENT_BELOW)
    height = room.mark + (room.text * LINE_FACTOR if has_two_lines else 0)
    top = box.top() + max(0.0, (box.height() - height) / 2)
    line = QRectF(box.left(), top, box.width(), min(room.mark, box.height()))
    _connections(brush, state, layout, line)
    for number, span in layout.marks.items():
        side = min(span.width, line.height())
        spot = QRectF(box.left() + span.left, line.center().y() - side / 2, side, side)
        draw_mark(painter, state.stages[number].mark, spot, look.palette)
    # Qt cuts a text at its place: letters with tails need the whole height of their font
    more = max(0.0, QFontMetricsF(text_font(look, level, bold=True)).height() - room.text * LINE_FACTOR) / 2
    below = QRectF(box.left(), line.bottom() - more, box.width(), room.text * LINE_FACTOR + 2 * more)
    _words(brush, state, layout, below if has_two_lines else QRectF(box.left(), box.top(), box.width(), box.height()))
    _counts(brush, layout, line, room)
    painter.restore()
    return layout.way


def _layout(state: StagePathState, box: QRectF, look: Look, level: str) -> tuple[PathLayout, Room]:
    metrics = QFontMetricsF(text_font(look, level, bold=True))
    letters = float(text_px(look, level))
    mark = min(letters * MARK_SIZE, box.height())
    count = metrics.horizontalAdvance("+99") if state.stages else 0.0
    room = Room(box.width(), box.height(), mark, letters, count)
    widths = tuple(metrics.horizontalAdvance(stage.word) for stage in state.stages)
    return lay_out(widths, present_stage(state.stages), room), room


def _connections(brush: _Brush, state: StagePathState, layout: PathLayout, line: QRectF) -> None:
    """Draw the way between two marks: strong where the car has been, thin where it has yet to go."""
    middle = line.center().y()
    numbers = sorted(layout.marks)
    for one, other in pairwise(numbers):
        # a word beside its mark stands where the line would be
        left = (
            layout.words[one].right
            if layout.way is not Way.BELOW and _is_beside(layout, one)
            else layout.marks[one].right
        )
        right = layout.marks[other].left
        if right - left < 2:
            continue
        is_gone = state.stages[other].mark not in (Mark.TODO, Mark.SKIPPED)
        colour = brush.palette.text_muted if is_gone else brush.palette.border_strong
        brush.painter.setPen(QPen(QColor(colour), line.height() * (0.11 if is_gone else 0.06)))
        inset = line.height() * 0.08
        start, end = line.left() + left + inset, line.left() + right - inset
        brush.painter.drawLine(QPointF(start, middle), QPointF(end, middle))


def _is_beside(layout: PathLayout, number: int) -> bool:
    return layout.way in (Way.BESIDE, Way.PRESENT_BESIDE) and number in layout.words


def _words(brush: _Brush, state: StagePathState, layout: PathLayout, line: QRectF) -> None:
    is_below = layout.way in (Way.BELOW, Way.PRESENT_BELOW)
    flags = qt.CENTRE if is_below else qt.LEFT | qt.MIDDLE
    for number, span in layout.words.items():
        stage = state.stages[number]
        is_loud = stage.mark in LOUD
        brush.painter.setFont(text_font(brush.look, brush.level, bold=is_loud))
        brush.painter.setPen(QColor(_ink(stage.mark, brush.palette)))
        draw_fitted(
            brush.painter, QRectF(line.left() + span.left, line.top(), span.width, line.height()), stage.word, flags
        )


def _ink(mark: Mark, palette: Palette) -> str:
    return palette.tones[MARK_TONE[mark]].ink if mark in LOUD else palette.text_muted


def _counts(brush: _Brush, layout: PathLayout, line: QRectF, room: Room) -> None:
    """Say how many stages are not drawn."""
    brush.painter.setPen(QColor(brush.palette.text_muted))
    brush.painter.setFont(text_font(brush.look, small(brush.level)))
    if layout.before:
        draw_fitted(brush.painter, QRectF(line.left(), line.top(), room.count - 2, line.height()), f"+{layout.before}")
    if layout.after:
        last: Span = layout.marks[max(layout.marks)]
        place = QRectF(line.left() + last.right + 2, line.top(), room.count, line.height())
        draw_fitted(brush.painter, place, f"+{layout.after}")


def draw_mark(painter: QPainter, mark: Mark, spot: QRectF, palette: Palette) -> None:
    """Draw one mark: each has a shape of its own besides its colour."""
    inset = spot.width() * 0.06
    ring = spot.adjusted(inset, inset, -inset, -inset)
    colours = palette.tones[MARK_TONE.get(mark, Tone.OFF)]
    if mark in (Mark.DONE, Mark.FAILED):
        painter.setPen(qt.NO_PEN)
        painter.setBrush(QColor(colours.ink))
        painter.drawEllipse(ring)
        inner = ring.width() * 0.17
        sign = "check" if mark is Mark.DONE else "x"
        draw_icon(painter, sign, palette.surface, ring.adjusted(inner, inner, -inner, -inner))
    elif mark is Mark.HELD:
        _held(painter, ring, colours.ink, palette.surface)
    elif mark is Mark.NOW:
        painter.setPen(QPen(QColor(colours.ink), spot.width() * 0.13))
        painter.setBrush(QColor(colours.soft))
        edge = spot.width() * 0.06
        painter.drawEllipse(ring.adjusted(edge, edge, -edge, -edge))
        painter.setPen(qt.NO_PEN)
        painter.setBrush(QColor(colours.ink))
        core = ring.width() * 0.31
        painter.drawEllipse(ring.adjusted(core, core, -core, -core))
    else:
        _open(painter, ring, palette, is_skipped=mark is Mark.SKIPPED)


def _held(painter: QPainter, ring: QRectF, ink: str, ground: str) -> None:
    """Two bars on a rounded square: a pause, told apart from discs by its outline too."""
    painter.setPen(qt.NO_PEN)
    painter.setBrush(QColor(ink))
    painter.drawRoundedRect(ring, ring.width() * 0.22, ring.width() * 0.22)
    painter.setBrush(QColor(ground))
    bar, height = ring.width() * 0.13, ring.height() * 0.46
    for centre in (0.37, 0.63):
        left = ring.left() + ring.width() * centre - bar / 2
        painter.drawRect(QRectF(left, ring.center().y() - height / 2, bar, height))


def _open(painter: QPainter, ring: QRectF, palette: Palette, *, is_skipped: bool) -> None:
    width = ring.width() * 0.09
    pen = QPen(QColor(palette.text_muted if is_skipped else palette.border_strong), width)
    painter.setBrush(QColor(palette.sunken))
    if is_skipped:
        pen.setStyle(Qt.PenStyle.DotLine)
    painter.setPen(pen)
    painter.drawEllipse(ring.adjusted(width / 2, width / 2, -width / 2, -width / 2))
    if is_skipped:
        painter.setPen(QPen(QColor(palette.text_muted), width * 1.4))
        reach = ring.width() * 0.2
        middle = ring.center()
        painter.drawLine(QPointF(middle.x() - reach, middle.y()), QPointF(middle.x() + reach, middle.y()))
