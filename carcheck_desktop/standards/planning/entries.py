"""The plan of a whole inspection as data: what is asked, what is not, photos, methods, and what could not be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from carcheck_desktop.base.messages import Message, Problem
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import Confidence, Purpose
from carcheck_desktop.standards.cycle.dates import Cycle
from carcheck_desktop.standards.families.planning import Asked, InspectionPart, VehicleGroup


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to do: `code` is the upload's item code, `number` the manual item's (0: none), `axle` from 1 (0: none).

    `name` is the item's own name, the same in every edition. Every reason holds together with the others.
    """

    name: str
    code: str
    number: int
    field: str
    stage: InspectionPart
    axle: int
    asked: Asked
    reasons: tuple[Message, ...]
    confidence: Confidence
    purposes: tuple[Purpose, ...]
    photos: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Spared:
    """One item that is not asked of this vehicle, and why."""

    name: str
    code: str
    number: int
    stage: InspectionPart
    reasons: tuple[Message, ...]
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Photo:
    """One photo of the platform's list of kinds (`zpzl`), the items it belongs to, and whether somebody must see first."""

    code: str
    items: tuple[str, ...]
    asked: Asked


@dataclass(frozen=True, slots=True)
class Choice:
    """A method that was chosen, by name and the usual first where several will do, with every reason and what to mind."""

    words: tuple[str, ...]
    reasons: tuple[Message, ...]
    confidence: Confidence
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A part of the plan that could not be told, because of a fact that nobody gave or that cannot be."""

    part: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class InspectionPlan:
    """What one inspection of one vehicle asks for on one day.

    `loaded_axles` is None where nobody can tell; `cycle` is expected, the platform's date goes before it. `editions` maps the
    name of each edition used to the hash of its file.
    """

    inspection: InspectionKind
    on: date
    group: VehicleGroup | None
    entries: tuple[Entry, ...]
    spared: tuple[Spared, ...]
    photos: tuple[Photo, ...]
    loaded_axles: tuple[int, ...] | None = None
    loaded_reasons: tuple[Message, ...] = ()
    unloaded_reasons: tuple[Message, ...] = ()
    tester: Choice | None = None
    emission: Choice | None = None
    cycle: Cycle | None = None
    unanswered: tuple[Unanswered, ...] = ()
    editions: Mapping[str, str] = field(default_factory=dict)
