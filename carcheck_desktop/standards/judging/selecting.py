"""Which limit holds: by brake class, axle place, the axle's rounded rate, total over curb mass."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.classes import brake_class
from carcheck_desktop.standards.families.axes import MassRatio, Place, RateBranch, Tester

if TYPE_CHECKING:
    from decimal import Decimal

    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.loading.edition import Limit


@dataclass(frozen=True, slots=True)
class ParkingLimit:
    """The parking limit; `other` is set where only a choice of reading decides."""

    limit: Limit
    other: Limit | None = None


def place_of(case: Case, axle: int) -> Place:
    """Return whether an axle counts as a front or a rear axle."""
    return Place.FRONT if axle <= case.vehicle.front_axle_count else Place.REAR


def rate_limit(case: Case, axle: int, tester: Tester = Tester.ROLLER) -> Limit:
    """Return the limit of an axle's brake rate."""
    return case.limit(
        Quantity.AXLE_BRAKE_RATE, brake_class=brake_class(case), tester=tester, place=place_of(case, axle)
    )


def branch_of(case: Case, rounded_rate: Decimal) -> RateBranch:
    """Return the case of the imbalance that an axle's rounded rate chooses; only rear axles have two."""
    is_strong = rounded_rate >= case.constant("imbalance_branch_rate")
    return RateBranch.RATE_FROM if is_strong else RateBranch.RATE_BELOW


def is_of_load(case: Case, axle: int, rounded_rate: Decimal) -> bool:
    """Say whether the difference is divided by the axle load: at a weak rear axle."""
    return place_of(case, axle) is Place.REAR and branch_of(case, rounded_rate) is RateBranch.RATE_BELOW


def imbalance_limit(case: Case, axle: int, rounded_rate: Decimal) -> Limit:
    """Return the limit of an axle's imbalance; at a rear axle its rounded brake rate chooses it."""
    return case.limit(
        Quantity.IMBALANCE,
        brake_class=brake_class(case),
        inspection=case.inspection,
        place=place_of(case, axle),
        branch=branch_of(case, rounded_rate),
    )


def parking_limit(case: Case) -> ParkingLimit:
    """Return the parking limit for the vehicle's total over curb mass."""
    vehicle = case.vehicle
    curb_kg = vehicle.require("curb_mass_kg", vehicle.curb_mass_kg)
    total_kg = vehicle.require("total_mass_kg", vehicle.total_mass_kg)

    def limit(ratio: MassRatio) -> Limit:
        return case.limit(Quantity.PARKING_BRAKE_RATE, brake_class=brake_class(case), mass_ratio=ratio)

    at_ratio_kg = Fraction(case.constant("parking_mass_ratio")) * curb_kg
    if total_kg != at_ratio_kg:
        return ParkingLimit(limit(MassRatio.BELOW if total_kg < at_ratio_kg else MassRatio.FROM))
    chosen = MassRatio(case.choice("parking_at_mass_ratio"))
    spared = MassRatio.FROM if chosen is MassRatio.BELOW else MassRatio.BELOW
    return ParkingLimit(limit(chosen), limit(spared))
