"""Tickets and key labels come out by themselves, where the station has a printer for them; once more by `RequestPrint`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.desk.arrivals.finding import car_here, plate_of
from carcheck_desktop.desk.papers.ledger import queue_paper
from carcheck_desktop.desk.papers.making import USUAL_PLACE
from carcheck_desktop.desk.papers.pages.key_label import KeyLabelData, key_label
from carcheck_desktop.desk.papers.pages.ticket import TicketData, queue_ticket
from carcheck_desktop.domain.documents import DocumentKind
from carcheck_desktop.domain.ticket import PATH
from carcheck_desktop.domain.turns import waiting_in_turn
from carcheck_desktop.domain.views import VisitView

if TYPE_CHECKING:
    from datetime import datetime

    from carcheck_desktop.desk.doing import Doing
    from carcheck_desktop.desk.papers.house import House
    from carcheck_desktop.domain.arrival import ArrivalView
    from carcheck_desktop.domain.documents import Document
    from carcheck_desktop.domain.ports import UnitOfWork

LABELS = "labels"
"""The place of a station's label printer; where there is none, labels come out beside the tickets."""


def print_ticket(uow: UnitOfWork, visit_id: str, doing: Doing) -> None:
    """Queue the ticket of a visit or of a noted car."""
    house, kept = _prints(doing, DocumentKind.QUEUE_TICKET), uow.tickets.get(visit_id)
    if house is None or kept is None:
        return
    car = car_here(uow, visit_id)
    turns = waiting_in_turn(uow.visits.open_ones(), uow.arrivals.open_ones())
    ahead = next((place for place, each in enumerate(turns) if each.visit_id == visit_id), None)
    data = TicketData(kept.number, plate_of(car), f"{house.web}{PATH}{kept.secret}", _came_at(car), ahead=ahead)
    _queue(uow, visit_id, queue_ticket(data, house.head, house.say), doing)


def print_label(uow: UnitOfWork, visit_id: str, tag: int, doing: Doing) -> None:
    """Queue the label of a key that has just got its hook."""
    house = _prints(doing, DocumentKind.KEY_LABEL)
    if house is None:
        return
    car = car_here(uow, visit_id)
    number = car.ticket.number if car.ticket is not None else ""
    vehicle = car.vehicle if isinstance(car, VisitView) else None
    data = KeyLabelData(tag, plate_of(car), number, _came_at(car), vehicle)
    _queue(uow, visit_id, key_label(data, house.head, house.say), doing)


def _prints(doing: Doing, kind: DocumentKind) -> House | None:
    """Return the letterhead when there is a printer at the usual place of a kind."""
    house = doing.house
    return house if house is not None and USUAL_PLACE[kind] in house.places else None


def _came_at(car: VisitView | ArrivalView) -> datetime:
    return car.arrived_at or car.opened_at if isinstance(car, VisitView) else car.arrived_at


def _queue(uow: UnitOfWork, visit_id: str, document: Document, doing: Doing) -> None:
    place = USUAL_PLACE[document.kind]
    if document.kind is DocumentKind.KEY_LABEL and doing.house is not None and LABELS in doing.house.places:
        place = LABELS
    queue_paper(uow, visit_id, document, place, doing.actor, doing.now)
