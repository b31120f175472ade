"""What a station's lanes do of the method that a vehicle is asked for; what cannot be asked here is said by name.

Two-speed idle without a reason is the relaxed method that supervisors look for first: it is planned only for a
vehicle that a dynamometer cannot take, and the plan gives that reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message, Problem, Severity
from carcheck_desktop.domain.vehicle import Fuel, InspectionKind
from carcheck_desktop.domain.verdicts import Confidence, ItemKind, PlannedItem, Purpose, UnmetDemand
from carcheck_desktop.standards.case import Case
from carcheck_desktop.standards.emission.judging import ITEM
from carcheck_desktop.standards.emission.method import petrol_obstacle
from carcheck_desktop.standards.traits import traits_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from carcheck_desktop.domain.vehicle import Vehicle
    from carcheck_desktop.standards.loading.edition import Edition


@dataclass(frozen=True, slots=True)
class EmissionPlan:
    """What is asked of a vehicle's exhaust: an item, or why none is asked, or what stands in the way."""

    item: PlannedItem | None = None
    confidence: Confidence = Confidence.SOURCED
    not_asked: Message | None = None
    unmet: UnmetDemand | None = None


def emission_plan(tables: Edition, vehicle: Vehicle, on: date, equipment: Collection[ItemKind]) -> EmissionPlan:
    """Return what is asked on the day; `equipment` has the kinds of items that some lane of the station can do."""
    tables.require_in_force(on)
    other = _by_fuel(vehicle.fuel.upper())
    if other is not None:
        return other
    found = petrol_obstacle(Case(tables, traits_of(vehicle), InspectionKind.IN_USE, on))
    if found is None:
        is_unknown = vehicle.has_traction_control_always_on is None or vehicle.drive is None
        return _unmet("standards.emission.loaded_or_unknown" if is_unknown else "standards.emission.loaded")
    reason, confidence = found
    if ItemKind.TWO_SPEED_IDLE not in equipment:
        return _unmet("standards.emission.no_analyser")
    item = PlannedItem(ITEM, ItemKind.TWO_SPEED_IDLE, 0, reason, (Purpose.EMISSION,))
    return EmissionPlan(item, confidence)


def _by_fuel(fuel: str) -> EmissionPlan | None:
    """Return what becomes of a vehicle that does not run on petrol alone; None for one that does."""
    if fuel == Fuel.PETROL:
        return None
    if fuel == Fuel.ELECTRIC:
        return EmissionPlan(None, Confidence.RECALLED, Message("standards.emission.electric"))
    if not fuel:
        return _unmet("standards.emission.no_fuel")
    if fuel == Fuel.DIESEL:
        return _unmet("standards.emission.diesel")
    return _unmet("standards.emission.other_fuel", fuel=fuel)


def _unmet(code: str, **params: str) -> EmissionPlan:
    problem = Problem(code, dict(params), Severity.WARNING)
    return EmissionPlan(unmet=UnmetDemand(Purpose.EMISSION, problem))
