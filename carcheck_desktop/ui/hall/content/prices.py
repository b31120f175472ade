"""The price list in force, as the station recorded it; no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.money import yuan
from carcheck_desktop.domain.views import prices_on
from carcheck_desktop.ui.bridge.station_time import local
from carcheck_desktop.ui.bridge.words import date_text
from carcheck_desktop.ui.hall.state import PriceRow, PricesState

if TYPE_CHECKING:
    from datetime import datetime

    from carcheck_desktop.domain.prices import PriceLine
    from carcheck_desktop.domain.views import BoardView
    from carcheck_desktop.ui.bridge.words import Words


def prices_state(board: BoardView, now: datetime | None, words: Words, turn: int) -> PricesState | None:
    """Return the price list of today; None while none is in force."""
    prices = prices_on(board, local(now).date()) if now is not None else None
    if prices is None or not prices.lines:
        return None
    begins, ends = date_text(prices.valid_from), date_text(prices.valid_until)
    if prices.valid_until is None:
        valid = words("ui.hall.prices.from", begins=begins)
    else:
        valid = words("ui.hall.prices.between", begins=begins, ends=ends)
    rows = tuple(PriceRow(_name(line, words.language), yuan(line.amount_fen)) for line in prices.lines)
    return PricesState(words("ui.hall.place.prices"), valid, rows, turn)


def _name(line: PriceLine, language: str) -> str:
    """Return the name in the language, or in the other one where there is only that."""
    in_order = (line.name_zh, line.name_en) if language.startswith("zh") else (line.name_en, line.name_zh)
    return next((name.strip() for name in in_order if name.strip()), line.code)
