"""What the commands at the gate do: a car is noted, once however many meet it, or goes away again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.base.ids import new_id
from carcheck_desktop.desk.arrivals.finding import car_here, noted, refuse_used_booking
from carcheck_desktop.desk.counter.checks import refuse_plate
from carcheck_desktop.desk.ending.here import here_problem, recheck_due, still_here
from carcheck_desktop.desk.keys.doing import hand_over
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.desk.tickets.issuing import issue_ticket
from carcheck_desktop.desk.tickets.printing import print_ticket
from carcheck_desktop.domain.arrival import ArrivalView
from carcheck_desktop.domain.commands import DropArrival, HandOver, NoteArrival
from carcheck_desktop.domain.custody import OWNER, Holder, Place, holder_of, out
from carcheck_desktop.domain.facts import ArrivalDropped, ArrivalNoted

if TYPE_CHECKING:
    from carcheck_desktop.desk.doing import Doer, Doing
    from carcheck_desktop.domain.custody import CustodyView
    from carcheck_desktop.domain.ports import UnitOfWork
    from carcheck_desktop.domain.views import VisitView

SHORTEST_REASON = 2
LONGEST_REASON = 200


def note_arrival(uow: UnitOfWork, command: NoteArrival, doing: Doing) -> dict[str, Any]:
    """Note a car that came and take over what its owner gives; a car that was noted before is that same arrival.

    A failed car that is back while its visit is not closed leads to that visit and its ticket. Raises `RefusedError`
    naming the visit when the car is taken in already, its closed visit is to be opened by a recheck, or its booking
    brought another car.
    """
    refuse_plate(command.plate, command.plate_kind)
    visit = still_here(uow, command.plate, command.plate_kind, "", doing.now)
    failed = recheck_due(uow, command.plate, command.plate_kind, doing.now)
    if visit is not None and failed is not None and visit.visit_id == failed.visit_id:
        return _back_for_recheck(uow, visit, command, doing)
    if visit is not None:
        problem = here_problem(visit)
        raise RefusedError(problem.code, **problem.params)
    before = noted(uow, command.plate, command.plate_kind)
    if before is None and failed is not None:
        raise RefusedError(
            "desk.arrivals.recheck_due", plate=command.plate, visit=failed.visit_id, ticket=_number_of(failed)
        )
    visit_id = before.visit_id if before is not None else new_id("visit")
    refuse_used_booking(uow, command.booking_id, visit_id)
    if before is None:
        fact = ArrivalNoted(visit_id, command.plate, command.plate_kind, command.channel, command.booking_id)
        record(uow, fact, actor=doing.actor)
    channel = before.channel if before is not None else command.channel
    number = issue_ticket(uow, visit_id, channel, actor=doing.actor, now=doing.now)
    if before is None:
        print_ticket(uow, visit_id, doing)
    tag = _take(uow, visit_id, before.custody if before is not None else None, command, doing)
    joined_by = before.noted_by if before is not None else ""
    return {"visit_id": visit_id, "number": number, "tag": tag, "joined_by": joined_by}


def _back_for_recheck(uow: UnitOfWork, visit: VisitView, command: NoteArrival, doing: Doing) -> dict[str, Any]:
    """Take what the owner of a failed car gives once more; its visit and ticket are the ones it has."""
    tag = _take(uow, visit.visit_id, visit.custody, command, doing)
    return {
        "visit_id": visit.visit_id, "number": _number_of(visit), "tag": tag, "joined_by": visit.opened_by,
        "recheck": True,
    }  # fmt: skip


def _take(
    uow: UnitOfWork, visit_id: str, custody: CustodyView | None, command: NoteArrival, doing: Doing
) -> object:  # fmt: skip
    """Take of the owner what he gives and still has; return the key's tag, None when nothing was taken."""
    takes = tuple(each for each in command.takes if custody is None or holder_of(custody, each) == OWNER)
    if not takes:
        return None
    return hand_over(uow, HandOver(visit_id, takes, OWNER, Holder(Place.PERSON, doing.actor)), doing)["tag"]


def _number_of(visit: VisitView) -> str:
    return visit.ticket.number if visit.ticket is not None else "-"


def drop_arrival(uow: UnitOfWork, command: DropArrival, doing: Doing) -> dict[str, Any]:
    """Let a noted car go; raises `RefusedError` without a reason, for a visit, and while we hold anything of it."""
    car = car_here(uow, command.visit_id)
    if not isinstance(car, ArrivalView):
        raise RefusedError("desk.arrivals.taken_in", plate=car.vehicle.plate, visit=car.visit_id)
    reason = command.reason.strip()
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise RefusedError("desk.arrivals.no_reason", length=len(reason), least=SHORTEST_REASON, most=LONGEST_REASON)
    if out(car.custody):
        raise RefusedError("desk.arrivals.still_held", plate=car.plate)
    record(uow, ArrivalDropped(command.visit_id, reason), actor=doing.actor)
    return {}


DOERS: dict[str, Doer] = {NoteArrival.kind: note_arrival, DropArrival.kind: drop_arrival}
