"""What commands about a visit's end ask first; each says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.base.messages import params_of, word
from carcheck_desktop.domain.views import is_over, stage

if TYPE_CHECKING:
    from carcheck_desktop.domain.ports import UnitOfWork
    from carcheck_desktop.domain.vehicle import Vehicle
    from carcheck_desktop.domain.views import VisitView


def visit_of(uow: UnitOfWork, visit_id: str) -> VisitView:
    """Return a visit; raise `RefusedError` when there is none with this id."""
    visit = uow.visits.get(visit_id)
    if visit is None:
        raise RefusedError("desk.intake.no_such_visit", visit=visit_id[:40])
    return visit


def require_open(visit: VisitView) -> None:
    """Refuse a visit that was closed or given up."""
    if visit.ended_at is not None or visit.withdrawal is not None:
        where = word(stage(visit)).code
        raise RefusedError("desk.ending.over", plate=visit.vehicle.plate, stage=where)


def require_nobody_else(uow: UnitOfWork, visit: VisitView, vehicle: Vehicle) -> None:
    """Refuse when another visit of this car is here."""
    others = (*uow.visits.of_vehicle(vehicle.plate, vehicle.plate_kind), *uow.visits.of_vin(vehicle.vin))
    for other in others:
        if other.visit_id != visit.visit_id and not is_over(other):
            seen = params_of({"plate": other.vehicle.plate, "visit": other.visit_id, "by": other.opened_by})
            raise RefusedError("desk.intake.already_here", **seen)
