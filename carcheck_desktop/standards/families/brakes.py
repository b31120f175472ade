"""What the brake part of a safety edition must hold."""

from __future__ import annotations

from carcheck_desktop.base.units import Unit
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.families.axes import (
    BrakeClass,
    BrakeForce,
    FirstTrailerAxle,
    Lading,
    MassRatio,
    Place,
    PlateLoad,
    RateBranch,
    RoadClass,
    RoadDecision,
    Tester,
    WindowEnd,
    YearCount,
)
from carcheck_desktop.standards.families.family import Judged

ON_ROAD = {"road_class": RoadClass, "lading": Lading}
JUDGED = {
    Quantity.AXLE_BRAKE_RATE: Judged(Unit.PERCENT, {"brake_class": BrakeClass, "tester": Tester, "place": Place}),
    Quantity.WHOLE_VEHICLE_BRAKE_RATE: Judged(Unit.PERCENT, {"brake_class": BrakeClass}),
    Quantity.LADEN_WHOLE_VEHICLE_BRAKE_RATE: Judged(Unit.PERCENT, {"brake_class": BrakeClass}),
    Quantity.LOADED_AXLE_BRAKE_RATE: Judged(Unit.PERCENT, {"brake_class": BrakeClass}),
    Quantity.PARKING_BRAKE_RATE: Judged(Unit.PERCENT, {"brake_class": BrakeClass, "mass_ratio": MassRatio}),
    Quantity.IMBALANCE: Judged(
        Unit.PERCENT,
        {"brake_class": BrakeClass, "inspection": InspectionKind, "place": Place, "branch": RateBranch},
    ),
    Quantity.ROAD_DECELERATION: Judged(Unit.METRE_PER_SECOND_SQUARED, ON_ROAD),
    Quantity.ROAD_STOPPING_DISTANCE: Judged(Unit.METRE, ON_ROAD),
    Quantity.ROAD_COORDINATION_TIME: Judged(Unit.SECOND, {"brake_force": BrakeForce}),
    Quantity.ROAD_CHANNEL: Judged(Unit.NONE, {"road_class": RoadClass}),
    Quantity.ROAD_PARKING_HOLD: Judged(Unit.SECOND, {}),
}
COMPUTED: dict[Quantity, Unit] = {}
CONSTANTS = (
    "daN_per_kg",
    "idle_wheel_percent",
    "imbalance_branch_rate",
    "light_to_kg",
    "loaded_axles_from",
    "loaded_mass_ratio",
    "parking_mass_ratio",
    "parking_seats_from",
    "parking_years_over",
    "road_channel_beyond_width_m",
    "road_channel_heavy_m",
    "road_channel_m",
    "road_channel_wide_from_m",
    "road_mfdd_begin_share",
    "road_mfdd_divisor",
    "road_mfdd_end_share",
    "road_parking_friction",
    "road_parking_slope_low_percent",
    "road_parking_slope_percent",
    "road_speed_band_kmh",
    "road_speed_fast_kmh",
    "road_speed_kmh",
    "road_speed_short_kmh",
    "road_speed_slow_kmh",
    "special_mass_ratio",
    "zero_band_daN",
)
SETTINGS: dict[str, tuple[str, ...]] = {
    "imbalance_window_end_roller": tuple(WindowEnd),
    "imbalance_window_end_plate": tuple(WindowEnd),
    "loaded_first_trailer_axle": tuple(FirstTrailerAxle),
    "parking_at_mass_ratio": tuple(MassRatio),
    "plate_imbalance_load": tuple(PlateLoad),
    "road_decision": tuple(RoadDecision),
    "ten_year_count": tuple(YearCount),
}
