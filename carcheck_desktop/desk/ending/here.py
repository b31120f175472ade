"""Whether a car is still here: which visit of it has not ended, and what may be done with that one instead of another.

A concluded visit that nobody closed keeps its car for as many days as the rules say; then it was forgotten, and a new
visit may be opened beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message, Problem, word
from carcheck_desktop.desk.ending.rules import rules
from carcheck_desktop.domain.holds import is_failed
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.views import Stage, stage

if TYPE_CHECKING:
    from datetime import date, datetime

    from carcheck_desktop.domain.ports import UnitOfWork
    from carcheck_desktop.domain.vehicle import PlateKind
    from carcheck_desktop.domain.views import VisitView


def still_here(
    uow: UnitOfWork, plate: str, kind: PlateKind, vin: str, now: datetime, but: str = ""
) -> VisitView | None:  # fmt: skip
    """Return the visit of this plate and kind, or of this VIN, that has not ended, `but` one's own."""
    today = inspection_date(now)
    visits = (*uow.visits.of_vehicle(plate, kind), *uow.visits.of_vin(vin))
    return next((each for each in visits if each.visit_id != but and _keeps(each, today)), None)


def never_closed(uow: UnitOfWork, plate: str, kind: PlateKind, vin: str, now: datetime) -> VisitView | None:
    """Return a visit that nobody closed and that keeps its car no longer: somebody should look after it."""
    today = inspection_date(now)
    visits = (*uow.visits.of_vehicle(plate, kind), *uow.visits.of_vin(vin))
    return next((each for each in visits if each.ended_at is None and not _keeps(each, today)), None)


def recheck_due(uow: UnitOfWork, plate: str, kind: PlateKind, now: datetime) -> VisitView | None:
    """Return the newest visit of this plate when it failed and may be opened once more."""
    newest = next(iter(uow.visits.of_vehicle(plate, kind)), None)
    if newest is None or newest.withdrawal is not None or newest.concluded_at is None or not is_failed(newest):
        return None
    is_late = inspection_date(now) > rules().until(inspection_date(newest.concluded_at))
    rechecks = newest.recheck.number if newest.recheck is not None else 0
    return None if is_late or rechecks >= rules().most_rechecks else newest


def ways(visit: VisitView) -> Message:
    """Return what may be done with a visit whose car is here, instead of opening another one."""
    return WAYS.get(stage(visit), GOES_ON)


def here_problem(visit: VisitView) -> Problem:
    """Return why no other visit is opened: this one, who opened it, how it stands, and the ways on from there."""
    said = {"plate": visit.vehicle.plate, "visit": visit.visit_id, "by": visit.opened_by}
    number = visit.ticket.number if visit.ticket is not None else "-"
    how = {"ticket": number, "stage": word(stage(visit)).code, "ways": ways(visit).code}
    return Problem("desk.intake.already_here", {**said, **how})


def _keeps(visit: VisitView, today: date) -> bool:
    """Say whether a visit keeps its car from another one: until it ended, or was over and forgotten for too long."""
    if visit.ended_at is not None:
        return False
    over_since = visit.withdrawal.at if visit.withdrawal is not None else visit.concluded_at
    return over_since is None or today <= rules().forgotten_after(inspection_date(over_since))


GOES_ON = Message("desk.intake.here.goes_on")
WAYS = {
    Stage.PASSED: Message("desk.intake.here.passed"),
    Stage.FAILED: Message("desk.intake.here.failed"),
    Stage.WITHDRAWN: Message("desk.intake.here.withdrawn"),
}
