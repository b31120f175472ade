"""What the owner's pages may read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from carcheck_desktop.domain.arrival import ArrivalView
from carcheck_desktop.domain.views import VisitView


@dataclass(frozen=True, slots=True)
class TicketHolder:
    """Whose ticket was shown: the visit, or the car that is not taken in yet, and the ticket's number."""

    view: VisitView | ArrivalView
    number: str


class OwnersBook(Protocol):
    """What the owner's pages may read."""

    def find(self, secret: str) -> TicketHolder | None:
        """Return whose ticket has this secret, as it is now (may block)."""
        ...
