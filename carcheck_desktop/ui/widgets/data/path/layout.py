"""Where the marks and words of a path stand; arithmetic only, no Qt.

There are four ways to draw a path, tried from the one that says most: every word below its mark,
every word beside its mark, the word of the present stage only, marks only. When even the marks do
not fit, a stretch around the present stage is drawn and the hidden ones are counted at either end.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

GAP = 0.45
"""Least distance between marks, in marks."""
LINE_FACTOR = 1.3
"""Height of a line of text, in sizes of its letters."""


class Way(StrEnum):
    """How much of a path is said."""

    BELOW = "below"
    BESIDE = "beside"
    PRESENT_BELOW = "present_below"
    PRESENT_BESIDE = "present_beside"
    MARKS = "marks"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the line, from `left` on, both in pixels."""

    left: float
    width: float

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.left + self.width

    @property
    def centre(self) -> float:
        """Its middle."""
        return self.left + self.width / 2


@dataclass(frozen=True, slots=True)
class Room:
    """What there is: width and height of the place, side of a mark, size of the letters and of a count; pixels."""

    width: float
    height: float
    mark: float
    text: float
    count: float = 0.0


@dataclass(frozen=True, slots=True)
class PathLayout:
    """Marks and words by the number of their stage, and how many stages are hidden before and after."""

    way: Way
    marks: dict[int, Span]
    words: dict[int, Span]
    before: int = 0
    after: int = 0


def lay_out(widths: tuple[float, ...], present: int, room: Room) -> PathLayout:
    """Place stages whose words are so wide; `present` is the number of the one that matters now, -1 for none."""
    if not widths:
        return PathLayout(Way.MARKS, {}, {})
    has_two_lines = room.height >= room.mark + room.text * LINE_FACTOR
    tries = [_below, _present_below] if has_two_lines else [_beside, _present_beside]
    for attempt in tries:
        made = attempt(widths, present, room)
        if made is not None:
            return made
    return _marks(len(widths), present, room)


def _below(widths: tuple[float, ...], _present: int, room: Room) -> PathLayout | None:
    pitch = room.width / len(widths)
    gap = room.text * 0.5
    if max(widths) + gap > pitch or room.mark * (1 + GAP) > pitch:
        return None
    cells = [Span(number * pitch, pitch) for number in range(len(widths))]
    marks = {number: Span(cell.centre - room.mark / 2, room.mark) for number, cell in enumerate(cells)}
    words = {number: Span(cell.left + gap / 2, pitch - gap) for number, cell in enumerate(cells)}
    return PathLayout(Way.BELOW, marks, words)


def _present_below(widths: tuple[float, ...], present: int, room: Room) -> PathLayout | None:
    marks = _even(len(widths), room.width, room.mark)
    if marks is None or not 0 <= present < len(widths):
        return None
    width = min(widths[present] + 2, room.width)
    left = max(0.0, min(marks[present].centre - width / 2, room.width - width))
    return PathLayout(Way.PRESENT_BELOW, marks, {present: Span(left, width)})


def _beside(widths: tuple[float, ...], _present: int, room: Room) -> PathLayout | None:
    return _inline(widths, set(range(len(widths))), room, Way.BESIDE)


def _present_beside(widths: tuple[float, ...], present: int, room: Room) -> PathLayout | None:
    return _inline(widths, {present}, room, Way.PRESENT_BESIDE) if 0 <= present < len(widths) else None


def _inline(widths: tuple[float, ...], worded: set[int], room: Room, way: Way) -> PathLayout | None:
    """Place marks in one line, with words right of some of them."""
    near, gap = room.text * 0.35, room.mark * GAP
    worded = {number for number in worded if widths[number] > 0}
    taken = sum(room.mark + (near + widths[n] + 2 if n in worded else 0) for n in range(len(widths)))
    free = room.width - taken
    if free < gap * (len(widths) - 1):
        return None
    step = min(free / max(1, len(widths) - 1), room.mark * 1.4)
    at, marks, words = 0.0, {}, {}
    for number, width in enumerate(widths):
        marks[number] = Span(at, room.mark)
        at += room.mark
        if number in worded:
            words[number] = Span(at + near, width + 2)
            at += near + width + 2
        at += step
    return PathLayout(way, marks, words)


def _even(count: int, width: float, mark: float) -> dict[int, Span] | None:
    """Place marks evenly, never further apart than three marks; None when they do not fit."""
    if count * mark * (1 + GAP) - mark * GAP > width:
        return None
    pitch = min((width - mark) / max(1, count - 1), mark * 3)
    return {number: Span(number * pitch, mark) for number in range(count)}


def _marks(count: int, present: int, room: Room) -> PathLayout:
    whole = _even(count, room.width, room.mark)
    if whole is not None:
        return PathLayout(Way.MARKS, whole, {})
    # counts at both ends take their room whether or not both are needed, so that nothing jumps
    free = room.width - 2 * room.count
    fitting = max(1, int((free + room.mark * GAP) / (room.mark * (1 + GAP))))
    middle = present if 0 <= present < count else 0
    first = max(0, min(middle - fitting // 2, count - fitting))
    side = min(room.mark, max(1.0, free))
    pitch = side * (1 + GAP)
    marks = {first + n: Span(room.count + n * pitch, side) for n in range(min(fitting, count - first))}
    return PathLayout(Way.MARKS, marks, {}, before=first, after=max(0, count - first - fitting))
