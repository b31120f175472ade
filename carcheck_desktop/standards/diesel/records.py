"""Which measurements of diesel exhaust a record may hold, each with a worked example."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from carcheck_desktop.standards.diesel.free_acceleration import FreeAcceleration, judge_free_acceleration
from carcheck_desktop.standards.diesel.lugdown import Lugdown, judge_lugdown
from carcheck_desktop.standards.diesel.opacity import Opacity, judge_opacity
from carcheck_desktop.standards.diesel.power import PowerCorrection, judge_power_correction
from carcheck_desktop.standards.diesel.ringelmann import Ringelmann, judge_ringelmann
from carcheck_desktop.standards.records.kind import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

FAMILY = "diesel"


def _example(vehicle: Mapping[str, object], **measurement: object) -> dict[str, object]:
    return {"vehicle": dict(vehicle), "inspection": "in_use", "date": "2026-03-01", "measurements": [measurement]}


def _numbers(text: str) -> list[Decimal]:
    return [Decimal(each) for each in text.split()]


TRUCK = {"rated_power_kW": 80, "is_turbocharged": False}
KINDS: tuple[Kind[Any], ...] = (
    Kind("opacity", FAMILY, Opacity, judge_opacity, _example({}, kind="opacity", N_percent=10)),
    Kind(
        "free_acceleration",
        FAMILY,
        FreeAcceleration,
        judge_free_acceleration,
        _example({}, kind="free_acceleration", peak_k_per_m=_numbers("0.95 0.98 0.92")),
    ),
    Kind(
        "power_correction",
        FAMILY,
        PowerCorrection,
        judge_power_correction,
        _example(TRUCK, kind="power_correction", temperature_C=30, pressure_kPa=95, measured_power_kW=30),
    ),
    Kind(
        "lugdown",
        FAMILY,
        Lugdown,
        judge_lugdown,
        _example(
            TRUCK,
            kind="lugdown",
            measured_power_kW=36,
            temperature_C=30,
            pressure_kPa=95,
            k100_each_second_per_m=_numbers("0.61 0.63 0.62 0.60 0.64 0.62 0.61 0.63 0.62"),
            k80_per_m=Decimal("0.58"),
            nox80_ppm=940,
            lowest_co2_percent=Decimal("6.8"),
            duration_s=92,
        ),
    ),
    Kind("ringelmann", FAMILY, Ringelmann, judge_ringelmann, _example({}, kind="ringelmann", grade=1)),
)
