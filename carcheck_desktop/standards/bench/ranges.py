"""What figures a brake record may hold, by the name of its field: for the documentation and the schema, which readers check first.

The judges refuse by the same numbers (`given`, `road`); a test holds both against each other.
"""

from __future__ import annotations

from dataclasses import dataclass

from carcheck_desktop.standards.bench.given import (
    MOST_AXLE_KG,
    MOST_AXLES,
    MOST_RATE_PERCENT,
    MOST_SUM,
    MOST_WHEEL_DAN,
)
from carcheck_desktop.standards.bench.road import MOST_FRICTION, MOST_KMH, MOST_M, MOST_MS2, MOST_S, MOST_SLOPE_PERCENT


@dataclass(frozen=True, slots=True)
class Range:
    """Least and greatest figure, both included; `above` leaves out the least. Of a list it is that of each of its numbers."""

    least: int
    most: int
    above: bool = False


def _named(found: Range, *names: str) -> dict[str, Range]:
    return dict.fromkeys(names, found)


RANGES: dict[str, Range] = {
    "axle": Range(1, MOST_AXLES),
    "wheels": Range(1, 2),
    "axle_brake_rate_percent": Range(0, MOST_RATE_PERCENT),
    **_named(
        Range(0, MOST_WHEEL_DAN),
        "left_max_daN", "right_max_daN", "difference_left_daN", "difference_right_daN", "front_max_daN", "rear_max_daN",
    ),
    **_named(Range(-MOST_WHEEL_DAN, MOST_WHEEL_DAN), "left_curve_daN", "right_curve_daN"),
    **_named(
        Range(0, MOST_AXLE_KG, above=True),
        "static_load_kg", "static_left_kg", "static_right_kg", "dynamic_left_kg", "dynamic_right_kg", "loaded_load_kg",
        "axle_loads_kg", "front_load_kg", "rear_load_kg",
    ),
    **_named(Range(0, MOST_SUM), "left_sum_daN", "right_sum_daN", "laden_left_sum_daN", "laden_right_sum_daN"),
    **_named(Range(0, MOST_SUM, above=True), "vehicle_load_kg", "load_kg", "laden_load_kg"),
    **_named(Range(0, MOST_KMH, above=True), "v0_kmh", "vb_kmh", "ve_kmh"),
    **_named(Range(0, MOST_M, above=True), "sb_m", "se_m", "distance_m", "channel_m"),
    "mfdd_m_s2": Range(0, MOST_MS2, above=True),
    "coordination_s": Range(0, MOST_S, above=True),
    **_named(Range(0, MOST_S), "uphill_s", "downhill_s"),
    "slope_percent": Range(0, MOST_SLOPE_PERCENT, above=True),
    "friction": Range(0, MOST_FRICTION, above=True),
}  # fmt: skip


def range_of(record: type, name: str) -> Range | None:
    """Return the range of a field of a brake record; None for other records and for fields that are no figures."""
    return RANGES.get(name) if record.__module__.startswith(__package__ or "") else None
