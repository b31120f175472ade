"""What a lane can do of the plan of a vehicle that is no small passenger car, and what it has no instrument for.

Small passenger cars have their plan in `plan`. What a person does by hand, or another station, is no item of a lane.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message, Problem, Severity
from carcheck_desktop.domain.verdicts import ItemKind, PlannedItem, Purpose, UnmetDemand
from carcheck_desktop.standards.families.planning import InspectionPart
from carcheck_desktop.standards.planning.asking import Question, ask
from carcheck_desktop.standards.planning.groups import group_of
from carcheck_desktop.standards.planning.route import loaded_of

if TYPE_CHECKING:
    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.planning.entries import Entry, Spared

KINDS = {
    "axle_load": ItemKind.AXLE_WEIGHING,
    "service_brake": ItemKind.SERVICE_BRAKE,
    "parking_brake": ItemKind.PARKING_BRAKE,
}
"""Items of the catalogue that a lane with a scale and a roller bench does."""


@dataclass(frozen=True, slots=True)
class LanePlan:
    """The items of the lane in its order, what the vehicle is spared of its instruments, and what is missing here."""

    items: tuple[PlannedItem, ...]
    entries: tuple[Entry, ...]
    spared: tuple[Spared, ...]
    unmet: tuple[UnmetDemand, ...]


def lane_plan(case: Case) -> LanePlan:
    """Return what a lane does; raise `DataError` naming the field that decides and is not known."""
    question = Question(case, group_of(case.vehicle), loaded_of(case).axles)
    catalogue = [case.edition.items.at(name, case.on) for name in case.edition.items.rows]
    entries, spared = ask(question, [item for item in catalogue if item.stage is InspectionPart.INSTRUMENT])
    here = tuple(each for each in entries if each.name in KINDS)
    items = tuple(_item(case, each) for each in here)
    missing = {each.name: each for each in entries if each.name not in KINDS}
    return LanePlan(items, here, spared, tuple(_unmet(name) for name in missing))


def _item(case: Case, entry: Entry) -> PlannedItem:
    kind = KINDS[entry.name]
    axle = entry.axle
    if kind is ItemKind.PARKING_BRAKE:
        axles = case.vehicle.parking_axles or ()
        return PlannedItem(entry.code, kind, axles[0] if len(axles) == 1 else 0, entry.reasons[-1])
    if kind is ItemKind.SERVICE_BRAKE:
        return PlannedItem(entry.code, kind, axle, Message("standards.plan.service_brake", {"axle": axle}))
    return PlannedItem(entry.code, kind, axle, Message("standards.plan.weighing", {"axle": axle}))


def _unmet(name: str) -> UnmetDemand:
    problem = Problem("standards.planning.no_instrument", {"item": f"standards.item.{name}"}, Severity.WARNING)
    return UnmetDemand(Purpose.SAFETY, problem)
