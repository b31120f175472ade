"""What a recheck (复检) repeats of a whole inspection: what failed or was left out, and what must be measured or computed anew.

Sources: as `recheck`, which does the same for the items of a lane.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import WHOLE_ITEM, Confidence, Outcome
from carcheck_desktop.standards.families.planning import Asked, InspectionPart
from carcheck_desktop.standards.planning.advice import Advice, advice_for

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from carcheck_desktop.domain.verdicts import VerdictCard
    from carcheck_desktop.standards.planning.entries import Entry, InspectionPlan

SERVICE, PARKING, WEIGHING = "service_brake", "parking_brake", "axle_load"
MEASURED = (InspectionPart.INSTRUMENT, InspectionPart.ROAD)
EMISSION_CARDS = {"obd": ("OBD",), "emission_appearance": ("appearance",)}
"""How the cards of the emission chain are named; every other emission card is of the exhaust."""


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A verdict that is worked out again without its item being repeated, and why."""

    item: str
    reason: Message


@dataclass(frozen=True, slots=True)
class Recheck:
    """The items to repeat in the order of the plan, each with its reason, and what is only computed again.

    `codes` are the upload's item codes in that order, each once, as its list of failed items (`fjx`) wants them.
    """

    entries: tuple[Entry, ...]
    recomputed: tuple[Recomputed, ...]
    codes: tuple[str, ...]
    advice: tuple[Advice, ...]
    confidence: Confidence = Confidence.RECALLED


def recheck_inspection(
    plan: InspectionPlan, cards: Sequence[VerdictCard], failed: Collection[int], passed: Collection[int]
) -> Recheck:
    """Return the recheck after an inspection with these cards; `failed` and `passed` are numbers of manual items.

    A manual item in neither was not tested and is done; one that may not be fitted need not be in either.
    """
    reasons = {id(entry): reason for entry in plan.entries if (reason := _why(entry, cards, failed, passed))}
    brakes = [entry for entry in plan.entries if entry.name == SERVICE]
    if _is_bad([card for card in cards if card.item == WHOLE_ITEM]) and not any(id(each) in reasons for each in brakes):
        reasons |= {id(each): Message("standards.recheck.whole") for each in brakes}
    reasons |= _weighings(plan.entries, reasons)
    entries = tuple(
        replace(each, reasons=(reasons[id(each)],), asked=Asked.ASKED) for each in plan.entries if id(each) in reasons
    )
    codes = tuple(dict.fromkeys(each.code for each in entries if each.code and each.name != WEIGHING))
    return Recheck(entries, _recomputed(plan.entries, entries), codes, advice_for(cards))


def _why(
    entry: Entry, cards: Sequence[VerdictCard], failed: Collection[int], passed: Collection[int]
) -> Message | None:
    """Return why an entry is repeated; None for one that passed, or that no result is asked of."""
    params: dict[str, str | int] = {"item": entry.code or f"standards.item.{entry.name}"}
    if entry.number:
        if entry.number in failed:
            return Message("standards.recheck.failed_number", {"number": entry.number})
        is_open = entry.asked is Asked.ASKED and entry.number not in passed
        return Message("standards.recheck.not_tested", params) if is_open else None
    if entry.name == WEIGHING or entry.stage not in (*MEASURED, InspectionPart.EMISSION):
        return None
    own = _cards_of(entry, cards)
    if _is_bad(own):
        return Message("standards.recheck.failed", params)
    is_open = entry.asked is Asked.ASKED and not own
    return Message("standards.recheck.not_tested", params) if is_open else None


def _cards_of(entry: Entry, cards: Sequence[VerdictCard]) -> list[VerdictCard]:
    """Return the cards of an entry; one whose number of places nobody knows has all that begin with its code."""
    if entry.stage is InspectionPart.EMISSION:
        names = EMISSION_CARDS.get(entry.name)
        if names is not None:
            return [card for card in cards if card.item in names]
        others = {name for each in EMISSION_CARDS.values() for name in each}
        return [card for card in cards if card.item not in others and card.edition.startswith(("GB 18285", "GB 3847"))]
    if entry.code[-1:].isdigit():
        return [card for card in cards if card.item == entry.code]
    return [card for card in cards if card.item.startswith(entry.code) and card.item != WHOLE_ITEM]


def _is_bad(cards: Sequence[VerdictCard]) -> bool:
    return any(card.counts and card.outcome is not Outcome.PASS for card in cards)


def _weighings(entries: Sequence[Entry], reasons: dict[int, Message]) -> dict[int, Message]:
    """Return the weighings that repeated brake items are judged by: of each axle its own, of the parking brake all."""
    again = [each for each in entries if id(each) in reasons]
    needs_all = any(each.name == PARKING for each in again)
    axles = {each.axle for each in again if each.name == SERVICE}
    found = {}
    for entry in entries:
        if entry.name == WEIGHING and entry.axle in axles:
            found[id(entry)] = Message("standards.recheck.axle_load", {"axle": entry.axle})
        elif entry.name == WEIGHING and needs_all:
            found[id(entry)] = Message("standards.recheck.whole_load", {"axle": entry.axle})
    return found


def _recomputed(entries: Sequence[Entry], again: Sequence[Entry]) -> tuple[Recomputed, ...]:
    """Return the whole vehicle, and the parking brake, which divide by what a repeated axle is weighed with."""
    repeated = {each.name for each in again}
    if SERVICE not in repeated and PARKING not in repeated:
        return ()
    found = []
    if any(each.name == SERVICE for each in entries):
        found.append(Recomputed(WHOLE_ITEM, Message("standards.recheck.whole_again")))
    if PARKING not in repeated and any(each.name == PARKING for each in entries):
        found.append(Recomputed("B0", Message("standards.recheck.parking_again")))
    return tuple(found)
