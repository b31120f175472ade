"""What holds for every brake record: limits are inclusive, more force never hurts, sides and order do not matter, cards explain themselves."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carcheck_desktop.base.catalogues import LANGUAGES, PLACEHOLDER, Catalogue
from carcheck_desktop.base.data import from_json, to_json
from carcheck_desktop.domain.verdicts import Comparison, Confidence, Outcome, Quantity, VerdictCard
from carcheck_desktop.standards.bench import asked
from carcheck_desktop.standards.bench.explaining import EXPLAIN
from carcheck_desktop.standards.bench.records import KINDS
from carcheck_desktop.standards.cards import Subject, judged
from carcheck_desktop.standards.families.brakes import JUDGED
from carcheck_desktop.standards.loading.edition import Bound, Limit
from carcheck_desktop.standards.records.reading import record_of
from tests.standards.bench.records import BUS, CAR, MOTORCYCLE, TRAILER, TRUCK, card, case_of, judge, plain
from tests.standards.cars import ON, TABLES

LIMITS = [limit for limit in TABLES.limits.all() if limit.quantity in JUDGED and limit.bound is not Bound.NONE]
LAST = Fraction(1, 10**12)
VEHICLES = st.sampled_from([CAR, BUS, TRUCK, TRAILER])


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.slot)
def test_every_limit_is_inclusive_and_its_last_digit_decides(limit: Limit) -> None:
    case, subject = case_of(CAR), Subject("B1", limit.quantity, limit, {})
    row = TABLES.roundings.at(limit.quantity.value, ON)
    bad = -1 if limit.comparison is Comparison.AT_LEAST else 1
    value, digit = Fraction(limit.value), Fraction(1, 10**row.decimals)

    def outcome_at(exact: Fraction) -> Outcome:
        return judged(case, subject, exact).outcome

    assert outcome_at(value) is Outcome.PASS
    assert outcome_at(value - bad * digit) is Outcome.PASS
    assert outcome_at(value + bad * digit) is Outcome.FAIL
    half = value + bad * digit / 2
    assert outcome_at(half - bad * LAST) is Outcome.PASS
    assert outcome_at(half) is (Outcome.PASS if bad < 0 else Outcome.FAIL)
    assert outcome_at(half + bad * LAST) is Outcome.FAIL


@st.composite
def axles(draw: st.DrawFn) -> dict[str, Any]:
    """Draw one axle with a difference point below its maxima."""
    left, right = draw(st.integers(1, 3000)), draw(st.integers(1, 3000))
    return {
        "axle": draw(st.integers(1, 2)),
        "left_max_daN": left,
        "right_max_daN": right,
        "difference_left_daN": draw(st.integers(0, left)),
        "difference_right_daN": draw(st.integers(0, right)),
        "static_load_kg": draw(st.integers(4000, 20000)),
    }


@settings(max_examples=40)
@given(VEHICLES, axles(), st.integers(0, 500), st.integers(0, 500))
def test_more_force_never_worsens_a_rate(vehicle: dict[str, Any], one: dict[str, Any], left: int, right: int) -> None:
    more = one | {"left_max_daN": one["left_max_daN"] + left, "right_max_daN": one["right_max_daN"] + right}
    before, after = (
        card(judge("axle_brake", case_of(vehicle), **each), Quantity.AXLE_BRAKE_RATE) for each in (one, more)
    )
    assert before.exact is not None
    assert after.exact is not None
    assert after.exact >= before.exact
    assert (before.outcome, after.outcome) != (Outcome.PASS, Outcome.FAIL)


@settings(max_examples=40)
@given(VEHICLES, axles())
def test_sides_may_be_exchanged(vehicle: dict[str, Any], one: dict[str, Any]) -> None:
    turned = dict(one)
    for name in ("max", "difference"):
        pair = ("left_max_daN", "right_max_daN") if name == "max" else ("difference_left_daN", "difference_right_daN")
        turned[pair[0]], turned[pair[1]] = one[pair[1]], one[pair[0]]
    for seen, other in zip(
        judge("axle_brake", case_of(vehicle), **one).cards,
        judge("axle_brake", case_of(vehicle), **turned).cards,
        strict=True,
    ):
        assert (seen.exact, seen.outcome, seen.rule) == (other.exact, other.outcome, other.rule)


@settings(max_examples=40)
@given(VEHICLES, axles(), st.sampled_from(["2", "0.5", "0.1"]))
def test_a_verdict_does_not_depend_on_the_unit(vehicle: dict[str, Any], one: dict[str, Any], factor: str) -> None:
    scaled = {name: value if name == "axle" else value * Decimal(factor) for name, value in one.items()}
    for seen, other in zip(
        judge("axle_brake", case_of(vehicle), **one).cards,
        judge("axle_brake", case_of(vehicle), **scaled).cards,
        strict=True,
    ):
        assert (seen.exact, seen.rounded, seen.outcome, seen.rule) == (
            other.exact, other.rounded, other.outcome, other.rule
        )  # fmt: skip


@settings(max_examples=40)
@given(st.integers(65, 200), st.integers(1, 200), st.integers(0, 100))
def test_a_longer_stop_is_never_better(distance: int, mfdd: int, more: int) -> None:
    case, tenth = case_of(CAR), Decimal("0.1")
    fields = {"v0_kmh": 50, "distance_m": distance * tenth, "mfdd_m_s2": min(mfdd, 150) * tenth}
    worse = fields | {"distance_m": (distance + more) * tenth}
    before, after = (
        card(judge("road_brake", case, **each), Quantity.ROAD_STOPPING_DISTANCE) for each in (fields, worse)
    )
    assert (before.outcome, after.outcome) != (Outcome.FAIL, Outcome.PASS)


# -- explaining ------------------------------------------------------------------------------


def example_cards() -> list[VerdictCard]:
    found: list[VerdictCard] = []
    for kind in KINDS:
        record: Any = plain(dict(kind.example))
        (measurement,) = record["measurements"]
        assert measurement.pop("kind") == kind.name
        found += kind.judge(case_of(record["vehicle"]), record_of(measurement, kind.record)).cards
    laden = {"laden_left_sum_daN": 5000, "laden_right_sum_daN": 4900, "laden_load_kg": 20000}
    unladen = {"left_sum_daN": 2900, "right_sum_daN": 2900, "load_kg": 10000}
    plate = {"tester": "plate", "dynamic_left_kg": 400, "dynamic_right_kg": 400, "static_load_kg": 700}
    curves = {"left_curve_daN": [5, 150, 200], "right_curve_daN": [5, 100, 190]}
    return [
        *found,
        *judge("whole_vehicle_brake", case_of(TRUCK), **unladen, **laden).cards,
        *judge("axle_brake", case_of(CAR), axle=2, **plate, **curves).cards,
        *judge("road_brake", case_of(CAR), v0_kmh=50, distance_m=18, mfdd_m_s2=7, out_of_channel=True).cards,
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_quantity_is_derived_with_its_numbers_in_place(language: str) -> None:
    words, seen = Catalogue(language), set()
    for each in example_cards():
        assert from_json(to_json(each), VerdictCard) == each
        lines = EXPLAIN[each.quantity](each) if each.exact is not None else []
        for message in [*lines, *([each.reason] if each.reason else [])]:
            assert words.knows(message.code), message.code
            assert not PLACEHOLDER.search(words.text(message)), words.text(message)
        seen |= {each.quantity} if lines else set()
    assert seen == set(JUDGED) == set(EXPLAIN)


def test_the_examples_are_those_of_the_documentation() -> None:
    outcomes: dict[str, set[Outcome]] = {}
    for kind in KINDS:
        record: Any = plain(dict(kind.example))
        measurement = {name: value for name, value in record["measurements"][0].items() if name != "kind"}
        cards = kind.judge(case_of(record["vehicle"]), record_of(measurement, kind.record)).cards
        outcomes[kind.name] = {each.outcome for each in cards if each.counts}
    assert all(found == {Outcome.PASS} for found in outcomes.values()), outcomes


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_why_a_test_is_asked_has_words(language: str) -> None:
    words = Catalogue(language)
    on_air = TRUCK | {"axles": 4, "air_suspension_axles": [2]}
    low = TRUCK | {"total_mass_kg": 10000}
    for vehicle in (TRUCK, on_air, low, TRAILER, TRAILER | {"tandem_axles": []}, CAR | {"axles": 2}):
        test = asked.loaded_test(case_of(vehicle))
        for message in (*test.reasons.values(), *test.spared.values()):
            assert words.knows(message.code)
            assert not PLACEHOLDER.search(words.text(message))
    for drive in ("front", "all_permanent"):
        choice = asked.tester_choice(case_of(CAR | {"drive": drive}))
        assert words.knows(choice.reason.code)
        assert choice.confidence is Confidence.SOURCED
    assert judge("motorcycle_brake", case_of(MOTORCYCLE), rear_max_daN=59, rear_load_kg=108).cards
