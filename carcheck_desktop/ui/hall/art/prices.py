"""The price list as pieces: a line each, name and amount; long lists take turns, whole pages at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from carcheck_desktop.ui.hall.art.fit import LINE, Box, Type, wrapped
from carcheck_desktop.ui.hall.art.panels import DAY_PX, PAD_PX, TITLE_PX, Aside, begin, rule
from carcheck_desktop.ui.hall.art.pieces import natural_width

if TYPE_CHECKING:
    from carcheck_desktop.ui.hall.art.panels import Pieces, Size
    from carcheck_desktop.ui.hall.art.pieces import Sheet
    from carcheck_desktop.ui.hall.state import PriceRow, PricesState
    from carcheck_desktop.ui.theme.look import Look

LINE_PX, MOST_WANTED = 58, 6
NAME_SIZE, TALLEST = 0.86, 1.4
LARGER = (1.0, 0.8, 0.6, 0.4, 0.2)
"""Steps between the usual look and the largest one."""


def prices_height(state: PricesState, width: float, look: Look) -> float:
    """Return how high the card of the prices wants to be."""
    lines = sum(_height(row, width - 2 * look.px(PAD_PX), look) for row in state.rows[:MOST_WANTED])
    return float(look.px(TITLE_PX + DAY_PX + PAD_PX)) + lines


def _fitting(state: PricesState, size: Size, look: Look, largest: Look) -> Look:
    """Return the largest look in which the whole list stands on one page; the usual one where none does."""
    for share in LARGER:
        tried = replace(largest, scale=look.scale + (largest.scale - look.scale) * share)
        if len(_pages(state.rows, _wide(size, largest), _room(size, tried, largest), tried)) == 1:
            return tried
    return look


def _room(size: Size, look: Look, largest: Look) -> float:
    """Return the height that the lines have below the title, which is as large as those of other panels."""
    return size[1] - largest.px(TITLE_PX) - look.px(DAY_PX) - largest.px(PAD_PX) / 2


def _wide(size: Size, largest: Look) -> float:
    return size[0] - 2 * largest.px(PAD_PX)


def prices_pieces(state: PricesState, size: Size, usual: Look, largest: Look) -> Pieces:
    """One page of the price list in force, and for how long it is good."""
    look = _fitting(state, size, usual, largest)
    low = look.px(DAY_PX)
    pages = _pages(state.rows, _wide(size, largest), _room(size, look, largest), look)
    number = state.turn % len(pages)
    aside = Aside("price_page", f"{number + 1} / {len(pages)}" if len(pages) > 1 else "", look.palette.text_muted)
    sheet, room = begin(state.title, size, largest, "list-checks", aside=aside)
    sheet.look = look
    heights = [_height(row, room.width, look) for row in pages[number]]
    grown = max(1.0, min((room.height - low) / sum(heights), TALLEST))
    top = room.top
    for row, high in zip(pages[number], heights, strict=True):
        _price(sheet, row, Box(room.left, top, room.width, high * grown))
        top += high * grown
    rule(sheet, Box(room.left, top, room.width, low))
    caption = sheet.type("wall_caption", smallest=0.6)
    sheet.text(Box(room.left, top, room.width, low), "price_valid", state.valid, caption, look.palette.text_muted)
    return tuple(sheet.pieces)


def _pages(rows: tuple[PriceRow, ...], width: float, height: float, look: Look) -> list[list[PriceRow]]:
    """Share the lines among as many pages as they need."""
    pages: list[list[PriceRow]] = [[]]
    used = 0.0
    for row in rows:
        high = _height(row, width, look)
        if pages[-1] and used + high > height + 1:
            pages.append([])
            used = 0.0
        pages[-1].append(row)
        used += high
    return pages


def _name(row: PriceRow, width: float, look: Look) -> tuple[Type, tuple[str, ...], float]:
    """Return the type of a name, its lines, and how wide the amount is."""
    amount = natural_width(row.amount, Type(look.text_px("wall_caption"), bold=True))
    wanted = Type(round(look.text_px("wall_caption") * NAME_SIZE))
    room = width - amount - look.px(16)
    return wanted, wrapped(row.name, wanted.size_px, wanted.bold, round(room, 1)), amount


def _height(row: PriceRow, width: float, look: Look) -> float:
    wanted, lines, _ = _name(row, width, look)
    return max(float(look.px(LINE_PX)), len(lines) * wanted.size_px * LINE + look.px(16))


def _price(sheet: Sheet, row: PriceRow, box: Box) -> None:
    """The amount on one line, the name on as many as it needs."""
    rule(sheet, box)
    look = sheet.look
    wanted, lines, wide = _name(row, box.width, look)
    amount = sheet.type("wall_caption", bold=True)
    sheet.text(Box(box.right - wide, box.top, wide, box.height), "amount", row.amount, amount, side="right")
    place = Box(box.left, box.top, box.width - wide - look.px(16), box.height)
    sheet.text(place, "price", "\n".join(lines), wanted)
