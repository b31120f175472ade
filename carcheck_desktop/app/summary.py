"""`summary.json`: what a demonstration came to, from the records that the service gives over the link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carcheck_desktop.base.data import to_plain
from carcheck_desktop.domain.facts import ItemFinished, ItemStarted, ItemVoided
from carcheck_desktop.domain.vehicle import masked_plate
from carcheck_desktop.domain.views import stage

if TYPE_CHECKING:
    from carcheck_desktop.domain.ports import VisitRecord
    from carcheck_desktop.domain.views import AttemptView, ItemView


def visit_summary(record: VisitRecord) -> dict[str, Any]:
    """Return one visit: plate, times, items with cards and effort, conclusion, origin."""
    visit = record.visit
    return {
        "visit_id": visit.visit_id,
        "plate": visit.vehicle.plate,
        "masked_plate": masked_plate(visit.vehicle.plate),
        "stage": stage(visit).value,
        "opened_at": to_plain(visit.opened_at),
        "concluded_at": to_plain(visit.concluded_at),
        "conclusion": to_plain(visit.conclusion),
        "cards": to_plain(visit.conclusion_cards),
        "attempts": [_attempt_summary(attempt, record) for attempt in visit.attempts],
        "origin": sorted({item.origin.value for attempt in visit.attempts for item in attempt.items if item.origin}),
    }


def _attempt_summary(attempt: AttemptView, record: VisitRecord) -> dict[str, Any]:
    return {
        "attempt_id": attempt.attempt_id,
        "lane": attempt.lane,
        "started_at": to_plain(attempt.started_at),
        "ended_at": to_plain(attempt.ended_at),
        "state": attempt.state.value,
        "items": [_item_summary(item, attempt, record) for item in attempt.items],
    }


def _item_summary(item: ItemView, attempt: AttemptView, record: VisitRecord) -> dict[str, Any]:
    facts = [entry.fact() for entry in record.entries]
    mine = [
        fact
        for fact in facts
        if isinstance(fact, ItemStarted | ItemVoided | ItemFinished)
        and fact.attempt_id == attempt.attempt_id
        and fact.item == item.item
    ]
    return {
        "item": item.item,
        "kind": item.kind.value,
        "axle": item.axle,
        "state": item.state.value,
        "outcome": to_plain(item.outcome),
        "origin": to_plain(item.origin),
        "started_at": to_plain(item.started_at),
        "finished_at": to_plain(item.finished_at),
        "runs": item.runs,
        "voided": [to_plain(fact.reason) for fact in mine if isinstance(fact, ItemVoided)],
        "demanded_sum_daN": to_plain(item.demanded_sum_daN),
        "effort": to_plain(item.effort),
        "weighing": to_plain(item.weighing),
        "service_brake": to_plain(item.service_brake),
        "parking_brake": to_plain(item.parking_brake),
        "cards": to_plain(item.cards),
    }
