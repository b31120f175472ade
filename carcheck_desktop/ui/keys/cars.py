"""The cars that a keys window knows: visits and cars that are only noted, as one kind; found by scan or by hand; no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.domain.custody import OWNER, CustodyView, Holder, Place, Thing, holder_of
from carcheck_desktop.domain.ticket import TicketView, scanned_secret, secret_digest, typed_number
from carcheck_desktop.domain.views import Stage, stage
from carcheck_desktop.ui.widgets.forms.reading.plates import clean_plate

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from carcheck_desktop.domain.arrival import ArrivalView
    from carcheck_desktop.domain.calls import CallView
    from carcheck_desktop.domain.vehicle import PlateKind
    from carcheck_desktop.domain.views import VisitView

SHORTEST_SEARCH = 2


@dataclass(frozen=True, slots=True)
class Car:
    """One car that is here; `stage` is None before its intake."""

    visit_id: str
    plate: str
    plate_kind: PlateKind
    ticket: TicketView | None
    custody: CustodyView
    calls: tuple[CallView, ...]
    came_at: datetime
    stage: Stage | None

    @property
    def number(self) -> str:
        """The ticket's number, "" without one."""
        return self.ticket.number if self.ticket is not None else ""

    def held_by(self, person: str) -> tuple[Thing, ...]:
        """Return what of this car a person holds."""
        return tuple(thing for thing in Thing if holder_of(self.custody, thing) == Holder(Place.PERSON, person))


def cars_here(visits: Iterable[VisitView], arrivals: Iterable[ArrivalView]) -> dict[str, Car]:
    """Return every car that is here, by its visit's id."""
    found = {}
    for visit in visits:
        if visit.ended_at is None:
            found[visit.visit_id] = Car(
                visit.visit_id, visit.vehicle.plate, visit.vehicle.plate_kind, visit.ticket, visit.custody, visit.calls,
                visit.arrived_at or visit.opened_at, stage(visit),
            )  # fmt: skip
    for car in arrivals:
        found[car.visit_id] = Car(
            car.visit_id, car.plate, car.plate_kind, car.ticket, car.custody, car.calls, car.arrived_at, None
        )
    return found


def on_board(cars: Iterable[Car], actor: str) -> list[Car]:
    """Return the cars whose key we hold, one's own first, then by hook."""
    held = [car for car in cars if car.custody.key != OWNER]
    return sorted(
        held, key=lambda car: (car.custody.key != Holder(Place.PERSON, actor), car.custody.tag or 0, car.visit_id)
    )


def find(cars: Iterable[Car], typed: str) -> Car | None:
    """Return the car that a scan or a few typed signs mean: ticket or key label, hook number, plate or a part of it."""
    known = list(cars)
    secret, number = scanned_secret(typed), typed_number(typed)
    if secret is not None:
        digest = secret_digest(secret)
        return next((car for car in known if car.ticket is not None and car.ticket.digest == digest), None)
    if number is not None:
        by_number = next((car for car in known if car.number == number), None)
        if by_number is not None:
            return by_number
    if typed.strip().isdecimal() and len(typed.strip()) <= SHORTEST_SEARCH:
        hook = int(typed.strip())
        return next((car for car in on_board(known, "") if car.custody.tag == hook), None)
    plate = clean_plate(typed)
    if len(plate) < SHORTEST_SEARCH:
        return None
    hits = [car for car in known if plate in car.plate]
    return hits[0] if len(hits) == 1 else next((car for car in hits if car.plate == plate), None)
