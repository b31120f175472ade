"""The road test: distance, deceleration, coordination, channel, and the slope."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.verdicts import Confidence, Outcome, Quantity, VerdictCard
from carcheck_desktop.standards.bench.deciding import road_decides
from tests.standards.bench.records import (
    BUS,
    CAR,
    MOTORCYCLE,
    THREE_WHEELED,
    TRAIN,
    TRUCK,
    VAN,
    card,
    case_of,
    judge,
    shown,
)

DISTANCE, MFDD = Quantity.ROAD_STOPPING_DISTANCE, Quantity.ROAD_DECELERATION
TIME, CHANNEL, HOLD = Quantity.ROAD_COORDINATION_TIME, Quantity.ROAD_CHANNEL, Quantity.ROAD_PARKING_HOLD
LOW_SPEED = {"category": "low_speed_goods", "total_mass_kg": 3000, "brake_source": "hydraulic"}
GOOD = {"v0_kmh": 50, "distance_m": 18, "mfdd_m_s2": 7, "coordination_s": Decimal("0.3"), "out_of_channel": False}


@pytest.mark.parametrize(
    ("vehicle", "v0", "distance", "mfdd"),
    [
        (CAR, 50, "19.0", "6.2"),
        (VAN, 50, "21.0", "5.8"),
        (LOW_SPEED, 30, "8.0", "5.6"),
        (BUS, 30, "9.0", "5.4"),
        (TRUCK, 30, "9.0", "5.4"),
        (TRAIN, 30, "9.5", "5.0"),
    ],
)
def test_each_class_has_its_speed_distance_and_deceleration(
    vehicle: dict[str, Any], v0: int, distance: str, mfdd: str
) -> None:
    case = case_of(vehicle | {"brake_source": "air"})
    tenth = Decimal("0.1")
    for beyond, outcome in ((0, "pass"), (tenth, "fail")):
        found = judge(
            "road_brake", case, v0_kmh=v0, distance_m=Decimal(distance) + beyond, mfdd_m_s2=Decimal(mfdd) - beyond
        )
        assert shown(found, DISTANCE)[1:] == (distance, outcome)
        assert shown(found, MFDD)[1:] == (mfdd, outcome)
    short = judge("road_brake", case, v0_kmh=v0 - 1, distance_m=7)
    assert (card(short, DISTANCE).outcome, card(short, DISTANCE).confidence) == (Outcome.PASS, Confidence.RECALLED)
    slow = judge(
        "road_brake", case, v0_kmh=v0 - Decimal("1.1"), distance_m=7, mfdd_m_s2=7, coordination_s=Decimal("0.3")
    )
    assert (card(slow, DISTANCE).outcome, card(slow, DISTANCE).counts) == (Outcome.NOT_JUDGED, True)
    assert (card(slow, MFDD).outcome, card(slow, MFDD).confidence) == (Outcome.PASS, Confidence.RECALLED)
    fast = judge("road_brake", case, v0_kmh=v0 + 5, distance_m=Decimal(distance), mfdd_m_s2=7)
    assert (card(fast, DISTANCE).outcome, card(fast, MFDD).outcome) == (Outcome.PASS, Outcome.PASS)


@pytest.mark.parametrize(
    ("vehicle", "source", "limit"),
    [
        (TRUCK, "air", "0.60"),
        (TRUCK, "hydraulic", "0.35"),
        (TRUCK, "air_over_oil", "0.80"),
        (TRAIN, "air", "0.80"),
        (CAR, None, "0.35"),
    ],
)
def test_the_coordination_time_goes_by_what_presses_the_brake(
    vehicle: dict[str, Any], source: str | None, limit: str
) -> None:
    for beyond, outcome in ((0, "pass"), (Decimal("0.01"), "fail")):
        found = judge("road_brake", case_of(vehicle), brake_source=source, coordination_s=Decimal(limit) + beyond)
        assert shown(found, TIME)[1:] == (limit, outcome)


@pytest.mark.parametrize("measured", [{"coordination_s": Decimal("0.3")}, {}])
def test_without_its_brake_source_a_truck_is_judged_but_for_the_coordination_time(measured: dict[str, Any]) -> None:
    found = judge("road_brake", case_of(TRUCK), v0_kmh=30, distance_m=8, mfdd_m_s2=6, **measured)
    assert (card(found, DISTANCE).outcome, card(found, MFDD).outcome) == (Outcome.PASS, Outcome.PASS)
    time = card(found, TIME)
    assert (time.outcome, time.counts, time.limit) == (Outcome.NOT_JUDGED, True, None)
    assert time.reason is not None
    assert time.reason.code == f"standards.missing.{'brake_source' if measured else 'coordination_time'}"


def test_two_brake_sources_that_contradict_are_refused() -> None:
    case = case_of(TRUCK | {"brake_source": "air"})
    assert judge("road_brake", case, brake_source="air", coordination_s=Decimal("0.6")).cards
    with pytest.raises(DataError, match="brake_source"):
        judge("road_brake", case, brake_source="hydraulic", coordination_s=Decimal("0.3"))


def test_a_deceleration_without_its_coordination_time_leaves_the_item_open() -> None:
    found = judge("road_brake", case_of(CAR), v0_kmh=50, mfdd_m_s2=7, out_of_channel=False)
    assert card(found, TIME).outcome is Outcome.NOT_JUDGED


def test_the_deceleration_follows_from_two_ways() -> None:
    found = judge("road_brake", case_of(CAR), v0_kmh=50, sb_m=Decimal("3.5"), se_m=13)
    assert str(card(found, MFDD).exact) == "6.396198830409"
    with pytest.raises(DataError, match="se_m"):
        judge("road_brake", case_of(CAR), v0_kmh=50, sb_m=13, se_m=13)
    with pytest.raises(DataError, match="v0_kmh"):
        judge("road_brake", case_of(CAR), sb_m=3, se_m=13)
    for v0, vb, ve in ((50, 60, 5), (50, 5, 40)):
        with pytest.raises(DataError, match=r"v[be]_kmh"):
            judge("road_brake", case_of(CAR), v0_kmh=v0, vb_kmh=vb, ve_kmh=ve, sb_m=Decimal("3.5"), se_m=13)
    with pytest.raises(DataError, match="mfdd_m_s2"):
        judge("road_brake", case_of(CAR), v0_kmh=50, sb_m=Decimal("3.5"), se_m=13, mfdd_m_s2=8)


@pytest.mark.parametrize(("vb", "ve", "marked"), [("42", "3", False), ("41", "6.5", False), ("42.1", "5", True)])
def test_the_deceleration_is_that_of_the_speeds_as_recorded(vb: str, ve: str, marked: bool) -> None:
    speeds = {"vb_kmh": Decimal(vb), "ve_kmh": Decimal(ve)}
    found = card(judge("road_brake", case_of(CAR), v0_kmh=50, sb_m=Decimal("3.5"), se_m=13, **speeds), MFDD)
    exact = (Decimal(vb) ** 2 - Decimal(ve) ** 2) / (Decimal("25.92") * Decimal("9.5"))
    assert found.exact is not None
    assert abs(found.exact - exact) < Decimal("1e-11")
    assert (found.reason is not None and found.reason.code == "standards.doubt.mfdd_speeds") is marked
    alone = card(judge("road_brake", case_of(CAR), sb_m=Decimal("3.5"), se_m=13, **speeds), MFDD)
    assert (alone.exact, alone.reason) == (found.exact, None)


def test_a_distance_from_a_higher_speed_that_fails_is_marked() -> None:
    found = card(judge("road_brake", case_of(CAR), v0_kmh=55, distance_m=20), DISTANCE)
    assert (found.outcome, found.confidence) == (Outcome.FAIL, Confidence.RECALLED)


@pytest.mark.parametrize(
    ("changes", "counted"),
    [
        ({"coordination_s": Decimal("0.5")}, {DISTANCE}),
        ({"mfdd_m_s2": 6}, {DISTANCE}),
        ({"distance_m": 20}, {MFDD, TIME}),
        ({"distance_m": 20, "coordination_s": Decimal("0.5")}, {DISTANCE, MFDD, TIME}),
        ({"coordination_s": None}, {DISTANCE}),
    ],
)
def test_the_coordination_time_stands_or_falls_with_the_deceleration(
    changes: dict[str, Any], counted: set[Quantity]
) -> None:
    found = judge("road_brake", case_of(CAR, road_decision="either"), **(GOOD | changes))
    assert {each.quantity for each in found.cards if each.counts} == counted | {CHANNEL}


@pytest.mark.parametrize(("decision", "counts"), [("both", True), ("either", False)])
def test_distance_and_deceleration_that_disagree_are_a_doubt(decision: str, counts: bool) -> None:
    found = judge("road_brake", case_of(CAR, road_decision=decision), **(GOOD | {"distance_m": 20}))
    failed, passed = card(found, DISTANCE), card(found, MFDD)
    assert (failed.outcome, failed.counts, passed.counts) == (Outcome.FAIL, counts, True)
    for each in (failed, passed):
        assert each.confidence is Confidence.DISPUTED
        assert each.reason is not None
        assert each.reason.code == f"standards.doubt.road_{decision}"


@pytest.mark.parametrize(
    ("vehicle", "width_mm", "channel"),
    [(CAR, None, "2.5"), (VAN, 2000, "2.5"), (TRUCK, 2550, "3"), (TRUCK, 2600, "3.1"), (TRAIN, None, "3")],
)
def test_the_channel_goes_by_class_and_width(vehicle: dict[str, Any], width_mm: int | None, channel: str) -> None:
    case = case_of(vehicle | {"width_mm": width_mm})
    assert card(judge("road_brake", case, out_of_channel=False), CHANNEL).inputs["channel_demanded_m"] == channel


@pytest.mark.parametrize(
    ("channel", "left", "outcome"),
    [
        ("2.5", False, Outcome.PASS),
        ("2.5", True, Outcome.FAIL),
        ("2.6", False, Outcome.INVALID),
        ("2.6", True, Outcome.FAIL),
        ("2.4", False, Outcome.PASS),
        ("2.4", True, Outcome.INVALID),
        ("2.5", None, Outcome.NOT_JUDGED),
    ],
)
def test_a_channel_of_another_width_tells_one_thing_only(channel: str, left: bool | None, outcome: Outcome) -> None:
    found = judge("road_brake", case_of(CAR), **(GOOD | {"channel_m": Decimal(channel), "out_of_channel": left}))
    assert card(found, CHANNEL).outcome is outcome


def test_laden_and_small_vehicles_rest_on_recalled_figures() -> None:
    laden = judge("road_brake", case_of(CAR), **(GOOD | {"lading": "laden", "distance_m": 20}))
    assert (str(card(laden, DISTANCE).limit), card(laden, DISTANCE).confidence) == ("20.0", Confidence.RECALLED)
    three = judge("road_brake", case_of(THREE_WHEELED), v0_kmh=20, distance_m=5)
    assert card(three, DISTANCE).confidence is Confidence.RECALLED
    motorcycle = judge("road_brake", case_of(MOTORCYCLE), v0_kmh=30, distance_m=7, mfdd_m_s2=5)
    assert card(motorcycle, MFDD).counts is False
    assert {each.quantity for each in motorcycle.cards} == {DISTANCE, MFDD}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "distance_m"),
        ({"distance_m": 18}, "v0_kmh"),
        ({"v0_kmh": 50, "distance_m": 0}, "distance_m"),
        ({"v0_kmh": 50, "distance_m": Decimal("6.4")}, "distance_m"),
        ({"v0_kmh": 50, "distance_m": Decimal("0.01")}, "distance_m"),
        ({"v0_kmh": 50, "sb_m": Decimal("0.1"), "se_m": Decimal("0.2")}, "se_m"),
        ({"v0_kmh": -50, "distance_m": 18}, "v0_kmh"),
        ({"v0_kmh": 50, "mfdd_m_s2": Decimal("NaN")}, "mfdd_m_s2"),
        ({"v0_kmh": 500, "distance_m": 18}, "v0_kmh"),
        ({"coordination_s": -1}, "coordination_s"),
    ],
)
def test_a_road_test_that_cannot_be(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(DataError) as caught:
        judge("road_brake", case_of(CAR), **fields)
    assert caught.value.problem.params["field"] == field


# -- the slope -------------------------------------------------------------------------------

LOW = TRUCK | {"curb_mass_kg": 10000, "total_mass_kg": 11999}


@pytest.mark.parametrize(
    ("vehicle", "slope", "up", "down", "outcome"),
    [
        (CAR, 20, 120, 120, Outcome.PASS),
        (CAR, 20, 120, 119, Outcome.FAIL),
        (CAR, 20, 119, 300, Outcome.FAIL),
        (CAR, 15, 300, 300, Outcome.INVALID),
        (CAR, 15, 300, 30, Outcome.FAIL),
        (CAR, 25, 300, 300, Outcome.PASS),
        (CAR, 25, 30, 30, Outcome.INVALID),
        (CAR, 20, 300, None, Outcome.NOT_JUDGED),
        (LOW, 15, 300, 300, Outcome.PASS),
        (TRUCK | {"category": "heavy_tractor_unit"}, 15, 300, 300, Outcome.PASS),
    ],
)
def test_a_slope_and_both_directions(
    vehicle: dict[str, Any], slope: int, up: int, down: int | None, outcome: Outcome
) -> None:
    found = judge("road_parking_brake", case_of(vehicle), slope_percent=slope, uphill_s=up, downhill_s=down)
    assert card(found, HOLD).outcome is outcome


def test_the_lower_slope_is_a_doubt_unless_the_usual_one_was_held() -> None:
    stood = {"uphill_s": 300, "downhill_s": 300}
    lower = card(judge("road_parking_brake", case_of(LOW), slope_percent=15, **stood), HOLD)
    usual = card(judge("road_parking_brake", case_of(LOW), slope_percent=20, **stood), HOLD)
    assert (lower.confidence, usual.confidence) == (Confidence.DISPUTED, Confidence.SINGLE_SOURCE)


def test_a_slippery_slope_proves_nothing() -> None:
    stood = {"slope_percent": 20, "uphill_s": 300, "downhill_s": 300}
    good = judge("road_parking_brake", case_of(CAR), **stood, friction=Decimal("0.7"))
    assert card(good, HOLD).outcome is Outcome.PASS
    slippery = judge("road_parking_brake", case_of(CAR), **stood, friction=Decimal("0.69"))
    assert card(slippery, HOLD).outcome is Outcome.INVALID


# -- road or bench ---------------------------------------------------------------------------

WEAK = {"axle": 1, "left_max_daN": 100, "right_max_daN": 100, "static_load_kg": 900}


def both(**road: Any) -> tuple[VerdictCard, ...]:
    """Return the cards of a failed axle with those of a road test."""
    bench = judge("axle_brake", case_of(CAR), **WEAK).cards
    return road_decides([*bench, *judge("road_brake", case_of(CAR), **(GOOD | road)).cards])


def test_a_complete_road_test_decides_instead_of_the_bench() -> None:
    rate, *road = both()
    assert (rate.outcome, rate.counts, rate.doubtful) == (Outcome.FAIL, False, True)
    assert {each.outcome for each in road} == {Outcome.PASS}
    assert both(out_of_channel=True)[0].counts is False


@pytest.mark.parametrize("road", [{"out_of_channel": None}, {"v0_kmh": 40}])
def test_an_incomplete_road_test_decides_nothing(road: dict[str, Any]) -> None:
    assert both(**road)[0].counts


def test_a_road_test_says_nothing_of_the_parking_brake() -> None:
    axles = [{"axle": 2, "left_max_daN": 10, "right_max_daN": 10}]
    parking = judge("parking_brake", case_of(CAR), axles=axles, vehicle_load_kg=1370).cards
    road = judge("road_brake", case_of(CAR), **GOOD).cards
    assert road_decides([*parking, *road])[0].counts
    stood = judge("road_parking_brake", case_of(CAR), slope_percent=20, uphill_s=130, downhill_s=130).cards
    assert not road_decides([*parking, *stood])[0].counts
