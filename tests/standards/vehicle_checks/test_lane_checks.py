"""Sideslip, wheel offset, beams and speedometer: which edition judges what, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.domain.verdicts import Confidence
from carcheck_desktop.standards.loading.edition import Bound
from carcheck_desktop.standards.platform_limits import PlatformLimit
from tests.standards.vehicle_checks.asking import (
    FAIL,
    NOT_JUDGED,
    PASS,
    ask,
    case,
    code,
    old_case,
    refused,
    the_card,
)  # fmt: skip

RIGID = {"front_suspension": "dependent"}
TWIN = RIGID | {"category": "heavy_goods", "front_axles": 2}


def test_sideslip_from_displacement_and_plate() -> None:
    card = the_card("sideslip", case(RIGID), displacement_mm=Decimal("2.53"), plate_length_m=Decimal("0.5"))
    assert (card.exact, card.rounded, card.outcome) == (Decimal("5.06"), Decimal("5.1"), FAIL)
    card = the_card("sideslip", case(RIGID), displacement_mm=-5, plate_length_m=1)
    assert (card.rounded, card.outcome) == (Decimal("-5.0"), PASS)


def test_both_axles_of_a_twin_steer_truck_count_now_and_neither_did_before() -> None:
    for axle in (1, 2):
        now = the_card("sideslip", case(TWIN), axle=axle, slip_m_per_km=6)
        then = the_card("sideslip", old_case(TWIN), axle=axle, slip_m_per_km=6)
        assert (now.outcome, now.inputs["axle"]) == (FAIL, str(axle))
        assert (then.outcome, code(then)) == (NOT_JUDGED, "standards.sideslip.twin_spared")


@pytest.mark.parametrize(
    ("vehicle", "reason"),
    [
        ({"front_suspension": "independent"}, "standards.sideslip.independent"),
        ({"category": "three_wheeled"}, "standards.sideslip.not_asked"),
        ({"category": "heavy_trailer"}, "standards.sideslip.not_asked"),
        ({"category": "motorcycle"}, "standards.sideslip.not_asked"),
    ],
)
def test_whose_sideslip_is_not_judged(vehicle: dict[str, Any], reason: str) -> None:
    card = the_card("sideslip", case(vehicle), slip_m_per_km=9)
    assert (card.outcome, card.counts, code(card)) == (NOT_JUDGED, False, reason)


@pytest.mark.parametrize(
    ("vehicle", "measured", "field"),
    [
        ({}, {"slip_m_per_km": 1}, "vehicle.front_suspension"),
        (RIGID, {}, "slip_m_per_km"),
        (RIGID, {"slip_m_per_km": 1, "displacement_mm": 1}, "slip_m_per_km"),
        (RIGID, {"displacement_mm": 1}, "plate_length_m"),
        (RIGID, {"displacement_mm": 1, "plate_length_m": 0}, "plate_length_m"),
        (RIGID, {"slip_m_per_km": 101}, "slip_m_per_km"),
        (RIGID, {"slip_m_per_km": 1, "axle": 3}, "axle"),
        (RIGID, {"slip_m_per_km": 1, "axle": 0}, "axle"),
    ],
)
def test_sideslips_that_cannot_be_are_refused_by_name(
    vehicle: dict[str, Any], measured: dict[str, Any], field: str
) -> None:
    assert refused("sideslip", case(vehicle), **measured) == field


@given(st.decimals(-20, 20, places=3, allow_nan=False))
def test_inward_and_outward_are_judged_alike(slip: Decimal) -> None:
    out = the_card("sideslip", case(RIGID), slip_m_per_km=slip)
    inward = the_card("sideslip", case(RIGID), slip_m_per_km=-slip)
    assert (out.outcome, out.margin) == (inward.outcome, inward.margin)


@given(st.decimals(-40, 40, places=2, allow_nan=False), st.decimals("0.2", 2, places=2, allow_nan=False))
def test_a_displacement_is_the_same_as_the_value_it_makes(moved: Decimal, length: Decimal) -> None:
    slip = the_card("sideslip", case(RIGID), displacement_mm=moved, plate_length_m=length)
    twice = the_card("sideslip", case(RIGID), displacement_mm=moved * 2, plate_length_m=length * 2)
    assert (slip.exact, slip.outcome) == (twice.exact, twice.outcome)


def test_the_wheel_offset_is_one_of_two_wheels() -> None:
    assert the_card("wheel_offset", case(), offset_mm=Decimal("-10.04")).outcome is PASS
    assert the_card("wheel_offset", case(), offset_mm=Decimal("10.05")).outcome is FAIL
    card = the_card("wheel_offset", case({"category": "tricycle_motorcycle"}), offset_mm=30)
    assert (card.outcome, code(card)) == (NOT_JUDGED, "standards.wheel_offset.not_asked")


def test_beams_and_speed_fail_a_vehicle_under_the_older_edition_only() -> None:
    beam = {"lamp_height_mm": 700, "low_beam_vertical_mm": -40}
    now, then = the_card("beam", case(), **beam), the_card("beam", old_case(), **beam)
    assert (now.outcome, now.counts, then.outcome, then.counts) == (FAIL, False, FAIL, True)
    speed = {"wheels": 4, "actual_kmh": 41}
    assert the_card("speedometer", case(), **speed).counts is False
    assert the_card("speedometer", old_case(), **speed).counts is True
    asked = case(None, beam_and_speedometer="counted")
    assert the_card("beam", asked, **beam).counts is True, "a platform may still want it"


@pytest.mark.parametrize(("offset", "outcome"), [(100, PASS), (101, FAIL), (-160, PASS), (-161, FAIL), (0, PASS)])
def test_a_high_beam_may_lie_below_by_a_share_of_its_height(offset: int, outcome: str) -> None:
    card = the_card("beam", case(), side="left", lamp_height_mm=800, high_beam_vertical_mm=offset)
    assert (card.item, card.outcome, card.inputs["low"]) == ("H1", outcome, "-160")


@pytest.mark.parametrize(
    ("side", "offset", "outcome"),
    [("left", -170, PASS), ("left", -171, FAIL), ("left", 350, PASS), ("right", -350, PASS), ("right", 351, FAIL)],
)
def test_a_high_beam_has_room_by_its_side(side: str, offset: int, outcome: str) -> None:
    assert the_card("beam", case(), side=side, high_beam_horizontal_mm=offset).outcome == outcome


def test_one_beam_record_may_hold_all_four_offsets() -> None:
    found = ask(
        "beam", case(), side="right", lamp_height_mm=1200, low_beam_vertical_mm=-99, low_beam_horizontal_mm=-171,
        high_beam_vertical_mm=0, high_beam_horizontal_mm=0,
    )  # fmt: skip
    assert [card.outcome for card in found.cards] == [FAIL, FAIL, PASS, PASS]
    assert {card.item for card in found.cards} == {"H4"}


def test_a_lamp_at_the_very_bound_says_so_only_where_it_decides() -> None:
    card = the_card("beam", case(), lamp_height_mm=1000, low_beam_vertical_mm=-60)
    assert (card.confidence, code(card)) == (Confidence.DISPUTED, "standards.beam.height_at_bound")
    card = the_card("beam", case(), lamp_height_mm=1000, low_beam_vertical_mm=-200)
    assert (card.confidence, card.reason) == (Confidence.SOURCED, None)


@pytest.mark.parametrize(
    ("measured", "field"),
    [
        ({}, "low_beam_vertical_mm"),
        ({"low_beam_vertical_mm": -60}, "lamp_height_mm"),
        ({"low_beam_vertical_mm": -60, "lamp_height_mm": 0}, "lamp_height_mm"),
        ({"high_beam_horizontal_mm": 5}, "side"),
        ({"low_beam_horizontal_mm": 10001}, "low_beam_horizontal_mm"),
    ],
)
def test_beams_that_cannot_be_are_refused_by_name(measured: dict[str, Any], field: str) -> None:
    assert refused("beam", case(), **measured) == field


@pytest.mark.parametrize(
    ("vehicle", "actual", "outcome"),
    [
        ({"category": "motorcycle"}, "23.6", PASS),
        ({"category": "motorcycle"}, "23.5", FAIL),
        ({"category": "three_wheeled"}, "30.0", PASS),
        ({"category": "moped"}, "30.1", FAIL),
        ({"category": "small_passenger"}, "32.8", PASS),
    ],
)
def test_speed_by_number_of_wheels(vehicle: dict[str, Any], actual: str, outcome: str) -> None:
    assert the_card("speedometer", case(vehicle), actual_kmh=Decimal(actual)).outcome == outcome


def test_the_table_says_nothing_at_another_shown_speed() -> None:
    card = the_card("speedometer", case(), wheels=4, indicated_kmh=50, actual_kmh=46)
    assert (card.outcome, card.counts, code(card)) == (NOT_JUDGED, False, "standards.speedometer.other_speed")
    assert card.inputs["formula_outcome"] == PASS


@pytest.mark.parametrize(
    ("vehicle", "reason"),
    [
        ({"drive": "all_permanent"}, "standards.speedometer.all_wheel_drive"),
        ({"has_traction_control_always_on": True}, "standards.speedometer.traction_control"),
    ],
)
def test_who_cannot_stand_on_rollers(vehicle: dict[str, Any], reason: str) -> None:
    card = the_card("speedometer", old_case(vehicle), wheels=4, actual_kmh=36)
    assert (card.outcome, code(card)) == (NOT_JUDGED, reason)


def test_two_answers_that_differ_are_named() -> None:
    card = the_card("speedometer", case(), wheels=4, actual_kmh=Decimal("32.73"))
    assert code(card) == "standards.speedometer.formula_differs"
    above = the_card("speedometer", case(), wheels=4, actual_kmh=Decimal("40.04"))
    assert (above.outcome, above.inputs["formula_outcome"]) == (PASS, FAIL)


@pytest.mark.parametrize(
    ("measured", "field"),
    [
        ({"actual_kmh": 36}, "vehicle.category"),
        ({"wheels": 5, "actual_kmh": 36}, "wheels"),
        ({"wheels": 4, "actual_kmh": -1}, "actual_kmh"),
        ({"wheels": 4, "actual_kmh": 36, "indicated_kmh": 0}, "indicated_kmh"),
    ],
)
def test_speeds_that_cannot_be_are_refused_by_name(measured: dict[str, Any], field: str) -> None:
    assert refused("speedometer", case(), **measured) == field


def test_limits_of_the_platform_go_before_the_tables() -> None:
    sent = {"headlamp_intensity": PlatformLimit({"value": Decimal(3500)})}
    under = replace(case({"category": "moped"}), platform=sent)
    card = the_card("headlamp", under, lamp="left_outer", intensity_cd=3400, lamps=1)
    assert (card.outcome, card.limit, card.source) == (FAIL, Decimal(3500), "platform")
    sent = {"high_beam_height": PlatformLimit({"low": Decimal(-100), "high": Decimal(50)}, Bound.BETWEEN)}
    card = the_card("beam", replace(case(), platform=sent), lamp_height_mm=900, high_beam_vertical_mm=-120)
    assert (card.outcome, card.inputs["low"]) == (FAIL, "-100")
