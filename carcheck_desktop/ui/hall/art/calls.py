"""Calls as pieces: the number, the plate and where to go, each large enough to be read while walking past."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.ui.hall.art.fit import Box
from carcheck_desktop.ui.hall.art.panels import begin
from carcheck_desktop.ui.hall.art.pieces import Ground, PlateArt, Sheet, Sign, natural_width
from carcheck_desktop.ui.hall.art.plates import plate_ratio
from carcheck_desktop.ui.theme.tokens import RADIUS_L, Tone

if TYPE_CHECKING:
    from carcheck_desktop.ui.hall.art.fit import Type
    from carcheck_desktop.ui.hall.art.pieces import Piece
    from carcheck_desktop.ui.hall.state import CallRow, CallsState
    from carcheck_desktop.ui.theme.look import Look

    Size = tuple[float, float]
    Pieces = tuple[Piece, ...]

CALL_PX, TALL_CALL_PX, GAP_PX, EDGE_PX, PAD_PX = 128, 124, 16, 36, 20
PLATE_PX, SIGN_PX = 70, 52
WIDEST_CALL = 0.62
"""The part of the band that a call takes at most, however few there are."""


def band_height(state: CallsState, look: Look, *, is_tall: bool) -> float:
    """Return how high the band of the calls is: side by side on a lying screen, below each other on a standing one."""
    rows = len(state.rows) if is_tall else 1
    return float(look.px(TALL_CALL_PX if is_tall else CALL_PX) * rows + look.px(GAP_PX) * (rows + 1))


def band_pieces(state: CallsState, size: Size, look: Look, *, is_tall: bool) -> Pieces:
    """The band above the cars."""
    sheet = Sheet(look, look.palette.canvas)
    edge, gap = look.px(EDGE_PX), look.px(GAP_PX)
    place = Box(edge, gap, size[0] - 2 * edge, size[1] - 2 * gap)
    _cards(sheet, state, place, across=1 if is_tall else len(state.rows))
    return tuple(sheet.pieces)


def panel_pieces(state: CallsState, size: Size, look: Look) -> Pieces:
    """The calls below each other in a place of their own."""
    sheet, room = begin(state.title, size, look, "megaphone")
    least = float(look.px(CALL_PX))
    room = Box(room.left, room.top, room.width, min(room.height, (least * 1.5 + look.px(GAP_PX)) * len(state.rows)))
    _cards(sheet, state, room, across=1)
    return tuple(sheet.pieces)


def _cards(sheet: Sheet, state: CallsState, place: Box, *, across: int) -> None:
    gap = sheet.look.px(GAP_PX)
    down = -(-len(state.rows) // across)
    high = (place.height - gap * (down - 1)) / down
    wide = (place.width - gap * (across - 1)) / across
    if across == 1 and down == 1:
        wide = min(wide, max(place.width * WIDEST_CALL, sheet.look.px(900)))
    for number, row in enumerate(state.rows):
        top, left = place.top + (number // across) * (high + gap), place.left + (number % across) * (wide + gap)
        _call(sheet, row, Box(left, top, wide, high))


def _call(sheet: Sheet, row: CallRow, box: Box) -> None:
    """Sign, number, plate, place; a call that stands for long is dimmer."""
    look = sheet.look
    colours = look.palette.tones[Tone.CAUTION if row.is_fresh else Tone.NEUTRAL]
    fill = colours.soft if row.is_fresh else look.palette.surface
    card = Sheet(look, fill)
    card.put(Ground(box, fill, colours.line, look.px(RADIUS_L), max(1, look.px(4 if row.is_fresh else 2))))
    pad, side = look.px(PAD_PX), look.px(SIGN_PX)
    left = box.left + pad
    card.put(Sign(Box(left, box.top + (box.height - side) / 2, side, side), "megaphone", colours.ink))
    left += side + look.px(14)
    number = card.type("wall_clock", bold=True, smallest=0.6)
    where = card.type("wall_title", bold=True, smallest=0.55)
    wide = min(natural_width(row.ticket, number), box.width * 0.34) if row.ticket else 0.0
    card.text(Box(left, box.top, wide, box.height), "call_ticket", row.ticket, number, colours.ink)
    left += wide + (look.px(18) if row.ticket else 0)
    right = Box(left, box.top, box.right - pad - left, box.height)
    high = min(look.px(PLATE_PX), box.height * 0.6)
    plate = high * min(plate_ratio(row.plate.text), 3.8)
    if plate + look.px(24) + natural_width(row.where, where) <= right.width:
        card.put(PlateArt(Box(right.left, box.top + (box.height - high) / 2, plate, high), row.plate))
        beside = right.left + plate + look.px(24)
        card.text(Box(beside, box.top, right.right - beside, box.height), "call_where", row.where, where, colours.ink)
    else:
        _stacked(card, row, right, where, colours.ink)
    sheet.put(*card.pieces)


def _stacked(card: Sheet, row: CallRow, box: Box, where: Type, ink: str) -> None:
    """Where to go over the plate, in a place that is too narrow for both side by side."""
    split = box.height * 0.54
    card.text(Box(box.left, box.top, box.width, split), "call_where", row.where, where, ink)
    high = (box.height - split) * 0.78
    plate = min(high * min(plate_ratio(row.plate.text), 3.8), box.width)
    card.put(PlateArt(Box(box.left, box.top + split, plate, high), row.plate))
