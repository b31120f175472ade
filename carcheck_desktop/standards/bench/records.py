"""The brake measurements that a record may hold, each with a worked example."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from carcheck_desktop.standards.bench.axles import AxleBrake, LoadedAxleBrake, judge_axle, judge_loaded_axle
from carcheck_desktop.standards.bench.road import RoadBrake, RoadParkingBrake, judge_road, judge_slope
from carcheck_desktop.standards.bench.vehicles import (
    MotorcycleBrake,
    ParkingBrake,
    ServiceBrake,
    WholeVehicleBrake,
    judge_motorcycle,
    judge_parking_brake,
    judge_service,
    judge_whole,
)
from carcheck_desktop.standards.records.kind import Kind

CAR: dict[str, object] = {
    "category": "small_passenger",
    "axles": 2,
    "parking_axles": [2],
    "curb_mass_kg": 1375,
    "total_mass_kg": 1750,
}
TRUCK: dict[str, object] = {"category": "heavy_goods", "axles": 3, "curb_mass_kg": 9700, "total_mass_kg": 25000}
FRONT: dict[str, object] = {
    "axle": 1,
    "left_max_daN": 272,
    "right_max_daN": 265,
    "static_load_kg": 830,
    "difference_left_daN": 240,
    "difference_right_daN": 220,
}
REAR: dict[str, object] = {
    "axle": 2,
    "left_max_daN": 150,
    "right_max_daN": 146,
    "static_load_kg": 540,
    "difference_left_daN": 110,
    "difference_right_daN": 98,
}


def example(vehicle: dict[str, object], measurement: dict[str, object]) -> dict[str, object]:
    """Return a whole record in use with one measurement."""
    return {"vehicle": vehicle, "inspection": "in_use", "date": "2026-03-01", "measurements": [measurement]}


KINDS: tuple[Kind[Any], ...] = (
    Kind("axle_brake", "safety", AxleBrake, judge_axle, example(CAR, {"kind": "axle_brake", **FRONT})),
    Kind(
        "service_brake",
        "safety",
        ServiceBrake,
        judge_service,
        example(CAR, {"kind": "service_brake", "axles": [FRONT, REAR]}),
    ),
    Kind(
        "whole_vehicle_brake",
        "safety",
        WholeVehicleBrake,
        judge_whole,
        example(
            {"category": "heavy_special", "curb_mass_kg": 19000, "total_mass_kg": 21000},
            {"kind": "whole_vehicle_brake", "left_sum_daN": 5200, "right_sum_daN": 4800, "load_kg": 19000},
        ),
    ),
    Kind(
        "parking_brake",
        "safety",
        ParkingBrake,
        judge_parking_brake,
        example(
            CAR,
            {
                "kind": "parking_brake",
                "axles": [{"axle": 2, "left_max_daN": 140, "right_max_daN": 134}],
                "vehicle_load_kg": 1370,
            },
        ),
    ),
    Kind(
        "loaded_axle_brake",
        "safety",
        LoadedAxleBrake,
        judge_loaded_axle,
        example(
            TRUCK,
            {
                "kind": "loaded_axle_brake",
                "axle": 2,
                "left_max_daN": 2900,
                "right_max_daN": 2800,
                "loaded_load_kg": 11000,
                "difference_left_daN": 2500,
                "difference_right_daN": 2100,
            },
        ),
    ),
    Kind(
        "motorcycle_brake",
        "safety",
        MotorcycleBrake,
        judge_motorcycle,
        example(
            {"category": "motorcycle"},
            {
                "kind": "motorcycle_brake",
                "front_max_daN": 60,
                "front_load_kg": 100,
                "rear_max_daN": 59,
                "rear_load_kg": 108,
            },
        ),
    ),
    Kind(
        "road_brake",
        "safety",
        RoadBrake,
        judge_road,
        example(
            {**CAR, "drive": "all_permanent", "brake_source": "hydraulic"},
            {
                "kind": "road_brake",
                "v0_kmh": 50,
                "vb_kmh": 40,
                "ve_kmh": 5,
                "sb_m": Decimal("3.5"),
                "se_m": Decimal("13.0"),
                "coordination_s": Decimal("0.3"),
                "channel_m": Decimal("2.5"),
                "out_of_channel": False,
            },
        ),
    ),
    Kind(
        "road_parking_brake",
        "safety",
        RoadParkingBrake,
        judge_slope,
        example(CAR, {"kind": "road_parking_brake", "slope_percent": 20, "uphill_s": 130, "downhill_s": 125}),
    ),
)
