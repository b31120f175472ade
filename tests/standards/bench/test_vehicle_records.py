"""Whole vehicles as records: all axles together, laden second chance, the parking brake, motorcycles."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.vehicle import VehicleCategory
from carcheck_desktop.domain.verdicts import Confidence, Outcome, Quantity
from carcheck_desktop.standards.bench import asked
from carcheck_desktop.standards.bench.asked import BrakeTest, loaded_test
from carcheck_desktop.standards.classes import brake_class
from carcheck_desktop.standards.explain import explain
from tests.standards.bench.records import (
    BUS,
    CAR,
    MOPED,
    MOTORCYCLE,
    SPECIAL,
    TRAILER,
    TRAIN,
    TRICYCLE,
    TRUCK,
    VAN,
    card,
    case_of,
    judge,
    shown,
)

WHOLE, LADEN = Quantity.WHOLE_VEHICLE_BRAKE_RATE, Quantity.LADEN_WHOLE_VEHICLE_BRAKE_RATE
PARKING, RATE = Quantity.PARKING_BRAKE_RATE, Quantity.AXLE_BRAKE_RATE
ARTICULATED = {"category": "articulated_passenger", "axles": 3, "total_mass_kg": 28000}


def axle(number: int, sum_daN: int = 640, load_kg: int | None = 1000, **more: Any) -> dict[str, Any]:
    found = {"axle": number, "left_max_daN": sum_daN // 2, "right_max_daN": sum_daN - sum_daN // 2, **more}
    return found if load_kg is None else found | {"static_load_kg": load_kg}


# -- which row -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("category", "total_kg", "curb_kg", "expected"),
    [
        ("heavy_special", 24000, 20000, "special_low_ratio"),
        ("heavy_special", 24001, 20000, "other"),
        ("light_special", 3500, 3400, "light"),
        ("light_special", 3501, 3400, "special_low_ratio"),
        ("large_passenger", 3501, 3000, "bus"),
        ("low_speed_goods", 3500, 2000, "light"),
        ("light_tractor_unit", 4000, 2000, "other"),
    ],
)
def test_masses_choose_the_row(category: str, total_kg: int, curb_kg: int, expected: str) -> None:
    vehicle = {"category": category, "total_mass_kg": total_kg, "curb_mass_kg": curb_kg}
    assert brake_class(case_of(vehicle)) == expected


def test_every_category_has_a_row() -> None:
    for category in VehicleCategory:
        assert brake_class(case_of({"category": category, "total_mass_kg": 9000, "curb_mass_kg": 4000}))


# -- the whole vehicle -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("vehicle", "limit"),
    [(CAR, "60"), (VAN, "60"), (BUS, "60"), (TRUCK, "60"), (TRAIN, "55"), (ARTICULATED, "55"), (SPECIAL, "50")],
)
def test_the_whole_rate_of_each_class(vehicle: dict[str, Any], limit: str) -> None:
    at_limit = Decimal("98") * int(limit)
    for less, outcome in ((0, "pass"), (10, "fail")):
        found = judge(
            "whole_vehicle_brake", case_of(vehicle), left_sum_daN=at_limit - less, right_sum_daN=0, load_kg=10000
        )
        assert shown(found, WHOLE)[1:] == (limit, outcome)


@pytest.mark.parametrize("vehicle", [TRAILER, MOTORCYCLE, TRICYCLE])
def test_a_class_with_a_dash_is_not_judged_whole(vehicle: dict[str, Any]) -> None:
    found = judge("whole_vehicle_brake", case_of(vehicle), left_sum_daN=300, right_sum_daN=300, load_kg=1000)
    assert (card(found, WHOLE).outcome, card(found, WHOLE).counts) == (Outcome.NOT_JUDGED, False)


UNLADEN = {"left_sum_daN": 2900, "right_sum_daN": 2900, "load_kg": 10000}
FULL = {"laden_left_sum_daN": 5000, "laden_right_sum_daN": 4900, "laden_load_kg": 20000}


def test_laden_figures_decide_where_the_unladen_ones_fail() -> None:
    found = judge("whole_vehicle_brake", case_of(TRUCK), **UNLADEN, **FULL)
    assert shown(found, WHOLE) == ("59.2", "60", "fail")
    assert shown(found, LADEN) == ("50.5", "50", "pass")
    assert (card(found, WHOLE).counts, card(found, LADEN).counts) == (False, True)


def test_laden_figures_decide_nothing_where_the_unladen_ones_pass() -> None:
    found = judge("whole_vehicle_brake", case_of(TRUCK), **(UNLADEN | {"left_sum_daN": 3000}), **FULL)
    assert (card(found, WHOLE).counts, card(found, LADEN).counts) == (True, False)


def test_laden_figures_alone_count() -> None:
    found = judge("whole_vehicle_brake", case_of(TRAIN), **FULL)
    assert shown(found, LADEN) == ("50.5", "45", "pass")
    assert card(found, LADEN).counts
    bus = judge("whole_vehicle_brake", case_of(ARTICULATED), **FULL)
    assert (str(card(bus, LADEN).limit), card(bus, LADEN).confidence) == ("45", Confidence.DISPUTED)


def test_all_axles_make_the_whole() -> None:
    found = judge("service_brake", case_of(TRUCK), axles=[axle(3), axle(1), axle(2)])
    assert [each.item for each in found.cards] == ["B3", "B1", "B2", "whole"]
    assert shown(found, WHOLE) == ("65.3", "60", "pass")
    turned = judge("service_brake", case_of(TRUCK), axles=[axle(1), axle(2), axle(3)])
    assert card(turned, WHOLE) == card(found, WHOLE)


@pytest.mark.parametrize(
    ("count", "measured", "outcome"),
    [
        (None, [1], "not_judged"),
        (None, [1, 2], "pass"),
        (1, [1], "pass"),
        (2, [1], "not_judged"),
        (None, [2], "not_judged"),
    ],
)
def test_one_axle_alone_is_the_whole_only_of_a_vehicle_with_one(
    count: int | None, measured: list[int], outcome: str
) -> None:
    found = judge("service_brake", case_of(TRUCK | {"axles": count}), axles=[axle(each) for each in measured])
    assert (card(found, WHOLE).outcome.value, card(found, WHOLE).counts) == (outcome, True)


def test_a_trailer_of_which_one_axle_was_measured_waits_for_nothing() -> None:
    found = card(judge("service_brake", case_of(TRAILER), axles=[axle(1)]), WHOLE)
    assert (found.counts, found.reason is not None and found.reason.code) == (False, "standards.not_judged.no_limit")
    assert "standards.explain.no_limit" in [each.code for each in explain(found)]


def test_a_missing_axle_leaves_the_whole_unjudged() -> None:
    found = judge("service_brake", case_of(TRUCK), axles=[axle(1), axle(3)])
    assert card(found, WHOLE).outcome is Outcome.NOT_JUDGED


def test_an_axle_that_does_not_count_takes_the_whole_with_it() -> None:
    found = judge("service_brake", case_of(CAR), axles=[axle(1), axle(2) | {"left_max_daN": 0, "right_max_daN": 0}])
    assert card(found, WHOLE).outcome is Outcome.INVALID


def test_on_a_plate_the_whole_still_divides_by_static_loads() -> None:
    loads: dict[str, Any] = {"tester": "plate", "dynamic_left_kg": 500, "dynamic_right_kg": 510}
    bare = [axle(1, load_kg=None, **loads), axle(2, load_kg=None, **loads)]
    found = judge("service_brake", case_of(CAR), axles=bare, vehicle_load_kg=2000)
    assert card(found, WHOLE).inputs["vehicle_kg"] == "2000"
    with pytest.raises(DataError, match="vehicle_load_kg"):
        judge("service_brake", case_of(CAR), axles=bare)


def test_a_tandem_taken_as_one_stands_for_both_axles() -> None:
    found = judge("service_brake", case_of(TRUCK), axles=[axle(1, tester="plate"), axle(2, tester="plate", tandem=[3])])
    assert card(found, WHOLE).outcome is Outcome.PASS


@pytest.mark.parametrize("axles", [[], [axle(1), axle(1)]])
def test_each_axle_is_there_once(axles: list[dict[str, Any]]) -> None:
    with pytest.raises(DataError, match="axles"):
        judge("service_brake", case_of(CAR), axles=axles)


def test_a_field_of_one_axle_is_named_with_its_place() -> None:
    for wrong, field in (
        (axle(2, load_kg=0), "axles[1].static_load_kg"),
        (axle(2, sum_daN=-2), "axles[1].left_max_daN"),
    ):
        with pytest.raises(DataError) as caught:
            judge("service_brake", case_of(CAR), axles=[axle(1), wrong])
        assert caught.value.problem.params["field"] == field
    with pytest.raises(DataError) as caught:
        judge("service_brake", case_of({"category": "light_goods"}), axles=[axle(1, tester="plate")])
    assert caught.value.problem.params["field"] == "vehicle.total_mass_kg"


def test_sums_that_cannot_be() -> None:
    for fields, field in (
        ({"load_kg": 0}, "load_kg"),
        ({"left_sum_daN": -1}, "left_sum_daN"),
        ({"right_sum_daN": Decimal("NaN")}, "right_sum_daN"),
    ):
        with pytest.raises(DataError) as caught:
            judge("whole_vehicle_brake", case_of(TRUCK), **(UNLADEN | fields))
        assert caught.value.problem.params["field"] == field
    with pytest.raises(DataError, match="missing"):
        judge("whole_vehicle_brake", case_of(TRUCK))
    none = judge("whole_vehicle_brake", case_of(TRUCK), left_sum_daN=0, right_sum_daN=0, load_kg=10000)
    assert card(none, WHOLE).outcome is Outcome.INVALID


# -- the parking brake -----------------------------------------------------------------------


def parked(vehicle: dict[str, Any], sum_daN: int, tester: str = "roller", **settings: str) -> Any:
    axles = [{"axle": 2, "left_max_daN": sum_daN, "right_max_daN": 0}]
    return judge("parking_brake", case_of(vehicle, **settings), axles=axles, vehicle_load_kg=10000, tester=tester)


LOW = TRUCK | {"curb_mass_kg": 10000, "total_mass_kg": 11999}
EXACT = TRUCK | {"curb_mass_kg": 10000, "total_mass_kg": 12000}


@pytest.mark.parametrize(
    ("vehicle", "limit"),
    [(CAR, "20"), (TRUCK, "20"), (TRAILER, "20"), (TRICYCLE, "20"), (LOW, "15"), (EXACT, "20")],
)
def test_the_parking_limit(vehicle: dict[str, Any], limit: str) -> None:
    at_limit = 98 * int(limit)
    assert shown(parked(vehicle, at_limit), PARKING)[1:] == (limit, "pass")
    assert shown(parked(vehicle, at_limit - 10), PARKING)[1:] == (limit, "fail")


def test_a_ratio_of_exactly_one_point_two_is_a_doubt_where_it_decides() -> None:
    found = card(parked(EXACT, 1700), PARKING)
    assert (found.outcome, found.confidence) == (Outcome.FAIL, Confidence.DISPUTED)
    other = card(parked(EXACT, 1700, parking_at_mass_ratio="mass_ratio_below"), PARKING)
    assert (str(other.limit), other.outcome) == ("15", Outcome.PASS)


def test_the_lower_limit_on_a_plate_is_a_doubt_where_it_decides() -> None:
    assert card(parked(LOW, 1700, "plate"), PARKING).confidence is Confidence.SINGLE_SOURCE
    assert card(parked(LOW, 1700), PARKING).confidence is Confidence.SOURCED
    assert card(parked(LOW, 1970, "plate"), PARKING).confidence is Confidence.SOURCED


def test_several_parking_axles_are_judged_together_and_only_then() -> None:
    truck = TRUCK | {"parking_axles": [2, 3]}
    second = {"axle": 2, "left_max_daN": 600, "right_max_daN": 500}
    third = {"axle": 3, "left_curve_daN": [0, 500, 490], "right_curve_daN": [0, 400, 450]}
    loads = [3000, 3000, 4000]
    found = judge("parking_brake", case_of(truck), axles=[second, third], axle_loads_kg=loads)
    assert shown(found, PARKING) == ("20.9", "20", "pass")
    alone = judge("parking_brake", case_of(truck), axles=[second], axle_loads_kg=loads)
    assert card(alone, PARKING).outcome is Outcome.NOT_JUDGED
    wrong = judge("parking_brake", case_of(truck), axles=[second | {"axle": 1}], axle_loads_kg=loads)
    assert card(wrong, PARKING).outcome is Outcome.INVALID


def test_two_wheelers_have_no_parking_brake_test() -> None:
    found = card(parked(MOTORCYCLE | {"curb_mass_kg": 150, "total_mass_kg": 300}, 200), PARKING)
    assert (found.outcome, found.counts) == (Outcome.NOT_JUDGED, False)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"vehicle_load_kg": 0}, "vehicle_load_kg"),
        ({"vehicle_load_kg": None}, "vehicle_load_kg"),
        ({"axles": []}, "axles"),
        ({"axle_loads_kg": [700, 600]}, "vehicle_load_kg"),
        ({"axles": [{"axle": 2, "left_max_daN": 5}]}, "axles[0].right_max_daN"),
        ({"axles": [{"axle": 0, "left_max_daN": 5, "right_max_daN": 5}]}, "axles[0].axle"),
        ({"axles": [{"axle": 13, "left_max_daN": 5, "right_max_daN": 5}]}, "axles[0].axle"),
        ({"axle_loads_kg": [1370]}, "axle_loads_kg"),
        ({"axle_loads_kg": [500, 500, 370]}, "axle_loads_kg"),
    ],
)
def test_a_parking_brake_that_cannot_be(fields: dict[str, Any], field: str) -> None:
    good = {"axles": [{"axle": 2, "left_max_daN": 140, "right_max_daN": 134}], "vehicle_load_kg": 1370}
    with pytest.raises(DataError) as caught:
        judge("parking_brake", case_of(CAR), **(good | fields))
    assert caught.value.problem.params["field"] == field


def test_a_parking_axle_needs_its_load_among_those_of_the_axles() -> None:
    measured = [{"axle": 2, "left_max_daN": 140, "right_max_daN": 134}]
    with pytest.raises(DataError, match="axle"):
        judge("parking_brake", case_of(CAR | {"axles": None}), axles=measured, axle_loads_kg=[540])


def test_a_parking_brake_that_holds_one_wheel_alone_is_judged() -> None:
    one = [{"axle": 2, "left_max_daN": 140, "right_max_daN": 0}]
    found = judge("parking_brake", case_of(CAR), axles=one, vehicle_load_kg=1370)
    assert shown(found, PARKING) == ("10.4", "20", "fail")
    slipping = [{"axle": 2, "left_curve_daN": [0, 80, 140], "right_curve_daN": [0, 70, 134]}]
    assert shown(judge("parking_brake", case_of(CAR), axles=slipping, vehicle_load_kg=1370), PARKING)[2] == "pass"


# -- motorcycles -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("vehicle", "front", "rear"),
    [
        (MOTORCYCLE, "60", "55"),
        ({"category": "sidecar_motorcycle"}, "60", "55"),
        (TRICYCLE, "60", "55"),
        (MOPED, "60", "50"),
    ],
)
def test_the_wheels_of_a_motorcycle(vehicle: dict[str, Any], front: str, rear: str) -> None:
    for less, outcome in ((0, "pass"), (1, "fail")):
        found = judge(
            "motorcycle_brake",
            case_of(vehicle),
            front_max_daN=Decimal("9.8") * int(front) - less,
            front_load_kg=1000,
            rear_max_daN=Decimal("9.8") * int(rear) - less,
            rear_load_kg=1000,
        )
        assert shown(found, RATE, "B1")[1:] == (front, outcome)
        assert shown(found, RATE, "B2")[1:] == (rear, outcome)


@pytest.mark.parametrize("category", ["small_passenger", "heavy_goods", "light_trailer"])
def test_only_cycles_are_measured_wheel_by_wheel(category: str) -> None:
    with pytest.raises(DataError, match=r"vehicle\.category"):
        judge("motorcycle_brake", case_of({"category": category}), rear_max_daN=59, rear_load_kg=108)


def test_one_wheel_may_be_judged_by_itself_and_a_dead_one_is_no_measurement() -> None:
    alone = judge("motorcycle_brake", case_of(MOTORCYCLE), rear_max_daN=59, rear_load_kg=108)
    assert shown(alone, RATE) == ("55.7", "55", "pass")
    dead = judge("motorcycle_brake", case_of(MOTORCYCLE), rear_max_daN=0, rear_load_kg=108)
    assert card(dead, RATE).outcome is Outcome.INVALID
    with pytest.raises(DataError, match="rear_load_kg"):
        judge("motorcycle_brake", case_of(MOTORCYCLE), rear_max_daN=59)
    with pytest.raises(DataError, match="front_max_daN"):
        judge("motorcycle_brake", case_of(MOTORCYCLE))


# -- what is asked ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "axles"),
    [
        ({"total_mass_kg": 11640}, (2,)),
        ({"total_mass_kg": 11639}, ()),
        ({"axles": 5, "air_suspension_axles": [3]}, (2, 4)),
        ({"category": "heavy_tractor_unit"}, (2,)),
        ({"category": "large_passenger"}, ()),
    ],
)
def test_which_axles_are_loaded(changes: dict[str, Any], axles: tuple[int, ...]) -> None:
    assert loaded_test(case_of(TRUCK | changes)).axles == axles


def test_a_trailer_spares_its_last_axle_and_its_first_where_the_older_reading_is_chosen() -> None:
    assert loaded_test(case_of(TRAILER)).axles == (1, 2)
    assert loaded_test(case_of(TRAILER, loaded_first_trailer_axle="spared")).axles == (2,)
    assert loaded_test(case_of(TRAILER | {"tandem_axles": []})).axles == ()


def test_what_the_brakes_may_be_tested_on() -> None:
    assert asked.tester_choice(case_of(CAR)).tests[0] is BrakeTest.ROLLER
    always_on = case_of(CAR | {"has_traction_control_always_on": True})
    assert BrakeTest.ROLLER not in asked.tester_choice(always_on).tests
    permanent = case_of(CAR | {"drive": "all_permanent"})
    assert asked.tester_choice(permanent, free_rollers=True).tests[0] is BrakeTest.FREE_ROLLER
