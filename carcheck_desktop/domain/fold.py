"""The folds: (view, entry) -> view, pure and total; facts that do not concern a view leave it be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.fold_board import fold_board
from carcheck_desktop.domain.folding import MACHINES
from carcheck_desktop.domain.folding.ending import reopened
from carcheck_desktop.domain.views import (
    AttemptState,
    AttemptView,
    DeviceView,
    EstimateView,
    ItemState,
    ItemView,
    LaneView,
    PromptView,
    VisitView,
    attempt_end_state,
)

if TYPE_CHECKING:
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.verdicts import PlannedItem

__all__ = ["fold_attempt", "fold_board", "fold_lane", "fold_visit", "planned", "started_attempt"]

ATTEMPT_FACTS = (
    f.ItemStarted,
    f.ItemFinished,
    f.ItemVoided,
    f.AttemptEnded,
    f.AttemptInterrupted,
    f.AttemptResumed,
)


def fold_visit(view: VisitView | None, entry: Entry) -> VisitView | None:
    """Return the visit's view after one more entry; None while the visit is unknown."""
    fact = entry.fact()
    if isinstance(fact, f.VisitOpened):
        return view or _opened(fact, entry)
    if view is None:
        view = reopened(entry)
    if view is None or getattr(fact, "visit_id", None) != view.visit_id:
        return view
    if isinstance(fact, f.EstimateGiven):
        return replace(view, estimate=_estimated(view, fact, entry))  # expecting changes nothing of the visit
    if isinstance(fact, f.PrivateShown):
        return view  # looking changes nothing either
    if isinstance(fact, f.VisitConcluded):
        view = replace(view, conclusion=fact.outcome, conclusion_cards=fact.cards, concluded_at=entry.at)
        view = replace(view, purposes=fact.purposes)
    elif isinstance(fact, f.AttemptStarted):
        view = replace(view, attempts=(*view.attempts, started_attempt(fact, entry)))
        view = replace(view, conclusion=None, conclusion_cards=(), concluded_at=None, purposes={})
    elif isinstance(fact, ATTEMPT_FACTS):
        changed = tuple(fold_attempt(attempt, entry) for attempt in view.attempts)
        view = replace(view, attempts=changed)
    for machine in MACHINES:
        view = machine(view, entry)
    return replace(view, changed_at=entry.at)


def _opened(fact: f.VisitOpened, entry: Entry) -> VisitView:
    return VisitView(
        visit_id=fact.visit_id,
        vehicle=fact.vehicle,
        inspection=fact.inspection,
        plan=fact.plan,
        edition=fact.edition,
        table_hash=fact.table_hash,
        opened_at=entry.at,
        opened_by=entry.actor,
        changed_at=entry.at,
        origins=fact.origins,
        channel=fact.channel,
        booking_id=fact.booking_id,
        charge=fact.charge,
        lookup_id=fact.lookup_id,
        private_digest=fact.private_digest,
        tables=fact.tables,
        unmet=fact.unmet,
    )


def _estimated(view: VisitView, fact: f.EstimateGiven, entry: Entry) -> EstimateView:
    before = view.estimate.promised if view.estimate is not None else None
    return EstimateView(fact.earliest, fact.latest, fact.late, fact.basis, entry.at, before or fact.latest)


def planned(item: PlannedItem) -> ItemView:
    """Return the view of an item that has not begun."""
    return ItemView(item.item, item.kind, item.axle, item.reason, purposes=item.purposes)


def started_attempt(fact: f.AttemptStarted, entry: Entry) -> AttemptView:
    """Return the view of an attempt that has just begun."""
    return AttemptView(
        attempt_id=fact.attempt_id,
        visit_id=fact.visit_id,
        lane=fact.lane,
        number=fact.number,
        vehicle=fact.vehicle,
        inspection=fact.inspection,
        edition=fact.edition,
        table_hash=fact.table_hash,
        started_at=entry.at,
        items=tuple(planned(item) for item in fact.plan),
        tables=fact.tables,
    )


def fold_attempt(attempt: AttemptView, entry: Entry) -> AttemptView:
    """Return the attempt's view after one more entry."""
    fact = entry.fact()
    if getattr(fact, "attempt_id", None) != attempt.attempt_id:
        return attempt
    if isinstance(fact, f.ItemStarted | f.ItemFinished | f.ItemVoided):
        items = tuple(_fold_item(item, fact, entry) if item.item == fact.item else item for item in attempt.items)
        return replace(attempt, items=items)
    if isinstance(fact, f.AttemptInterrupted):
        return replace(attempt, state=AttemptState.INTERRUPTED, problem=fact.reason)
    if isinstance(fact, f.AttemptResumed):
        return replace(attempt, state=AttemptState.RUNNING, problem=None)
    if isinstance(fact, f.AttemptEnded):
        return replace(attempt, state=attempt_end_state(fact.end), ended_at=entry.at)
    return attempt


def _fold_item(item: ItemView, fact: f.ItemStarted | f.ItemFinished | f.ItemVoided, entry: Entry) -> ItemView:
    if isinstance(fact, f.ItemStarted):
        return ItemView(
            item.item, item.kind, item.axle, item.plan_reason,
            state=ItemState.RUNNING, runs=item.runs + 1, run_id=fact.run_id,
            started_at=entry.at, demanded_sum_daN=fact.demanded_sum_daN, purposes=item.purposes, demand=fact.demand,
        )  # fmt: skip
    if fact.run_id != item.run_id:
        return item
    if isinstance(fact, f.ItemVoided):
        return replace(item, state=ItemState.VOID, void_reason=fact.reason, finished_at=entry.at)
    return replace(
        item, state=ItemState.DONE, finished_at=entry.at, outcome=fact.outcome, cards=fact.cards,
        weighing=fact.weighing, service_brake=fact.service_brake,
        parking_brake=fact.parking_brake, effort=fact.effort, origin=fact.origin, two_speed_idle=fact.two_speed_idle,
    )  # fmt: skip


def fold_lane(view: LaneView, entry: Entry) -> LaneView:
    """Return the lane's view after one more entry of its node."""
    fact = entry.fact()
    if getattr(fact, "lane", None) != view.lane:
        return view
    if isinstance(fact, f.DeviceAttached | f.DeviceLost):
        return _with_device(view, fact, entry)
    if isinstance(fact, f.LaneStopped | f.StopReleased):
        return _with_stop(view, fact, entry)
    if isinstance(fact, f.OccupancyTaken):
        return replace(view, occupied_by=fact.visit_id)
    if isinstance(fact, f.OccupancyReleased):
        is_over = view.attempt is None or view.attempt.state in (AttemptState.COMPLETE, AttemptState.ABORTED)
        return replace(view, occupied_by=None, prompt=None if is_over else view.prompt)
    return _with_attempt(view, fact, entry)


def _with_stop(view: LaneView, fact: f.LaneStopped | f.StopReleased, entry: Entry) -> LaneView:
    if isinstance(fact, f.StopReleased):
        return replace(view, stopped=False, stopped_by=None, stop_reason=None)
    return replace(view, stopped=True, stopped_by=entry.actor, stop_reason=fact.reason, prompt=None)


def _with_attempt(view: LaneView, fact: f.Fact, entry: Entry) -> LaneView:
    if isinstance(fact, f.AttemptStarted):
        return replace(view, attempt=started_attempt(fact, entry), prompt=None, running_item=None)
    if isinstance(fact, f.PromptShown):
        prompt = PromptView(fact.prompt_id, fact.expects, fact.axle, fact.due_s, fact.message, entry.at)
        return replace(view, prompt=prompt)
    if view.attempt is None:
        return view
    running = view.running_item
    prompt_now = view.prompt
    if isinstance(fact, f.ItemStarted):
        running, prompt_now = fact.item, None
    elif isinstance(fact, f.ItemFinished | f.ItemVoided | f.AttemptEnded | f.AttemptInterrupted):
        running, prompt_now = None, None
    attempt = fold_attempt(view.attempt, entry)
    return replace(view, attempt=attempt, running_item=running, prompt=prompt_now)


def _with_device(view: LaneView, fact: f.DeviceAttached | f.DeviceLost, entry: Entry) -> LaneView:
    is_well = isinstance(fact, f.DeviceAttached)
    device = DeviceView(
        device=fact.device,
        device_kind=fact.device_kind,
        driver=fact.driver,
        port=fact.port,
        identity=fact.identity if isinstance(fact, f.DeviceAttached) else "",
        since=entry.at,
        problem=None if is_well else fact.diagnosis if isinstance(fact, f.DeviceLost) else None,
    )
    others = tuple(other for other in view.devices if other.device != fact.device)
    devices = tuple(sorted((*others, device), key=lambda each: each.device))
    return replace(view, devices=devices)
