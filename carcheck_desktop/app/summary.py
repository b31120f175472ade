"""`summary.json`: what a demonstration came to, from the records that the service gives over the link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carcheck_desktop.app.office_summary import office_summary
from carcheck_desktop.base.data import to_plain
from carcheck_desktop.domain.facts import ItemVoided
from carcheck_desktop.domain.vehicle import masked_plate
from carcheck_desktop.domain.views import stage

if TYPE_CHECKING:
    from carcheck_desktop.domain.ports import VisitRecord
    from carcheck_desktop.domain.views import AttemptView, ItemView, VisitView


def visit_summary(record: VisitRecord) -> dict[str, Any]:
    """Return one visit: plate, times, items with cards and effort, conclusion, origin, and what the office did.

    `items` are those of the last attempt, voided runs included; `attempts` tells of all.
    """
    visit = record.visit
    last = visit.attempts[-1] if visit.attempts else None
    return {
        "visit_id": visit.visit_id,
        "plate": visit.vehicle.plate,
        "masked_plate": masked_plate(visit.vehicle.plate),
        "origin": _origin(visit),
        "stage": stage(visit).value,
        "outcome": to_plain(visit.conclusion),
        "opened_at": to_plain(visit.opened_at),
        "started_at": to_plain(last and last.started_at),
        "ended_at": to_plain(last and last.ended_at),
        "concluded_at": to_plain(visit.concluded_at),
        "purposes": to_plain(visit.purposes),
        "cards": to_plain(visit.conclusion_cards),
        "items": [_item_summary(item, last, record) for item in last.items] if last else [],
        "attempts": [_attempt_summary(attempt) for attempt in visit.attempts],
        **office_summary(record),
    }


def _origin(visit: VisitView) -> str | None:
    """Return where the visit's values come from; None while there are none."""
    origins = {item.origin.value for attempt in visit.attempts for item in attempt.items if item.origin}
    return " and ".join(sorted(origins)) or None


def _attempt_summary(attempt: AttemptView) -> dict[str, Any]:
    return {
        "attempt_id": attempt.attempt_id,
        "number": attempt.number,
        "lane": attempt.lane,
        "state": attempt.state.value,
        "started_at": to_plain(attempt.started_at),
        "ended_at": to_plain(attempt.ended_at),
    }


def _item_summary(item: ItemView, attempt: AttemptView, record: VisitRecord) -> dict[str, Any]:
    effort = to_plain(item.effort) if item.effort is not None else {}
    measured = item.weighing or item.service_brake or item.parking_brake or item.two_speed_idle
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
        "voided": _voided(item, attempt, record),
        "demanded_sum_daN": to_plain(item.demanded_sum_daN),
        **effort,
        "measurement": to_plain(measured),
        "cards": to_plain(item.cards),
    }


def _voided(item: ItemView, attempt: AttemptView, record: VisitRecord) -> list[dict[str, Any]]:
    """Return why runs of the item came to nothing."""
    facts = (entry.fact() for entry in record.entries)
    mine = (
        fact
        for fact in facts
        if isinstance(fact, ItemVoided) and (fact.attempt_id, fact.item) == (attempt.attempt_id, item.item)
    )
    return [to_plain(fact.reason) for fact in mine]
