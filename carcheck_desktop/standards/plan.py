"""Which items a vehicle is asked for on the lane, in lane order, each with its reason.

Only what a lane with a scale and a roller bench can do. The supervision platform's own list,
where there is one, overrides this plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.messages import Message, Param
from carcheck_desktop.domain.vehicle import InspectionKind, Use, VehicleCategory
from carcheck_desktop.domain.vehicle_types import MINIBUSES
from carcheck_desktop.domain.verdicts import Confidence, ItemKind, PlannedItem, UnmetDemand
from carcheck_desktop.standards.case import Case
from carcheck_desktop.standards.families.axes import YearCount
from carcheck_desktop.standards.planning.lane import lane_plan
from carcheck_desktop.standards.planning.years import is_over
from carcheck_desktop.standards.traits import traits_of

if TYPE_CHECKING:
    from datetime import date

    from carcheck_desktop.domain.vehicle import Vehicle
    from carcheck_desktop.standards.loading.edition import Edition

PARKING_ITEM = "B0"
MOST_AXLES = 5
"""GB 38900 has item codes B1 to B5."""


@dataclass(frozen=True, slots=True)
class NotAsked:
    """An item the vehicle is spared, why, and how well that rule is known."""

    item: str
    reason: Message
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked, in lane order, and what is not; `doubts` has the items asked by a doubtful rule.

    `unmet` is what must be asked and cannot be done or told here.
    """

    items: tuple[PlannedItem, ...]
    not_asked: tuple[NotAsked, ...]
    doubts: tuple[tuple[str, Confidence], ...] = ()
    unmet: tuple[UnmetDemand, ...] = ()


def plan(tables: Edition, vehicle: Vehicle, inspection: InspectionKind, on: date) -> Plan:
    """Return the plan of one inspection on one day.

    Vehicles other than small passenger cars are planned by the catalogue of items; what no lane has an instrument for is
    unmet. Raises `DataError` when the edition is not in force, or when the vehicle's days or axles cannot be.
    """
    tables.require_in_force(on)
    _check(vehicle, inspection, on)
    if vehicle.category is not VehicleCategory.SMALL_PASSENGER:
        return _of_catalogue(Case(tables, traits_of(vehicle), inspection, on))
    axles = range(1, vehicle.axles + 1)
    weighings = [
        PlannedItem(f"W{axle}", ItemKind.AXLE_WEIGHING, axle, Message("standards.plan.weighing", {"axle": axle}))
        for axle in axles
    ]
    brakes = [
        PlannedItem(f"B{axle}", ItemKind.SERVICE_BRAKE, axle, Message("standards.plan.service_brake", {"axle": axle}))
        for axle in axles
    ]
    is_asked, reason, confidence = parking_demand(tables, vehicle, on)
    spared = [NotAsked("L", Message("standards.plan.no_loaded_brake"), Confidence.RECALLED)]
    if not is_asked:
        return Plan((*weighings, *brakes), (NotAsked(PARKING_ITEM, reason, confidence), *spared))
    sole = vehicle.parking_axles[0] if len(vehicle.parking_axles) == 1 else 0
    parking = PlannedItem(PARKING_ITEM, ItemKind.PARKING_BRAKE, sole, reason)
    doubts = () if confidence is Confidence.SOURCED else ((PARKING_ITEM, confidence),)
    return Plan((*weighings, *brakes, parking), tuple(spared), doubts)


def _of_catalogue(case: Case) -> Plan:
    found = lane_plan(case)
    spared = tuple(NotAsked(each.code, each.reasons[0], each.confidence) for each in found.spared)
    doubts = tuple(
        (each.code, each.confidence) for each in found.entries if each.confidence is not Confidence.SOURCED
    )  # fmt: skip
    return Plan(found.items, spared, doubts, found.unmet)


def parking_demand(tables: Edition, vehicle: Vehicle, on: date) -> tuple[bool, Message, Confidence]:
    """Say whether the parking brake is tested, why, and how well that is known.

    A private small passenger car that is no minibus (面包车) is spared while it has few seats and few years.
    """
    seats_from = tables.constants.at("parking_seats_from", on)
    years_over = tables.constants.at("parking_years_over", on)
    count = tables.settings.at("ten_year_count", on)
    if vehicle.use is not Use.PRIVATE:
        return True, Message("standards.plan.parking_commercial"), Confidence.SINGLE_SOURCE
    if vehicle.vehicle_type.upper() in MINIBUSES:
        return True, Message("standards.planning.thorough.minibus"), seats_from.ground.confidence
    if vehicle.seats >= seats_from.value:
        seats: dict[str, Param] = {"seats": vehicle.seats, "from": int(seats_from.value)}
        return True, Message("standards.plan.parking_seats", seats), seats_from.ground.confidence
    years: dict[str, Param] = {"years": int(years_over.value), "registered_on": vehicle.registered_on.isoformat()}
    counts = {mode: is_over(vehicle.registered_on, on, int(years_over.value), mode) for mode in YearCount}
    is_decided_by_count = len(set(counts.values())) > 1
    confidence = count.ground.confidence if is_decided_by_count else years_over.ground.confidence
    if counts[YearCount(count.value)]:
        return True, Message("standards.plan.parking_over_years", years), confidence
    few: dict[str, Param] = {**years, "seats": vehicle.seats, "from": int(seats_from.value)}
    return False, Message("standards.plan.parking_spared", few), confidence


def _check(vehicle: Vehicle, inspection: InspectionKind, on: date) -> None:
    if not 1 <= vehicle.axles <= MOST_AXLES:
        raise DataError("standards.plan.axles", axles=vehicle.axles, most=MOST_AXLES)
    outside = [axle for axle in vehicle.parking_axles if not 1 <= axle <= vehicle.axles]
    if outside or not vehicle.parking_axles or len(set(vehicle.parking_axles)) != len(vehicle.parking_axles):
        shown = ", ".join(str(axle) for axle in vehicle.parking_axles)
        raise DataError("standards.plan.parking_axles", parking_axles=shown or "-", axles=vehicle.axles)
    if vehicle.manufactured_on > on:
        raise DataError("standards.plan.made_later", manufactured_on=vehicle.manufactured_on, on=on)
    if inspection is InspectionKind.IN_USE and vehicle.registered_on > on:
        raise DataError("standards.plan.registered_later", registered_on=vehicle.registered_on, on=on)
