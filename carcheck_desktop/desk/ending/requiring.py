"""What commands about a visit's end ask first; each says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.base.messages import word
from carcheck_desktop.desk.ending.here import here_problem, still_here
from carcheck_desktop.domain.views import stage

if TYPE_CHECKING:
    from datetime import datetime

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


def require_nobody_else(uow: UnitOfWork, visit: VisitView, vehicle: Vehicle, now: datetime) -> None:
    """Refuse when another visit of this car is here."""
    other = still_here(uow, vehicle.plate, vehicle.plate_kind, vehicle.vin, now, but=visit.visit_id)
    if other is not None:
        problem = here_problem(other)
        raise RefusedError(problem.code, **problem.params)
