"""In which column of the table of items a vehicle stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.domain.vehicle import Use, VehicleCategory
from carcheck_desktop.standards.families.planning import VehicleGroup

if TYPE_CHECKING:
    from carcheck_desktop.standards.traits import Traits

HEAVY = frozenset(
    (
        VehicleCategory.HEAVY_GOODS, VehicleCategory.HEAVY_TRACTOR_UNIT, VehicleCategory.HEAVY_SPECIAL,
        VehicleCategory.HEAVY_TRAILER, VehicleCategory.ROAD_TRAIN,
    )
)  # fmt: skip
MEDIUM = frozenset(
    (
        VehicleCategory.MEDIUM_GOODS, VehicleCategory.MEDIUM_TRACTOR_UNIT, VehicleCategory.MEDIUM_SPECIAL,
        VehicleCategory.MEDIUM_TRAILER,
    )
)  # fmt: skip
TRACTOR_UNITS = frozenset(
    (VehicleCategory.HEAVY_TRACTOR_UNIT, VehicleCategory.MEDIUM_TRACTOR_UNIT, VehicleCategory.LIGHT_TRACTOR_UNIT)
)
LARGER_BUSES = frozenset(
    (VehicleCategory.LARGE_PASSENGER, VehicleCategory.MEDIUM_PASSENGER, VehicleCategory.ARTICULATED_PASSENGER)
)
SMALL_GROUP = VehicleGroup.PRIVATE_SMALL
GROUPS = {
    VehicleCategory.SMALL_PASSENGER: VehicleGroup.PASSENGER,
    VehicleCategory.MEDIUM_PASSENGER: VehicleGroup.PASSENGER,
    VehicleCategory.LARGE_PASSENGER: VehicleGroup.PASSENGER,
    VehicleCategory.ARTICULATED_PASSENGER: VehicleGroup.PASSENGER,
    VehicleCategory.HEAVY_GOODS: VehicleGroup.GOODS,
    VehicleCategory.MEDIUM_GOODS: VehicleGroup.GOODS,
    VehicleCategory.LIGHT_GOODS: VehicleGroup.GOODS,
    VehicleCategory.MICRO_GOODS: VehicleGroup.GOODS,
    VehicleCategory.LOW_SPEED_GOODS: VehicleGroup.GOODS,
    VehicleCategory.HEAVY_TRACTOR_UNIT: VehicleGroup.GOODS,
    VehicleCategory.MEDIUM_TRACTOR_UNIT: VehicleGroup.GOODS,
    VehicleCategory.LIGHT_TRACTOR_UNIT: VehicleGroup.GOODS,
    VehicleCategory.ROAD_TRAIN: VehicleGroup.GOODS,
    VehicleCategory.HEAVY_SPECIAL: VehicleGroup.SPECIAL,
    VehicleCategory.MEDIUM_SPECIAL: VehicleGroup.SPECIAL,
    VehicleCategory.LIGHT_SPECIAL: VehicleGroup.SPECIAL,
    VehicleCategory.HEAVY_TRAILER: VehicleGroup.TRAILER,
    VehicleCategory.MEDIUM_TRAILER: VehicleGroup.TRAILER,
    VehicleCategory.LIGHT_TRAILER: VehicleGroup.TRAILER,
    VehicleCategory.THREE_WHEELED: VehicleGroup.THREE_WHEELED,
    VehicleCategory.MOTORCYCLE: VehicleGroup.MOTORCYCLE,
    VehicleCategory.SIDECAR_MOTORCYCLE: VehicleGroup.MOTORCYCLE,
    VehicleCategory.TRICYCLE_MOTORCYCLE: VehicleGroup.MOTORCYCLE,
    VehicleCategory.MOPED: VehicleGroup.MOTORCYCLE,
}


def group_of(vehicle: Traits) -> VehicleGroup:
    """Return the column; raise `DataError` naming the field that decides and is not known."""
    category = vehicle.require("category", vehicle.category)
    if category is VehicleCategory.SMALL_PASSENGER:
        is_private = vehicle.require("use", vehicle.use) is Use.PRIVATE
        return SMALL_GROUP if is_private else VehicleGroup.PASSENGER
    return GROUPS[category]
