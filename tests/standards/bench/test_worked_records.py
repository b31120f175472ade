"""Worked numbers of brakes, computed independently and twice, as records; the id in a test's name is that of the case."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from carcheck_desktop.domain.verdicts import Outcome, Quantity
from carcheck_desktop.standards.bench import asked
from carcheck_desktop.standards.bench.asked import BrakeTest, loaded_axles, loaded_test
from tests.standards.bench.records import CAR, MOTORCYCLE, SPECIAL, card, case_of, judge, shown

RATE, IMBALANCE = Quantity.AXLE_BRAKE_RATE, Quantity.IMBALANCE


def test_sv_001_a_car_on_rollers() -> None:
    front = {"axle": 1, "left_max_daN": 272, "right_max_daN": 265, "static_load_kg": 830}
    rear = {"axle": 2, "left_max_daN": 150, "right_max_daN": 146, "static_load_kg": 540}
    found = judge(
        "service_brake",
        case_of(CAR),
        axles=[
            front | {"difference_left_daN": 240, "difference_right_daN": 220},
            rear | {"difference_left_daN": 110, "difference_right_daN": 98},
        ],
    )
    assert shown(found, RATE, "B1") == ("66.0", "60", "pass")
    assert shown(found, IMBALANCE, "B1") == ("7.4", "24", "pass")
    assert shown(found, RATE, "B2") == ("55.9", "20", "pass")
    assert shown(found, IMBALANCE, "B2") == ("2.3", "10", "pass")
    assert shown(found, Quantity.WHOLE_VEHICLE_BRAKE_RATE) == ("62.0", "60", "pass")
    exact = [card(found, RATE, "B1"), card(found, RATE, "B2"), card(found, Quantity.WHOLE_VEHICLE_BRAKE_RATE)]
    assert [str(each.exact)[:7] for each in exact] == ["66.0191", "55.9334", "62.0437"]
    assert card(found, IMBALANCE, "B1").inputs["divided_by"] == "larger_wheel_force"
    assert card(found, IMBALANCE, "B2").inputs["divided_by"] == "axle_load"


def test_sv_004_the_rounded_rate_is_judged() -> None:
    truck = {"category": "heavy_goods"}
    found = judge("axle_brake", case_of(truck), axle=1, left_max_daN=1470, right_max_daN=1469, static_load_kg=5000)
    assert shown(found, RATE) == ("60.0", "60", "pass")
    assert str(card(found, RATE).exact).startswith("59.9795")


def test_sv_006_an_imbalance_alone_needs_no_vehicle_and_no_load() -> None:
    found = judge(
        "axle_brake",
        case_of({}),
        place="front",
        left_max_daN=2500,
        right_max_daN=2400,
        difference_left_daN=2000,
        difference_right_daN=1400,
    )
    assert shown(found, IMBALANCE) == ("24.0", "24", "pass")
    assert card(found, IMBALANCE).inputs["divided_by"] == "larger_wheel_force"


@pytest.mark.parametrize(
    ("vehicle", "axles"),
    [
        ({"category": "heavy_goods", "axles": 2, "total_mass_kg": 18000, "curb_mass_kg": 7000}, ()),
        ({"category": "heavy_goods", "axles": 3, "total_mass_kg": 25000, "curb_mass_kg": 9700}, (2,)),
        ({"category": "heavy_goods", "axles": 4, "total_mass_kg": 31000, "curb_mass_kg": 12000}, (2, 3)),
        (
            {"category": "heavy_trailer", "axles": 3, "total_mass_kg": 40000, "curb_mass_kg": 7000,
             "tandem_axles": [1, 2, 3]},
            (1, 2),
        ),
        (
            {"category": "heavy_trailer", "axles": 2, "total_mass_kg": 35000, "curb_mass_kg": 6500,
             "tandem_axles": [1, 2]},
            (1,),
        ),
        (
            {"category": "heavy_goods", "axles": 3, "total_mass_kg": 25000, "curb_mass_kg": 9700,
             "air_suspension_axles": [1, 2, 3]},
            (),
        ),
        ({"category": "heavy_special", "axles": 4, "total_mass_kg": 31000, "curb_mass_kg": 30000}, ()),
    ],
)  # fmt: skip
def test_sv_016_which_axles_are_tested_loaded(vehicle: dict[str, Any], axles: tuple[int, ...]) -> None:
    found = loaded_test(case_of(vehicle))
    assert loaded_axles(case_of(vehicle)) == found.axles == axles
    assert set(found.reasons) | set(found.spared) == set(range(1, vehicle["axles"] + 1))


def test_sv_018_a_motorcycle_has_two_rates_and_nothing_else() -> None:
    found = judge(
        "motorcycle_brake", case_of(MOTORCYCLE), front_max_daN=60, front_load_kg=100, rear_max_daN=59, rear_load_kg=108
    )
    assert shown(found, RATE, "B1") == ("61.2", "60", "pass")
    assert shown(found, RATE, "B2") == ("55.7", "55", "pass")
    for quantity in (IMBALANCE, Quantity.WHOLE_VEHICLE_BRAKE_RATE, Quantity.PARKING_BRAKE_RATE):
        spared = card(found, quantity)
        assert (spared.outcome, spared.counts) == (Outcome.NOT_JUDGED, False)


def test_sv_024_a_light_car_on_a_plate_is_judged_by_its_dynamic_loads() -> None:
    found = judge(
        "axle_brake",
        case_of(CAR),
        axle=1,
        tester="plate",
        left_max_daN=330,
        right_max_daN=326,
        static_load_kg=830,
        dynamic_left_kg=495,
        dynamic_right_kg=485,
    )
    assert shown(found, RATE) == ("68.3", "60", "pass")
    assert card(found, RATE).inputs["load_kg"] == "980"


def test_sv_026_full_time_four_wheel_drive_goes_to_plate_or_road() -> None:
    case = case_of(CAR | {"drive": "all_permanent"})
    assert asked.tester_choice(case).tests == (BrakeTest.PLATE, BrakeTest.ROAD)
    found = judge(
        "road_brake",
        case,
        v0_kmh=50,
        vb_kmh=40,
        ve_kmh=5,
        sb_m=Decimal("3.5"),
        se_m=13,
        coordination_s=Decimal("0.3"),
        channel_m=Decimal("2.5"),
        out_of_channel=False,
    )
    assert shown(found, Quantity.ROAD_DECELERATION) == ("6.4", "6.2", "pass")
    assert shown(found, Quantity.ROAD_COORDINATION_TIME) == ("0.30", "0.35", "pass")
    assert card(found, Quantity.ROAD_CHANNEL).outcome is Outcome.PASS
    assert all(each.outcome is Outcome.PASS for each in found.cards)


def test_sv_027_a_road_test_exactly_at_its_limits() -> None:
    found = judge(
        "road_brake",
        case_of(CAR),
        v0_kmh=50,
        mfdd_m_s2=Decimal("6.2"),
        distance_m=19,
        coordination_s=Decimal("0.35"),
    )
    assert shown(found, Quantity.ROAD_DECELERATION) == ("6.2", "6.2", "pass")
    assert shown(found, Quantity.ROAD_STOPPING_DISTANCE) == ("19.0", "19.0", "pass")
    assert shown(found, Quantity.ROAD_COORDINATION_TIME) == ("0.35", "0.35", "pass")


def test_sv_028_the_parking_brake_is_divided_by_the_load_of_all_axles() -> None:
    found = judge(
        "parking_brake",
        case_of(CAR),
        axles=[{"axle": 2, "left_max_daN": 140, "right_max_daN": 134}],
        vehicle_load_kg=1370,
    )
    assert shown(found, Quantity.PARKING_BRAKE_RATE) == ("20.4", "20", "pass")


def test_sv_031_a_special_vehicle_of_low_mass_ratio_has_the_lower_whole_rate() -> None:
    found = judge("whole_vehicle_brake", case_of(SPECIAL), left_sum_daN=5200, right_sum_daN=4800, load_kg=19000)
    assert shown(found, Quantity.WHOLE_VEHICLE_BRAKE_RATE) == ("53.7", "50", "pass")


def test_sv_033_an_axle_from_its_curves() -> None:
    found = judge(
        "axle_brake",
        case_of(CAR),
        axle=1,
        left_curve_daN=[0, 20, 60, 120, 180, 240, 250, 248, 246, 240, 235],
        right_curve_daN=[0, 15, 40, 80, 130, 190, 225, 245, 244, 238, 230],
        sample_interval_ms=10,
        static_load_kg=780,
    )
    assert shown(found, RATE) == ("64.8", "60", "pass")
    assert shown(found, IMBALANCE) == ("20.0", "24", "pass")
    inputs = card(found, IMBALANCE).inputs
    assert (inputs["left_max_daN"], inputs["right_max_daN"]) == ("250", "245")
    assert (inputs["left_max_index"], inputs["right_max_index"]) == ("6", "7")
    assert (inputs["window_end_index"], inputs["difference_index"]) == ("7", "4")
    assert (inputs["difference_left_daN"], inputs["difference_right_daN"]) == ("180", "130")
