"""Which row of a table a vehicle belongs to."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.domain.vehicle import SMALL_TYPES, BrakeSource, VehicleCategory
from carcheck_desktop.standards.families.axes import BrakeClass, BrakeForce, MassRatio, RoadClass

if TYPE_CHECKING:
    from carcheck_desktop.standards.case import Case

Category = VehicleCategory
BY_CATEGORY = {
    Category.SMALL_PASSENGER: BrakeClass.LIGHT,
    Category.ARTICULATED_PASSENGER: BrakeClass.ARTICULATED_BUS,
    Category.ROAD_TRAIN: BrakeClass.ROAD_TRAIN,
    Category.HEAVY_TRAILER: BrakeClass.TRAILER,
    Category.MEDIUM_TRAILER: BrakeClass.TRAILER,
    Category.LIGHT_TRAILER: BrakeClass.TRAILER,
    Category.THREE_WHEELED: BrakeClass.THREE_WHEELED,
    Category.MOTORCYCLE: BrakeClass.MOTORCYCLE,
    Category.SIDECAR_MOTORCYCLE: BrakeClass.MOTORCYCLE,
    Category.TRICYCLE_MOTORCYCLE: BrakeClass.TRICYCLE,
    Category.MOPED: BrakeClass.MOPED,
}
"""Whose row does not hang on masses."""
HEAVY = frozenset((
    Category.HEAVY_GOODS, Category.MEDIUM_GOODS, Category.HEAVY_TRACTOR_UNIT, Category.MEDIUM_TRACTOR_UNIT,
    Category.HEAVY_SPECIAL, Category.MEDIUM_SPECIAL, Category.HEAVY_TRAILER, Category.MEDIUM_TRAILER, Category.ROAD_TRAIN,
    Category.ARTICULATED_PASSENGER,
))  # fmt: skip
"""Heavier than 3500 kg by what their name says, so nobody need give the total mass."""
BUSES = frozenset((Category.MEDIUM_PASSENGER, Category.LARGE_PASSENGER))
SPECIAL = frozenset((Category.HEAVY_SPECIAL, Category.MEDIUM_SPECIAL, Category.LIGHT_SPECIAL))
ROAD_BY_CATEGORY = {
    Category.SMALL_PASSENGER: RoadClass.CAR,
    Category.LOW_SPEED_GOODS: RoadClass.LOW_SPEED,
    Category.ARTICULATED_PASSENGER: RoadClass.TRAIN,
    Category.ROAD_TRAIN: RoadClass.TRAIN,
    Category.HEAVY_TRAILER: RoadClass.TRAILER,
    Category.MEDIUM_TRAILER: RoadClass.TRAILER,
    Category.LIGHT_TRAILER: RoadClass.TRAILER,
    Category.THREE_WHEELED: RoadClass.THREE_WHEELED,
    Category.MOTORCYCLE: RoadClass.MOTORCYCLE,
    Category.SIDECAR_MOTORCYCLE: RoadClass.SIDECAR,
    Category.TRICYCLE_MOTORCYCLE: RoadClass.TRICYCLE,
    Category.MOPED: RoadClass.MOPED,
}
FORCES = {BrakeSource.AIR: BrakeForce.AIR, BrakeSource.HYDRAULIC: BrakeForce.HYDRAULIC}


def brake_class(case: Case) -> BrakeClass:
    """Return the row of the bench brake table; raise `DataError` naming the field that decides and is not known.

    Small and micro passenger cars (K3, K4) are light whatever their mass. A special-purpose vehicle of up to 3500 kg is in two
    rows of the table where its mass ratio is low: light goes before, and `other_class` says which the other one is.
    """
    vehicle = case.vehicle
    if (vehicle.vehicle_type or "").upper().startswith(SMALL_TYPES):
        return BrakeClass.LIGHT
    category = vehicle.require("category", vehicle.category)
    if category in BY_CATEGORY:
        return BY_CATEGORY[category]
    if is_light(case):
        return BrakeClass.LIGHT
    if category in BUSES:
        return BrakeClass.BUS
    return BrakeClass.SPECIAL_LOW_RATIO if category in SPECIAL and is_low_ratio(case) else BrakeClass.OTHER


def other_class(case: Case) -> BrakeClass | None:
    """Return the second row that a vehicle is in: light special-purpose vehicles of a low mass ratio; None for all others."""
    vehicle = case.vehicle
    if vehicle.category not in SPECIAL or vehicle.curb_mass_kg is None or vehicle.total_mass_kg is None:
        return None
    return BrakeClass.SPECIAL_LOW_RATIO if is_light(case) and is_low_ratio(case) else None


def possible_classes(case: Case) -> tuple[BrakeClass, ...]:
    """Return every row that a vehicle may be in as long as its masses are not known; the one row where they are."""
    vehicle = case.vehicle
    category = vehicle.category
    is_open = category is not None and category not in BY_CATEGORY
    if not is_open or (vehicle.vehicle_type or "").upper().startswith(SMALL_TYPES):
        return (brake_class(case),)
    is_mass_known = vehicle.total_mass_kg is not None or category in HEAVY
    light = () if is_mass_known and not is_light(case) else (BrakeClass.LIGHT,)
    if is_mass_known and light:
        return light
    if category in BUSES:
        return (*light, BrakeClass.BUS)
    if category not in SPECIAL:
        return (*light, BrakeClass.OTHER)
    if vehicle.total_mass_kg is not None and vehicle.curb_mass_kg is not None:
        return (brake_class(case),)
    return (*light, BrakeClass.OTHER, BrakeClass.SPECIAL_LOW_RATIO)


def brake_class_or(case: Case, unknown: BrakeClass) -> BrakeClass:
    """Return the row of the bench brake table, and `unknown` for a vehicle of which neither type nor category was given."""
    is_named = case.vehicle.category is not None or case.vehicle.vehicle_type is not None
    return brake_class(case) if is_named else unknown


def is_light(case: Case) -> bool:
    """Say whether a vehicle's total mass is at most 3500 kg; raise `DataError` where that is not known."""
    vehicle = case.vehicle
    if vehicle.total_mass_kg is None and vehicle.category in HEAVY:
        return False
    return vehicle.require("total_mass_kg", vehicle.total_mass_kg) <= case.constant("light_to_kg")


def is_small_or_light(case: Case) -> bool:
    """Say whether a vehicle is weighed as light cars are: 小（微）型载客汽车 and others of up to 3500 kg, 三轮汽车 excluded."""
    vehicle = case.vehicle
    if vehicle.category is Category.SMALL_PASSENGER or (vehicle.vehicle_type or "").upper().startswith(SMALL_TYPES):
        return True
    return vehicle.category is not Category.THREE_WHEELED and is_light(case)


def mass_ratio(case: Case, key: str) -> MassRatio | None:
    """Return how total over curb mass stands to the ratio of a constant, None at exactly the ratio."""
    vehicle = case.vehicle
    curb_kg = vehicle.require("curb_mass_kg", vehicle.curb_mass_kg)
    total_kg = vehicle.require("total_mass_kg", vehicle.total_mass_kg)
    at_ratio_kg = Fraction(case.constant(key)) * curb_kg
    if total_kg == at_ratio_kg:
        return None
    return MassRatio.BELOW if total_kg < at_ratio_kg else MassRatio.FROM


def is_low_ratio(case: Case) -> bool:
    """Say whether a special-purpose vehicle has the lower whole rate: up to and at the ratio."""
    return mass_ratio(case, "special_mass_ratio") is not MassRatio.FROM


def road_class(case: Case) -> RoadClass:
    """Return the row of the road test tables; raise `DataError` naming the field that decides and is not known."""
    vehicle = case.vehicle
    if (vehicle.vehicle_type or "").upper().startswith(SMALL_TYPES):
        return RoadClass.CAR
    category = vehicle.require("category", vehicle.category)
    if category in ROAD_BY_CATEGORY:
        return ROAD_BY_CATEGORY[category]
    return RoadClass.LIGHT if is_light(case) else RoadClass.OTHER


def brake_force(case: Case, source: BrakeSource | None) -> BrakeForce | None:
    """Return which coordination time holds, None where the brake source decides and nobody gave it; of passenger cars that is hydraulic."""
    road = road_class(case)
    if road is RoadClass.TRAIN:
        return BrakeForce.TRAIN_OR_OTHER
    if source is None:
        return BrakeForce.HYDRAULIC if road is RoadClass.CAR else None
    return FORCES.get(source, BrakeForce.TRAIN_OR_OTHER)
