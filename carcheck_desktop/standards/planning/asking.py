"""Of a catalogue of items: which are asked of a vehicle, how often, and why, and which are not, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message, Param, word
from carcheck_desktop.domain.vehicle import LampSystem, Use
from carcheck_desktop.domain.verdicts import Confidence, Purpose
from carcheck_desktop.standards.cards import WEAKER
from carcheck_desktop.standards.families.planning import Asked, Extent
from carcheck_desktop.standards.planning.conditions import find
from carcheck_desktop.standards.planning.entries import Entry, Spared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.families.planning import Condition, VehicleGroup
    from carcheck_desktop.standards.loading.items import Demand, Item
    from carcheck_desktop.standards.planning.conditions import Finding

LAMPS = {
    LampSystem.FOUR_HIGH_LOW: (1, 2, 3, 4),
    LampSystem.FOUR_HIGH: (1, 2, 3, 4),
    LampSystem.TWO_HIGH_LOW: (1, 4),
    LampSystem.TWO_LOW: (1, 4),
    LampSystem.ONE_HIGH: (1,),
}
"""Numbers of the lamps from the left of the vehicle to its right; the two of a pair are the outer ones."""
MOST_PLACES = {"B#": 5, "L#": 4}
"""The platform has item codes B1 to B5 and L1 to L4; what lies beyond on a road train has none."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the catalogue is asked for: the case, the vehicle's column, its loaded axles if known, and the brake tester."""

    case: Case
    group: VehicleGroup
    loaded_axles: tuple[int, ...] | None
    on_plates: bool = False
    with_exhaust: bool = True


@dataclass(frozen=True, slots=True)
class _Answer:
    """What became of one demand: `holds` None says that a person has to see."""

    demand: Demand
    holds: bool | None
    reasons: tuple[Message, ...]
    confidence: Confidence


def ask(question: Question, items: Sequence[Item]) -> tuple[tuple[Entry, ...], tuple[Spared, ...]]:
    """Return what is asked and what is not, both in the order of the catalogue."""
    entries: list[Entry] = []
    spared: list[Spared] = []
    for item in items:
        answers = [_answer(question, each) for each in item.demands if _fits(question, each)]
        best = min((each for each in answers if each.holds is not False), key=_rank, default=None)
        if best is not None:
            entries += _entries(question, item, best)
        elif item.demands:
            reasons, confidence = _why_not(question, item, answers)
            spared.append(Spared(item.name, _code(item, 0), item.number, item.stage, reasons, confidence))
    return tuple(entries), tuple(spared)


def entry_of(item: Item, reasons: tuple[Message, ...], confidence: Confidence) -> Entry:
    """Return an item that something else than its group asks for, such as the route of the brake test."""
    return Entry(
        item.name, item.code, item.number, item.field, item.stage, 0, Asked.ASKED, reasons, confidence, item.purposes,
        item.photos, item.ground.shown,
    )  # fmt: skip


def _fits(question: Question, demand: Demand) -> bool:
    return question.group in demand.groups and question.case.inspection in demand.inspections


def _rank(answer: _Answer) -> tuple[bool, bool]:
    """Order answers: what holds before what is not known, what must be before what may be."""
    return answer.holds is None, answer.demand.asked is Asked.IF_FITTED


def _answer(question: Question, demand: Demand) -> _Answer:
    case = question.case
    params: dict[str, Param] = {"group": word(question.group).code, "inspection": word(case.inspection).code}
    reasons = [Message("standards.planning.of_group", params)]
    doubts = [demand.confidence]
    unknown = False
    for condition in demand.conditions:
        found = find(case, condition, question.loaded_axles)
        doubts += [found.doubt] if found.doubt else []
        reason = found.reason or _reason(condition, found)
        if found.holds is False:
            return _Answer(demand, False, (reason,), _weakest(doubts))
        unknown = unknown or found.holds is None
        reasons.append(reason)
    for holds, message in _bounds(question, demand):
        if holds is False:
            return _Answer(demand, False, (message,), _weakest(doubts))
        unknown = unknown or holds is None
        reasons.append(message)
    if demand.asked is Asked.IF_FITTED:
        reasons.append(Message("standards.planning.if_fitted"))
    return _Answer(demand, None if unknown else True, tuple(reasons), _weakest(doubts))


def _reason(condition: Condition, found: Finding) -> Message:
    """Return a condition by its name as the reason for an item, against it, or for having a look."""
    params: dict[str, Param] = {"condition": f"standards.condition.{condition.value}"}
    if found.holds is None:
        params |= {"fields": ", ".join(f"vehicle.{each}" for each in found.unknown)}
        return Message("standards.planning.not_known", params)
    return (
        Message("standards.planning.because", params) if found.holds else Message("standards.planning.not_so", params)
    )


def _bounds(question: Question, demand: Demand) -> list[tuple[bool | None, Message]]:
    """Hold mass and day of registration against a demand's own bounds."""
    found: list[tuple[bool | None, Message]] = []
    vehicle = question.case.vehicle
    if demand.total_from_kg is not None:
        params: dict[str, Param] = {"from_kg": demand.total_from_kg, "mass_kg": vehicle.total_mass_kg or "-"}
        if vehicle.total_mass_kg is None:
            found.append((None, Message("standards.planning.mass_not_known", params)))
        elif vehicle.total_mass_kg >= demand.total_from_kg:
            found.append((True, Message("standards.planning.mass_from", params)))
        else:
            found.append((False, Message("standards.planning.mass_below", params)))
    if demand.registered_from is not None:
        day = vehicle.registered_on
        days: dict[str, Param] = {"first": demand.registered_from.isoformat(), "day": day.isoformat() if day else "-"}
        if day is None:
            found.append((None, Message("standards.planning.day_not_known", days)))
        elif day >= demand.registered_from:
            found.append((True, Message("standards.planning.registered_from", days)))
        else:
            found.append((False, Message("standards.planning.registered_before", days)))
    return found


def _why_not(question: Question, item: Item, answers: Sequence[_Answer]) -> tuple[tuple[Message, ...], Confidence]:
    """Return why none of an item's demands asks for it."""
    if answers:
        reasons: list[Message] = []
        for reason in (each for answer in answers for each in answer.reasons):
            if reason not in reasons:
                reasons.append(reason)
        return tuple(reasons), _weakest([each.confidence for each in answers])
    params: dict[str, Param] = {"group": word(question.group).code, "inspection": word(question.case.inspection).code}
    of_group = [each for each in item.demands if question.group in each.groups]
    if of_group:
        reason = Message("standards.planning.other_inspection", params)
        return (reason,), _weakest([each.confidence for each in of_group])
    return (Message("standards.planning.other_group", params),), item.ground.confidence


def _entries(question: Question, item: Item, answer: _Answer) -> list[Entry]:
    asked = Asked.ASKED if answer.holds and answer.demand.asked is Asked.ASKED else Asked.IF_FITTED
    purposes = tuple(each for each in item.purposes if _serves(question, each))

    def entry(place: int, photos: tuple[str, ...], reasons: tuple[Message, ...] = answer.reasons) -> Entry:
        code, most = _code(item, place), MOST_PLACES.get(item.code, place)
        if place > most:
            params: dict[str, Param] = {"axle": place, "last": _code(item, most)}
            code, reasons = "", (*reasons, Message("standards.planning.no_code", params))
        return Entry(
            item.name, code, item.number, item.field, item.stage,
            0 if answer.demand.extent is Extent.EACH_LAMP else place, asked, reasons, answer.confidence, purposes, photos,
            item.ground.shown,
        )  # fmt: skip

    places = _places(question, answer.demand.extent)
    if places is None:
        missing = Message("standards.planning.not_counted", {"fields": _counted_by(answer.demand.extent)})
        return [entry(0, (*item.photos, *item.axle_photos), (*answer.reasons, missing))]
    if answer.demand.extent in (Extent.ONCE, Extent.PARKING_AXLES):
        return [entry(0, _photos(question, item, places))]
    return [entry(place, _photos(question, item, (place,))) for place in places]


def _serves(question: Question, purpose: Purpose) -> bool:
    """Say whether an inspection of this purpose is made of the vehicle at all."""
    if purpose is Purpose.EMISSION:
        return question.with_exhaust
    if purpose is Purpose.PERFORMANCE:
        return question.case.vehicle.use is Use.COMMERCIAL
    return True


def _places(question: Question, extent: Extent) -> tuple[int, ...] | None:
    """Return the axles or lamps of an item, none for an item of no place, None when nobody knows how many there are."""
    vehicle = question.case.vehicle
    if extent is Extent.ONCE:
        return ()
    if extent is Extent.LOADED_AXLES:
        return question.loaded_axles
    if extent is Extent.PARKING_AXLES:
        return vehicle.parking_axles
    if extent is Extent.EACH_LAMP:
        return LAMPS[vehicle.lamp_system] if vehicle.lamp_system is not None else None
    if vehicle.axles is None:
        return None
    first = 1 if extent is Extent.EACH_AXLE else vehicle.front_axle_count + 1
    return tuple(range(first, vehicle.axles + 1))


def _counted_by(extent: Extent) -> str:
    names = {Extent.EACH_LAMP: "lamp_system", Extent.PARKING_AXLES: "parking_axles"}
    return f"vehicle.{names.get(extent, 'axles')}"


def _photos(question: Question, item: Item, places: tuple[int, ...]) -> tuple[str, ...]:
    if question.on_plates and item.plate_photos:
        return item.plate_photos
    by_axle = tuple(item.axle_photos[place - 1] for place in places if 0 < place <= len(item.axle_photos))
    return (*item.photos, *by_axle)


def _code(item: Item, place: int) -> str:
    return item.code.replace("#", str(place) if place else "")


def _weakest(doubts: Sequence[Confidence]) -> Confidence:
    return max(doubts, key=WEAKER.index)
