"""Worked examples of the kinds of measurement, as plain data for the documentation."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CAR: dict[str, object] = {
    "fuel": "A", "total_mass_kg": 1800, "drive": "front", "has_traction_control_always_on": False,
    "manufactured_on": "2015-03-02",
}  # fmt: skip
AIR: dict[str, object] = {
    "temperature_C": 25, "humidity_percent": 50, "pressure_kPa": 100, "saturation_pressure_kPa": Decimal("3.169"),
}  # fmt: skip


def example(kind: str, vehicle: Mapping[str, object] | None = None, **measurement: object) -> Mapping[str, object]:
    """Return a record with one measurement, of a light petrol car unless another is given."""
    return {
        "vehicle": dict(CAR if vehicle is None else vehicle),
        "inspection": "in_use",
        "date": "2026-03-01",
        "measurements": [{"kind": kind, **measurement}],
    }


def exact(text: str) -> Decimal:
    """Return a figure as it is written."""
    return Decimal(text)


def idle_seconds(rpm: int, co: str, hc: int, co2: str, o2: str) -> list[dict[str, object]]:
    """Return thirty seconds around an engine speed."""
    return [
        {
            "rpm": rpm + off, "co_percent": exact(co), "hc_ppm": hc + off // 20,
            "co2_percent": exact(co2), "o2_percent": exact(o2),
        }
        for _ in range(10) for off in (-20, 0, 20)
    ]  # fmt: skip


def asm_seconds(count: int, speed: int, co: str, hc: int, no: int) -> list[dict[str, object]]:
    """Return seconds of a mode from t = 0 on."""
    return [
        {
            "t_s": t, "speed_kmh": exact(f"{speed}.{t % 3}"), "co_percent": exact(co), "hc_ppm": hc + t % 5 - 2,
            "no_ppm": no + t % 3 - 1, "co2_percent": exact("14.8"),
        }
        for t in range(count)
    ]  # fmt: skip
