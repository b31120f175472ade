"""What an insurer's answer comes to: a fact when something is new, nothing when it is known; and who is asked about how often."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from carcheck_desktop.domain.facts.insurance import InsuranceFound, InsuranceMissing, InsuranceUnanswered
from carcheck_desktop.domain.holds import is_failed
from carcheck_desktop.domain.insurance import (
    InsuranceState,
    PolicyOrigin,
    VehicleTax,
    best_policy,
    insurance_state,
    masked_policy,
)
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.verdicts import Outcome

if TYPE_CHECKING:
    from carcheck_desktop.base.messages import Problem
    from carcheck_desktop.domain.facts import Fact
    from carcheck_desktop.domain.insurance import Policy
    from carcheck_desktop.domain.ports import InsurerAnswer
    from carcheck_desktop.domain.views import VisitView

PAPERS_WAIT_S = 2.0
"""Real seconds between two questions about a car whose papers wait for nothing but this: it is free within five."""
SOON_S = 10.0
"""About a car that is still inspected: nothing waits for its insurance yet."""
SLOW_S = 30.0
"""About a policy that is known to begin later, a typed one, and a car whose papers have waited for hours."""
SLOW_AFTER = timedelta(hours=2)
RARE_S = 600.0
"""About a car whose papers have waited for days: its owner may never come again."""
RARE_AFTER = timedelta(days=2)


def heard(visit: VisitView, answer: InsurerAnswer, source: str, day: date) -> Fact | None:
    """Return what an answer adds to what is known of a visit's insurance; None when nothing.

    A clerk's own word is only replaced by a policy that is good, and whose tax is not refused where a clerk saw the receipt:
    an insurer's register may be days behind.
    """
    known, best = visit.insurance, best_policy(answer.policies, day)
    is_good = best is not None and best.valid_from <= day <= best.valid_until
    if known.origin is PolicyOrigin.TYPED and known.policy is not None:
        is_taxed = best is not None and (best.tax is not VehicleTax.REFUSED or known.policy.tax is VehicleTax.REFUSED)
        if not (is_good and is_taxed):
            return None
    if best is None:
        is_known = known.answered_at is not None and known.policy is None and known.problem is None
        return None if is_known else InsuranceMissing(visit.visit_id, source, answer.simulated)
    is_known = known.origin is PolicyOrigin.INSURER and known.problem is None and known.policy == _masked(best)
    return None if is_known else InsuranceFound(visit.visit_id, best, source, answer.simulated)


def unheard(visit: VisitView, problem: Problem, source: str) -> Fact | None:
    """Return that the insurer was not heard; None when the same reason is known already."""
    known = visit.insurance.problem
    if known is not None and known.code == problem.code:
        return None
    return InsuranceUnanswered(visit.visit_id, source, problem)


def asked_every_s(visit: VisitView, now: datetime) -> float | None:
    """Return after how many real seconds a visit is asked about again; None when nobody needs to know any more."""
    if visit.ended_at is not None or visit.withdrawal is not None or is_failed(visit):
        return None
    known = visit.insurance
    state = insurance_state(known, inspection_date(now))
    if state is InsuranceState.VALID:
        return SLOW_S if known.origin is PolicyOrigin.TYPED else None
    if state is InsuranceState.LATER:
        return SLOW_S
    concluded_at = visit.concluded_at
    if visit.conclusion is Outcome.PASS and concluded_at is not None:
        waited = now - concluded_at
        if waited >= RARE_AFTER:
            return RARE_S
        return PAPERS_WAIT_S if waited < SLOW_AFTER else SLOW_S
    return SOON_S


def _masked(policy: Policy) -> Policy:
    return replace(policy, number=masked_policy(policy.number))
