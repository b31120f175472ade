"""Which visit is meant by what is typed or scanned on the start page: a ticket's number or code; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.domain.ticket import scanned_secret, secret_digest, typed_number
from carcheck_desktop.ui.widgets.forms.reading.plates import read_plate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from carcheck_desktop.domain.views import VisitView


def by_number(visits: Iterable[VisitView], typed: str, prefix: str) -> VisitView | None:
    """Return the newest visit with a ticket's number, typed behind what most plates begin with or instead of it.

    What is a whole plate is never a number.
    """
    if read_plate(typed).fault is None:
        return None
    wanted = {typed_number(typed[len(head) :]) for head in ("", prefix, prefix[:1]) if typed.startswith(head)} - {None}
    found = [each for each in visits if each.ticket is not None and each.ticket.number in wanted]
    return max(found, key=lambda each: (each.ended_at is None, each.opened_at), default=None)


def by_code(visits: Iterable[VisitView], scanned: str) -> VisitView | None:
    """Return the visit of a scanned ticket's code."""
    secret = scanned_secret(scanned)
    digest = secret_digest(secret) if secret is not None else ""
    return next((each for each in visits if digest and each.ticket is not None and each.ticket.digest == digest), None)
