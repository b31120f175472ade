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
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import Quantity, VerdictCard
from carcheck_desktop.standards.cards import Doubt, Manner, Subject, invalid, is_met, judged
from carcheck_desktop.standards.case import Case
from carcheck_desktop.standards.emission import idle
from carcheck_desktop.standards.families.axes import Bounds, Compared
from carcheck_desktop.standards.families.petrol import IDLE
from carcheck_desktop.standards.loading.edition import Bound
from carcheck_desktop.standards.rounding import cut, plain
from carcheck_desktop.standards.traits import Traits

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from carcheck_desktop.domain.exhaust import ExhaustRecord, ExhaustSecond, TwoSpeedIdleRun
    from carcheck_desktop.standards.loading.edition import Edition, Limit

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
    tables: Edition, on: date, run: TwoSpeedIdleRun, record: ExhaustRecord
) -> tuple[VerdictCard, ...]:
    """Judge a test: CO and HC at high idle, excess air, CO and HC at idle.

    Raises `DataError` when the edition is not in force on the day.
    """
    tables.require_in_force(on)
    case = Case(tables, Traits(), InspectionKind.IN_USE, on)
    problem = run_problem(run, record)
    if problem is not None:
        return tuple(_unjudged(case, quantity, problem) for quantity in IDLE)
    high, low = (_seconds(run, record, phase) for phase in SAMPLES)
    values = (
        _mean(Quantity.HIGH_IDLE_CO, high), _mean(Quantity.HIGH_IDLE_HC, high),
        _Value(Quantity.HIGH_IDLE_LAMBDA, idle.excess_air(tables, on, high), _gases(high)),
        _mean(Quantity.IDLE_CO, low), _mean(Quantity.IDLE_HC, low),
    )  # fmt: skip
    return tuple(_judged(case, value) for value in values)


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


def _judged(case: Case, value: _Value) -> VerdictCard:
    """Hold a value against its limit of the station's set, and name the readings that decide."""
    chosen = case.choice("limit_set")
    limit = case.limit(value.quantity, limit_set=chosen)
    manner = Manner(
        full=case.choice("compared") == Compared.FULL,
        open_ends=limit.bound is Bound.BETWEEN and case.choice("lambda_bounds") == Bounds.EXCLUDED,
    )
    subject = Subject(ITEM, value.quantity, limit, value.inputs | {"set": chosen})
    return judged(case, subject, value.exact, _doubts(case, limit, value), manner=manner)


def _doubts(case: Case, limit: Limit, value: _Value) -> list[Doubt]:
    """Return the doubts about exactly at a bound of a range, and about rounded against full, where they decide."""
    rounded, is_full = case.rounded(value.quantity, value.exact), case.choice("compared") == Compared.FULL
    compared = value.exact if is_full else Fraction(rounded)
    is_open = case.choice("lambda_bounds") == Bounds.EXCLUDED
    touched = [bound for bound in limit.figures if limit.bound is Bound.BETWEEN and compared == Fraction(bound)]
    doubts = []
    if touched:
        reason = Message("standards.doubt.lambda_bound", {"bound": plain(touched[0])})
        doubts.append(Doubt(case.choice_confidence("lambda_bounds"), reason))
    is_good = is_met(limit, compared) and not (touched and is_open)
    if is_met(limit, value.exact) != is_good:
        reason = Message("standards.doubt.rounded_value", {"exact": f"{cut(value.exact, 4):f}"})
        doubts.append(Doubt(case.choice_confidence("compared"), reason))
    return doubts


def _unjudged(case: Case, quantity: Quantity, reason: Message) -> VerdictCard:
    chosen = case.choice("limit_set")
    return invalid(case, Subject(ITEM, quantity, case.limit(quantity, limit_set=chosen), {"set": chosen}), reason)
