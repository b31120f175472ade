"""Who is to be called to this window, and whose ticket was scanned; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.domain.ticket import scanned_secret, secret_digest
from carcheck_desktop.domain.turns import waiting_in_turn

if TYPE_CHECKING:
    from carcheck_desktop.domain.arrival import ArrivalView
    from carcheck_desktop.domain.calls import CallView
    from carcheck_desktop.domain.views import VisitView
    from carcheck_desktop.ui.bridge.station import Station


def next_noted(station: Station) -> ArrivalView | None:
    """Return the first car in turn that is noted and not taken in; one that nobody has called yet goes before."""
    turns = waiting_in_turn((), station.arrivals.values())
    cars = [station.arrivals[each.visit_id] for each in turns]
    return next((car for car in cars if not car.calls), cars[0] if cars else None)


def call_of(visit: VisitView | None) -> CallView | None:
    """Return the call of a visit that nobody answered yet."""
    return visit.calls[-1] if visit is not None and visit.calls else None


def car_of_ticket(station: Station, scanned: str) -> VisitView | ArrivalView | None:
    """Return whose ticket was scanned; None for what is no ticket, or one of nobody who is here."""
    secret = scanned_secret(scanned)
    digest = secret_digest(secret) if secret is not None else ""
    cars: list[VisitView | ArrivalView] = [*station.visits.values(), *station.arrivals.values()]
    return next((car for car in cars if digest and car.ticket is not None and car.ticket.digest == digest), None)
