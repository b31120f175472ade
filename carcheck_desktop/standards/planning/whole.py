"""The plan of a whole inspection: items, photos, loaded axles, brake tester and exhaust method of one vehicle on one day.

A part that cannot be told for want of a fact is left out and named in `unanswered`; the rest of the plan stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.standards.bench.asked import BrakeTest
from carcheck_desktop.standards.case import Case
from carcheck_desktop.standards.cycle.dates import NOTHING_ELSE, cycle_of
from carcheck_desktop.standards.emission.method import NOT_SEEN, Fitness
from carcheck_desktop.standards.families.known import PETROL
from carcheck_desktop.standards.families.planning import Asked
from carcheck_desktop.standards.planning.asking import Question, ask, entry_of
from carcheck_desktop.standards.planning.entries import InspectionPlan, Unanswered
from carcheck_desktop.standards.planning.exhaust import exhaust_plan
from carcheck_desktop.standards.planning.groups import group_of
from carcheck_desktop.standards.planning.photographs import photos_of
from carcheck_desktop.standards.planning.route import Loaded, loaded_of, route_of

if TYPE_CHECKING:
    from datetime import date

    from carcheck_desktop.standards.cycle.dates import Cycle
    from carcheck_desktop.standards.cycle.groups import Circumstances
    from carcheck_desktop.standards.loading.edition import Edition
    from carcheck_desktop.standards.planning.entries import Choice, Entry, Spared
    from carcheck_desktop.standards.planning.exhaust import ExhaustPlan
    from carcheck_desktop.standards.traits import Traits

T = TypeVar("T")
ROAD_ITEMS = ("road_brake", "road_parking")


@dataclass(frozen=True, slots=True)
class Books:
    """The editions of the day: safety, and those of exhaust where a station has them."""

    safety: Edition
    petrol: Edition | None = None
    diesel: Edition | None = None

    @property
    def hashes(self) -> dict[str, str]:
        """The hash of each edition's file by the edition's name."""
        return {each.edition: each.table_hash for each in (self.safety, self.petrol, self.diesel) if each is not None}


@dataclass(frozen=True, slots=True)
class Occasion:
    """What is planned for: the vehicle, the kind of inspection, the day, and the station's or platform's own settings.

    `free_rollers` says that the station has rollers that leave the other axles free.
    """

    vehicle: Traits
    inspection: InspectionKind
    on: date
    choices: Mapping[str, str] = field(default_factory=dict)
    free_rollers: bool = False
    fitness: Fitness = NOT_SEEN
    circumstances: Circumstances = NOTHING_ELSE


def inspection_plan(books: Books, occasion: Occasion) -> InspectionPlan:
    """Return the plan; raise `DataError` when the edition is not in force, or when nothing at all can be told."""
    books.safety.require_in_force(occasion.on)
    case = _case(books.safety, occasion)
    open_parts: list[Unanswered] = []
    route = _try("tester", lambda: route_of(case, free_rollers=occasion.free_rollers), open_parts)
    loaded = _try("loaded_axles", lambda: loaded_of(case), open_parts) or Loaded(None)
    exhaust = _try("emission", lambda: _exhaust(books, occasion), open_parts)
    cycle = _try("cycle", lambda: _cycle(case, occasion), open_parts)
    group = _try("items", lambda: group_of(case.vehicle), open_parts)
    entries: tuple[Entry, ...] = ()
    spared: tuple[Spared, ...] = ()
    if group is not None:
        on_plates = route is not None and route.words[0] == BrakeTest.PLATE
        has_exhaust = exhaust is None or bool(exhaust.entries)
        question = Question(case, group, loaded.axles, on_plates, has_exhaust)
        catalogue = [case.edition.items.at(name, case.on) for name in case.edition.items.rows]
        entries, spared = ask(question, catalogue)
        entries = (*entries, *_road(case, route))
    if exhaust is not None:
        entries, spared = (*entries, *exhaust.entries), (*spared, *exhaust.spared)
    return InspectionPlan(
        inspection=occasion.inspection,
        on=occasion.on,
        group=group,
        entries=entries,
        spared=spared,
        photos=photos_of(entries),
        loaded_axles=loaded.axles,
        loaded_reasons=loaded.reasons,
        unloaded_reasons=loaded.spared,
        tester=route,
        emission=exhaust.choice if exhaust is not None else None,
        cycle=cycle,
        unanswered=tuple(open_parts),
        editions=books.hashes,
    )


def _case(edition: Edition, occasion: Occasion) -> Case:
    choices = {key: word for key, word in occasion.choices.items() if key in edition.family.settings}
    return Case(edition, occasion.vehicle, occasion.inspection, occasion.on, choices)


def _exhaust(books: Books, occasion: Occasion) -> ExhaustPlan:
    """Return what is asked of the exhaust; which method is for whom stands in the edition for petrol, of diesel too."""
    if books.petrol is None:
        raise DataError("standards.tables.no_edition", family=PETROL.name, on=occasion.on.isoformat())
    books.petrol.require_in_force(occasion.on)
    return exhaust_plan(_case(books.petrol, occasion), occasion.fitness)


def _cycle(case: Case, occasion: Occasion) -> Cycle:
    return cycle_of(case.edition, case.vehicle, case.on, occasion.circumstances)


def _try(part: str, tell: Callable[[], T], open_parts: list[Unanswered]) -> T | None:
    """Return a part of the plan, or note what keeps it from being told."""
    try:
        return tell()
    except DataError as error:
        open_parts.append(Unanswered(part, error.problem))
        return None


def _road(case: Case, route: Choice | None) -> list[Entry]:
    """Return the road test where no roller bench can be used: it is made where the station has no plates either."""
    if route is None or {BrakeTest.ROLLER, BrakeTest.FREE_ROLLER} & set(route.words):
        return []
    reasons = (*route.reasons, Message("standards.planning.route.without_plates"))
    entries = [entry_of(case.edition.items.at(name, case.on), reasons, route.confidence) for name in ROAD_ITEMS]
    return [replace(each, asked=Asked.IF_FITTED) for each in entries]
