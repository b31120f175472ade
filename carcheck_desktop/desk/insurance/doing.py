"""A clerk's own word for a paper policy: typed, marked, and never above the insurer's."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.facts.insurance import InsuranceDeclared
from carcheck_desktop.domain.insurance import InsuranceState, Policy, PolicyOrigin, VehicleTax, insurance_state
from carcheck_desktop.domain.station import inspection_date

if TYPE_CHECKING:
    from datetime import date

    from carcheck_desktop.desk.doing import Doer, Doing
    from carcheck_desktop.domain.ports import UnitOfWork
    from carcheck_desktop.domain.views import VisitView

NUMBER = re.compile(r"[A-Z0-9\-]{8,30}")
LONGEST_NAME = 64
LONGEST = timedelta(days=3 * 366)
"""No compulsory policy is known to run longer; one that does is a slip of the keyboard."""


def declare_insurance(uow: UnitOfWork, command: c.DeclareInsurance, doing: Doing) -> dict[str, Any]:
    """Record a paper policy that was seen; refused when it is not good, or the insurer's own word needs no help."""
    visit = uow.visits.get(command.visit_id)
    if visit is None:
        raise RefusedError("desk.intake.no_such_visit", visit=command.visit_id[:40])
    today = inspection_date(doing.now)
    _require_need(visit, today)
    number = command.policy_number.strip().upper()
    if not NUMBER.fullmatch(number):
        raise RefusedError("desk.insurance.bad_number", length=len(number))
    insurer = command.insurer.strip()
    if not insurer or len(insurer) > LONGEST_NAME or not all(sign.isprintable() for sign in insurer):
        raise RefusedError("desk.insurance.bad_insurer", length=len(insurer), most=LONGEST_NAME)
    begins, ends = command.valid_from, command.valid_until
    if not begins <= ends <= begins + LONGEST:
        raise RefusedError("desk.insurance.bad_days", begins=begins, ends=ends)
    if ends < today:
        raise RefusedError("desk.insurance.over", ends=ends, today=today)
    policy = Policy(number, insurer, begins, ends, command.tax)
    record(uow, InsuranceDeclared(visit.visit_id, policy), actor=doing.actor)
    return {"is_good": begins <= today}


def _require_need(visit: VisitView, today: date) -> None:
    known = visit.insurance
    if visit.ended_at is not None:
        raise RefusedError("desk.ending.ended", visit=visit.visit_id, plate=visit.vehicle.plate)
    is_told = insurance_state(known, today) is InsuranceState.VALID and known.origin is PolicyOrigin.INSURER
    if is_told and known.policy is not None and known.policy.tax is not VehicleTax.REFUSED:
        raise RefusedError("desk.insurance.known", insurer=known.policy.insurer, number=known.policy.number)


DOERS: dict[str, Doer] = {c.DeclareInsurance.kind: declare_insurance}
