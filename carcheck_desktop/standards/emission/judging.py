"""The two-speed idle test of a lane: does it count, and its cards. A lane plans it for petrol alone.

A test that does not count is `invalid`, with the reason; it never passes and never fails.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.exhaust import IdleEnd, IdlePhase
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.standards.case import Case
from carcheck_desktop.standards.emission import idle
from carcheck_desktop.standards.emission.cards import TWO_SPEED_IDLE_ITEM, invalid_card
from carcheck_desktop.standards.emission.formulas.fuels import ExhaustFuel
from carcheck_desktop.standards.emission.two_speed.core import Pipe, Sample, judge_pipes
from carcheck_desktop.standards.families.petrol import IDLE
from carcheck_desktop.standards.rounding import plain
from carcheck_desktop.standards.traits import Traits

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from carcheck_desktop.domain.exhaust import ExhaustRecord, ExhaustSecond, TwoSpeedIdleRun
    from carcheck_desktop.domain.verdicts import VerdictCard
    from carcheck_desktop.standards.loading.edition import Edition

ITEM = TWO_SPEED_IDLE_ITEM
LONGEST_GAP_S = 2
"""Between two seconds of a sample; whoever was held up for longer has lost one, and samples are contiguous."""
SAMPLES = (IdlePhase.HIGH_SAMPLE, IdlePhase.IDLE_SAMPLE)


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
        return tuple(invalid_card(case, ITEM, quantity, problem) for quantity in IDLE)
    high, low = (_seconds(run, record, phase) for phase in SAMPLES)
    pipe = Pipe(Sample(high, high[0].number), Sample(low, low[0].number))
    return judge_pipes(case, ExhaustFuel.PETROL, [pipe])


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
