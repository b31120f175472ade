"""Cards that never contradict themselves, and records that contradict the vehicle: refused, or without a conclusion."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.domain.verdicts import Comparison, Outcome, Quantity
from carcheck_desktop.standards.records.judging import conclusion_of
from tests.standards.vehicle_checks.asking import (
    FAIL,
    NOT_JUDGED,
    PASS,
    REGISTRATION,
    ask,
    card_of,
    case,
    code,
    refused,
    the_card,
)  # fmt: skip

CAR = {"category": "small_passenger"}
TRUCK = {"category": "light_goods", "registered_on": "2018-05-01", "curb_mass_kg": 4300}
RIGID = {"front_suspension": "dependent"}


def test_a_light_truck_at_its_very_limit_is_not_below_it_and_the_card_says_below() -> None:
    found = card_of(ask("mass", case(TRUCK), measured_kg=4500), Quantity.LIGHT_TRUCK_MASS)
    assert (found.outcome, found.comparison, found.margin) == (FAIL, Comparison.BELOW, Decimal(0))
    found = card_of(ask("mass", case(TRUCK), measured_kg=Decimal("4500.04")), Quantity.LIGHT_TRUCK_MASS)
    assert (found.outcome, found.margin) == (FAIL, Decimal("-0.04"))


def test_a_deviation_just_too_great_has_a_margin_below_zero() -> None:
    card = the_card(
        "dimension",
        case({"category": "heavy_goods"}),
        what="length",
        reference_mm=12480,
        measured_mm=Decimal("12854.44"),
    )
    assert (card.outcome, card.limit, card.margin) == (FAIL, Decimal("374.4"), Decimal("-0.04"))
    tiny = Decimal("12854.40000000000001")
    card = the_card("dimension", case({"category": "heavy_goods"}), what="length", reference_mm=12480, measured_mm=tiny)
    assert card.outcome is FAIL
    assert card.margin is not None
    assert card.margin < 0


@given(st.integers(1000, 20000), st.decimals(0, 1000, places=3, allow_nan=False), st.booleans())
def test_margin_and_outcome_of_a_mass_never_contradict(reference: int, by: Decimal, is_heavier: bool) -> None:
    measured = reference + by if is_heavier or by >= reference else reference - by
    under = case({"category": "heavy_goods"}, REGISTRATION)
    card = the_card("mass", under, measured_kg=measured, reference_kg=reference)
    assert card.margin is not None
    assert (card.margin >= 0) == (card.outcome is PASS)


@pytest.mark.parametrize(("offset", "outcome"), [("-49.6", FAIL), ("-50", PASS), ("-300", PASS), ("-300.1", FAIL)])
def test_a_beam_is_not_rounded_into_its_tolerance(offset: str, outcome: Outcome) -> None:
    card = the_card("beam", case(), lamp_height_mm=800, low_beam_vertical_mm=Decimal(offset))
    assert card.outcome is outcome
    assert card.margin is not None
    assert (card.margin < 0) == (outcome is FAIL)


@pytest.mark.parametrize(
    ("vehicle", "measured"),
    [
        ({"category": "heavy_trailer"}, {}),
        ({"category": "heavy_trailer", "lamp_system": "03"}, {"left_outer_cd": 20000, "right_outer_cd": 20000}),
        ({"category": "heavy_trailer", "lamp_system": "03"}, {"left_outer_cd": 400000, "right_outer_cd": 400000}),
        (CAR | {"lamp_system": "05"}, {"left_outer_cd": 50000}),
    ],
)
def test_a_sum_of_lamps_that_nobody_judged_passes_nobody(vehicle: dict[str, Any], measured: dict[str, Any]) -> None:
    found = ask("headlamps", case(vehicle), **measured)
    assert not [card for card in found.cards if card.counts]
    assert conclusion_of(found.cards).outcome is NOT_JUDGED


def test_a_single_lamp_of_a_trailer_is_not_judged_either() -> None:
    card = the_card("headlamp", case({"category": "light_trailer"}), lamp="left_outer", intensity_cd=9)
    assert (card.outcome, card.counts, code(card)) == (NOT_JUDGED, False, "standards.lamps.trailer")


def test_too_much_light_fails_also_where_no_single_lamp_is_judged() -> None:
    found = ask("headlamps", case(CAR | {"lamp_system": "05"}), left_outer_cd=430001)
    assert conclusion_of(found.cards).outcome is FAIL


def test_a_trailer_has_no_speedometer() -> None:
    card = the_card("speedometer", case({"category": "light_trailer"}), actual_kmh=36)
    assert (card.outcome, card.counts, code(card)) == (NOT_JUDGED, False, "standards.speedometer.trailer")


@pytest.mark.parametrize(
    ("kind", "vehicle", "measured", "field"),
    [
        ("speedometer", {"category": "motorcycle"}, {"wheels": 4, "actual_kmh": 36}, "wheels"),
        ("speedometer", CAR, {"wheels": 2, "actual_kmh": 26}, "wheels"),
        ("sideslip", RIGID | {"front_axles": 1}, {"axle": 2, "slip_m_per_km": 1}, "axle"),
        ("tread_depth", CAR, {"depths": "A0:3"}, "position"),
        ("tread_depth", CAR, {"depths": "A01:3"}, "position"),
        ("tread_depth", CAR, {"depths": "A9:3"}, "position"),
        ("tread_depth", CAR, {"depths": "a1:3"}, "position"),
        ("tread_depth", CAR | {"axles": 2}, {"depths": "A1:3/C1:3"}, "position"),
        ("tread_depth", CAR, {"depth_mm": 3, "position": "A1", "is_steered": False}, "is_steered"),
        ("tread_depth", CAR | {"front_axles": 1}, {"depth_mm": 3, "position": "B1", "is_steered": True}, "is_steered"),
        ("tread_depth", CAR, {"depth_mm": 3, "position": "Z0", "is_steered": True}, "position"),
    ],
)
def test_what_contradicts_the_vehicle_is_refused_by_name(
    kind: str, vehicle: dict[str, Any], measured: dict[str, Any], field: str
) -> None:
    assert refused(kind, case(vehicle), **measured) == field


def test_a_steered_rear_axle_may_be_said_where_nobody_counted_the_front_ones() -> None:
    under = case({"category": "large_passenger"})
    card = the_card("tread_depth", under, depth_mm=3, position="C1", is_steered=True)
    assert (card.inputs["wheel"], card.outcome) == ("steered", FAIL)
