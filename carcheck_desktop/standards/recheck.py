"""What a recheck (复检) does again of a failed visit: the failed items, and what must be measured anew to judge them.

Sources: only the failed items are repeated (implied by `fjx` of the re-inspection login 18C65; recalled), and whole-vehicle
and parking verdicts are recomputed with the newest values of all other axles (one plate tester's code; single source).
That an axle on the rollers is weighed again is our own reasoning: its rate divides by its load, and nobody knows what was
loaded or repaired since. Every repeated item says which rule wants it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import WHOLE_ITEM, Confidence, ItemKind, Outcome, PlannedItem, VerdictCard


@dataclass(frozen=True, slots=True)
class RecheckPlan:
    """The items of a recheck in lane order, each with its reason; `confidence` is that of the weakest rule used."""

    items: tuple[PlannedItem, ...]
    confidence: Confidence


def recheck_plan(plan: Sequence[PlannedItem], cards: Iterable[VerdictCard]) -> RecheckPlan:
    """Return what is repeated of a plan after a conclusion with these cards; nothing when everything passed.

    An item without a card that should have one (everything but a weighing) counts as failed.
    """
    bad = _bad_items(plan, cards)
    reasons = {item: Message("standards.recheck.failed", {"item": item}) for item in bad if item != WHOLE_ITEM}
    if WHOLE_ITEM in bad and not any(_is_brake(item) and item.item in reasons for item in plan):
        # no axle is to blame alone, so every one is measured again
        brakes = [item.item for item in plan if item.kind is ItemKind.SERVICE_BRAKE]
        reasons |= {item: Message("standards.recheck.whole") for item in brakes}
    reasons = {**_weighings(plan, reasons), **reasons}
    items = tuple(replace(item, reason=reasons[item.item]) for item in plan if item.item in reasons)
    return RecheckPlan(items, Confidence.RECALLED)


def _bad_items(plan: Sequence[PlannedItem], cards: Iterable[VerdictCard]) -> set[str]:
    judged: dict[str, list[Outcome]] = {}
    for card in cards:
        judged.setdefault(card.item, []).append(card.outcome)
    bad = {item for item, outcomes in judged.items() if any(each is not Outcome.PASS for each in outcomes)}
    return bad | {
        item.item for item in plan if item.kind is not ItemKind.AXLE_WEIGHING and item.item not in judged
    }  # fmt: skip


def _weighings(plan: Sequence[PlannedItem], repeated: dict[str, Message]) -> dict[str, Message]:
    """Return the weighings that repeated items are judged by: of each axle its own, of the parking brake all."""
    again = [item for item in plan if item.item in repeated]
    needs_all = any(item.kind is ItemKind.PARKING_BRAKE for item in again)
    axles = {item.axle for item in again if item.kind is ItemKind.SERVICE_BRAKE}
    found = {}
    for item in plan:
        if item.kind is ItemKind.AXLE_WEIGHING and (needs_all or item.axle in axles):
            code = "standards.recheck.axle_load" if item.axle in axles else "standards.recheck.whole_load"
            found[item.item] = Message(code, {"axle": item.axle})
    return found


def _is_brake(item: PlannedItem) -> bool:
    return item.kind is ItemKind.SERVICE_BRAKE
