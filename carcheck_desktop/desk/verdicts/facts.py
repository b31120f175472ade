"""The stored raw facts of one item: which visit, which attempt, its run and its samples from the blobs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.base.data import from_json
from carcheck_desktop.base.errors import DataError, UsageError
from carcheck_desktop.domain.exhaust import ExhaustRecord
from carcheck_desktop.domain.measurements import Curve
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.ticket import typed_number
from carcheck_desktop.domain.verdicts import WHOLE_ITEM
from carcheck_desktop.domain.views import ItemState
from carcheck_desktop.standards.again import RawItem

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from carcheck_desktop.domain.ports import Blobs, UnitOfWork
    from carcheck_desktop.domain.views import AttemptView, ItemView, VisitView


SIGNS_OF_A_HASH = 16


@dataclass(frozen=True, slots=True)
class Measured:
    """An item of a visit in one of its attempts; `attempts` are the numbers of all in which it was done."""

    visit: VisitView
    attempt: AttemptView
    item: ItemView
    attempts: tuple[int, ...]

    @property
    def on(self) -> date:
        """The day of the inspection."""
        return inspection_date(self.attempt.started_at)


class KeptBlobs:
    """Blobs of one visit, read once: the conclusion asks for curves that the items asked for already."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._kept: dict[str, bytes | None] = {}

    def put(self, content: bytes) -> str:
        """Refuse: whoever looks at a verdict writes nothing."""
        raise RuntimeError(f"{len(content)} bytes were to be written while verdicts are looked at")

    def get(self, digest: str) -> bytes | None:
        """Return the content, or None when it is not here; raise `DataError` if it was changed."""
        if digest not in self._kept:
            self._kept[digest] = self._blobs.get(digest)
        return self._kept[digest]

    def has(self, digest: str) -> bool:
        """Say whether the content is here."""
        return self._blobs.has(digest)


def visit_of(uow: UnitOfWork, wanted: str) -> VisitView:
    """Return the visit with this id, the newest of a plate, or the newest with a ticket of this number.

    Raises `UsageError` `desk.verdicts.no_visit`.
    """
    number = typed_number(wanted)
    found = uow.visits.find(wanted) or (uow.visits.of_ticket(number) if number is not None else None)
    if found is None:
        raise UsageError("desk.verdicts.no_visit", wanted=wanted[:80])
    return found


def measured_of(visit: VisitView, item: str, attempt: int | None = None) -> Measured:
    """Return an item in the attempt with this number, else in the last one in which it has a result.

    Raises `UsageError` `desk.verdicts.no_item` naming the items there are, `desk.verdicts.no_attempt` naming the attempts.
    """
    having = [(each, found) for each in visit.attempts for found in each.items if found.item == item]
    if not having:
        known = dict.fromkeys(found.item for each in visit.attempts for found in each.items)
        names = [*known, *([WHOLE_ITEM] if visit.conclusion_cards else [])]
        raise UsageError("desk.verdicts.no_item", item=item[:40], visit=visit.visit_id, known=", ".join(names) or "-")
    done = [each for each in having if each[1].state is ItemState.DONE]
    chosen = done[-1] if done else having[-1]
    if attempt is not None:
        of_number = [each for each in having if each[0].number == attempt]
        if not of_number:
            known_numbers = ", ".join(str(each.number) for each, _ in having)
            raise UsageError("desk.verdicts.no_attempt", item=item, attempt=attempt, known=known_numbers)
        chosen = of_number[-1]
    return Measured(visit, *chosen, tuple(each.number for each, _ in done))


def judged_items(visit: VisitView) -> tuple[str, ...]:
    """Return the codes of all items with a verdict, the whole vehicle last."""
    found = dict.fromkeys(item.item for attempt in visit.attempts for item in attempt.items if item.cards)
    has_whole = any(card.item == WHOLE_ITEM for card in visit.conclusion_cards)
    return (*found, *([WHOLE_ITEM] if has_whole else []))


def figures_of(item: ItemView) -> dict[str, str]:
    """Return the single values that were measured of an item, by name with unit."""
    weighing, run, lever = item.weighing, item.service_brake, item.parking_brake
    found: dict[str, Decimal] = {}
    if weighing is not None:
        found |= {"left_kg": weighing.left_kg, "right_kg": weighing.right_kg}
    if run is not None:
        found |= {"left_kg": run.left_kg, "right_kg": run.right_kg}
        found |= {"drag_left_daN": run.drag_left_daN, "drag_right_daN": run.drag_right_daN}
    if lever is not None:
        found["vehicle_kg"] = lever.vehicle_kg
    if item.two_speed_idle is not None:
        found["residue_hc_ppm"] = item.two_speed_idle.preparation.residue_hc_ppm
    return {name: f"{value:f}" for name, value in found.items()}


def raw_of(attempt: AttemptView, item: ItemView, blobs: Blobs) -> RawItem:
    """Return an item with its samples; raise `DataError` naming a blob that is gone, was changed or cannot be read."""
    run = item.service_brake or item.parking_brake
    on = inspection_date(attempt.started_at)
    curve = from_json(_content(blobs, item, run.curve_digest), Curve) if run is not None else None
    idle = item.two_speed_idle
    exhaust = from_json(_content(blobs, item, idle.record_digest), ExhaustRecord) if idle is not None else None
    return RawItem(attempt.vehicle, attempt.inspection, on, item, curve, exhaust)


def _content(blobs: Blobs, item: ItemView, digest: str) -> bytes:
    content = blobs.get(digest)
    if content is None:
        raise DataError("desk.verdicts.raw_gone", item=item.item, digest=digest[:SIGNS_OF_A_HASH])
    return content
