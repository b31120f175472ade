"""Which row of a table a vehicle belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.domain.vehicle import VehicleCategory
from carcheck_desktop.standards.families.axes import BrakeClass

if TYPE_CHECKING:
    from carcheck_desktop.standards.case import Case

BY_CATEGORY = {
    VehicleCategory.SMALL_PASSENGER: BrakeClass.LIGHT,
    VehicleCategory.ARTICULATED_PASSENGER: BrakeClass.ARTICULATED_BUS,
    VehicleCategory.ROAD_TRAIN: BrakeClass.ROAD_TRAIN,
    VehicleCategory.HEAVY_TRAILER: BrakeClass.TRAILER,
    VehicleCategory.MEDIUM_TRAILER: BrakeClass.TRAILER,
    VehicleCategory.LIGHT_TRAILER: BrakeClass.TRAILER,
    VehicleCategory.THREE_WHEELED: BrakeClass.THREE_WHEELED,
    VehicleCategory.MOTORCYCLE: BrakeClass.MOTORCYCLE,
    VehicleCategory.SIDECAR_MOTORCYCLE: BrakeClass.MOTORCYCLE,
    VehicleCategory.TRICYCLE_MOTORCYCLE: BrakeClass.TRICYCLE,
    VehicleCategory.MOPED: BrakeClass.MOPED,
}


def brake_class(case: Case) -> BrakeClass:
    """Return the row of the bench brake table; raise `DataError` naming the field that decides and is not known."""
    vehicle = case.vehicle
    category = vehicle.require("category", vehicle.category)
    if category in BY_CATEGORY:
        return BY_CATEGORY[category]
    total_kg = vehicle.require("total_mass_kg", vehicle.total_mass_kg)
    if total_kg <= case.constant("light_to_kg"):
        return BrakeClass.LIGHT
    if category in (VehicleCategory.MEDIUM_PASSENGER, VehicleCategory.LARGE_PASSENGER):
        return BrakeClass.BUS
    return BrakeClass.OTHER
