"""Verdict cards of a two-speed idle test: does it count, the means against their limits, each doubt named.

A test that does not count is `invalid`, with the reason; it never passes and never fails.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.exhaust import IdleEnd, IdlePhase
from carcheck_desktop.domain.verdicts import Comparison, Confidence, Outcome, Quantity, VerdictCard
from carcheck_desktop.standards.emission import idle
from carcheck_desktop.standards.emission.tables import Bounds, Compared, EmissionTables
from carcheck_desktop.standards.judging.cards import WEAKER
from carcheck_desktop.standards.loading.rows import Mode
from carcheck_desktop.standards.rounding import cut, decimals_of, half_even, half_up, plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from carcheck_desktop.domain.exhaust import ExhaustRecord, ExhaustSecond, TwoSpeedIdleRun
    from carcheck_desktop.standards.emission.tables import EmissionLimit

ITEM = "DB"
"""Two-speed idle in the method codes of the platforms (双怠速; GZ and CS)."""
LONGEST_GAP_S = 2
"""Between two seconds of a sample; whoever was held up for longer has lost one, and samples are contiguous."""
SAMPLES = (IdlePhase.HIGH_SAMPLE, IdlePhase.IDLE_SAMPLE)


@dataclass(frozen=True, slots=True)
class _Value:
    """One mean with the numbers that went in."""

    quantity: Quantity
    exact: Fraction
    inputs: dict[str, str]


def judge_two_speed_idle(
    tables: EmissionTables, on: date, run: TwoSpeedIdleRun, record: ExhaustRecord
) -> tuple[VerdictCard, ...]:
    """Judge a test: CO and HC at high idle, excess air, CO and HC at idle.

    Raises `DataError` when the edition is not in force on the day.
    """
    tables.require_in_force(on)
    problem = run_problem(run, record)
    if problem is not None:
        return tuple(_unjudged(tables, on, quantity, problem) for quantity in _order())
    high, low = (_seconds(run, record, phase) for phase in SAMPLES)
    values = (
        _mean(Quantity.HIGH_IDLE_CO, high), _mean(Quantity.HIGH_IDLE_HC, high),
        _Value(Quantity.HIGH_IDLE_LAMBDA, idle.excess_air(tables, on, high), _gases(high)),
        _mean(Quantity.IDLE_CO, low), _mean(Quantity.IDLE_HC, low),
    )  # fmt: skip
    return tuple(_judged(tables, on, value) for value in values)


def run_problem(run: TwoSpeedIdleRun, record: ExhaustRecord) -> Message | None:
    """Say why a test does not count; None when it does."""
    seconds, demand = record.seconds, run.demand
    if any(each.number != index for index, each in enumerate(seconds, 1)):
        return Message("standards.exhaust.gap")
    for each in seconds:
        ended = idle.given_up(demand, each)
        if ended is not None:
            return _ended(ended, each)
    if run.end is not IdleEnd.WHOLE:
        return Message("standards.exhaust.not_whole")
    for phase in SAMPLES:
        problem = _sample_problem(run, record, phase)
        if problem is not None:
            return problem
    return None


def _ended(end: IdleEnd, second: ExhaustSecond) -> Message:
    if end is IdleEnd.STALLED:
        return Message("standards.exhaust.stalled", {"second": second.number, "rpm": second.rpm})
    total = plain(second.co_percent + second.co2_percent)
    return Message("standards.exhaust.diluted", {"second": second.number, "percent": total})


def _sample_problem(run: TwoSpeedIdleRun, record: ExhaustRecord, phase: IdlePhase) -> Message | None:
    wanted, found = run.demand.of(phase), _seconds(run, record, phase)
    if len(found) < max(1, wanted.duration_s):
        return Message("standards.exhaust.short", {"seconds": len(found), "wanted": wanted.duration_s})
    for each in found:
        if each.phase is not phase:
            return Message("standards.exhaust.gap")
        if not idle.in_band(each.rpm, wanted.low_rpm, wanted.high_rpm):
            low, high = wanted.low_rpm or 0, wanted.high_rpm or 0
            return Message(
                "standards.exhaust.speed", {"second": each.number, "rpm": each.rpm, "low": low, "high": high}
            )
    if any(not 0 < after.at_s - before.at_s <= LONGEST_GAP_S for before, after in itertools.pairwise(found)):
        return Message("standards.exhaust.gap")
    return None


def _seconds(run: TwoSpeedIdleRun, record: ExhaustRecord, phase: IdlePhase) -> Sequence[ExhaustSecond]:
    span = run.span(phase)
    return record.seconds[span.start : span.end] if span is not None else ()


def _order() -> tuple[Quantity, ...]:
    return (
        Quantity.HIGH_IDLE_CO, Quantity.HIGH_IDLE_HC, Quantity.HIGH_IDLE_LAMBDA, Quantity.IDLE_CO, Quantity.IDLE_HC,
    )  # fmt: skip


def _mean(quantity: Quantity, seconds: Sequence[ExhaustSecond]) -> _Value:
    is_co = quantity in (Quantity.HIGH_IDLE_CO, Quantity.IDLE_CO)
    exact = idle.mean(seconds, (lambda each: each.co_percent) if is_co else (lambda each: each.hc_ppm))
    return _Value(quantity, exact, {"seconds": str(len(seconds)), "from": str(seconds[0].number)})


def _gases(seconds: Sequence[ExhaustSecond]) -> dict[str, str]:
    means = {
        "co_percent": idle.mean(seconds, lambda each: each.co_percent),
        "co2_percent": idle.mean(seconds, lambda each: each.co2_percent),
        "hc_ppm": idle.mean(seconds, lambda each: each.hc_ppm),
        "o2_percent": idle.mean(seconds, lambda each: each.o2_percent),
    }
    shown = {name: f"{cut(value, 4):f}" for name, value in means.items()}
    return {"seconds": str(len(seconds)), "from": str(seconds[0].number)} | shown


def _judged(tables: EmissionTables, on: date, value: _Value) -> VerdictCard:
    """Hold a value against its limits; of two the one that is nearer (or failed) is on the card."""
    row = tables.roundings.at(value.quantity.value, on)
    shown = (half_even if row.mode is Mode.HALF_EVEN else half_up)(value.exact, row.decimals)
    compared = tables.settings.at("compared", on)
    judged = Fraction(shown) if compared.value == Compared.ROUNDED else value.exact
    limits = _limits(tables, on, value.quantity)
    limit = min(limits, key=lambda each: _margin(each, judged))
    margin = _margin(limit, judged)
    is_included = tables.settings.at("lambda_bounds", on).value == Bounds.INCLUDED
    is_two_sided = len(limits) > 1
    is_good = margin > 0 or (margin == 0 and (is_included or not is_two_sided))
    decisive = [limit.ground.confidence]
    reason = None
    if all(_margin(each, value.exact) >= 0 for each in limits) != is_good:
        decisive.append(compared.ground.confidence)
        reason = Message("standards.doubt.rounded_value", {"exact": f"{cut(value.exact, 4):f}"})
    if margin == 0 and is_two_sided:
        decisive.append(tables.settings.at("lambda_bounds", on).ground.confidence)
        reason = Message("standards.doubt.lambda_bound", {"bound": plain(limit.value)})
    return VerdictCard(
        item=ITEM, quantity=value.quantity, rule=limit.key, edition=tables.edition, table_hash=tables.table_hash,
        limit=limit.value, comparison=limit.comparison, exact=cut(value.exact), rounded=shown, unit=limit.unit,
        margin=half_up(margin, max(decimals_of(shown), decimals_of(limit.value))),
        outcome=Outcome.PASS if is_good else Outcome.FAIL, source=limit.ground.shown,
        confidence=max(decisive, key=WEAKER.index),
        inputs=value.inputs | {"set": limit.set.value} | _range(limits), reason=reason,
    )  # fmt: skip


def _range(limits: Sequence[EmissionLimit]) -> dict[str, str]:
    if len(limits) == 1:
        return {}
    return {"low": plain(min(each.value for each in limits)), "high": plain(max(each.value for each in limits))}


def _limits(tables: EmissionTables, on: date, quantity: Quantity) -> list[EmissionLimit]:
    sides = [Comparison.AT_LEAST, Comparison.AT_MOST] if quantity is Quantity.HIGH_IDLE_LAMBDA else [Comparison.AT_MOST]
    return [tables.limit((quantity, side), on) for side in sides]


def _margin(limit: EmissionLimit, value: Fraction | Decimal) -> Fraction:
    margin = Fraction(value) - Fraction(limit.value)
    return -margin if limit.comparison is Comparison.AT_MOST else margin


def _unjudged(tables: EmissionTables, on: date, quantity: Quantity, reason: Message) -> VerdictCard:
    limit = _limits(tables, on, quantity)[-1]
    return VerdictCard(
        item=ITEM, quantity=quantity, rule=limit.key, edition=tables.edition, table_hash=tables.table_hash,
        limit=limit.value, comparison=limit.comparison, exact=None, rounded=None, unit=limit.unit, margin=None,
        outcome=Outcome.INVALID, source=limit.ground.shown, confidence=Confidence(limit.ground.confidence),
        inputs={"set": limit.set.value}, reason=reason,
    )  # fmt: skip
