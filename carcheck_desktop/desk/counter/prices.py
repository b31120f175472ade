"""Price lists: published by a manager with a second person, and what a visit is charged by the one in force."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.base.messages import Problem, Severity
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.domain.facts import PriceListPublished
from carcheck_desktop.domain.facts.board import PRICES_SUBJECT
from carcheck_desktop.domain.fold import fold_board
from carcheck_desktop.domain.prices import charge
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.views import NO_BOARD, prices_on

if TYPE_CHECKING:
    from datetime import date, datetime

    from carcheck_desktop.domain.commands import SetPriceList
    from carcheck_desktop.domain.ports import Journal, UnitOfWork
    from carcheck_desktop.domain.prices import ChargeLine, PriceLine, PriceListView
    from carcheck_desktop.domain.vehicle import InspectionKind, Vehicle

CODE = re.compile(r"[\w\-.]{1,40}")
MOST_LINES = 40
LONGEST_NAME = 40
MOST_FEN = 10_000_00
"""Ten thousand yuan: a line above it is a slip of the keyboard."""


def publish_prices(uow: UnitOfWork, command: SetPriceList, *, actor: str, approved_by: str, now: datetime) -> int:
    """Publish a price list; return its revision.

    Raises `RefusedError` for what cannot be charged, for a list that begins in the past, and when somebody
    published a newer one meanwhile.
    """
    newest = len([entry for entry in uow.journal.of_subject(PRICES_SUBJECT) if entry.kind == PriceListPublished.kind])
    if command.base_revision != newest:
        raise RefusedError("desk.board.stale", base=command.base_revision, newest=newest)
    today = inspection_date(now)
    if command.valid_from < today:
        raise RefusedError("desk.prices.in_the_past", valid_from=command.valid_from, today=today)
    if command.valid_until is not None and command.valid_until < command.valid_from:
        raise RefusedError("desk.prices.ends_before", valid_from=command.valid_from, valid_until=command.valid_until)
    if not 1 <= len(command.lines) <= MOST_LINES:
        raise RefusedError("desk.prices.bad_count", given=len(command.lines), most=MOST_LINES)
    for line in command.lines:
        _check(line)
    codes = [line.code for line in command.lines]
    if len(set(codes)) != len(codes):
        raise RefusedError("desk.prices.code_twice", codes=", ".join(codes)[:200])
    fact = PriceListPublished(newest + 1, command.valid_from, command.valid_until, command.lines, approved_by)
    record(uow, fact, actor=actor)
    return fact.revision


def prices_at(journal: Journal, day: date) -> PriceListView | None:
    """Return the price list that is good on a day; None while nothing is recorded for it."""
    view = NO_BOARD
    for entry in journal.of_subject(PRICES_SUBJECT):
        view = fold_board(view, entry)
    return prices_on(view, day)


def charged(
    journal: Journal, vehicle: Vehicle, inspection: InspectionKind, day: date, *, recheck: bool = False
) -> tuple[tuple[ChargeLine, ...], Problem | None]:
    """Return what a visit or its recheck costs by the list of the day, and why there is no line when there is none."""
    prices = prices_at(journal, day)
    if prices is None:
        return (), Problem("desk.prices.none", {"day": day.isoformat()}, Severity.WARNING)
    lines = charge(prices, vehicle, (inspection,), recheck=recheck)
    if not lines:
        return (), Problem("desk.prices.no_line", {"revision": prices.revision}, Severity.WARNING)
    return lines, None


def _check(line: PriceLine) -> None:
    if not CODE.fullmatch(line.code):
        raise RefusedError("desk.prices.bad_code", code=line.code[:60])
    for name in (line.name_zh, line.name_en):
        if not name.strip() or len(name) > LONGEST_NAME or not all(sign.isprintable() for sign in name):
            raise RefusedError("desk.prices.bad_name", code=line.code, length=len(name), most=LONGEST_NAME)
    if not 0 <= line.amount_fen <= MOST_FEN:
        raise RefusedError("desk.prices.bad_amount", code=line.code, fen=line.amount_fen, most=MOST_FEN)
