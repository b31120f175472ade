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


LIFTS: dict[tuple[str, int], Lift] = {
    ("visit_opened", 1): _visit_opened_1,
    ("attempt_started", 1): _attempt_started_1,
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
