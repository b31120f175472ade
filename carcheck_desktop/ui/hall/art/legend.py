"""The legend of the ways as pieces: their steps in order, then each mark with its name, then what else to know."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from carcheck_desktop.ui.hall.art.fit import Box, Type
from carcheck_desktop.ui.hall.art.pieces import MarkArt, Sheet, Sign, natural_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carcheck_desktop.ui.hall.state import Legend
    from carcheck_desktop.ui.widgets.data.states import Mark

ARROW, MARK, MARK_GAP, BETWEEN, APART = 0.8, 1.1, 0.3, 0.55, 1.3
"""Widths and gaps, in sizes of the letters."""
READABLE = 0.85


class Entry(NamedTuple):
    """A word with the mark or the arrow before it, and the gap before those."""

    words: str
    role: str
    gap: float
    mark: Mark | None = None
    has_arrow: bool = False

    def width(self, wanted: Type) -> float:
        """Return how wide it is, the gap before it included."""
        before = self.gap + (MARK + MARK_GAP if self.mark else 0.0) + (ARROW + MARK_GAP if self.has_arrow else 0.0)
        return natural_width(self.words, wanted) + before * wanted.size_px


def legend_pieces(sheet: Sheet, legend: Legend, place: Box) -> None:
    """Add the legend in one line, or in two where there is room: as large as fits; the last parts stay away first."""
    wanted = sheet.type("wall_caption", smallest=0.6)
    steps = [
        Entry(word, "legend_step", MARK_GAP if number else 0.0, has_arrow=bool(number))
        for number, word in enumerate(legend.steps)
    ]
    marks = [
        Entry(name, "legend_mark", BETWEEN if number else APART, mark)
        for number, (mark, name) in enumerate(legend.marks)
    ]
    hint = [Entry(legend.hint, "legend", APART if steps else 0.0)] if legend.hint else []
    lines = 2 if place.height >= 2 * wanted.least_px * 1.2 else 1
    tries: list[list[list[Entry]]] = [[[*steps, *marks, *hint]], [[*steps, *marks]], [steps]]
    if lines > 1:
        tries = [[[*steps, *marks], hint], [steps, [*marks, *hint]], [steps, marks], [steps]]
    high = place.height / lines
    largest = min(wanted.size_px, int(high * 0.82))
    # rather less is said than everything too small; what must be said is said small
    for smallest in (max(wanted.least_px, round(largest * READABLE)), wanted.least_px):
        for rows in tries:
            filled = [row for row in rows if row]
            sizes = (Type(size, least_px=size) for size in range(largest, smallest - 1, -1))
            fitting = (size for size in sizes if all(_width(row, size) <= place.width for row in filled))
            if filled and (fits := next(fitting, None)) is not None:
                _draw(sheet, filled, fits, place, high)
                return
    if not steps:
        sheet.text(place, "legend", legend.hint, wanted, sheet.look.palette.text_muted)


def _width(row: Sequence[Entry], wanted: Type) -> float:
    return sum(entry.width(wanted) for entry in row) - row[0].gap * wanted.size_px


def _draw(sheet: Sheet, rows: Sequence[Sequence[Entry]], wanted: Type, place: Box, high: float) -> None:
    size, muted = wanted.size_px, sheet.look.palette.text_muted
    top = place.top + (place.height - high * len(rows)) / 2
    for row in rows:
        left = place.left - row[0].gap * size
        for entry in row:
            left += entry.gap * size
            if entry.has_arrow:
                side = ARROW * size
                sheet.put(Sign(Box(left, top + (high - side) / 2, side, side), "chevron-right", muted))
                left += side + MARK_GAP * size
            if entry.mark is not None:
                side = MARK * size
                sheet.put(MarkArt(Box(left, top + (high - side) / 2, side, side), entry.mark, sheet.look.palette))
                left += side + MARK_GAP * size
            wide = natural_width(entry.words, wanted)
            ink = sheet.look.palette.text if entry.role == "legend_step" else muted
            sheet.text(Box(left, top, wide, high), entry.role, entry.words, wanted, ink)
            left += wide
        top += high
