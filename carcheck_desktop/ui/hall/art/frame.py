"""The parts of every screen of the hall as pieces: head, banner, foot, and what stands there without a car."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.ui.hall.art.fit import Box, fit
from carcheck_desktop.ui.hall.art.legend import legend_pieces
from carcheck_desktop.ui.hall.art.pieces import Ground, Sheet, Sign, Ticks, natural_width
from carcheck_desktop.ui.theme.tokens import Tone

if TYPE_CHECKING:
    from carcheck_desktop.ui.hall.art.pieces import Piece
    from carcheck_desktop.ui.hall.state import FootState, HeadState
    from carcheck_desktop.ui.theme.look import Look

    Size = tuple[float, float]
    Pieces = tuple[Piece, ...]

MOST_TICKS = 20
STACKED_PX, STACKED_LINE = 1400, 0.4
"""A banner or foot narrower than this says its sentences below each other, the foot its page on the upper line."""


def head_pieces(state: HeadState, size: Size, look: Look, *, is_tall: bool) -> Pieces:
    """Name of the station and what this is; counts and the clock. On a tall screen the counts stand below."""
    width, height = size
    palette = look.palette
    sheet = Sheet(look, palette.bar)
    sheet.put(Ground(Box(0, 0, width, height), palette.bar))
    pad, gap = look.px(36), look.px(28)
    top = height * 0.58 if is_tall else height
    clock = sheet.type("wall_clock", bold=True)
    right = width - pad - natural_width("00:00", clock)
    sheet.text(Box(right, 0, width - pad - right, top), "clock", state.clock, clock, palette.bar_text, "right")
    if is_tall:
        below = (top, height - top)
        end = _counts(sheet, state, width - pad, below)
        if state.training:
            _training(sheet, state.training, pad, end - gap, below)
    else:
        if state.training:
            right = _training(sheet, state.training, (width - pad) / 2, right - gap, (0, height))
        counted = _counts(Sheet(look, palette.bar), state, right - gap, (0, height))
        if _has_room(sheet, state.station, Box(pad, 0, counted - gap - pad, top * 0.92)):
            right = _counts(sheet, state, right - gap, (0, height))
    _name(sheet, state, Box(pad, top * 0.05, right - gap - pad, top * 0.92))
    return tuple(sheet.pieces)


def _has_room(sheet: Sheet, station: str, box: Box) -> bool:
    """Say whether the station's whole name fits; the counts stand beside the lanes as well."""
    wanted = sheet.type("wall_title", bold=True, smallest=0.4)
    return not fit(station, wanted, round(box.width, 1), round(box.height, 1)).is_cut


def _name(sheet: Sheet, state: HeadState, box: Box) -> None:
    """The station's name over what this board is; a very long name takes both lines."""
    palette = sheet.look.palette
    upper = Box(box.left, box.top, box.width, box.height * 0.6)
    usual = sheet.type("wall_title", bold=True, smallest=0.62)
    if fit(state.station, usual, round(upper.width, 1), round(upper.height, 1)).is_cut:
        sheet.text(box, "station", state.station, sheet.type("wall_title", bold=True, smallest=0.4), palette.bar_text)
        return
    sheet.text(upper, "station", state.station, usual, palette.bar_text)
    lower = Box(box.left, upper.bottom, box.width, box.height * 0.4)
    sheet.text(lower, "title", state.title, sheet.type("wall_caption", smallest=0.6), palette.bar_muted)


def _training(sheet: Sheet, words: str, left: float, right: float, lines: tuple[float, float]) -> float:
    """Say that nothing here is real; return where that begins."""
    look, palette = sheet.look, sheet.look.palette
    top, height = lines
    wanted = sheet.type("wall_caption", bold=True, smallest=0.6)
    wide, high = min(natural_width(words, wanted) + look.px(32), right - left), look.px(66)
    box = Box(right - wide, top + (height - high) / 2, wide, high)
    sheet.put(Ground(box, palette.training, radius=look.px(10)))
    on = Sheet(look, palette.training)
    inner = Box(box.left + look.px(12), box.top, box.width - look.px(24), box.height)
    on.text(inner, "training", words, wanted, palette.training_ink, "centre")
    sheet.put(*on.pieces)
    return box.left


def _counts(sheet: Sheet, state: HeadState, right: float, lines: tuple[float, float]) -> float:
    top, height = lines
    wanted = sheet.type("wall_body", bold=True)
    for words in reversed(state.counts):
        wide = natural_width(words, wanted)
        sheet.text(Box(right - wide, top, wide, height), "count", words, wanted, sheet.look.palette.bar_text, "right")
        right -= wide + sheet.look.px(32)
    return right


def stale_pieces(title: str, detail: str, size: Size, look: Look) -> Pieces:
    """The banner that says since when nothing new has come."""
    width, height = size
    colours = look.palette.tones[Tone.CAUTION]
    sheet = Sheet(look, colours.soft)
    sheet.put(Ground(Box(0, 0, width, height), colours.soft, colours.line, 0, look.px(2)))
    pad, side = look.px(36), look.px(48)
    is_stacked = width < look.px(STACKED_PX)
    line = height / 2 if is_stacked else height
    sheet.put(Sign(Box(pad, (line - side) / 2, side, side), "cloud-off", colours.ink))
    left: float = pad + side + look.px(20)
    strong = sheet.type("wall_strong", bold=True, smallest=0.6)
    room = width - left - pad
    wide = room if is_stacked else min(natural_width(title, strong), room * 0.42)
    sheet.text(Box(left, 0, wide, line), "stale", title, strong, colours.ink)
    body = sheet.type("wall_body", smallest=0.6)
    place = Box(pad, line, width - 2 * pad, line - look.px(6))
    if not is_stacked:
        left += wide + look.px(32)
        place = Box(left, 0, width - pad - left, height)
    sheet.text(place, "stale_detail", detail, body, colours.ink)
    return tuple(sheet.pieces)


def foot_pieces(state: FootState, size: Size, look: Look) -> Pieces:
    """What people should know about the board; the page, and how long it still stands."""
    width, height = size
    palette = look.palette
    sheet = Sheet(look, palette.canvas)
    pad, right = look.px(36), float(width - look.px(36))
    is_stacked = width < look.px(STACKED_PX)
    line, height = height, height * STACKED_LINE if is_stacked else height
    if state.page_s:
        strong, caption = sheet.type("wall_caption", bold=True), sheet.type("wall_caption")
        # the widest words keep their room, so that nothing moves while the seconds count down
        wide = max(natural_width(state.turning, caption), look.px(190))
        sheet.text(Box(right - wide, 0, wide, height), "turning", state.turning, caption, palette.text_muted, "right")
        right -= wide + look.px(16)
        total = min(state.page_s, MOST_TICKS)
        left_ticks = -(-state.left_s * total // state.page_s)
        bar = look.px(12) * total
        high = look.px(14)
        ticks = Box(right - bar, (height - high) / 2, bar, high)
        sheet.put(Ticks(ticks, left_ticks, total, palette.accent, palette.border))
        right -= bar + look.px(20)
        wide = natural_width(state.page, strong)
        sheet.text(Box(right - wide, 0, wide, height), "page", state.page, strong, side="right")
        right -= wide + look.px(40)
    place = Box(pad, height, width - 2 * pad, line - height) if is_stacked else Box(pad, 0, right - pad, height)
    if state.misplaced:
        ink = palette.tones[Tone.CAUTION].ink
        sheet.text(place, "misplaced", state.misplaced, sheet.type("wall_caption", smallest=0.6), ink)
    else:
        legend_pieces(sheet, state.legend, place)
    return tuple(sheet.pieces)


def empty_pieces(words: tuple[str, str], icon: str, size: Size, look: Look) -> Pieces:
    """Why there is no car on the board: a sign, a sentence and what to do."""
    width, height = size
    sheet = Sheet(look, look.palette.canvas)
    side = look.px(150)
    top = max(0.0, height / 2 - look.px(190))
    sheet.put(Sign(Box((width - side) / 2, top, side, side), icon, look.palette.tones[Tone.OFF].ink))
    pad = look.px(36)
    place = Box(pad, top + side + look.px(20), width - 2 * pad, look.px(90))
    sheet.text(place, "empty", words[0], sheet.type("wall_clock", bold=True), side="centre")
    detail = Box(pad, place.bottom, width - 2 * pad, look.px(110))
    sheet.text(detail, "empty_detail", words[1], sheet.type("wall_body"), look.palette.text_muted, "centre")
    return tuple(sheet.pieces)
