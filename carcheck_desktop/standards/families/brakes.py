"""What the brake part of a safety edition must hold."""

from __future__ import annotations

from carcheck_desktop.base.units import Unit
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.families.axes import (
    BrakeClass,
    MassRatio,
    Place,
    RateBranch,
    Tester,
    WindowEnd,
    YearCount,
)
from carcheck_desktop.standards.families.family import Judged

JUDGED = {
    Quantity.AXLE_BRAKE_RATE: Judged(Unit.PERCENT, {"brake_class": BrakeClass, "tester": Tester, "place": Place}),
    Quantity.WHOLE_VEHICLE_BRAKE_RATE: Judged(Unit.PERCENT, {"brake_class": BrakeClass}),
    Quantity.PARKING_BRAKE_RATE: Judged(Unit.PERCENT, {"brake_class": BrakeClass, "mass_ratio": MassRatio}),
    Quantity.IMBALANCE: Judged(
        Unit.PERCENT,
        {"brake_class": BrakeClass, "inspection": InspectionKind, "place": Place, "branch": RateBranch},
    ),
}
COMPUTED: dict[Quantity, Unit] = {}
CONSTANTS = (
    "daN_per_kg",
    "idle_wheel_percent",
    "imbalance_branch_rate",
    "light_to_kg",
    "parking_mass_ratio",
    "parking_seats_from",
    "parking_years_over",
    "zero_band_daN",
)
SETTINGS: dict[str, tuple[str, ...]] = {
    "imbalance_window_end_roller": tuple(WindowEnd),
    "imbalance_window_end_plate": tuple(WindowEnd),
    "ten_year_count": tuple(YearCount),
    "parking_at_mass_ratio": tuple(MassRatio),
}
