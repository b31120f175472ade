"""Two-speed idle of a record judged: a test that does not count is invalid as a whole, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.cards import Doubt, Judgement
from carcheck_desktop.standards.emission.cards import (
    TWO_SPEED_IDLE_ITEM,
    Result,
    exhaust_card,
    invalid_card,
    limit_of,
    missing_card,
)
from carcheck_desktop.standards.emission.formulas.figures import MILLIONTHS, PERCENT, missing, shown, within
from carcheck_desktop.standards.emission.formulas.fuels import fuel_of
from carcheck_desktop.standards.emission.formulas.readings import beyond_range
from carcheck_desktop.standards.emission.two_speed.core import MakerRange, Pipe, judge_pipes, maker_limit
from carcheck_desktop.standards.emission.two_speed.record import TailPipe, TwoSpeedIdle, TwoSpeedIdleResult
from carcheck_desktop.standards.emission.two_speed.sampling import (
    Band,
    check_seconds,
    given_up,
    high_band,
    idle_band,
    idle_doubts,
    is_whole,
    sample_of,
)
from carcheck_desktop.standards.families.petrol import IDLE

if TYPE_CHECKING:
    from decimal import Decimal

    from carcheck_desktop.standards.case import Case

LAMBDA = (PERCENT[0], PERCENT[1])
SPANS = {
    Quantity.HIGH_IDLE_CO: ("high_idle_co_percent", PERCENT),
    Quantity.HIGH_IDLE_HC: ("high_idle_hc_ppm", MILLIONTHS),
    Quantity.HIGH_IDLE_LAMBDA: ("high_idle_lambda", LAMBDA),
    Quantity.IDLE_CO: ("idle_co_percent", PERCENT),
    Quantity.IDLE_HC: ("idle_hc_ppm", MILLIONTHS),
}
"""Field and range of each result that was given."""


def judge_two_speed_idle_record(case: Case, record: TwoSpeedIdle) -> Judgement:
    """Judge a test second by second; raise `DataError` naming a field that is missing or cannot be."""
    fuel = fuel_of(case, record.fuel)
    maker = maker_range(record.maker_lambda_low, record.maker_lambda_high)
    bands = high_band(case, record.maker_high_idle_rpm), idle_band(case)
    pipes: list[Pipe] = []
    doubts: tuple[Doubt, ...] = ()
    for number, pipe in enumerate((TailPipe(record.high_idle, record.idle), *record.other_pipes), 1):
        found = _pipe(case, pipe, bands, "" if number == 1 else f"other_pipes[{number - 2}].")
        if isinstance(found, Message):
            inputs = {"fuel": fuel.value, "pipe": str(number)}
            return Judgement(
                tuple(invalid_card(case, TWO_SPEED_IDLE_ITEM, quantity, found, **inputs) for quantity in IDLE)
            )
        pipes.append(found)
        doubts = doubts or idle_doubts(case, found.low)
    return Judgement(judge_pipes(case, fuel, pipes, maker, doubts))


def judge_two_speed_idle_result(case: Case, record: TwoSpeedIdleResult) -> Judgement:
    """Judge results that were given; raise `DataError` where there is none or one cannot be."""
    fuel = fuel_of(case, record.fuel)
    maker = maker_range(record.maker_lambda_low, record.maker_lambda_high)
    given = {quantity: getattr(record, name) for quantity, (name, _) in SPANS.items()}
    if all(value is None for value in given.values()):
        raise missing("high_idle_co_percent")
    cards = []
    for quantity, value in given.items():
        name, span = SPANS[quantity]
        if value is None:
            reason = Message("standards.petrol.not_given")
            cards.append(missing_card(case, TWO_SPEED_IDLE_ITEM, quantity, reason, fuel=fuel.value))
            continue
        exact = within(name, value, span)
        limit = None
        if quantity is Quantity.HIGH_IDLE_LAMBDA and maker is not None:
            limit = maker_limit(limit_of(case, quantity), maker)
        result = Result(TWO_SPEED_IDLE_ITEM, quantity, exact, {"given": shown(exact)}, limit=limit)
        cards.append(exhaust_card(case, fuel, result))
    return Judgement(tuple(cards))


def maker_range(low: Decimal | None, high: Decimal | None) -> MakerRange | None:
    """Return the maker's range of excess air; raise `DataError` where only one end of it was given."""
    if low is None and high is None:
        return None
    if low is None or high is None:
        raise missing("maker_lambda_low" if low is None else "maker_lambda_high")
    return MakerRange(low, high)


def _pipe(case: Case, pipe: TailPipe, bands: tuple[Band, Band | None], place: str) -> Pipe | Message:
    """Return the seconds of one pipe that count, or why the test does not."""
    check_seconds(f"{place}high_idle", pipe.high_idle)
    check_seconds(f"{place}idle", pipe.idle)
    samples = (pipe.high_idle, pipe.idle)
    ended = next((said for each in samples if (said := given_up(case, each) or beyond_range(case, each))), None)
    if ended is not None:
        return ended
    if not all(is_whole([each.t_s for each in sample]) for sample in samples):
        return Message("standards.exhaust.gap")
    high = sample_of(case, pipe.high_idle, bands[0])
    if isinstance(high, Message):
        return high
    low = sample_of(case, pipe.idle, bands[1])
    return low if isinstance(low, Message) else Pipe(high, low)
