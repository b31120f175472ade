"""Which limit holds: by brake class, axle place, the axle's rounded rate, total over curb mass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Confidence, Quantity
from carcheck_desktop.standards.cards import Doubt, is_met
from carcheck_desktop.standards.classes import (
    brake_class,
    brake_class_or,
    mass_ratio,
    other_class,
    possible_classes,
)
from carcheck_desktop.standards.families.axes import BrakeClass, MassRatio, Place, RateBranch, Tester
from carcheck_desktop.standards.rounding import plain

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.loading.edition import Limit


@dataclass(frozen=True, slots=True)
class ParkingLimit:
    """The parking limit; `other` is set where only a choice of reading decides, `full` is the higher one of all vehicles."""

    limit: Limit
    full: Limit
    other: Limit | None = None


def place_of(case: Case, axle: int) -> Place:
    """Return whether an axle counts as a front or a rear axle; every axle of a trailer is a rear axle."""
    is_front = not case.vehicle.is_trailer and axle <= case.vehicle.front_axle_count
    return Place.FRONT if is_front else Place.REAR


def rate_limit(case: Case, axle: int, tester: Tester = Tester.ROLLER) -> Limit:
    """Return the limit of an axle's brake rate."""
    return rate_of(case, place_of(case, axle), tester, loaded=False)


def rate_of(case: Case, place: Place, tester: Tester, *, loaded: bool) -> Limit:
    """Return the limit of an axle's brake rate, or of its loaded one."""
    if loaded:
        return limit_of_class(case, Quantity.LOADED_AXLE_BRAKE_RATE)
    return limit_of_class(case, Quantity.AXLE_BRAKE_RATE, tester=tester, place=place)


def limit_of_class(case: Case, quantity: Quantity, **axes: str) -> Limit:
    """Return the limit of the vehicle's row, or the one that all rows share which it may be in.

    Raises `DataError` naming the fact that decides and is not known.
    """
    first, *others = (case.limit(quantity, brake_class=each, **axes) for each in possible_classes(case))
    if all((each.bound, each.figures) == (first.bound, first.figures) for each in others):
        return first
    return case.limit(quantity, brake_class=brake_class(case), **axes)


def class_doubts(case: Case, limit: Limit, exact: Fraction, **axes: str) -> list[Doubt]:
    """Return the doubt about a vehicle that is in two rows of the table, where the other row turns the verdict."""
    second = other_class(case)
    if second is None:
        return []
    other, value = case.limit(limit.quantity, brake_class=second, **axes), case.rounded(limit.quantity, exact)
    if is_met(other, value) == is_met(limit, value):
        return []
    return [Doubt(Confidence.DISPUTED, Message("standards.doubt.two_rows", {"other": plain(other.value)}))]


def branch_of(case: Case, rounded_rate: Decimal) -> RateBranch:
    """Return the case of the imbalance that an axle's rounded rate chooses; only rear axles have two."""
    is_strong = rounded_rate >= case.constant("imbalance_branch_rate")
    return RateBranch.RATE_FROM if is_strong else RateBranch.RATE_BELOW


def imbalance_of(case: Case, place: Place, branch: RateBranch) -> Limit:
    """Return the limit of an imbalance; of a vehicle that nobody named, that of cars, which is all but motorcycles'."""
    axes = {"inspection": case.inspection.value, "place": place.value, "branch": branch.value}
    if case.vehicle.category is None and case.vehicle.vehicle_type is None:
        return case.limit(Quantity.IMBALANCE, brake_class=BrakeClass.OTHER, **axes)
    return limit_of_class(case, Quantity.IMBALANCE, **axes)


def parking_limit(case: Case) -> ParkingLimit:
    """Return the parking limit for the vehicle's total over curb mass."""

    def limit(ratio: MassRatio) -> Limit:
        group = brake_class_or(case, BrakeClass.OTHER)
        return case.limit(Quantity.PARKING_BRAKE_RATE, brake_class=group, mass_ratio=ratio)

    exact = mass_ratio(case, "parking_mass_ratio")
    if exact is not None:
        return ParkingLimit(limit(exact), limit(MassRatio.FROM))
    chosen = MassRatio(case.choice("parking_at_mass_ratio"))
    spared = MassRatio.FROM if chosen is MassRatio.BELOW else MassRatio.BELOW
    return ParkingLimit(limit(chosen), limit(MassRatio.FROM), limit(spared))
