"""Headlamps: number of lamps, the four-lamp rule, the sum, the exceptions, and the vehicle's class."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.domain.verdicts import Quantity
from tests.standards.vehicle_checks.asking import (
    FAIL,
    IN_USE,
    NOT_JUDGED,
    PASS,
    REGISTRATION,
    ask,
    card_of,
    case,
    code,
    old_case,
    refused,
    the_card,
)  # fmt: skip

INTENSITY, SUM = Quantity.HEADLAMP_INTENSITY, Quantity.HEADLAMP_SUM
CAR = {"category": "small_passenger"}


def four(left_outer: int, left_inner: int, right_inner: int, right_outer: int) -> dict[str, int]:
    names = ("left_outer_cd", "left_inner_cd", "right_inner_cd", "right_outer_cd")
    return dict(zip(names, (left_outer, left_inner, right_inner, right_outer), strict=True))


def whole(vehicle: dict[str, Any], **measured: Any) -> Any:
    return card_of(ask("headlamps", case(vehicle), **measured), INTENSITY, "H")


@pytest.mark.parametrize("system", ["01", "02"])
def test_four_lamps_pass_with_all_four_at_the_four_lamp_value(system: str) -> None:
    card = whole(CAR | {"lamp_system": system}, **four(12000, 12000, 12000, 12000))
    assert (card.outcome, card.limit, card.inputs["decided_by"]) == (PASS, Decimal(12000), "all_lamps")


@pytest.mark.parametrize(
    ("values", "pair"),
    [((15000, 500, 0, 15000), "outer_pair"), ((100, 15000, 16000, 100), "inner_pair")],
)
def test_two_symmetric_lamps_at_the_two_lamp_value_save_four(values: tuple[int, int, int, int], pair: str) -> None:
    found = ask("headlamps", case(CAR | {"lamp_system": "01"}), **four(*values))
    card = card_of(found, INTENSITY, "H")
    assert (card.outcome, card.limit, card.inputs["decided_by"]) == (PASS, Decimal(15000), pair)
    weak = [each for each in found.cards if each.outcome is FAIL]
    assert weak, "each lamp keeps its own answer"
    assert not any(each.counts for each in weak), "and no conclusion rests on it"
    assert {code(each) for each in weak} == {"standards.lamps.saved_by_pair"}


@pytest.mark.parametrize("values", [(15000, 15000, 100, 100), (14999, 100, 11999, 15000), (15000, 0, 15000, 14999)])
def test_two_lamps_that_are_not_symmetric_save_nothing(values: tuple[int, int, int, int]) -> None:
    found = ask("headlamps", case(CAR | {"lamp_system": "01"}), **four(*values))
    card = card_of(found, INTENSITY, "H")
    assert (card.outcome, card.limit, card.inputs["two_lamp_value_cd"]) == (FAIL, Decimal(12000), "15000")
    assert all(each.counts for each in found.cards if each.outcome is FAIL)


def test_four_lamps_of_a_new_car_have_higher_values() -> None:
    under = case(CAR | {"lamp_system": "01"}, REGISTRATION)
    found = ask("headlamps", under, **four(14999, 15000, 15000, 18000))
    assert card_of(found, INTENSITY, "H").outcome is FAIL
    found = ask("headlamps", under, **four(18000, 0, 0, 18000))
    assert card_of(found, INTENSITY, "H").outcome is PASS


@pytest.mark.parametrize(
    ("vehicle", "inspection", "lamps", "limit"),
    [
        ({"category": "motorcycle", "lamp_system": "05"}, IN_USE, {"left_outer_cd": 8000}, 8000),
        ({"category": "motorcycle", "lamp_system": "05"}, REGISTRATION, {"left_outer_cd": 10000}, 10000),
        ({"category": "moped", "lamp_system": "05"}, IN_USE, {"right_outer_cd": 3000}, 3000),
        ({"category": "moped", "lamp_system": "03"}, IN_USE, {"left_outer_cd": 2500, "right_outer_cd": 2500}, 2500),
        ({"category": "three_wheeled", "lamp_system": "05"}, IN_USE, {"left_outer_cd": 6000}, 6000),
        ({"category": "light_goods", "lamp_system": "03", "max_speed_kmh": 69}, IN_USE,
         {"left_outer_cd": 8000, "right_outer_cd": 8000}, 8000),
        ({"category": "light_goods", "lamp_system": "03", "max_speed_kmh": 70}, IN_USE,
         {"left_outer_cd": 15000, "right_outer_cd": 15000}, 15000),
        ({"category": "low_speed_goods", "lamp_system": "04"}, REGISTRATION,
         {"left_outer_cd": 10000, "right_outer_cd": 10000}, 10000),
    ],
)  # fmt: skip
def test_each_class_has_its_own_value(
    vehicle: dict[str, Any], inspection: Any, lamps: dict[str, int], limit: int
) -> None:
    card = card_of(ask("headlamps", case(vehicle, inspection), **lamps), INTENSITY, "H")
    assert (card.outcome, card.limit) == (PASS, Decimal(limit))


def test_one_lamp_by_itself() -> None:
    card = the_card("headlamp", case(CAR), lamp="right_inner", intensity_cd=11999, lamps=4)
    assert (card.item, card.outcome, card.limit) == ("H3", FAIL, Decimal(12000))


def test_the_sum_of_all_lamps_has_a_limit_of_its_own() -> None:
    under = case(CAR | {"lamp_system": "03"})
    assert card_of(ask("headlamps", under, left_outer_cd=215000, right_outer_cd=215000), SUM).outcome is PASS
    found = ask("headlamps", under, left_outer_cd=215000, right_outer_cd=215001)
    assert card_of(found, SUM).outcome is FAIL
    assert card_of(found, INTENSITY, "H").outcome is PASS


def test_a_lamp_beyond_the_tester_is_exempt_with_a_remark() -> None:
    found = ask("headlamps", case(CAR | {"lamp_system": "03"}), is_lamp_beyond_tester=True)
    (card,) = found.cards
    assert (card.outcome, card.counts, code(card)) == (NOT_JUDGED, False, "standards.lamps.beyond_tester")


def test_a_tester_that_does_not_fit_counts_as_passed_with_a_remark() -> None:
    under = case(CAR | {"lamp_system": "03"})
    found = ask("headlamps", under, is_tester_unfit=True, left_outer_cd=900, right_outer_cd=900)
    assert {card.outcome for card in found.cards} == {PASS}
    assert {code(card) for card in found.cards} == {"standards.lamps.tester_unfit"}
    assert card_of(found, INTENSITY, "H1").rounded == 900, "what was measured stays on the card"


def test_the_older_edition_knows_no_exceptions() -> None:
    under = old_case(CAR | {"lamp_system": "03"})
    found = ask("headlamps", under, is_tester_unfit=True, left_outer_cd=900, right_outer_cd=900)
    assert card_of(found, INTENSITY, "H").outcome is FAIL


def test_a_vehicle_without_a_figure_is_not_judged_and_says_so() -> None:
    one = whole(CAR | {"lamp_system": "05"}, left_outer_cd=50000)
    assert (one.outcome, one.counts) == (NOT_JUDGED, False)
    trailer = whole({"category": "heavy_trailer", "lamp_system": "03"}, left_outer_cd=9, right_outer_cd=9)
    assert code(trailer) == "standards.lamps.trailer"


def test_four_lamps_of_a_motorcycle_pass_by_two_of_them_only() -> None:
    motorcycle = {"category": "motorcycle", "lamp_system": "01"}
    assert whole(motorcycle, **four(6000, 0, 0, 6000)).outcome is PASS
    assert whole(motorcycle, **four(5999, 0, 0, 6000)).outcome is NOT_JUDGED


@pytest.mark.parametrize(
    ("vehicle", "measured", "field"),
    [
        ({"lamp_system": "03"}, {"left_outer_cd": 15000, "right_outer_cd": 15000}, "vehicle.category"),
        (CAR, {"left_outer_cd": 15000, "right_outer_cd": 15000}, "vehicle.lamp_system"),
        (CAR | {"lamp_system": "03"}, {"left_outer_cd": 15000}, "right_outer_cd"),
        (CAR | {"lamp_system": "03"}, {}, "left_outer_cd"),
        (CAR | {"lamp_system": "03"}, {"left_outer_cd": 1, "left_inner_cd": 1}, "right_inner_cd"),
        (CAR | {"lamp_system": "01"}, {"left_outer_cd": 15000, "right_outer_cd": 15000}, "left_inner_cd"),
        (CAR | {"lamp_system": "05"}, {"left_outer_cd": 1, "right_outer_cd": 1}, "lamps"),
        (CAR, {"lamps": 3, "left_outer_cd": 1}, "lamps"),
        (CAR | {"lamp_system": "05"}, {"left_outer_cd": -1}, "left_outer_cd"),
        (CAR | {"lamp_system": "05"}, {"left_outer_cd": 1000001}, "left_outer_cd"),
    ],
)
def test_lamps_that_cannot_be_are_refused_by_name(
    vehicle: dict[str, Any], measured: dict[str, Any], field: str
) -> None:
    assert refused("headlamps", case(vehicle), **measured) == field


@given(st.lists(st.integers(0, 40000), min_size=4, max_size=4), st.integers(0, 3), st.integers(0, 20000))
def test_more_light_never_worsens_the_lamps(values: list[int], which: int, more: int) -> None:
    before = whole(CAR | {"lamp_system": "01"}, **four(*values))
    brighter = [value + more * (place == which) for place, value in enumerate(values)]
    after = whole(CAR | {"lamp_system": "01"}, **four(*brighter))
    assert (before.outcome, after.outcome) != (PASS, FAIL)


@given(st.lists(st.integers(0, 40000), min_size=4, max_size=4))
def test_left_and_right_may_be_swapped(values: list[int]) -> None:
    straight = whole(CAR | {"lamp_system": "01"}, **four(*values))
    mirrored = whole(CAR | {"lamp_system": "01"}, **four(*reversed(values)))
    assert (straight.outcome, straight.rounded) == (mirrored.outcome, mirrored.rounded)
