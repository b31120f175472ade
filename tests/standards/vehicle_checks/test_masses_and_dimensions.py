"""Masses, outline, wheelbase and tread: percent or absolute, who is spared and why, and what was weighed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.domain.verdicts import Quantity
from tests.standards.vehicle_checks.asking import (
    FAIL,
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

TRUCK = {"category": "light_goods", "registered_on": "2018-05-01", "curb_mass_kg": 2600}


@pytest.mark.parametrize(
    ("category", "reference", "measured", "outcome"),
    [
        ("heavy_goods", 12000, 12500, PASS),
        ("heavy_goods", 12000, 12501, FAIL),
        ("heavy_trailer", 20000, 20600, PASS),
        ("heavy_trailer", 20000, 20601, FAIL),
        ("medium_special", 9000, 8500, PASS),
        ("light_goods", 2600, 2700, PASS),
        ("light_goods", 4000, 4120, PASS),
        ("light_goods", 4000, 4121, FAIL),
        ("three_wheeled", 1500, 1600, PASS),
        ("three_wheeled", 3000, 3150, PASS),
        ("three_wheeled", 3000, 3151, FAIL),
        ("motorcycle", 150, 160, PASS),
        ("motorcycle", 150, 161, FAIL),
        ("motorcycle", 150, 139, FAIL),
        ("moped", 90, 100, PASS),
        ("small_passenger", 1375, 2000, NOT_JUDGED),
    ],
)
def test_the_curb_mass_at_registration(category: str, reference: int, measured: int, outcome: str) -> None:
    under = case({"category": category}, REGISTRATION)
    card = the_card("mass", under, measured_kg=measured, reference_kg=reference)
    assert (card.quantity, card.outcome) == (Quantity.CURB_MASS, outcome)


def test_a_light_truck_in_use_is_held_to_a_mass_of_its_own_too() -> None:
    heavy = TRUCK | {"curb_mass_kg": 4300}
    found = ask("mass", case(heavy), measured_kg=4500)
    assert card_of(found, Quantity.EMPTY_MASS).outcome is PASS
    limited = card_of(found, Quantity.LIGHT_TRUCK_MASS)
    assert (limited.outcome, code(limited)) == (FAIL, "standards.mass.light_truck_advice")
    found = ask("mass", case(heavy), measured_kg=Decimal("4499.99"))
    assert card_of(found, Quantity.LIGHT_TRUCK_MASS).outcome is PASS, "it is compared unrounded"


@pytest.mark.parametrize(
    ("vehicle", "on", "reason"),
    [
        (TRUCK | {"registered_on": "2015-02-28"}, date(2026, 3, 1), "standards.mass.registered_before"),
        (TRUCK, date(2021, 8, 31), "standards.mass.not_yet"),
        (TRUCK | {"category": "light_special"}, date(2026, 3, 1), "standards.mass.not_asked"),
        (TRUCK | {"category": "light_trailer"}, date(2026, 3, 1), "standards.mass.not_asked"),
    ],
)
def test_who_is_spared_the_weighing_in_use_and_why(vehicle: dict[str, Any], on: date, reason: str) -> None:
    card = the_card("mass", case(vehicle, on=on), measured_kg=9000)
    assert (card.outcome, card.counts, code(card)) == (NOT_JUDGED, False, reason)


def test_the_day_of_registration_is_asked_only_where_it_decides() -> None:
    card = the_card("mass", case({"category": "small_passenger"}), measured_kg=1400, reference_kg=1375)
    assert (card.outcome, code(card)) == (NOT_JUDGED, "standards.mass.not_asked")


def test_the_empty_mass_was_no_item_of_the_older_edition() -> None:
    assert the_card("mass", old_case(TRUCK), measured_kg=9000).outcome is NOT_JUDGED


@pytest.mark.parametrize(
    ("measured", "total"),
    [
        ({"axle_loads_kg": [1200, Decimal("1450.5")]}, "2650.5"),
        ({"train_kg": 20000, "tractor_kg": 9000}, "11000"),
        ({"measured_kg": 2700, "deducted_kg": 60}, "2640"),
    ],
)
def test_what_was_weighed_is_on_the_card(measured: dict[str, Any], total: str) -> None:
    card = the_card("mass", case(TRUCK, REGISTRATION), **measured)
    assert card.inputs["measured_kg"] == total
    assert card.exact == abs(Decimal(total) - 2600)


@pytest.mark.parametrize(
    ("vehicle", "measured", "field"),
    [
        (TRUCK, {}, "measured_kg"),
        (TRUCK, {"measured_kg": 0}, "measured_kg"),
        (TRUCK, {"measured_kg": 5, "train_kg": 5, "tractor_kg": 1}, "measured_kg"),
        (TRUCK, {"train_kg": 5000}, "tractor_kg"),
        (TRUCK, {"train_kg": 5000, "tractor_kg": 5000}, "tractor_kg"),
        (TRUCK, {"axle_loads_kg": []}, "axle_loads_kg[0]"),
        (TRUCK, {"axle_loads_kg": [1000, -1]}, "axle_loads_kg[1]"),
        (TRUCK, {"measured_kg": 50, "deducted_kg": 50}, "deducted_kg"),
        (TRUCK, {"measured_kg": 2600, "reference_kg": -1}, "reference_kg"),
        ({"category": "light_goods", "registered_on": "2018-01-01"}, {"measured_kg": 2600}, "reference_kg"),
        ({"category": "light_goods", "curb_mass_kg": 2600}, {"measured_kg": 2600}, "vehicle.registered_on"),
        ({"curb_mass_kg": 2600}, {"measured_kg": 2600}, "vehicle.category"),
    ],
)
def test_masses_that_cannot_be_are_refused_by_name(
    vehicle: dict[str, Any], measured: dict[str, Any], field: str
) -> None:
    assert refused("mass", case(vehicle), **measured) == field


@pytest.mark.parametrize(
    ("category", "edition", "reference", "measured", "outcome"),
    [
        ("heavy_trailer", "new", 4000, 4150, PASS),
        ("heavy_trailer", "new", 13000, 13391, FAIL),
        ("heavy_goods", "old", 12480, Decimal("12729.6"), PASS),
        ("heavy_goods", "old", 12480, Decimal("12729.7"), FAIL),
        ("heavy_goods", "old", 4000, 4101, FAIL),
        ("heavy_tractor_unit", "new", 7000, 9000, NOT_JUDGED),
        ("light_goods", "new", 5990, 7000, NOT_JUDGED),
        ("small_passenger", "new", 4500, 5000, NOT_JUDGED),
    ],
)
def test_the_outline_in_use(category: str, edition: str, reference: int, measured: Any, outcome: str) -> None:
    under = (case if edition == "new" else old_case)({"category": category})
    card = the_card("dimension", under, what="height", measured_mm=measured, reference_mm=reference)
    assert card.outcome == outcome


@pytest.mark.parametrize(
    ("category", "measured", "outcome"),
    [("small_passenger", 4550, PASS), ("small_passenger", 4551, FAIL), ("moped", 4635, PASS), ("moped", 4636, FAIL)],
)
def test_the_outline_at_registration(category: str, measured: int, outcome: str) -> None:
    under = case({"category": category}, REGISTRATION)
    card = the_card("dimension", under, what="length", measured_mm=measured, reference_mm=4500)
    assert (card.outcome, card.doubtful) == (outcome, True)


def test_each_distance_of_a_wheelbase_is_judged_by_itself() -> None:
    found = ask("wheelbase", case({}, REGISTRATION), measured_mm="3850+1401", reference_mm="3800 + 1350")
    assert [(card.inputs["axles"], card.outcome) for card in found.cards] == [("1-2", PASS), ("2-3", FAIL)]
    card = the_card("wheelbase", case(), measured_mm="3999", reference_mm="3800")
    assert (card.outcome, code(card)) == (NOT_JUDGED, "standards.dimension.wheelbase_not_asked")


@pytest.mark.parametrize(
    ("measured", "reference", "field"),
    [
        ("3800", "3800+1350", "measured_mm"),
        ("3800+", "3800+1350", "measured_mm"),
        ("3800+x", "3800+1350", "measured_mm"),
        ("NaN", "3800", "measured_mm"),
        ("3800", "-5", "reference_mm"),
        ("3800", "", "reference_mm"),
    ],
)
def test_wheelbases_that_cannot_be_are_refused_by_name(measured: str, reference: str, field: str) -> None:
    assert refused("wheelbase", case({}, REGISTRATION), measured_mm=measured, reference_mm=reference) == field


@pytest.mark.parametrize(
    ("vehicle", "measured", "outcomes"),
    [
        ({"category": "large_passenger"}, {"depths": "A1:3.2/A2:3.1/B1:1.6/B2:1.5"}, [PASS, FAIL, PASS, FAIL]),
        ({"category": "heavy_goods", "front_axles": 2}, {"depths": "A1:3.2/B1:3.1/C1:1.6"}, [PASS, FAIL, PASS]),
        ({"category": "heavy_trailer"}, {"depths": "A1:1.6/B2:1.5"}, [PASS, FAIL]),
        ({"category": "small_passenger"}, {"depth_mm": Decimal("1.6")}, [PASS]),
        ({"category": "motorcycle"}, {"depth_mm": Decimal("0.7")}, [FAIL]),
        ({"category": "three_wheeled"}, {"depth_mm": 3, "is_steered": True}, [FAIL]),
        ({"category": "three_wheeled"}, {"depth_mm": 3, "position": "B1"}, [PASS]),
    ],
)
def test_tread_by_class_and_wheel(vehicle: dict[str, Any], measured: dict[str, Any], outcomes: list[str]) -> None:
    assert [card.outcome for card in ask("tread_depth", case(vehicle), **measured).cards] == outcomes


@pytest.mark.parametrize(
    ("vehicle", "measured", "field"),
    [
        ({"category": "heavy_goods"}, {"depth_mm": 3}, "is_steered"),
        ({"category": "heavy_goods"}, {"depth_mm": 3, "position": "1A"}, "position"),
        ({"category": "heavy_goods"}, {"depth_mm": 3, "depths": "A1:3"}, "depth_mm"),
        ({"category": "heavy_goods"}, {"depths": "A1:3/A1:4"}, "depths"),
        ({"category": "heavy_goods"}, {"depths": "A1=3"}, "depths"),
        ({"category": "heavy_goods"}, {"depths": "A1:NaN"}, "depths"),
        ({"category": "heavy_goods"}, {}, "depth_mm"),
        ({"category": "small_passenger"}, {"depth_mm": -1}, "depth_mm"),
        ({}, {"depth_mm": 3}, "vehicle.category"),
    ],
)
def test_treads_that_cannot_be_are_refused_by_name(
    vehicle: dict[str, Any], measured: dict[str, Any], field: str
) -> None:
    assert refused("tread_depth", case(vehicle), **measured) == field


@given(st.integers(500, 40000), st.integers(0, 3000))
def test_too_heavy_and_too_light_are_the_same_deviation(reference: int, by: int) -> None:
    under = case({"category": "heavy_goods"}, REGISTRATION)
    above = the_card("mass", under, measured_kg=reference + by, reference_kg=reference)
    if by < reference:
        below = the_card("mass", under, measured_kg=reference - by, reference_kg=reference)
        assert (above.exact, above.outcome, above.limit) == (below.exact, below.outcome, below.limit)
    assert (above.outcome is PASS) == (by <= 500 or by * 100 <= reference * 3)


@given(st.permutations([Decimal("1200.5"), Decimal(3300), Decimal("0.5"), Decimal(7000)]))
def test_the_order_of_axles_changes_nothing(loads: list[Decimal]) -> None:
    under = case({"category": "heavy_goods"}, REGISTRATION)
    card = the_card("mass", under, axle_loads_kg=loads, reference_kg=12000)
    assert (card.exact, card.outcome) == (Decimal(499), PASS)
