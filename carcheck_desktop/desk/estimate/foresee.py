"""When each visit will be done: its own work left, the queue before it, the lanes that work; pure.

Visits are served in the order in which they were opened, each by the lane that is free first. What nobody can
know (a lane stands still, the station closes before) gets a reason and no far end.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message, word
from carcheck_desktop.desk.estimate.durations import BETWEEN, CHANGE, FINISH, LEAVE, Durations
from carcheck_desktop.desk.estimate.stretches import NOTHING, Stretch, rest_of, stretch_of
from carcheck_desktop.domain.station import CHINA
from carcheck_desktop.domain.turns import visits_in_turn
from carcheck_desktop.domain.views import AttemptState, ItemState, LaneView, Stage, plan_now, stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from carcheck_desktop.domain.board import OpenSpan
    from carcheck_desktop.domain.verdicts import ItemKind
    from carcheck_desktop.domain.views import AttemptView, VisitView

ENOUGH = 20
"""From so many own samples on, an estimate is said to rest on the station's own work."""
TOLERANCE = timedelta(minutes=2)
"""Nobody is called late who is not later than this beyond what was promised first."""
ENDED = (AttemptState.COMPLETE, AttemptState.ABORTED)


@dataclass(frozen=True, slots=True)
class Expected:
    """When a visit is expected to be done; the fields of `domain.facts.EstimateGiven`."""

    earliest: datetime
    latest: datetime | None
    late: Message | None
    basis: Message


@dataclass(frozen=True, slots=True)
class LaneNow:
    """A lane as the queue sees it: `trouble` says why it takes nobody, `idle_since` when it became free."""

    lane: str
    trouble: Message | None = None
    idle_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """All that is known now: open visits, lanes, and the day's opening hours (none recorded: no bounds)."""

    now: datetime
    visits: tuple[VisitView, ...]
    lanes: tuple[LaneNow, ...]
    spans: tuple[OpenSpan, ...] = ()


def lane_now(view: LaneView) -> LaneNow:
    """Return a lane as the queue sees it."""
    where = {"lane": view.lane}
    attempt = view.attempt
    if view.stopped:
        return LaneNow(view.lane, Message("desk.estimate.late_stopped", dict(where)))
    if any(device.problem is not None for device in view.devices):
        return LaneNow(view.lane, Message("desk.estimate.late_device", dict(where)))
    if attempt is not None and attempt.state is AttemptState.INTERRUPTED:
        return LaneNow(view.lane, Message("desk.estimate.late_interrupted", dict(where)))
    is_free = attempt is not None and attempt.state in ENDED
    return LaneNow(view.lane, None, attempt.ended_at if attempt is not None and is_free else None)


def foresee(outlook: Outlook, durations: Durations) -> dict[str, Expected]:
    """Return what to expect of every open visit, by its id."""
    return _Foresight(outlook, durations).all()


class _Foresight:
    """One look over all visits; `_free` says when each working lane is free, from now on."""

    def __init__(self, outlook: Outlook, durations: Durations) -> None:
        self._outlook = outlook
        self._now = outlook.now
        self._durations = durations
        self._lanes = {lane.lane: lane for lane in outlook.lanes}
        self._free = {lane.lane: NOTHING for lane in outlook.lanes if lane.trouble is None}
        self._idle = {lane.lane: lane.idle_since for lane in outlook.lanes}
        self._item: dict[ItemKind, Stretch] = {}
        self._between = stretch_of(durations.known(BETWEEN))
        self._after = stretch_of(durations.known(LEAVE))
        self._conclusion = stretch_of(durations.known(FINISH))
        self._troubles = [lane.trouble for lane in outlook.lanes if lane.trouble is not None]

    def all(self) -> dict[str, Expected]:
        found: dict[str, Expected] = {}
        waiting: list[VisitView] = []
        for visit in self._outlook.visits:
            where = stage(visit)
            if where is Stage.WAITING:
                waiting.append(visit)
            elif where is Stage.MEASURED:
                found[visit.visit_id] = self._measured(visit)
            elif where in (Stage.IN_LANE, Stage.INTERRUPTED):
                found[visit.visit_id] = self._on_lane(visit, visit.attempts[-1])
        for ahead, visit in enumerate(visits_in_turn(waiting)):
            found[visit.visit_id] = self._waiting(visit, ahead)
        return found

    def _measured(self, visit: VisitView) -> Expected:
        ended = visit.attempts[-1].ended_at or self._now
        rest = rest_of(self._durations.known(FINISH), (self._now - ended).total_seconds())
        return self._told(visit, rest, None)

    def _on_lane(self, visit: VisitView, attempt: AttemptView) -> Expected:
        lane = self._lanes.get(attempt.lane)
        rest = self._rest(attempt)
        if attempt.state is AttemptState.INTERRUPTED or (lane is not None and lane.trouble is not None):
            own = Message("desk.estimate.late_interrupted", {"lane": attempt.lane})
            trouble = lane.trouble if lane is not None and lane.trouble is not None else own
            self._free.pop(attempt.lane, None)
            return self._open_ended(rest + self._conclusion, trouble)
        if attempt.lane in self._free:
            self._free[attempt.lane] = rest
            self._idle[attempt.lane] = None
        return self._told(visit, rest + self._conclusion, _repeated(attempt))

    def _waiting(self, visit: VisitView, ahead: int) -> Expected:
        own = self._items(item.kind for item in plan_now(visit))
        change = stretch_of(self._durations.known(CHANGE))
        if not self._free:
            nowhere = self._troubles[0] if self._troubles else Message("desk.estimate.late_no_lane")
            return self._open_ended(change + own + self._conclusion, nowhere)
        lane = min(self._free, key=lambda name: (self._free[name].mean_s, name))
        idle_since = self._idle.pop(lane, None)
        if self._free[lane] is NOTHING:
            waited_s = (self._now - max(visit.opened_at, idle_since or visit.opened_at)).total_seconds()
            change = rest_of(self._durations.known(CHANGE), waited_s)
        end = self._free[lane] + change + own
        self._free[lane] = end
        closing = self._closing(end + self._conclusion)
        if closing is not None:
            return self._open_ended(end + self._conclusion, closing)
        trouble = self._troubles[0] if self._troubles and ahead else None
        crowd = Message("desk.estimate.late_queue", {"ahead": ahead}) if ahead else None
        return self._told(visit, end + self._conclusion, trouble, crowd)

    def _rest(self, attempt: AttemptView) -> Stretch:
        """Return what is left of an attempt until the car has left the lane."""
        left = [item for item in attempt.items if item.state is not ItemState.DONE]
        times = [attempt.started_at, *(item.finished_at for item in attempt.items if item.finished_at is not None)]
        since_s = (self._now - max(times)).total_seconds()
        if not left:
            return rest_of(self._durations.known(LEAVE), since_s)
        running = next((item for item in left if item.state is ItemState.RUNNING), None)
        if running is not None and running.started_at is not None:
            ran_s = (self._now - running.started_at).total_seconds()
            begun = rest_of(self._durations.known(running.kind.value), ran_s)
            return begun + self._items(item.kind for item in left if item is not running)
        first, *others = left
        begun = rest_of(self._durations.known(BETWEEN), since_s) + self._one(first.kind)
        return begun + self._items(item.kind for item in others)

    def _items(self, kinds: Iterable[ItemKind]) -> Stretch:
        """Return the time of whole items and of leaving the lane after them."""
        total = self._after
        for kind in kinds:
            total = total + self._between + self._one(kind)
        return total

    def _one(self, kind: ItemKind) -> Stretch:
        found = self._item.get(kind)
        if found is None:
            found = self._item[kind] = stretch_of(self._durations.known(kind.value))
        return found

    def _told(self, visit: VisitView, rest: Stretch, reason: Message | None, crowd: Message | None = None) -> Expected:
        """Return a range, with the reason when it is later than what was promised first (or begins so)."""
        earliest, latest = self._after_s(rest.soonest_s), self._after_s(rest.latest_s)
        promised = visit.estimate.promised if visit.estimate is not None else None
        if promised is None:
            return Expected(earliest, latest, reason, _basis(rest))
        if latest <= promised + TOLERANCE:
            return Expected(earliest, latest, None, _basis(rest))
        missed = Message("desk.estimate.late_missed") if promised < self._now else None
        late = reason or missed or crowd or Message("desk.estimate.late_slow")
        return Expected(earliest, latest, late, _basis(rest))

    def _open_ended(self, rest: Stretch, why: Message) -> Expected:
        return Expected(self._after_s(rest.soonest_s), None, why, _basis(rest))

    def _closing(self, rest: Stretch) -> Message | None:
        """Say that the station closes before; while it works outside its hours they bound nothing."""
        spans, local = self._outlook.spans, self._now.astimezone(CHINA)
        if not any(span.opens <= local.time() < span.closes for span in spans):
            return None
        closes = datetime.combine(local.date(), spans[-1].closes, CHINA)
        if self._after_s(rest.soonest_s) <= closes:
            return None
        return Message("desk.estimate.late_closing", {"closes": closes.strftime("%H:%M")})

    def _after_s(self, seconds: float) -> datetime:
        """Return the moment after so many seconds of work: a break between two spans of the day is no work."""
        moment = worked_until(self._now, seconds, self._outlook.spans)
        return moment.replace(microsecond=0) + timedelta(seconds=1 if moment.microsecond >= 500_000 else 0)


def worked_until(now: datetime, seconds: float, spans: tuple[OpenSpan, ...]) -> datetime:
    """Return the moment at which so many seconds were worked, beginning now; after the last span work goes on."""
    local = now.astimezone(CHINA)
    left = timedelta(seconds=seconds)
    coming = [span for span in spans if local.time() < span.closes]
    if not coming or not coming[0].opens <= local.time():
        return now + left
    for span, following in pairwise(coming):
        closes = datetime.combine(local.date(), span.closes, CHINA)
        if now + left <= closes:
            return now + left
        left -= closes - now
        now = datetime.combine(local.date(), following.opens, CHINA).astimezone(now.tzinfo)
    return now + left


def _repeated(attempt: AttemptView) -> Message | None:
    for item in attempt.items:
        if item.state is ItemState.VOID or (item.runs > 1 and item.state is not ItemState.DONE):
            return Message("desk.estimate.late_repeated", {"item": word(item.kind).code, "axle": item.axle})
    return None


def _basis(rest: Stretch) -> Message:
    samples = rest.samples or 0
    if samples >= ENOUGH:
        return Message("desk.estimate.basis_own", {"samples": samples})
    if samples:
        return Message("desk.estimate.basis_mixed", {"samples": samples})
    return Message("desk.estimate.basis_table")
