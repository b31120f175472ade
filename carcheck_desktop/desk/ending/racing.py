"""A correction and a start in the same instant: the lane began with the data before the correction. Found here, pure.

The service never commands a lane: what was measured stays, is not concluded, and a finding holds the papers until the car was tested
with the data that are right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.ids import new_id
from carcheck_desktop.base.messages import Message, params_of
from carcheck_desktop.domain.ending import ManualKind, corrected_fields
from carcheck_desktop.domain.facts.ending import HoldPlaced, VisitCorrected

if TYPE_CHECKING:
    from carcheck_desktop.domain.facts import AttemptStarted
    from carcheck_desktop.domain.ports import UnitOfWork
    from carcheck_desktop.domain.vehicle import Vehicle
    from carcheck_desktop.domain.views import VisitView


def is_of_another_vehicle(uow: UnitOfWork, visit: VisitView, measured: Vehicle) -> bool:
    """Say whether a lane measured by other data than the visit's because these were corrected."""
    if measured == visit.vehicle:
        return False
    return any(entry.kind == VisitCorrected.kind for entry in uow.journal.of_subject(visit.visit_id))


def finding_of(uow: UnitOfWork, visit: VisitView, started: AttemptStarted) -> HoldPlaced | None:
    """Return the finding that holds a visit whose attempt began with the data before its correction."""
    if not is_of_another_vehicle(uow, visit, started.vehicle):
        return None
    fields = corrected_fields(started.vehicle, visit.vehicle)
    first = fields[0]
    where = {"lane": started.lane, "number": started.number, "count": len(fields)}
    what = {"field": f"holds.field.{first.field}", "before": first.before or "-", "after": first.after or "-"}
    evidence = Message("holds.finding.other_vehicle", params_of({**where, **what}))
    return HoldPlaced(visit.visit_id, new_id("hold"), ManualKind.FINDING, "", evidence)
