"""A car's row as pieces, in a roomy and a dense form, and where the rows of a page stand."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from carcheck_desktop.ui.hall.art.fit import LINE, Box, fit
from carcheck_desktop.ui.hall.art.pieces import PlateArt, Sheet, Sign, Way, natural_width
from carcheck_desktop.ui.hall.art.plates import plate_ratio
from carcheck_desktop.ui.theme.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carcheck_desktop.ui.hall.art.fit import Fitted, Type
    from carcheck_desktop.ui.hall.art.pieces import Piece
    from carcheck_desktop.ui.hall.state import HallRow
    from carcheck_desktop.ui.theme.look import Look

ROOMY_PX, DENSE_PX = 102, 150
"""Height of a row without a reason."""
ROOMY_LEAST_PX, DENSE_LEAST_PX = 1150, 590
"""Least width of a row."""
GAP_PX, PAD_PX = 9, 16
MOST_MORE = 0.4
"""So much higher than it must be, as a part, a row may become where a page would stay empty below."""
ROOMY_PLATE_PX, DENSE_PLATE_PX = 86, 84
WIDEST_PLATE = plate_ratio("12345678")
"""Width of a plate to its height at most, whatever is written on it."""
FINISH_PX = 372
TICKET_PX = 118
"""Room for the number on the ticket, the same in every row."""
LATE_LINES = 3
WHERE_SMALLEST, LAST_RESORT = 0.8, 0.42
CAPTION_SMALLEST, FINISH_SMALLEST = 0.75, 0.62
LATE_SMALLEST = 0.86


def columns(width: float, look: Look, *, is_dense: bool) -> int:
    """Return how many rows stand side by side."""
    if not is_dense:
        return 1
    gap = look.px(GAP_PX)
    return max(1, int((width + gap) // (look.px(DENSE_LEAST_PX) + gap)))


def is_narrow(width: float, look: Look) -> bool:
    """Say whether there is no room for the roomy form."""
    return width < look.px(ROOMY_LEAST_PX)


def page_boxes(
    reasons: Sequence[str], size: tuple[float, float], look: Look, *, is_dense: bool, has_more: bool = False
) -> list[Box]:
    """Return the places of those rows, from the first, that fit on a page: down one column, then the next.

    Of a row only its reason matters here, "" for none. Where no further row fits below, the rows share what is left;
    `has_more` says that rows follow on another page.
    """
    width, height = size
    gap = look.px(GAP_PX)
    dense = is_dense or is_narrow(width, look)
    across = columns(width, look, is_dense=dense)
    each = (width - gap * (across - 1)) / across
    least = float(look.px(DENSE_PX if dense else ROOMY_PX))
    boxes: list[Box] = []
    wanted = [min(least + late_height(reason, each, look), height) for reason in reasons]
    for column in range(across):
        heights = _column(wanted, height, gap)
        wanted = wanted[len(heights) :]
        more = _share(heights, (height, gap), least, is_full=bool(wanted) or has_more)
        top = 0.0
        for high in heights:
            boxes.append(Box(column * (each + gap), top, each, high + more))
            top += high + more + gap
    return boxes


def _column(wanted: Sequence[float], height: float, gap: float) -> list[float]:
    """Return the heights of those rows, from the first, that stand below each other."""
    heights: list[float] = []
    for high in wanted:
        if heights and sum(heights) + gap * len(heights) + high > height + 1:
            break
        heights.append(high)
    return heights


def _share(heights: Sequence[float], room: tuple[float, float], least: float, *, is_full: bool) -> float:
    """Return by how much each row is higher than it must be: as in a full column, so that cars that come move nothing."""
    height, gap = room
    spare = height - sum(heights) - gap * max(0, len(heights) - 1)
    if not heights or spare <= 0:
        return 0.0
    usual = max(1, int((height + gap) // (least + gap)))
    more = (height + gap) / usual - gap - least
    if is_full or spare < least + gap:
        more = spare / len(heights)
    # whole pixels, so that all rows are alike
    return math.floor(min(more, spare / len(heights), least * MOST_MORE))


def late_height(reason: str, width: float, look: Look) -> float:
    """Return the height of the reason below a row, 0 without one."""
    if not reason:
        return 0.0
    fitted = _late(reason, width, look)
    return math.ceil(len(fitted.lines) * fitted.size_px * LINE) + look.px(10)


def _late(reason: str, width: float, look: Look) -> Fitted:
    sheet = Sheet(look, "")
    wanted = sheet.type("wall_caption", bold=True, smallest=LATE_SMALLEST)
    room = width - look.px(2 * PAD_PX + 44)
    return fit(reason, wanted, round(room, 1), round(wanted.size_px * LINE * LATE_LINES, 1))


def row_pieces(row: HallRow, size: tuple[float, float], look: Look, *, is_dense: bool) -> tuple[Piece, ...]:
    """Return what a row of this size is painted of."""
    width, height = size
    colours = look.palette.tones[row.tone]
    sheet = Sheet(look, look.palette.surface if row.tone is Tone.NEUTRAL else colours.soft)
    sheet.card(Box(0, 0, width, height), row.tone)
    below = late_height(row.late, width, look)
    if is_dense or is_narrow(width, look):
        _dense(sheet, row, width, height - below)
    else:
        _roomy(sheet, row, width, height - below)
    if below:
        _reason(sheet, row, width, Box(0, height - below, width, below))
    return tuple(sheet.pieces)


def _reason(sheet: Sheet, row: HallRow, width: float, box: Box) -> None:
    look = sheet.look
    ink = look.palette.tones[Tone.CAUTION].ink
    fitted = _late(row.late, width, look)
    side = look.px(34)
    line = fitted.size_px * LINE
    sheet.put(Sign(Box(look.px(PAD_PX), box.top + (line - side) / 2, side, side), "triangle-alert", ink))
    place = Box(look.px(PAD_PX + 44), box.top, width - look.px(2 * PAD_PX + 44), line * len(fitted.lines))
    sheet.text(place, "reason", row.late, sheet.type("wall_caption", bold=True, smallest=LATE_SMALLEST), ink)


def _plate(sheet: Sheet, row: HallRow, left: float, top: float, high: float) -> float:
    """Add the plate; return where it ends."""
    wide = high * min(plate_ratio(row.plate.text), WIDEST_PLATE)
    sheet.put(PlateArt(Box(left, top, wide, high), row.plate))
    return left + wide


def _roomy(sheet: Sheet, row: HallRow, width: float, height: float) -> None:
    """Plate, stage over way, expected end over waited time."""
    look = sheet.look
    pad = look.px(PAD_PX)
    high = look.px(ROOMY_PLATE_PX) * min(1.15, height / look.px(ROOMY_PX))
    # every row begins its words at one edge, however many signs its plate has
    begin = pad
    if row.ticket:
        number = sheet.type("wall_strong", bold=True, smallest=0.6)
        sheet.text(Box(pad, 0, look.px(TICKET_PX), height), "ticket", row.ticket, number)
        begin = pad + look.px(TICKET_PX) + look.px(10)
    _plate(sheet, row, begin, (height - high) / 2, high)
    left = begin + high * WIDEST_PLATE + look.px(24)
    right = width - pad - look.px(FINISH_PX)
    middle = height * 0.56
    wide = min(_finish_width(sheet, row), look.px(FINISH_PX))
    upper = width - pad - wide
    _stage(sheet, row, Box(left, height * 0.01, upper - left - pad, middle - height * 0.04))
    sheet.put(Way(Box(left, middle, right - left - pad, height * 0.97 - middle), row.path, look, "wall_caption"))
    _finish(sheet, row, Box(upper, height * 0.04, wide, middle - height * 0.04))
    place = Box(right, middle, look.px(FINISH_PX), height * 0.92 - middle)
    sheet.text(place, "waited", row.waited, sheet.type("wall_caption"), look.palette.text_muted, "right")


def _stage(sheet: Sheet, row: HallRow, box: Box) -> None:
    """The sign and word of the stage, then where that is, shorter when there is no room."""
    look = sheet.look
    ink = look.palette.tones[row.tone].ink
    side = look.px(50)
    sheet.put(Sign(Box(box.left, box.top + (box.height - side) / 2, side, side), row.icon, ink))
    left = box.left + side + look.px(12)
    strong = sheet.type("wall_strong", bold=True, smallest=0.6)
    wide = min(natural_width(row.stage, strong), box.right - left)
    sheet.text(Box(left, box.top, wide, box.height), "stage", row.stage, strong, ink)
    left += wide + look.px(20)
    room = Box(left, box.top, box.right - left, box.height)
    _where(sheet, (row.where, row.where_short), room)


def _where(sheet: Sheet, choices: tuple[str, ...], room: Box) -> None:
    """Say where it is in the longest way that fits; what is short and does not fit is made small."""
    if room.width <= 0:
        return
    tries = [(words, WHERE_SMALLEST) for words in choices if words] + [(words, LAST_RESORT) for words in choices[-1:]]
    for words, smallest in tries:
        wanted = sheet.type("wall_body", smallest=smallest)
        if words and not fit(words, wanted, round(room.width, 1), round(room.height, 1)).is_cut:
            sheet.text(room, "where", words, wanted)
            return


def _finish_types(sheet: Sheet, row: HallRow) -> tuple[Type, Type]:
    """Return the types of the time and of what it means; words in its place are no figure and stand back."""
    strong = sheet.type("wall_strong", bold=True, smallest=FINISH_SMALLEST)
    if not row.is_time:
        strong = sheet.type("wall_caption")
    return strong, sheet.type("wall_caption", smallest=CAPTION_SMALLEST)


def _finish_width(sheet: Sheet, row: HallRow) -> float:
    """Return how wide the time with what it means is at most."""
    strong, caption = _finish_types(sheet, row)
    beside = natural_width(row.finish_caption, caption) + sheet.look.px(20) if row.finish_caption else 0.0
    return natural_width(row.finish, strong) + beside


def _finish(sheet: Sheet, row: HallRow, box: Box) -> None:
    """The time in large figures on the right, what it means small before it."""
    look = sheet.look
    strong, caption = _finish_types(sheet, row)
    beside = min(natural_width(row.finish_caption, caption) * CAPTION_SMALLEST, box.width * 0.45)
    room = box.width - (beside + look.px(12) if row.finish_caption else 0)
    wide = min(natural_width(row.finish, strong), room)
    ink = "" if row.is_time else look.palette.text_muted
    sheet.text(Box(box.right - wide, box.top, wide, box.height), "finish", row.finish, strong, ink, "right")
    place = Box(box.left, box.top, box.width - wide - look.px(12), box.height)
    if row.is_range and fit(row.finish_caption, caption, round(place.width, 1), round(place.height, 1)).is_cut:
        return  # two times explain themselves
    sheet.text(place, "caption", row.finish_caption, caption, look.palette.text_muted, "right")


def _dense_finish(sheet: Sheet, row: HallRow, box: Box) -> None:
    """The time; what it means before it where there is room, or where a single time would be taken for another."""
    look = sheet.look
    strong = sheet.type("wall_title", bold=True, smallest=FINISH_SMALLEST)
    if not row.is_time:
        strong = sheet.type("wall_caption")
    caption = sheet.type("wall_caption", smallest=CAPTION_SMALLEST)
    beside = natural_width(row.finish_caption, caption) + look.px(10)
    left = box.left
    has_room = beside + natural_width(row.finish, strong) <= box.width
    if row.finish_caption and (has_room or not row.is_range):
        wide = min(beside, max(box.width * 0.5, box.width - natural_width(row.finish, strong) * FINISH_SMALLEST))
        place = Box(left, box.top, wide - look.px(10), box.height)
        sheet.text(place, "caption", row.finish_caption, caption, look.palette.text_muted)
        left += wide
    ink = "" if row.is_time else look.palette.text_muted
    sheet.text(Box(left, box.top, box.right - left, box.height), "finish", row.finish, strong, ink)


def _dense(sheet: Sheet, row: HallRow, width: float, height: float) -> None:
    """Plate beside stage over expected end; way and waited time below."""
    look = sheet.look
    pad = look.px(PAD_PX)
    high = look.px(DENSE_PLATE_PX)
    split = height * 0.66
    end = _plate(sheet, row, pad, (split - high) / 2 + look.px(4), high)
    left = end + look.px(18)
    _dense_stage(sheet, row, Box(left, look.px(6), width - pad - left, split / 2 - look.px(2)))
    caption = sheet.type("wall_caption", smallest=0.75)
    _dense_finish(sheet, row, Box(left, split / 2 + look.px(4), width - pad - left, split / 2))
    wide = min(natural_width(row.waited, caption), width * 0.42)
    left = pad
    if row.ticket:
        number = sheet.type("wall_body", bold=True, smallest=0.7)
        named = natural_width(row.ticket, number)
        sheet.text(Box(pad, split, named, height - split - look.px(4)), "ticket", row.ticket, number)
        left = pad + named + look.px(16)
    way = Box(left, split, width - pad - left - wide - look.px(16), height - split - look.px(4))
    sheet.put(Way(way, row.path, look, "wall_caption"))
    place = Box(width - pad - wide, split, wide, height - split - look.px(4))
    sheet.text(place, "waited", row.waited, caption, look.palette.text_muted, "right")


def _dense_stage(sheet: Sheet, row: HallRow, box: Box) -> None:
    look = sheet.look
    ink = look.palette.tones[row.tone].ink
    side = look.px(40)
    sheet.put(Sign(Box(box.left, box.top + (box.height - side) / 2, side, side), row.icon, ink))
    left = box.left + side + look.px(10)
    strong = sheet.type("wall_body", bold=True, smallest=0.62)
    where = row.where_short if row.brief not in (row.where, row.where_short) else ""
    room = box.right - left
    beside = natural_width(where, sheet.type("wall_body")) * WHERE_SMALLEST + look.px(14) if where else 0.0
    words = row.brief
    if where and natural_width(row.brief, strong) + beside > room:
        both = f"{row.brief} · {where}"  # in one, smaller; where even that does not fit the stage says enough
        words = row.brief if fit(both, strong, round(room, 1), round(box.height, 1)).is_cut else both
        where = ""
    wide = min(natural_width(words, strong), room)
    sheet.text(Box(left, box.top, wide, box.height), "stage", words, strong, ink)
    if where:
        left += wide + look.px(14)
        _where(sheet, (row.where, row.where_short), Box(left, box.top, box.right - left, box.height))
