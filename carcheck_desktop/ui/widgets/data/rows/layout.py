"""Where the parts of a row stand and how high it has to be; nothing is drawn here.

Words have room before figures have beauty: a title takes two lines, a sentence below it three, and
only what is longer still ends in … (the tool tip tells it whole).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF, QTextLayout, QTextOption

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.fonts import family, font
from carcheck_desktop.ui.theme.look import Look
from carcheck_desktop.ui.widgets.basics.plate import plate_width

if TYPE_CHECKING:
    from carcheck_desktop.ui.theme.density import Density
    from carcheck_desktop.ui.widgets.data.states import RowState

PAD, ICON, PLATE, STEPS, GAP = 10, 20, 24, 6, 4
"""Lengths of the design."""
ABOVE, BELOW = 3, 3
TITLE_LINES, DETAIL_LINES = 2, 3
PLATE_SHARE = 0.6
MOST_TRAILING = 0.45
"""Of the width: what stands at the right leaves the larger part to the words."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text in its place."""

    text: str
    box: QRectF


@dataclass(frozen=True, slots=True)
class Placed:
    """The parts of a row within a box that begins at 0, 0."""

    height: float
    icon: QRectF
    title: tuple[Line, ...]
    plate: QRectF
    detail: tuple[Line, ...]
    trailing: tuple[Line, ...]
    steps: QRectF


@dataclass(frozen=True, slots=True)
class _Words:
    """A text that was broken into lines, before it has its place."""

    lines: tuple[str, ...]
    width: float
    line_px: float

    @property
    def height(self) -> float:
        return len(self.lines) * self.line_px

    def at(self, box: QRectF) -> tuple[Line, ...]:
        """Stack the lines in a box, the first at its top."""
        return tuple(
            Line(text, QRectF(box.left(), box.top() + number * self.line_px, box.width(), self.line_px))
            for number, text in enumerate(self.lines)
        )


@lru_cache(maxsize=4096)
def broken(text: str, family: str, size_px: int, bold: bool, width: int, most: int) -> tuple[str, ...]:
    """Break a text into at most `most` lines of a width in pixels; the last one ends in … when there is more."""
    used = QFont(family)
    used.setPixelSize(size_px)
    used.setBold(bold)
    metrics = QFontMetrics(used)
    if not text or metrics.horizontalAdvance(text) <= width:
        return (text,) if text else ()
    laid = QTextLayout(text, used)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    laid.setTextOption(option)
    laid.beginLayout()
    lines: list[str] = []
    while len(lines) < most:
        line = laid.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        start = line.textStart()
        is_last = len(lines) == most - 1
        piece = text[start:] if is_last else text[start : start + line.textLength()]
        lines.append(metrics.elidedText(piece.rstrip(), qt.ELIDE_RIGHT, width) if is_last else piece.rstrip())
    laid.endLayout()
    return tuple(lines)


def place(state: RowState, look: Look, width: float, least: float) -> Placed:
    """Place the parts of a row of a width in pixels; it is at least as high as designed."""
    return _placed(state, look.density, look.scale, (family(), width, least))


@lru_cache(maxsize=1024)
def _placed(state: RowState, density: Density, scale: float, measures: tuple[str, float, float]) -> Placed:
    _family, width, least = measures
    look = Look(density=density, scale=scale)
    pad, right = float(look.px(PAD)), width - look.px(PAD)
    side = float(look.px(ICON)) if state.icon else 0.0
    left = pad + side + pad if side else pad
    has_both = state.plate is not None and bool(state.title)
    room = max(1.0, right - left)
    trailing = _words(state.trailing, look, "body", room * MOST_TRAILING, TITLE_LINES, bold=True)
    taken = trailing.width + pad if trailing.lines else 0.0
    # title and plate need the whole first line: what stands at the right goes beside the second
    first_room, second_room = room if has_both else room - taken, room - taken
    plate = _plate(state, look, first_room)
    title_room = first_room - (plate.width() + pad if has_both else 0.0)
    title = _words(state.title, look, "body", title_room, 1 if has_both else TITLE_LINES, bold=True)
    detail = _words(state.detail, look, "caption", second_room, DETAIL_LINES, bold=False)
    first, second = max(title.height, plate.height()), detail.height
    if has_both:
        second = max(second, trailing.height)
    block = max(first + second, side, 0.0 if has_both else trailing.height)
    foot = float(look.px(STEPS) + look.px(GAP)) if state.steps else 0.0
    edge = look.px(ABOVE) + look.px(BELOW)
    height = max(least, block + foot + edge)
    top = look.px(ABOVE) + (height - edge - foot - block) / 2
    begin = top + (block - first - second) / 2
    beside = QRectF(left, begin + first if has_both else top, room, second if has_both else block)
    plate.moveTo(left + (title.width + pad if has_both else 0.0), begin + (first - plate.height()) / 2)
    return Placed(
        height,
        QRectF(pad, top + (block - side) / 2, side, side),
        title.at(QRectF(left, begin + (first - title.height) / 2, title_room, title.height)),
        plate,
        detail.at(QRectF(left, begin + first, second_room, detail.height)),
        trailing.at(beside.adjusted(0, (beside.height() - trailing.height) / 2, 0, 0)),
        QRectF(pad, height - look.px(BELOW) - look.px(STEPS), right - pad, look.px(STEPS)) if foot else QRectF(),
    )


def _plate(state: RowState, look: Look, room: float) -> QRectF:
    """Return the size of the plate: as designed, smaller where it would not leave the half to a title."""
    if state.plate is None:
        return QRectF()
    height = float(look.px(PLATE))
    most = room * PLATE_SHARE if state.title else room
    height = min(height, height * most / plate_width(state.plate, height))
    return QRectF(0, 0, plate_width(state.plate, height), height)


def _words(text: str, look: Look, level: str, room: float, most: int, *, bold: bool) -> _Words:
    used = font(look.text_px(level), bold=bold)
    metrics = QFontMetricsF(used)
    lines = broken(text, used.family(), used.pixelSize(), bold, max(1, int(room)), most)
    widest = max((metrics.horizontalAdvance(line) for line in lines), default=0.0)
    return _Words(lines, math.ceil(widest) + 1.0, math.ceil(metrics.height()))
