"""Old versions of facts, lifted to the newest one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from carcheck_desktop.base.data import from_json, to_json

Lift = Callable[[dict[str, Any]], dict[str, Any]]


def _visit_opened_1(plain: dict[str, Any]) -> dict[str, Any]:
    """At first a visit had no origins, channel, price or presenter, and a vehicle no VIN and nothing after it."""
    known: dict[str, Any] = {"origins": {}, "channel": "walk_in", "booking_id": None, "charge": []}
    return {**plain, **known, "lookup_id": None, "private_digest": ""}


def _attempt_started_1(plain: dict[str, Any]) -> dict[str, Any]:
    """Only the vehicle grew: what a field of it says of nothing recorded is its default."""
    return plain


def _planned_for_safety(plain: dict[str, Any]) -> dict[str, Any]:
    """Before emission every item was one of the safety inspection, planned by one table file."""
    items = [{**item, "purposes": ["safety"]} for item in plain["plan"]]
    return {**plain, "plan": items, "tables": {plain["edition"]: plain["table_hash"]}}


def _visit_opened_2(plain: dict[str, Any]) -> dict[str, Any]:
    """Nothing that could not be done here was known of."""
    return {**_planned_for_safety(plain), "unmet": []}


def _visit_concluded_1(plain: dict[str, Any]) -> dict[str, Any]:
    """The conclusion over the visit was that of the safety inspection."""
    return {**plain, "purposes": {"safety": plain["outcome"]}}


def _item_started_1(plain: dict[str, Any]) -> dict[str, Any]:
    """Only brakes demanded anything."""
    return {**plain, "demand": None}


def _item_finished_1(plain: dict[str, Any]) -> dict[str, Any]:
    """There was no exhaust."""
    return {**plain, "two_speed_idle": None}


def _every_card_counted(plain: dict[str, Any]) -> dict[str, Any]:
    """Every card was a part of the conclusion."""
    return {**plain, "cards": [{**card, "counts": True} for card in plain["cards"]]}


def _hold_placed_1(plain: dict[str, Any]) -> dict[str, Any]:
    """Only persons held anything."""
    return {**plain, "evidence": None}


LIFTS: dict[tuple[str, int], Lift] = {
    ("visit_opened", 1): _visit_opened_1,
    ("visit_opened", 2): _visit_opened_2,
    ("visit_concluded", 1): _visit_concluded_1,
    ("visit_concluded", 2): _every_card_counted,
    ("attempt_started", 1): _attempt_started_1,
    ("attempt_started", 2): _planned_for_safety,
    ("item_started", 1): _item_started_1,
    ("item_finished", 1): _item_finished_1,
    ("item_finished", 2): _every_card_counted,
    ("hold_placed", 1): _hold_placed_1,
}
"""(kind, version) -> a function that turns that version's plain payload into the next one's."""


def upcast(kind: str, version: int, payload: str, lifts: dict[tuple[str, int], Lift] = LIFTS) -> str:
    """Return the payload as the newest version would have written it."""
    if (kind, version) not in lifts:
        return payload
    plain = from_json(payload, dict)
    while (kind, version) in lifts:
        plain = lifts[kind, version](plain)
        version += 1
    return to_json(plain)
