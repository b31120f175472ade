"""Which row of the inspection cycles a vehicle belongs to, and why."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.vehicle import Use, UseCode, VehicleCategory
from carcheck_desktop.domain.verdicts import Confidence
from carcheck_desktop.standards.families.vehicle_axes import CycleGroup
from carcheck_desktop.standards.traits import TRAILERS

if TYPE_CHECKING:
    from datetime import date

    from carcheck_desktop.standards.traits import Traits

SCHOOL_CODES = frozenset(
    (UseCode.NURSERY_BUS, UseCode.PRIMARY_SCHOOL_BUS, UseCode.OTHER_SCHOOL_BUS, UseCode.SCHOOL_BUS)
)
FORMER_CODES = frozenset((UseCode.FORMER_COMMERCIAL, UseCode.FORMER_TAXI, UseCode.FORMER_RIDE_HAILING))
"""营转非, 出租转非, 预约出租转非: the licence itself says that the vehicle was commercial."""
SCHOOL_TYPES = ("K18", "K28", "K38")
"""专用校车 of GA/T 16.4; the codes are recalled."""
PASSENGER = frozenset(
    (
        VehicleCategory.SMALL_PASSENGER,
        VehicleCategory.MEDIUM_PASSENGER,
        VehicleCategory.LARGE_PASSENGER,
        VehicleCategory.ARTICULATED_PASSENGER,
    )
)
MOTORCYCLES = frozenset(
    (
        VehicleCategory.MOTORCYCLE,
        VehicleCategory.SIDECAR_MOTORCYCLE,
        VehicleCategory.TRICYCLE_MOTORCYCLE,
        VehicleCategory.MOPED,
    )
)
OTHERS = TRAILERS | {
    VehicleCategory.HEAVY_SPECIAL,
    VehicleCategory.MEDIUM_SPECIAL,
    VehicleCategory.LIGHT_SPECIAL,
    VehicleCategory.THREE_WHEELED,
}
LARGE_SALOON = "K16"
"""大型轿车 of GA/T 16.4; the code is recalled."""
MINIBUS_TYPES = ("K39", "K49")
MOST_SEATS = 9
MOST_YEARS_IN_STOCK = 4


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What else decides a vehicle's cycle and no licence says, each false or absent unless somebody knows it.

    `was_commercial`: changed from commercial to non-commercial use, as a licence of use code L, M or U says too. `school_bus_permit_on`: the day of the school-bus permit of
    a vehicle that was not built as a school bus; its cycle runs from there.
    """

    had_casualty_accident: bool = False
    was_illegally_modified: bool = False
    was_commercial: bool = False
    school_bus_permit_on: date | None = None


@dataclass(frozen=True, slots=True)
class Belonging:
    """The group of a vehicle with every reason for it, and how well the reasons are known."""

    group: CycleGroup
    reasons: tuple[Message, ...]
    confidence: Confidence = Confidence.SOURCED


def belonging(vehicle: Traits, circumstances: Circumstances) -> Belonging:
    """Return a vehicle's group; raise `DataError` naming the field that decides and is not known."""
    category = vehicle.require("category", vehicle.category)
    if vehicle.use_code in SCHOOL_CODES or circumstances.school_bus_permit_on is not None:
        return Belonging(CycleGroup.SCHOOL_BUS, (Message("standards.cycle.school_bus"),))
    if vehicle.vehicle_type in SCHOOL_TYPES:
        return Belonging(CycleGroup.SCHOOL_BUS, (Message("standards.cycle.school_bus"),), Confidence.RECALLED)
    if category in MOTORCYCLES:
        return _unless_excluded(
            vehicle,
            circumstances,
            Belonging(CycleGroup.MOTORCYCLE, (Message("standards.cycle.motorcycle"),)),
            CycleGroup.MOTORCYCLE_EXCLUDED,
        )
    if category in OTHERS:
        return Belonging(CycleGroup.OTHER, (Message("standards.cycle.other"),))
    if category in PASSENGER:
        return _passenger(vehicle, circumstances, category)
    return Belonging(CycleGroup.GOODS_OR_LARGE, (Message("standards.cycle.goods"),))


def _passenger(vehicle: Traits, circumstances: Circumstances, category: VehicleCategory) -> Belonging:
    if vehicle.require("use", vehicle.use) is Use.COMMERCIAL:
        return Belonging(CycleGroup.COMMERCIAL_PASSENGER, (Message("standards.cycle.commercial_passenger"),))
    is_saloon = vehicle.vehicle_type == LARGE_SALOON
    is_small = category is VehicleCategory.SMALL_PASSENGER and (vehicle.seats or 0) <= MOST_SEATS
    if not is_small and not is_saloon:
        return Belonging(CycleGroup.GOODS_OR_LARGE, (Message("standards.cycle.large_passenger"),))
    if vehicle.is_minibus or vehicle.vehicle_type in MINIBUS_TYPES:
        return Belonging(CycleGroup.PRIVATE_SMALL_EXCLUDED, (Message("standards.cycle.minibus"),))
    found = Belonging(CycleGroup.PRIVATE_SMALL, (Message("standards.cycle.private_small"),))
    return _unless_excluded(vehicle, circumstances, found, CycleGroup.PRIVATE_SMALL_EXCLUDED)


def _unless_excluded(vehicle: Traits, circumstances: Circumstances, found: Belonging, instead: CycleGroup) -> Belonging:
    """Return the group that qualifies for mark-only years, or the one of vehicles that are excluded from them."""
    reasons = []
    if circumstances.had_casualty_accident or vehicle.had_casualty_accident:
        reasons.append(Message("standards.cycle.casualty_accident"))
    if circumstances.was_illegally_modified:
        reasons.append(Message("standards.cycle.illegally_modified"))
    if made_long_before(vehicle):
        reasons.append(Message("standards.cycle.made_long_before", {"years": MOST_YEARS_IN_STOCK}))
    if reasons:
        return Belonging(instead, (*found.reasons, *reasons))
    if circumstances.was_commercial or vehicle.use_code in FORMER_CODES:
        reason = Message("standards.cycle.was_commercial")
        return Belonging(instead, (*found.reasons, reason), Confidence.SINGLE_SOURCE)
    return found


def made_long_before(vehicle: Traits) -> bool:
    """Say whether more than four years lay between leaving the factory and first registration; unknown days say no."""
    made, registered = vehicle.manufactured_on, vehicle.registered_on
    if made is None or registered is None or made >= registered:
        return False
    year = made.year + MOST_YEARS_IN_STOCK
    last_day = calendar.monthrange(year, made.month)[1]
    return registered > made.replace(year=year, day=min(made.day, last_day))
