"""The folds of insurance, placed holds, and how a visit ends and is opened once more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from carcheck_desktop.domain.ending import PlacedHold, RecheckView, Withdrawal
from carcheck_desktop.domain.facts import ending as e
from carcheck_desktop.domain.facts import insurance as i
from carcheck_desktop.domain.insurance import NOT_INSURED_YET, InsuranceView, Policy, PolicyOrigin, masked_policy
from carcheck_desktop.domain.views import VisitView

if TYPE_CHECKING:
    from carcheck_desktop.domain.journal import Entry


def fold_ending(view: VisitView, entry: Entry) -> VisitView:
    """Return the visit after it was held, freed, withdrawn, closed, corrected or opened for a recheck."""
    changes: dict[str, Any] = {}
    match entry.fact():
        case e.HoldPlaced() as fact:
            placed = PlacedHold(fact.hold_id, fact.hold_kind, fact.reason, entry.at, entry.actor, fact.evidence)
            changes = {"placed_holds": (*view.placed_holds, placed)}
        case e.HoldLifted() as fact:
            changes = {"placed_holds": tuple(each for each in view.placed_holds if each.hold_id != fact.hold_id)}
        case e.VisitClosed():
            changes = {"ended_at": entry.at}
        case e.VisitWithdrawn() as fact:
            given_up = Withdrawal(fact.reason, fact.note, entry.at, entry.actor)
            changes = {"withdrawal": given_up, "charge": fact.charge}
        case e.VisitCorrected() as fact:
            names = ("vehicle", "plan", "edition", "table_hash", "tables", "unmet", "origins", "charge")
            changes = {name: getattr(fact, name) for name in names}
            if (fact.vehicle.plate, fact.vehicle.vin) != (view.vehicle.plate, view.vehicle.vin):
                changes["insurance"] = NOT_INSURED_YET  # what was found was found for another car
        case e.RecheckOpened() as fact:
            changes = _once_more(view, fact, entry)
    return replace(view, **changes) if changes else view


def reopened(entry: Entry) -> VisitView | None:
    """Return a forgotten visit as a recheck's fact tells it, without its earlier attempts; None at any other fact."""
    fact = entry.fact()
    if not isinstance(fact, e.RecheckOpened):
        return None
    return VisitView(
        visit_id=fact.visit_id, vehicle=fact.vehicle, inspection=fact.inspection, plan=fact.first_plan,
        edition=fact.edition, table_hash=fact.table_hash, opened_at=entry.at, opened_by=entry.actor,
        changed_at=entry.at, origins=fact.origins, channel=fact.channel,
    )  # fmt: skip


def _once_more(view: VisitView, fact: e.RecheckOpened, entry: Entry) -> dict[str, Any]:
    recheck = RecheckView(fact.number, fact.plan, entry.at, entry.actor, fact.attempts_before, fact.until, fact.charge)
    return {
        "recheck": recheck, "charge": (*view.charge, *fact.charge), "edition": fact.edition,
        "table_hash": fact.table_hash, "tables": fact.tables, "conclusion": None, "conclusion_cards": (),
        "concluded_at": None, "purposes": {}, "ended_at": None, "estimate": None,
    }  # fmt: skip


def fold_insurance(view: VisitView, entry: Entry) -> VisitView:
    """Return the visit after something became known of its insurance."""
    known = view.insurance
    match entry.fact():
        case i.InsuranceHinted() as fact:
            known = replace(known, hinted_until=fact.insured_until)
        case i.InsuranceFound() as fact:
            known = InsuranceView(
                _masked(fact.policy), PolicyOrigin.INSURER, fact.source, fact.simulated,
                answered_at=entry.at, since=entry.at, hinted_until=known.hinted_until,
            )  # fmt: skip
        case i.InsuranceMissing() as fact:
            known = InsuranceView(
                source=fact.source, simulated=fact.simulated,
                answered_at=entry.at, since=entry.at, hinted_until=known.hinted_until,
            )  # fmt: skip
        case i.InsuranceUnanswered() as fact:
            known = replace(known, problem=fact.problem, since=known.since or entry.at)
        case i.InsuranceDeclared() as fact:
            known = replace(
                known, policy=_masked(fact.policy), origin=PolicyOrigin.TYPED, declared_by=entry.actor, since=entry.at
            )
        case _:
            return view
    return replace(view, insurance=known)


def _masked(policy: Policy) -> Policy:
    return replace(policy, number=masked_policy(policy.number))
