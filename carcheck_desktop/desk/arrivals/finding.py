"""Which car is meant: the visit, or the arrival that no visit has taken in yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.domain.views import VisitView

if TYPE_CHECKING:
    from carcheck_desktop.domain.arrival import ArrivalView
    from carcheck_desktop.domain.ports import UnitOfWork
    from carcheck_desktop.domain.vehicle import PlateKind


def car_here(uow: UnitOfWork, visit_id: str) -> VisitView | ArrivalView:
    """Return the visit or open arrival with this id; raise `RefusedError` when there is none, or it is over."""
    visit = uow.visits.get(visit_id)
    if visit is not None:
        if visit.ended_at is not None:
            raise RefusedError("desk.arrivals.ended", plate=visit.vehicle.plate, at=visit.ended_at)
        return visit
    arrival = uow.arrivals.get(visit_id)
    if arrival is None or not arrival.is_open:
        raise RefusedError("desk.arrivals.unknown", visit=visit_id[:40])
    return arrival


def plate_of(car: VisitView | ArrivalView) -> str:
    """Return the plate of either."""
    return car.vehicle.plate if isinstance(car, VisitView) else car.plate


def noted(uow: UnitOfWork, plate: str, plate_kind: PlateKind) -> ArrivalView | None:
    """Return the open arrival of a plate and kind."""
    return next(
        (each for each in uow.arrivals.open_ones() if (each.plate, each.plate_kind) == (plate, plate_kind)), None
    )


LONGEST_BOOKING = 64
"""Characters of a number that a booking system gives."""


def refuse_used_booking(uow: UnitOfWork, booking_id: str | None, own_id: str = "") -> None:
    """Raise `RefusedError` for a number that is none, and, naming car and visit, when another car that is here came on it."""
    if booking_id is None:
        return
    if not 1 <= len(booking_id) <= LONGEST_BOOKING or not booking_id.isprintable():
        raise RefusedError("desk.intake.bad_booking", length=len(booking_id), most=LONGEST_BOOKING)
    visits = [each for each in uow.visits.open_ones() if each.ended_at is None]
    here = [(each.visit_id, each.booking_id, each.vehicle.plate, each.opened_by) for each in visits]
    here += [(each.visit_id, each.booking_id, each.plate, each.noted_by) for each in uow.arrivals.open_ones()]
    for visit_id, booking, plate, by in here:
        if booking == booking_id and visit_id != own_id:
            raise RefusedError(
                "desk.arrivals.booking_used", booking=booking_id[:64], plate=plate, visit=visit_id, by=by
            )
