"""What an emission inspection asks of a vehicle, in its order: check by eye, on-board diagnosis, exhaust by the chosen method."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Confidence, Purpose
from carcheck_desktop.standards.cards import WEAKER
from carcheck_desktop.standards.emission.checks.decisive import decisive
from carcheck_desktop.standards.emission.judging import ITEM
from carcheck_desktop.standards.emission.method import EmissionMethod, emission_method
from carcheck_desktop.standards.families.planning import Asked, InspectionPart
from carcheck_desktop.standards.planning.entries import Choice, Entry, Spared

if TYPE_CHECKING:
    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.emission.method import Fitness, MethodChoice

CHAIN = ("emission_appearance", "obd", "exhaust")
WITHOUT = (EmissionMethod.NO_EXHAUST_TEST, EmissionMethod.OTHER_STANDARD)
CODES = {EmissionMethod.TWO_SPEED_IDLE: ITEM}
"""Codes of methods differ between platforms; ours is the one that the lanes use."""


@dataclass(frozen=True, slots=True)
class ExhaustPlan:
    """The chosen method and the chain of entries; where no exhaust is tested by these standards the chain is spared."""

    choice: Choice
    entries: tuple[Entry, ...] = ()
    spared: tuple[Spared, ...] = ()


def exhaust_plan(case: Case, fitness: Fitness) -> ExhaustPlan:
    """Return the method and the chain; raise `DataError` naming the fact that decides and is not known."""
    found = emission_method(case, fitness)
    choice = Choice((found.method.value,), (found.reason,), found.confidence, _notes(found))
    if found.method in WITHOUT:
        return ExhaustPlan(choice, (), tuple(_spared(name, found) for name in CHAIN))
    first, last = _entry("emission_appearance", "", (Message("standards.planning.exhaust.first"),)), _exhaust(found)
    return ExhaustPlan(choice, (first, _obd(case), last))


def _notes(found: MethodChoice) -> tuple[Message, ...]:
    notes = []
    if found.is_hybrid:
        notes.append(Message("standards.planning.exhaust.hybrid"))
    if len(found.fuels) > 1:
        notes.append(Message("standards.planning.exhaust.two_fuels"))
    return tuple(notes)


def _exhaust(found: MethodChoice) -> Entry:
    reasons = (Message("standards.planning.exhaust.method", {"method": f"standards.method.{found.method.value}"}),)
    asked = Asked.IF_FITTED if found.method is EmissionMethod.UNKNOWN else Asked.ASKED
    code = CODES.get(found.method, "")
    return _entry("exhaust", code, (*reasons, found.reason, *_notes(found)), found.confidence, asked)


def _obd(case: Case) -> Entry:
    """Return the check of the diagnosis: decisive for vehicles made late enough, looked for in the others."""
    try:
        found = decisive(case, None)
    except DataError as error:
        missing = str(error.problem.params.get("field", ""))
        unknown = (Message("standards.planning.exhaust.obd_not_known", {"fields": missing}),)
        return _entry("obd", "", unknown, Confidence.SINGLE_SOURCE, Asked.IF_FITTED)
    params = {name: found.inputs.get(name, "-") for name in ("made_on", "decisive_from")}
    confidence = max((Confidence.SOURCED, *(each.confidence for each in found.doubts)), key=WEAKER.index)
    doubts = tuple(each.reason for each in found.doubts)
    if found.is_decisive:
        return _entry("obd", "", (Message("standards.planning.exhaust.obd", dict(params)), *doubts), confidence)
    reasons = (Message("standards.planning.exhaust.obd_not_decisive", dict(params)), *doubts)
    return _entry("obd", "", reasons, confidence, Asked.IF_FITTED)


def _entry(
    name: str,
    code: str,
    reasons: tuple[Message, ...],
    confidence: Confidence = Confidence.SOURCED,
    asked: Asked = Asked.ASKED,
) -> Entry:
    return Entry(
        name, code, 0, "", InspectionPart.EMISSION, 0, asked, reasons, confidence, (Purpose.EMISSION,), (),
        "GB 18285-2018, GB 3847-2018",
    )  # fmt: skip


def _spared(name: str, found: MethodChoice) -> Spared:
    return Spared(name, "", 0, InspectionPart.EMISSION, (found.reason,), found.confidence)
