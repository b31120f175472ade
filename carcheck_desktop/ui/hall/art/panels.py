"""The panels of a screen as pieces: lanes, announcements, hours, places that are empty yet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from carcheck_desktop.ui.hall.art.fit import LINE, Box, Type, fit, wrapped
from carcheck_desktop.ui.hall.art.pieces import Ground, PlateArt, Sheet, Sign, natural_width
from carcheck_desktop.ui.hall.art.plates import plate_ratio
from carcheck_desktop.ui.theme.tokens import Tone

if TYPE_CHECKING:
    from carcheck_desktop.ui.hall.art.pieces import Piece
    from carcheck_desktop.ui.hall.state import (
        DayRow,
        HoursState,
        LaneRow,
        LanesState,
        Notice,
        NoticesState,
        PlaceState,
    )
    from carcheck_desktop.ui.theme.look import Look

    Size = tuple[float, float]
    Pieces = tuple[Piece, ...]

PAD_PX = 18
TITLE_PX, LANE_PX, SLIM_PX, DAY_PX = 56, 112, 62, 44
QUEUE_PX, QUEUE_LINE_PX = 162, 74
NOTICE_LINES, TIGHT_DAYS, NOTICE_SMALLEST = 4, 2, 0.8
NAME_LINE_PX, LONG_NAME, NAME_SHARE = 42, 0.46, 0.46
SMALL_PLATE_PX = 64
SCALES = (1.0, 2.4)
"""How much larger a panel is drawn that has a large place for itself."""


class Aside(NamedTuple):
    """What stands right of a panel's title."""

    role: str
    words: str
    ink: str


def begin(
    title: str, size: Size, look: Look, icon: str, *, ink: str = "", aside: Aside | None = None
) -> tuple[Sheet, Box]:
    """Return a card with its title and the room below it."""
    width, height = size
    palette = look.palette
    sheet = Sheet(look, palette.surface)
    sheet.card(Box(0, 0, width, height))
    pad, left, right = look.px(PAD_PX), float(look.px(PAD_PX)), width - look.px(PAD_PX)
    side, ink = look.px(34), ink or palette.text_muted
    sheet.put(Sign(Box(left, (look.px(TITLE_PX) - side) / 2, side, side), icon, ink))
    left += side + look.px(12)
    wanted = sheet.type("wall_caption", bold=True, smallest=0.6)
    if aside is not None and aside.words:
        wide = min(natural_width(aside.words, wanted), (right - left) * 0.46)
        place = Box(right - wide, 0, wide, look.px(TITLE_PX))
        sheet.text(place, aside.role, aside.words, wanted, aside.ink, "right")
        right -= wide + look.px(14)
    sheet.text(Box(left, 0, right - left, look.px(TITLE_PX)), "panel_title", title, wanted, ink)
    return sheet, Box(pad, look.px(TITLE_PX), width - 2 * pad, height - look.px(TITLE_PX) - look.px(PAD_PX) / 2)


def lanes_height(state: LanesState, width: float, look: Look, *, is_slim: bool) -> float:
    """Return how high the lanes' card wants to be."""
    each = SLIM_PX if is_slim else LANE_PX
    sheet = Sheet(look, "")
    lines = sum(_name_lines(sheet, row, width - 2 * look.px(PAD_PX)) for row in state.rows)
    return look.px(TITLE_PX + max(1, len(state.rows)) * each + lines * NAME_LINE_PX + QUEUE_PX + PAD_PX)


def lanes_pieces(state: LanesState, size: Size, look: Look) -> Pieces:
    """A line or two a lane, and the one queue below."""
    sheet, room = begin(state.title, size, look, "car-front")
    if state.empty:
        _sentence(sheet, room, state.empty)
        return tuple(sheet.pieces)
    has_plates = room.height - look.px(SLIM_PX) * len(state.rows) >= look.px(QUEUE_PX)
    queue = look.px(QUEUE_PX if has_plates else QUEUE_LINE_PX)
    extra = sum(_name_lines(sheet, row, room.width) for row in state.rows) * look.px(NAME_LINE_PX)
    each = min((room.height - queue - extra) / max(1, len(state.rows)), look.px(LANE_PX) * 1.3)
    is_slim = each < look.px(LANE_PX) * 0.9
    top = room.top
    for row in state.rows:
        lines = _name_lines(sheet, row, room.width)
        if lines:
            _long_name(sheet, row, Box(room.left, top, room.width, lines * look.px(NAME_LINE_PX)))
            top += lines * look.px(NAME_LINE_PX)
        box = Box(room.left, top, room.width, each)
        (_slim_lane if is_slim else _lane)(sheet, replace(row, name="") if lines else row, box, not lines)
        top += each
    _queue(sheet, state, Box(room.left, top, room.width, min(queue, room.bottom - top)))
    return tuple(sheet.pieces)


def _name_lines(sheet: Sheet, row: LaneRow, width: float) -> int:
    """Return how many lines of its own a lane's name needs; 0 for a usual one."""
    wanted = sheet.type("wall_caption", bold=True)
    if natural_width(row.name, wanted) <= width * LONG_NAME:
        return 0
    return len(wrapped(row.name, wanted.size_px, wanted.bold, round(width, 1)))


def _long_name(sheet: Sheet, row: LaneRow, box: Box) -> None:
    rule(sheet, box)
    sheet.text(box, "lane", row.name, sheet.type("wall_caption", bold=True))


def rule(sheet: Sheet, box: Box) -> None:
    """Add the thin line above a row of a panel."""
    sheet.put(Ground(Box(box.left, box.top, box.width, max(1, sheet.look.px(2))), sheet.look.palette.border))


def _lane(sheet: Sheet, row: LaneRow, box: Box, is_ruled: bool) -> None:
    """Name and state over what stands there."""
    look = sheet.look
    if is_ruled:
        rule(sheet, box)
    split = box.top + box.height * (0.46 if row.plate else 0.5)
    upper = Box(box.left, box.top, box.width, split - box.top)
    if row.plate is None:
        upper = Box(box.left, box.top, box.width, box.height)
    _lane_state(sheet, row, upper, 0.5)
    if row.plate is None:
        return
    high = min(look.px(SMALL_PLATE_PX), (box.bottom - split) * 0.92)
    wide = high * min(plate_ratio(row.plate.text), 3.8)
    sheet.put(PlateArt(Box(box.left, split, wide, high), row.plate))
    left = box.left + wide + look.px(16)
    doing = sheet.type("wall_caption", smallest=0.6)
    place = Box(left, split, box.right - left, high)
    usual, parted = row.doing, row.doing.replace(" · ", "\n")
    for words in (usual, parted):
        fitted = fit(words, doing, round(place.width, 1), round(place.height, 1))
        if not fitted.is_cut and len(fitted.lines) == 1 + words.count("\n"):
            sheet.text(place, "doing", words, doing)
            return


def _lane_state(sheet: Sheet, row: LaneRow, box: Box, share: float) -> None:
    """The lane's name on the left, how it is on the right."""
    look, colours = sheet.look, sheet.look.palette.tones[row.tone]
    body = sheet.type("wall_body", bold=True, smallest=0.6)
    state = sheet.type("wall_caption", bold=True, smallest=0.55)
    side = look.px(36)
    named = min(natural_width(row.name, body), box.width * share) + look.px(22) if row.name else 0.0
    wide = min(natural_width(row.state, state), box.width - side - named)
    sheet.text(Box(box.right - wide, box.top, wide, box.height), "lane_state", row.state, state, colours.ink, "right")
    left = box.right - wide - side - look.px(10)
    sheet.put(Sign(Box(left, box.top + (box.height - side) / 2, side, side), row.icon, colours.ink))
    name = Box(box.left, box.top, left - look.px(12) - box.left, box.height)
    sheet.text(name, "lane", row.name, body)


def _slim_lane(sheet: Sheet, row: LaneRow, box: Box, is_ruled: bool) -> None:
    """Everything of a lane on one line: name, plate, state."""
    look = sheet.look
    if is_ruled:
        rule(sheet, box)
    left = box.left
    right = box.right
    high = box.height * 0.76
    wide = high * min(plate_ratio(row.plate.text), 3.8) if row.plate else 0.0
    name, state = sheet.type("wall_body", bold=True), sheet.type("wall_caption", bold=True)
    named = min(natural_width(row.name, name), (box.width - wide) * NAME_SHARE)
    needed = named + natural_width(row.state, state) + look.px(80)
    # the car says on which lane it is: a plate without room is left out before a word
    if row.plate is not None and wide + needed <= box.width:
        sheet.put(PlateArt(Box(right - wide, box.top + (box.height - high) / 2, wide, high), row.plate))
        right -= wide + look.px(12)
    _lane_state(sheet, row, Box(left, box.top, right - left, box.height), NAME_SHARE)


def _queue(sheet: Sheet, state: LanesState, box: Box) -> None:
    """How many wait, that the queue is one for all lanes, and who is next."""
    look = sheet.look
    rule(sheet, box)
    line = look.px(66)
    strong = sheet.type("wall_caption", bold=True, smallest=0.75)
    wide = min(natural_width(state.queue, strong), box.width * 0.5)
    sheet.text(Box(box.left, box.top + look.px(6), wide, line), "queue", state.queue, strong)
    left = box.left + wide + look.px(18)
    caption = sheet.type("wall_caption", smallest=0.6)
    place = Box(left, box.top + look.px(6), box.right - left, line)
    sheet.text(place, "queue_rule", state.queue_rule, caption, look.palette.text_muted, "right")
    top = box.top + look.px(6) + line
    high = min(look.px(SMALL_PLATE_PX), box.bottom - top)
    left = box.left
    for plate in state.next_up:
        wide = high * min(plate_ratio(plate.text), 3.8)
        if high < look.px(36) or left + wide > box.right + 1:
            break
        sheet.put(PlateArt(Box(left, top, wide, high), plate))
        left += wide + look.px(14)


def _sentence(sheet: Sheet, room: Box, words: str) -> None:
    """Say that there is nothing to show here."""
    wanted = sheet.type("wall_caption", smallest=0.6)
    sheet.text(room, "nothing", words, wanted, sheet.look.palette.text_muted, "centre")


def notice_pages(state: NoticesState, size: Size, look: Look) -> list[tuple[bool, tuple[str, ...], Type]]:
    """Return the announcements as pages: whether urgent, its lines, their type; long ones take several pages."""
    room = (size[0], size[1] - look.px(TITLE_PX) - look.px(PAD_PX) / 2)
    pages = []
    for notice in state.notices:
        wanted, lines, most = _whole_notice(notice, room, look)
        chunks = [lines[first : first + most] for first in range(0, len(lines), most)]
        pages += [(notice.urgent, chunk, wanted) for chunk in chunks]
    return pages


def _notice(notice: Notice, width: float, look: Look, size_px: int = 0) -> tuple[Type, tuple[str, ...]]:
    wanted = Type(size_px or look.text_px("wall_body"), notice.urgent)
    room = round(width - 2 * look.px(PAD_PX), 1)
    return wanted, wrapped(notice.text, wanted.size_px, wanted.bold, room)


def _whole_notice(notice: Notice, size: Size, look: Look) -> tuple[Type, tuple[str, ...], int]:
    """Return an announcement at the size at which it fits its place whole, at the usual one where none is; its lines a page."""
    usual = look.text_px("wall_body")
    for size_px in range(usual, round(usual * NOTICE_SMALLEST) - 1, -1):
        wanted, lines = _notice(notice, size[0], look, size_px)
        if len(lines) <= _lines_in(size[1], size_px):
            return wanted, lines, len(lines)
    wanted, lines = _notice(notice, size[0], look)
    # lines are shared evenly, so that no page holds a last word alone
    count = -(-len(lines) // _lines_in(size[1], usual))
    return wanted, lines, -(-len(lines) // count)


def _lines_in(height: float, size_px: int) -> int:
    return max(1, int(height / (size_px * LINE) + 0.05))


def notices_height(state: NoticesState, width: float, look: Look) -> float:
    """Return how high the card of the announcements wants to be, for the longest of them."""
    most = max((len(_notice(notice, width, look)[1]) for notice in state.notices), default=1)
    line = look.text_px("wall_body") * LINE
    return look.px(TITLE_PX + PAD_PX) + min(NOTICE_LINES, most) * line


def notices_pieces(state: NoticesState, size: Size, look: Look) -> Pieces:
    """One page of the announcements; they take turns, whole pages at a time."""
    pages = notice_pages(state, size, look)
    if not pages:
        sheet, room = begin(state.title, size, look, "megaphone")
        _sentence(sheet, room, state.empty)
        return tuple(sheet.pieces)
    number = state.turn % len(pages)
    is_urgent, lines, wanted = pages[number]
    urgent = look.palette.tones[Tone.CAUTION].ink if is_urgent else ""
    title = state.urgent if is_urgent else state.title
    icon = "triangle-alert" if is_urgent else "megaphone"
    count = f"{number + 1} / {len(pages)}" if len(pages) > 1 else ""
    aside = Aside("notice_page", count, look.palette.text_muted)
    sheet, room = begin(title, size, look, icon, ink=urgent, aside=aside)
    sheet.text(room, "notice", "\n".join(lines), wanted, urgent)
    return tuple(sheet.pieces)


def hours_height(state: HoursState, look: Look, *, is_tight: bool) -> float:
    """Return how high the card of the hours wants to be; a tight one leaves the later days out."""
    if not state.days:
        return float(look.px(TITLE_PX + 2 * DAY_PX))
    days = state.days[: TIGHT_DAYS if is_tight else len(state.days)]
    return float(look.px(TITLE_PX + PAD_PX) + sum(look.px(DAY_PX) * day_lines(day) for day in days))


def day_lines(day: DayRow) -> int:
    """Return how many lines a day takes."""
    return 1 + bool(day.is_today) + bool(day.last_intake) + bool(day.note)


def hours_pieces(state: HoursState, size: Size, look: Look) -> Pieces:
    """Today and the next days; today stands out, and says whether the station is open."""
    aside = Aside("open_now", state.now, look.palette.tones[state.tone].ink)
    sheet, room = begin(state.title, size, look, "clock", aside=aside)
    if not state.days:
        _sentence(sheet, room, state.empty)
        return tuple(sheet.pieces)
    top = room.top
    for day in state.days:
        if top > room.top and top + look.px(DAY_PX) * day_lines(day) > room.bottom + 1:
            break
        high = min(look.px(DAY_PX) * day_lines(day), room.bottom - top)
        _day(sheet, day, Box(room.left, top, room.width, high))
        top += high
    return tuple(sheet.pieces)


def _day(sheet: Sheet, day: DayRow, box: Box) -> None:
    look, palette = sheet.look, sheet.look.palette
    rule(sheet, box)
    each = look.px(DAY_PX)
    name = sheet.type("wall_caption", bold=day.is_today, smallest=0.75)
    ink = palette.text if day.is_today else palette.text_muted
    caution = palette.tones[Tone.CAUTION].ink
    wide = box.width if day.is_today else max(look.px(74), natural_width(day.day, name) + look.px(10))
    sheet.text(Box(box.left, box.top, wide, each), "day", day.day, name, ink)
    place = Box(box.left + wide, box.top, box.width - wide, each)
    if day.is_today:
        place = Box(box.left, box.top + each, box.width, each)
    hours = sheet.type("wall_caption", bold=day.is_today, smallest=0.62)
    sheet.text(place, "hours", day.hours, hours, caution if day.is_closed else ink, "left" if day.is_today else "right")
    top = place.bottom
    small = sheet.type("wall_caption", smallest=0.7)
    for role, words, colour in (("last_intake", day.last_intake, palette.text_muted), ("day_note", day.note, caution)):
        if words and top + each <= box.bottom + 1:
            sheet.text(Box(box.left, top, box.width, each), role, words, small, colour)
            top += each


def place_pieces(state: PlaceState, size: Size, look: Look) -> Pieces:
    """A place that is prepared, and says that there is nothing for it yet."""
    sheet, room = begin(state.title, size, look, state.icon)
    _sentence(sheet, room, state.empty)
    return tuple(sheet.pieces)


def grown(look: Look, size: Size, wanted: Size) -> Look:
    """Return the look for a panel whose place is larger than what it needs at the usual size."""
    room = min(size[0] / max(1.0, wanted[0]), size[1] / max(1.0, wanted[1]))
    return type(look)(look.palette, look.density, look.scale * max(SCALES[0], min(SCALES[1], room)))
