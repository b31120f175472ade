"""On what the brakes of a vehicle can be tested, and on which axles under load, as the brakes' own rules say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.vehicle import Drive
from carcheck_desktop.domain.verdicts import Confidence
from carcheck_desktop.standards.bench.asked import LOADED_CATEGORIES, BrakeTest, loaded_test, tester_choice
from carcheck_desktop.standards.planning.entries import Choice

if TYPE_CHECKING:
    from carcheck_desktop.standards.case import Case


@dataclass(frozen=True, slots=True)
class Loaded:
    """Which axles are tested under load (None: nobody can tell), why these, and why not the others."""

    axles: tuple[int, ...] | None
    reasons: tuple[Message, ...] = ()
    spared: tuple[Message, ...] = ()
    confidence: Confidence = Confidence.SINGLE_SOURCE


def route_of(case: Case, *, free_rollers: bool) -> Choice:
    """Return on what the brakes may be tested, the usual first; what nobody said of the vehicle is noted."""
    vehicle = case.vehicle
    found = tester_choice(case, free_rollers=free_rollers)
    notes = []
    if BrakeTest.ROLLER not in found.tests and vehicle.drive is Drive.ALL_PERMANENT:
        notes.append(Message("standards.planning.route.no_speedometer"))
    if vehicle.drive is None and not vehicle.is_trailer:
        notes.append(Message("standards.planning.route.drive_not_known"))
    return Choice(tuple(each.value for each in found.tests), (found.reason,), found.confidence, tuple(notes))


def loaded_of(case: Case) -> Loaded:
    """Return which axles are tested under load; raise `DataError` naming the field that decides and is not known."""
    vehicle = case.vehicle
    category = vehicle.require("category", vehicle.category)
    if category not in LOADED_CATEGORIES and not vehicle.is_trailer:
        return Loaded((), (), (Message("standards.loaded.not_for"),))
    found = loaded_test(case)
    messages: list[Message] = []
    for axle in sorted(found.spared):
        if found.spared[axle] not in messages:  # what spares all axles is said once
            messages.append(found.spared[axle])
    return Loaded(found.axles, tuple(found.reasons[axle] for axle in found.axles), tuple(messages), found.confidence)
