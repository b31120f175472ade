"""Calls of an owner to the window or to the pickup counter, as the hall's board shows and sounds them; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class CallTo(StrEnum):
    """Where an owner is called to."""

    WINDOW = "window"
    PICKUP = "pickup"


class CallEnd(StrEnum):
    """How a call ended."""

    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class CallView:
    """A call that nobody answered yet; `times` counts how often it was given, `place` names the window ("2")."""

    call_id: str
    to: CallTo
    place: str
    called_at: datetime
    first_at: datetime
    by: str
    times: int = 1


FRESH = timedelta(seconds=90)
"""For so long a call stands out; after that it is shown dimmer until somebody answers or withdraws it."""
MOST_CALLS = 3
"""So many calls are large on the board at once: more cannot be read while walking past."""


def is_fresh(call: CallView, now: datetime) -> bool:
    """Say whether a call still stands out."""
    return now - call.called_at < FRESH
