"""What must hold for every car: more force never hurts, order and unit do not matter, limits are inclusive."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.base.catalogues import ROOT
from carcheck_desktop.domain.measurements import Curve, ServiceBrakeRun, StopReason
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.standards.cards import Manner, Subject, judged
from carcheck_desktop.standards.case import Case
from carcheck_desktop.standards.loading.edition import Bound, Edition, Limit, parse
from carcheck_desktop.standards.traits import Traits
from tests.standards.cars import IN_USE, judge, judge_lever, parked, run

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

LAST = Fraction(1, 10**12)
REFERENCE = Fraction(12345)
FILES = sorted(path for path in (ROOT / "resources" / "standards").glob("*.toml") if path.name != "hashes.toml")


def outcome_at(edition: Edition, limit: Limit, exact: Fraction) -> Outcome:
    case = Case(edition, Traits(), IN_USE, limit.ground.valid_from)
    subject = Subject("x", limit.quantity, limit, {})
    return judged(case, subject, exact, manner=Manner(reference=REFERENCE)).outcome


def sides(limit: Limit) -> list[tuple[Fraction, int]]:
    """Return each bound with the direction in which it is left."""
    if limit.bound is Bound.WITHIN:
        return [(max(REFERENCE * Fraction(limit.percent) / 100, Fraction(limit.absolute)), 1)]
    low = [(Fraction(limit.figures[0]), -1)] if limit.bound in (Bound.AT_LEAST, Bound.BETWEEN) else []
    high = [(Fraction(limit.figures[-1]), 1)] if limit.bound in (Bound.AT_MOST, Bound.BETWEEN) else []
    return low + high


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_limit_of_every_table_is_inclusive_and_its_last_digit_decides(path: Path) -> None:
    edition = parse(path.read_bytes())
    seen = {(limit.key, limit.ground.valid_from): limit for limit in edition.limits.all()}
    for limit in seen.values():
        digit = Fraction(1, 10 ** edition.roundings.at(limit.quantity.value, limit.ground.valid_from).decimals)
        for value, bad in sides(limit):
            assert outcome_at(edition, limit, value) is Outcome.PASS, limit.key
            assert outcome_at(edition, limit, value - bad * LAST) is Outcome.PASS, limit.key
            assert outcome_at(edition, limit, value + bad * digit) is Outcome.FAIL, limit.key
            # masses and dimensions are held against their tolerance unrounded
            beyond = LAST if limit.bound is Bound.WITHIN else digit / 2 + LAST
            assert outcome_at(edition, limit, value + bad * beyond) is Outcome.FAIL, limit.key


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_value_is_judged_where_the_table_has_no_limit(path: Path) -> None:
    edition = parse(path.read_bytes())
    for limit in edition.limits.all():
        if limit.bound is Bound.NONE:
            assert limit.ground.note
            assert outcome_at(edition, limit, Fraction(10)) is Outcome.NOT_JUDGED
