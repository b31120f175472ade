"""Which limit holds: by axle place, by the axle's rounded rate, by total over curb mass."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.tables import Branch, Place

if TYPE_CHECKING:
    from datetime import date

    from carcheck_desktop.domain.vehicle import InspectionKind, Vehicle
    from carcheck_desktop.standards.tables import Limit, Setting, Tables


@dataclass(frozen=True, slots=True)
class ParkingLimit:
    """The parking limit; `other` and `choice` are set where only a choice of reading decides."""

    limit: Limit
    other: Limit | None = None
    choice: Setting | None = None


def place_of(tables: Tables, on: date, axle: int) -> Place:
    """Return whether an axle counts as a front or a rear axle."""
    return Place.FRONT if axle <= tables.constant("front_axles", on) else Place.REAR


def rate_limit(tables: Tables, vehicle: Vehicle, inspection: InspectionKind, on: date, axle: int) -> Limit:
    """Return the limit of an axle's brake rate."""
    case = (Quantity.AXLE_BRAKE_RATE, place_of(tables, on, axle), Branch.ANY)
    return tables.limit(vehicle.category, inspection, case, on)


def imbalance_limit(
    tables: Tables, vehicle: Vehicle, inspection: InspectionKind, on: date, axle: int, rounded_rate: Decimal
) -> Limit:
    """Return the limit of an axle's imbalance; at a rear axle its rounded brake rate chooses it."""
    place, branch = place_of(tables, on, axle), Branch.ANY
    if place is Place.REAR:
        is_strong = rounded_rate >= tables.constant("imbalance_branch_rate", on)
        branch = Branch.RATE_FROM if is_strong else Branch.RATE_BELOW
    return tables.limit(vehicle.category, inspection, (Quantity.IMBALANCE, place, branch), on)


def parking_limit(tables: Tables, vehicle: Vehicle, inspection: InspectionKind, on: date) -> ParkingLimit:
    """Return the parking limit for the vehicle's total over curb mass."""

    def limit(branch: Branch) -> Limit:
        case = (Quantity.PARKING_BRAKE_RATE, Place.WHOLE, branch)
        return tables.limit(vehicle.category, inspection, case, on)

    at_ratio_kg = Fraction(tables.constant("parking_mass_ratio", on)) * vehicle.curb_mass_kg
    if vehicle.total_mass_kg != at_ratio_kg:
        is_below = vehicle.total_mass_kg < at_ratio_kg
        return ParkingLimit(limit(Branch.MASS_RATIO_BELOW if is_below else Branch.MASS_RATIO_FROM))
    choice = tables.settings.at("parking_at_mass_ratio", on)
    chosen = Branch(choice.value)
    spared = {Branch.MASS_RATIO_BELOW, Branch.MASS_RATIO_FROM} - {chosen}
    return ParkingLimit(limit(chosen), limit(spared.pop()), choice)
