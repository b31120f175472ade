"""Which visit is meant by a ticket's number that is typed where a plate is; pure. Codes: `telling.calling`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.domain.ticket import typed_number
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
