"""What the rest of a safety edition must hold: sideslip, lamps, masses, dimensions and tyres."""

from __future__ import annotations

from carcheck_desktop.base.units import Unit
from carcheck_desktop.domain.vehicle import InspectionKind, VehicleCategory
from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.families.family import Judged
from carcheck_desktop.standards.families.vehicle_axes import (
    CycleGroup,
    Exceptions,
    LampClass,
    LampCount,
    LampHeight,
    Legacy,
    Registered,
    Side,
    Steering,
    Wheel,
    WheelCount,
)

BY_CATEGORY = {"category": VehicleCategory}
BY_AGE = {"category": VehicleCategory, "registered": Registered}
JUDGED = {
    Quantity.SIDESLIP: Judged(Unit.METRE_PER_KILOMETRE, {"steering": Steering}),
    Quantity.WHEEL_OFFSET: Judged(Unit.MILLIMETRE, BY_CATEGORY),
    Quantity.HEADLAMP_INTENSITY: Judged(
        Unit.CANDELA, {"lamp_class": LampClass, "inspection": InspectionKind, "lamps": LampCount}
    ),
    Quantity.HEADLAMP_SUM: Judged(Unit.CANDELA, {}),
    Quantity.LOW_BEAM_HEIGHT: Judged(Unit.MILLIMETRE, {"lamp_height": LampHeight}),
    Quantity.LOW_BEAM_SIDE: Judged(Unit.MILLIMETRE, {}),
    Quantity.HIGH_BEAM_HEIGHT: Judged(Unit.MILLIMETRE, {}),
    Quantity.HIGH_BEAM_SIDE: Judged(Unit.MILLIMETRE, {"side": Side}),
    Quantity.SPEEDOMETER: Judged(Unit.KILOMETRE_PER_HOUR, {"wheels": WheelCount}),
    Quantity.CURB_MASS: Judged(Unit.KILOGRAM, BY_CATEGORY),
    Quantity.EMPTY_MASS: Judged(Unit.KILOGRAM, BY_AGE),
    Quantity.LIGHT_TRUCK_MASS: Judged(Unit.KILOGRAM, BY_AGE),
    Quantity.OUTLINE: Judged(Unit.MILLIMETRE, {"category": VehicleCategory, "inspection": InspectionKind}),
    Quantity.WHEELBASE: Judged(Unit.MILLIMETRE, {"inspection": InspectionKind}),
    Quantity.TREAD_DEPTH: Judged(Unit.MILLIMETRE, {"category": VehicleCategory, "wheel": Wheel}),
}
COMPUTED: dict[Quantity, Unit] = {Quantity.MONTHS_TO_INSPECTION: Unit.NONE}
CONSTANTS = (
    "empty_mass_registered_from",
    "high_beam_below_share",
    "low_beam_lamp_height_mm",
    "slow_car_below_kmh",
    "speedometer_four_wheels_kmh",
    "speedometer_offset_kmh",
    "speedometer_other_wheels_kmh",
    "speedometer_share",
)
SETTINGS: dict[str, tuple[str, ...]] = {
    "beam_and_speedometer": tuple(Legacy),
    "headlamp_exceptions": tuple(Exceptions),
}
CYCLES = tuple(CycleGroup)
"""Groups of vehicles whose inspection cycle a safety edition must know."""
