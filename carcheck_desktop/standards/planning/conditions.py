"""Whether a condition of the item catalogue is true of a vehicle, false, or not known: each by the facts that decide it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.vehicle import Fuel, Suspension, Use, UseCode, VehicleCategory
from carcheck_desktop.domain.vehicle_types import MINIBUSES
from carcheck_desktop.domain.verdicts import Confidence
from carcheck_desktop.standards.families.axes import YearCount
from carcheck_desktop.standards.families.planning import Condition
from carcheck_desktop.standards.planning.groups import HEAVY, LARGER_BUSES, MEDIUM, TRACTOR_UNITS
from carcheck_desktop.standards.planning.years import is_over

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.base.messages import Param
    from carcheck_desktop.standards.case import Case

SCHOOL_BUSES = frozenset(
    (UseCode.NURSERY_BUS, UseCode.PRIMARY_SCHOOL_BUS, UseCode.OTHER_SCHOOL_BUS, UseCode.SCHOOL_BUS)
)
SCHOOL_BUS_TYPES = ("K18", "K28", "K38")
OPEN_BODIES = {"H": "1579", "G": "157", "B": "157"}
"""Third sign of the vehicle type of bodies with boards (ordinary, flat, tipping, stake); recalled."""
TANK_BODIES = {"H": "4", "G": "3", "B": "3"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of a condition: `holds` is None when the facts in `unknown` are missing.

    `doubt` is set where a reading of the standard that is not well known decides, `reason` where the condition's own name
    says too little.
    """

    holds: bool | None
    unknown: tuple[str, ...] = ()
    doubt: Confidence | None = None
    reason: Message | None = None


def find(case: Case, condition: Condition, loaded_axles: tuple[int, ...] | None) -> Finding:
    """Hold one condition against the vehicle of a case; `loaded_axles` is None when they could not be told."""
    if condition is Condition.HAS_LOADED_AXLES:
        return Finding(None, ("axles",)) if loaded_axles is None else Finding(bool(loaded_axles))
    return RULES[condition](case)


def is_minibus(case: Case) -> bool | None:
    """Say whether a vehicle is a 面包车: as told, else by its type code; None when neither says."""
    vehicle = case.vehicle
    if vehicle.is_minibus is not None or vehicle.vehicle_type is None:
        return vehicle.is_minibus
    return vehicle.vehicle_type.upper() in MINIBUSES


def _whatever_its_age(case: Case) -> Message | None:
    """Return why a private small car is inspected like others whatever its age; None when it is not."""
    vehicle, seats_from = case.vehicle, int(case.constant("parking_seats_from"))
    if is_minibus(case):
        return Message("standards.planning.thorough.minibus")
    if vehicle.had_casualty_accident:
        return Message("standards.planning.thorough.accident")
    if vehicle.seats is not None and vehicle.seats >= seats_from:
        return Message("standards.planning.thorough.seats", {"seats": vehicle.seats, "from": seats_from})
    return None


def _thorough(case: Case) -> Finding:
    """Return whether a private small car is one of those that are inspected like others."""
    vehicle = case.vehicle
    found = _whatever_its_age(case)
    if found is not None:
        return Finding(True, reason=found)
    seats_from, years = int(case.constant("parking_seats_from")), int(case.constant("parking_years_over"))
    if vehicle.registered_on is None:
        return Finding(None, ("registered_on",))
    counts = {mode: is_over(vehicle.registered_on, case.on, years, mode) for mode in YearCount}
    is_decided_by_count = len(set(counts.values())) > 1
    doubt = case.choice_confidence("ten_year_count") if is_decided_by_count else None
    params: dict[str, Param] = {"years": years, "registered_on": vehicle.registered_on.isoformat()}
    if counts[YearCount(case.choice("ten_year_count"))]:
        return Finding(True, doubt=doubt, reason=Message("standards.planning.thorough.years", params))
    if vehicle.seats is None:
        return Finding(None, ("seats",))
    params |= {"seats": vehicle.seats, "from": seats_from}
    return Finding(False, doubt=doubt, reason=Message("standards.planning.thorough.not", params))


def _of_category(*wanted: frozenset[VehicleCategory]) -> Callable[[Case], Finding]:
    members = frozenset[VehicleCategory]().union(*wanted)

    def rule(case: Case) -> Finding:
        category = case.vehicle.category
        return Finding(None, ("category",)) if category is None else Finding(category in members)

    return rule


def _no_tractor_unit(case: Case) -> Finding:
    category = case.vehicle.category
    return Finding(None, ("category",)) if category is None else Finding(category not in TRACTOR_UNITS)


def _body(kinds: dict[str, str]) -> Callable[[Case], Finding]:
    def rule(case: Case) -> Finding:
        code = (case.vehicle.vehicle_type or "").upper()
        if len(code) != len("H11"):
            return Finding(None, ("vehicle_type",))
        return Finding(code[2] in kinds.get(code[0], ""), doubt=Confidence.RECALLED)

    return rule


def _use_code(*wanted: UseCode) -> Callable[[Case], Finding]:
    def rule(case: Case) -> Finding:
        code = case.vehicle.use_code
        return Finding(None, ("use_code",)) if code is None else Finding(code in wanted)

    return rule


def _school_bus(case: Case) -> Finding:
    vehicle = case.vehicle
    if vehicle.vehicle_type is not None and vehicle.vehicle_type.upper() in SCHOOL_BUS_TYPES:
        return Finding(True)
    return Finding(None, ("use_code",)) if vehicle.use_code is None else Finding(vehicle.use_code in SCHOOL_BUSES)


def _commercial(case: Case) -> Finding:
    use = case.vehicle.use
    return Finding(None, ("use",)) if use is None else Finding(use is Use.COMMERCIAL)


def _dependent_front(case: Case) -> Finding:
    suspension = case.vehicle.front_suspension
    if suspension is None:
        return Finding(None, ("front_suspension",))
    return Finding(suspension is Suspension.DEPENDENT)


def _has_exhaust(case: Case) -> Finding:
    fuel = case.vehicle.fuel
    if fuel is None:
        return Finding(None, ("fuel",))
    return Finding(not set(fuel.upper()) <= {Fuel.ELECTRIC, Fuel.HYDROGEN, Fuel.SOLAR, Fuel.NONE})


RULES: dict[Condition, Callable[[Case], Finding]] = {
    Condition.HEAVY_OR_MEDIUM: _of_category(HEAVY, MEDIUM),
    Condition.HEAVY: _of_category(HEAVY),
    Condition.NO_TRACTOR_UNIT: _no_tractor_unit,
    Condition.LARGE_OR_MEDIUM_BUS: _of_category(LARGER_BUSES),
    Condition.OPEN_BODY: _body(OPEN_BODIES),
    Condition.TANK_BODY: _body(TANK_BODIES),
    Condition.THOROUGH: _thorough,
    Condition.DEPENDENT_FRONT_SUSPENSION: _dependent_front,
    Condition.COMMERCIAL: _commercial,
    Condition.SCHOOL_BUS: _school_bus,
    Condition.DANGEROUS_GOODS: _use_code(UseCode.DANGEROUS_GOODS),
    Condition.TRAINING: _use_code(UseCode.TRAINING),
    Condition.THREE_WHEELS: _of_category(frozenset((VehicleCategory.TRICYCLE_MOTORCYCLE,))),
    Condition.HAS_EXHAUST: _has_exhaust,
}
