"""Old versions of facts, lifted to the newest one; empty while every fact is at version 1."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from carcheck_desktop.base.data import from_json, to_json

Lift = Callable[[dict[str, Any]], dict[str, Any]]

LIFTS: dict[tuple[str, int], Lift] = {}
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
