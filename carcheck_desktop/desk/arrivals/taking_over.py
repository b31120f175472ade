"""The intake takes a noted car over: the visit gets the arrival's id, ticket and chain of custody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.desk.arrivals.finding import noted, refuse_used_booking
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.desk.tickets.issuing import issue_ticket
from carcheck_desktop.domain.calls import CallEnd
from carcheck_desktop.domain.facts import ArrivalTakenIn, CallEnded
from carcheck_desktop.domain.intake import Channel

if TYPE_CHECKING:
    from datetime import datetime

    from carcheck_desktop.domain.arrival import ArrivalView
    from carcheck_desktop.domain.commands import OpenVisit
    from carcheck_desktop.domain.facts import VisitOpened
    from carcheck_desktop.domain.ports import UnitOfWork


def arrival_for(uow: UnitOfWork, command: OpenVisit) -> ArrivalView | None:
    """Return the arrival that this intake takes in: the one it names, else the one of its plate; None for neither.

    Raises `RefusedError` when the named one was taken in or went meanwhile, or when the booking brought another car.
    """
    arrival = None
    if command.arrival_id is not None:
        arrival = uow.arrivals.get(command.arrival_id)
        if arrival is None or not arrival.is_open:
            raise RefusedError("desk.arrivals.unknown", visit=command.arrival_id[:40])
    else:
        arrival = noted(uow, command.vehicle.plate, command.vehicle.plate_kind)
    refuse_used_booking(uow, command.booking_id, arrival.visit_id if arrival is not None else "")
    return arrival


def come_by(command: OpenVisit, arrival: ArrivalView | None) -> tuple[Channel, str | None]:
    """Return how the car came and its booking: what the window knows, else what was noted at the gate."""
    if arrival is None or command.channel is not Channel.WALK_IN:
        return command.channel, command.booking_id
    return arrival.channel, command.booking_id or arrival.booking_id


def take_over(uow: UnitOfWork, arrival: ArrivalView | None, opened: VisitOpened, *, actor: str, now: datetime) -> None:
    """Give the visit that was just opened what its arrival has, or a ticket; calls to the window are answered now."""
    visit_id = opened.visit_id
    if arrival is None or arrival.ticket is None:
        issue_ticket(uow, visit_id, opened.channel, actor=actor, now=now)
        return
    ticket, custody = arrival.ticket, arrival.custody
    fact = ArrivalTakenIn(
        visit_id, arrival.arrived_at, arrival.noted_by, ticket.number, ticket.digest, ticket.issued_at,
        custody.tag, custody.chain,
    )  # fmt: skip
    record(uow, fact, actor=actor)
    for call in arrival.calls:
        record(uow, CallEnded(visit_id, call.call_id, CallEnd.ANSWERED), actor=actor)
