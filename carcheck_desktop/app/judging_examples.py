"""Further worked examples of docs/judge.md: every quantity has to be seen there, and some need other measurements.

Plain records by the kind they stand under; what each comes to is computed when the page is written.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

DAY = "2026-03-01"
PETROL_CAR = {"fuel": "A", "total_mass_kg": 1800, "drive": "front", "manufactured_on": "2015-03-02"}
CAR = {"category": "small_passenger", "curb_mass_kg": 1375, "total_mass_kg": 1750, "brake_source": "hydraulic"}
CYCLE_S = 195


def _record(
    *measurements: dict[str, object], vehicle: dict[str, object], inspection: str = "in_use"
) -> dict[str, object]:
    return {"vehicle": vehicle, "inspection": inspection, "date": DAY, "measurements": list(measurements)}


def _n(figure: str) -> Decimal:
    return Decimal(figure)


def _second() -> dict[str, object]:
    gases = {"speed_kmh": _n("18.7"), "co_percent": _n("0.2"), "hc_ppm": 20, "nox_ppm": 60}
    return gases | {"co2_percent": _n("14.6"), "exhaust_flow_L_per_s": 14}


def _gas(component: str, nominal: str, measured: str) -> dict[str, object]:
    reading = {"kind": "analyser_check", "component": component, "nominal": _n(nominal), "measured": _n(measured)}
    return reading | {"analyser_class": "00"}


MORE: Mapping[str, tuple[dict[str, object], ...]] = {
    "whole_vehicle_brake": (
        _record(
            {
                "kind": "whole_vehicle_brake", "left_sum_daN": 1600, "right_sum_daN": 1500, "load_kg": 5600,
                "laden_left_sum_daN": 3900, "laden_right_sum_daN": 3800, "laden_load_kg": 15000,
            },
            vehicle={"category": "heavy_goods", "curb_mass_kg": 5600, "total_mass_kg": 15000},
        ),
    ),
    "road_brake": (
        _record(
            {"kind": "road_brake", "v0_kmh": 50, "distance_m": _n("19.1"), "coordination_s": _n("0.35"), "lading": "laden"},
            vehicle=CAR,
        ),
    ),
    "beam": (
        _record(
            {"kind": "beam", "side": "left", "low_beam_horizontal_mm": -171, "high_beam_horizontal_mm": 350},
            vehicle={"category": "small_passenger"},
        ),
    ),
    "mass": (
        _record(
            {"kind": "mass", "train_kg": 15700, "tractor_kg": 8800, "reference_kg": 6800},
            vehicle={"category": "heavy_trailer"},
            inspection="registration",
        ),
        _record(
            {"kind": "mass", "measured_kg": 2610},
            vehicle={"category": "light_goods", "curb_mass_kg": 2500, "total_mass_kg": 4495, "registered_on": "2024-05-01"},
        ),
    ),
    "vmas": (
        _record(
            {"kind": "vmas", "co_g_per_km": _n("3.1"), "hc_g_per_km": _n("0.65"), "nox_g_per_km": _n("0.66")},
            vehicle=PETROL_CAR,
        ),
        _record(
            {
                "kind": "vmas", "o2_ambient_percent": _n("20.8"), "exhaust_flow_L_per_s": 14, "co_percent": _n("0.5"),
                "hc_ppm": 80, "nox_ppm": 300,
            },
            vehicle=PETROL_CAR,
        ),
        _record(
            {"kind": "vmas", "o2_ambient_percent": _n("20.8"), "seconds": [_second() for _ in range(CYCLE_S)]},
            vehicle=PETROL_CAR,
        ),
    ),
    "asm_load": (_record({"kind": "asm_load", "curb_mass_kg": 1375}, vehicle=PETROL_CAR),),
    "lugdown": (
        _record(
            {
                "kind": "lugdown", "parts": ["power"], "corrected_power_kW": _n("31.9"), "rated_rpm": 2500,
                "highest_rpm": 2800, "speed_at_highest_rpm_kmh": 70,
            },
            vehicle={"rated_power_kW": 80},
        ),
    ),
    "analyser_check": (
        _record(
            _gas("CO", "0.5", "0.52"), _gas("CO2", "12.0", "12.5"), _gas("NO", "300", "312"), _gas("NO2", "200", "208"),
            _gas("O2", "20.8", "20.6"),
            vehicle={},
        ),
    ),
    "ambient_sensors": (
        _record(
            {
                "kind": "ambient_sensors", "humidity_percent": 52, "reference_humidity_percent": 50,
                "pressure_kPa": _n("101.3"), "reference_pressure_kPa": _n("101.1"),
            },
            vehicle={},
        ),
    ),
}  # fmt: skip
