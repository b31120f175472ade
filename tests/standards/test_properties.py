"""What must hold for every car: more force never hurts, order and unit do not matter, limits are inclusive."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.domain.measurements import Curve, ServiceBrakeRun, StopReason
from carcheck_desktop.domain.verdicts import Comparison, Outcome
from carcheck_desktop.standards.judging.cards import Case, Subject, judged
from carcheck_desktop.standards.tables import Limit
from tests.standards.cars import CAR, ON, TABLES, judge, judge_lever, parked, run

FORCE = st.integers(min_value=1, max_value=900)
LOAD = st.decimals(min_value=100, max_value=2000, places=1)
MIRRORED = {StopReason.LEFT_LOCKED: StopReason.RIGHT_LOCKED, StopReason.RIGHT_LOCKED: StopReason.LEFT_LOCKED}
STOPS = st.sampled_from([StopReason.TIME_OUT, StopReason.NOT_REPORTED, StopReason.BOTH_LOCKED, *MIRRORED])


@st.composite
def runs(draw: st.DrawFn) -> tuple[ServiceBrakeRun, Curve]:
    pairs = draw(st.lists(st.tuples(FORCE, FORCE), min_size=1, max_size=30))
    one = replace(
        run(draw(st.sampled_from([1, 2])), 0, draw(STOPS)),
        left_kg=draw(LOAD),
        right_kg=draw(LOAD),
    )
    return one, Curve(10, tuple(left for left, _ in pairs), tuple(right for _, right in pairs))


@given(runs(), st.data())
def test_more_force_never_worsens_a_rate(measured: tuple[ServiceBrakeRun, Curve], data: st.DataObject) -> None:
    one, shape = measured
    extra = st.lists(st.integers(0, 200), min_size=len(shape.left_daN), max_size=len(shape.left_daN))
    more = Curve(
        10,
        tuple(force + plus for force, plus in zip(shape.left_daN, data.draw(extra), strict=True)),
        tuple(force + plus for force, plus in zip(shape.right_daN, data.draw(extra), strict=True)),
    )
    before, after = judge(one, shape)[0], judge(one, more)[0]
    assert before.margin is not None
    assert after.margin is not None
    assert after.margin >= before.margin
    assert (before.outcome, after.outcome) != (Outcome.PASS, Outcome.FAIL)
    lever = [judge_lever((parked(2, Decimal(1370)), each)) for each in (shape, more)]
    assert lever[0].margin is not None
    assert lever[1].margin is not None
    assert lever[1].margin >= lever[0].margin


@given(runs())
def test_mirrored_wheels_give_the_same_verdict(measured: tuple[ServiceBrakeRun, Curve]) -> None:
    one, shape = measured
    stop = MIRRORED.get(one.stop_reason, one.stop_reason)
    turned = replace(one, left_kg=one.right_kg, right_kg=one.left_kg, stop_reason=stop)
    mirror = judge(turned, replace(shape, left_daN=shape.right_daN, right_daN=shape.left_daN))
    for seen, other in zip(judge(one, shape), mirror, strict=True):
        assert (seen.exact, seen.outcome, seen.rule) == (other.exact, other.outcome, other.rule)


@given(runs(), st.randoms(use_true_random=False))
def test_a_rate_does_not_depend_on_the_order_of_samples(
    measured: tuple[ServiceBrakeRun, Curve], random: Random
) -> None:
    one, shape = measured
    left, right = list(shape.left_daN), list(shape.right_daN)
    random.shuffle(left)
    random.shuffle(right)
    assert judge(one, shape)[0] == judge(one, Curve(10, tuple(left), tuple(right)))[0]


@given(runs(), st.sampled_from([2, 3, 10]))
def test_a_verdict_does_not_depend_on_the_unit(measured: tuple[ServiceBrakeRun, Curve], factor: int) -> None:
    one, shape = measured
    scaled = Curve(10, tuple(factor * f for f in shape.left_daN), tuple(factor * f for f in shape.right_daN))
    heavier = replace(one, left_kg=factor * one.left_kg, right_kg=factor * one.right_kg)
    for seen, other in zip(judge(one, shape), judge(heavier, scaled), strict=True):
        assert (seen.exact, seen.rounded, seen.outcome, seen.rule) == (
            other.exact, other.rounded, other.outcome, other.rule
        )  # fmt: skip


@given(runs())
def test_how_long_a_sample_lasts_decides_nothing(measured: tuple[ServiceBrakeRun, Curve]) -> None:
    one, shape = measured
    assert judge(one, shape) == judge(one, replace(shape, interval_ms=50))


@given(runs())
def test_judging_twice_gives_the_same_cards(measured: tuple[ServiceBrakeRun, Curve]) -> None:
    assert judge(*measured) == judge(*measured)


@given(runs())
def test_margin_and_outcome_never_contradict(measured: tuple[ServiceBrakeRun, Curve]) -> None:
    for card in judge(*measured):
        assert card.margin is not None
        assert (card.outcome is Outcome.PASS) == (card.margin >= 0)


@given(runs(), st.data())
def test_lost_samples_never_turn_a_fail_into_a_pass(
    measured: tuple[ServiceBrakeRun, Curve], data: st.DataObject
) -> None:
    one, shape = measured
    lost = data.draw(st.sets(st.integers(0, len(shape.left_daN) - 1), min_size=1))
    torn = Curve(
        10,
        tuple(0 if index in lost else force for index, force in enumerate(shape.left_daN)),
        tuple(0 if index in lost else force for index, force in enumerate(shape.right_daN)),
        tuple(sorted(lost)),
    )
    for whole, seen in zip(judge(one, shape), judge(one, torn), strict=True):
        assert seen.outcome is not Outcome.FAIL
        if whole.outcome is Outcome.FAIL:
            assert seen.outcome is Outcome.INVALID


# -- boundaries ------------------------------------------------------------------------------

TENTH = Fraction(1, 10)
LAST = Fraction(1, 10**12)


def outcome_at(limit: Limit, exact: Fraction) -> Outcome:
    case = Case(TABLES, CAR, limit.inspection, ON)
    return judged(case, Subject("B1", limit.quantity, limit, {}), exact).outcome


@pytest.mark.parametrize("limit", TABLES.limits.all(), ids=lambda limit: limit.slot)
def test_every_limit_is_inclusive_and_its_last_digit_decides(limit: Limit) -> None:
    bad = -1 if limit.comparison is Comparison.AT_LEAST else 1
    value = Fraction(limit.value)
    assert outcome_at(limit, value) is Outcome.PASS
    assert outcome_at(limit, value - bad * TENTH) is Outcome.PASS
    assert outcome_at(limit, value + bad * TENTH) is Outcome.FAIL
    # half a last digit beyond the limit is where rounding turns: half up, so the half itself goes up
    half = value + bad * TENTH / 2
    assert outcome_at(limit, half) is (Outcome.PASS if bad < 0 else Outcome.FAIL)
    assert outcome_at(limit, half - bad * LAST) is Outcome.PASS
    assert outcome_at(limit, half + bad * LAST) is Outcome.FAIL
