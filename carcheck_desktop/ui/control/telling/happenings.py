"""What happened, as dated lines: from the views of a snapshot, and from facts as they arrive; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.messages import Message, Severity
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.domain.views import AttemptState, ItemState
from carcheck_desktop.ui.bridge.words import clock_text
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.data.states import RowState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from carcheck_desktop.base.messages import Problem
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.verdicts import ItemKind
    from carcheck_desktop.domain.views import AttemptView, ItemView, LaneView, VisitView
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.control.telling.log import Log


@dataclass(frozen=True, slots=True)
class Place:
    """What a happening is about: lane, visit, attempt and item, each empty where it is about none."""

    lane: str = ""
    visit_id: str = ""
    attempt_id: str = ""
    item: str = ""
    plate: str = ""
    kind: tuple[ItemKind, int] | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """One line: when, how it stands, what; `key` is the same however it became known.

    `is_trouble`: something of the station did not go as it should; a car that fails is no trouble.
    """

    key: str
    at: datetime
    tone: Tone
    icon: str
    what: Message | Problem
    place: Place
    is_trouble: bool = False


RESULTS = {
    Outcome.PASS: ("ui.happened.item_pass", Tone.GOOD, "circle-check"),
    Outcome.FAIL: ("ui.happened.item_fail", Tone.BAD, "circle-x"),
    Outcome.NOT_JUDGED: ("ui.happened.item_not_judged", Tone.NEUTRAL, "circle-dashed"),
    Outcome.INVALID: ("ui.happened.item_invalid", Tone.CAUTION, "circle-alert"),
}


def of_visits(visits: Iterable[VisitView]) -> list[Happening]:
    """Return what the views still tell of the past."""
    found: list[Happening] = []
    for visit in visits:
        plate = visit.vehicle.plate
        found.append(_opened(visit.visit_id, visit.opened_at, plate))
        for attempt in visit.attempts:
            found.extend(_of_attempt(attempt, plate))
        if visit.conclusion is not None and visit.concluded_at is not None:
            lane = visit.attempts[-1].lane if visit.attempts else ""
            place = Place(lane, visit.visit_id, plate=plate)
            found.append(_concluded(visit.concluded_at, visit.conclusion, place))
    return found


def of_lanes(lanes: Iterable[LaneView]) -> list[Happening]:
    """Return what the lanes' views tell of instruments that are lost now."""
    return [
        _lost(view.lane, device.device, device.since, device.problem)
        for view in lanes
        for device in view.devices
        if device.problem is not None
    ]


def _lost(lane: str, device: str, at: datetime, problem: Problem) -> Happening:
    key = f"lost {lane} {device} {at.isoformat()}"
    return Happening(key, at, Tone.BAD, "unplug", problem, Place(lane), is_trouble=True)


def _opened(visit_id: str, at: datetime, plate: str) -> Happening:
    place = Place(visit_id=visit_id, plate=plate)
    return Happening(f"opened {visit_id}", at, Tone.NEUTRAL, "plus", Message("ui.happened.opened"), place)


def _concluded(at: datetime, outcome: Outcome, place: Place) -> Happening:
    is_good = outcome is Outcome.PASS
    tone = Tone.GOOD if is_good else Tone.BAD
    what = Message("ui.happened.passed" if is_good else "ui.happened.not_passed")
    return Happening(f"concluded {place.visit_id} {at.isoformat()}", at, tone, "flag", what, place)


def _started(at: datetime, place: Place) -> Happening:
    what = Message("ui.happened.started", {"lane": place.lane})
    return Happening(f"started {place.attempt_id}", at, Tone.RUNNING, "play", what, place)


def _ended(at: datetime, place: Place, *, complete: bool) -> Happening:
    what = Message("ui.happened.complete" if complete else "ui.happened.aborted", {"lane": place.lane})
    tone = Tone.NEUTRAL if complete else Tone.CAUTION
    return Happening(f"ended {place.attempt_id}", at, tone, "flag", what, place, is_trouble=not complete)


def _of_attempt(attempt: AttemptView, plate: str) -> list[Happening]:
    whole = Place(attempt.lane, attempt.visit_id, attempt.attempt_id, plate=plate)
    found = [_started(attempt.started_at, whole)]
    if attempt.ended_at is not None:
        found.append(_ended(attempt.ended_at, whole, complete=attempt.state is AttemptState.COMPLETE))
    for item in attempt.items:
        where = Place(attempt.lane, attempt.visit_id, attempt.attempt_id, item.item, plate, (item.kind, item.axle))
        found.extend(_of_item(item, where))
    return found


def _of_item(item: ItemView, where: Place) -> list[Happening]:
    if item.finished_at is None or item.run_id is None:
        return []
    if item.state is ItemState.VOID and item.void_reason is not None:
        return [_void(item.run_id, item.finished_at, item.void_reason, where)]
    if item.outcome is not None:
        return [_finished(item.run_id, item.finished_at, item.outcome, where, judged=bool(item.cards))]
    return []


def _finished(run_id: str, at: datetime, outcome: Outcome, where: Place, *, judged: bool) -> Happening:
    if not judged:
        return Happening(f"item {run_id}", at, Tone.GOOD, "weight", Message("ui.happened.measured"), where)
    code, tone, icon = RESULTS[outcome]
    is_trouble = outcome is Outcome.INVALID
    return Happening(f"item {run_id}", at, tone, icon, Message(code), where, is_trouble=is_trouble)


def _void(run_id: str, at: datetime, reason: Problem, where: Place) -> Happening:
    return Happening(f"item {run_id}", at, Tone.CAUTION, "circle-alert", reason, where, is_trouble=True)


def of_entry(entry: Entry, visits: dict[str, VisitView]) -> Happening | None:
    """Return what a fact tells people, None for facts that nobody waits for."""
    try:
        fact = entry.fact()
    except DataError:
        return None
    visit = visits.get(entry.subject)
    return _of_visit_fact(fact, entry, visit) or _of_item_fact(fact, entry, visit) or _of_lane_fact(fact, entry, visit)


def _plate(visit: VisitView | None) -> str:
    return visit.vehicle.plate if visit is not None else ""


def _of_visit_fact(fact: f.Fact, entry: Entry, visit: VisitView | None) -> Happening | None:
    if isinstance(fact, f.VisitOpened):
        return _opened(fact.visit_id, entry.at, fact.vehicle.plate)
    if isinstance(fact, f.VisitConcluded):
        lane = visit.attempts[-1].lane if visit is not None and visit.attempts else ""
        return _concluded(entry.at, fact.outcome, Place(lane, fact.visit_id, plate=_plate(visit)))
    if isinstance(fact, f.AttemptStarted):
        return _started(entry.at, Place(fact.lane, fact.visit_id, fact.attempt_id, plate=fact.vehicle.plate))
    if isinstance(fact, f.AttemptEnded):
        place = Place(fact.lane, fact.visit_id, fact.attempt_id, plate=_plate(visit))
        return _ended(entry.at, place, complete=fact.end is f.AttemptEnd.COMPLETE)
    return None


def _of_item_fact(fact: f.Fact, entry: Entry, visit: VisitView | None) -> Happening | None:
    if not isinstance(fact, f.ItemFinished | f.ItemVoided):
        return None
    kind = (fact.item_kind, fact.axle) if isinstance(fact, f.ItemFinished) else _planned(fact.item, visit)
    where = Place(fact.lane, fact.visit_id, fact.attempt_id, fact.item, _plate(visit), kind)
    if isinstance(fact, f.ItemFinished):
        return _finished(fact.run_id, entry.at, fact.outcome, where, judged=bool(fact.cards))
    return _void(fact.run_id, entry.at, fact.reason, where)


def _planned(item: str, visit: VisitView | None) -> tuple[ItemKind, int] | None:
    items = visit.attempts[-1].items if visit is not None and visit.attempts else ()
    return next(((each.kind, each.axle) for each in items if each.item == item), None)


def _of_lane_fact(fact: f.Fact, entry: Entry, visit: VisitView | None) -> Happening | None:
    key, plate = f"{entry.node} {entry.seq}", _plate(visit)
    if isinstance(fact, f.AttemptInterrupted):
        is_loud = fact.reason.severity is Severity.CRITICAL
        tone, icon = (Tone.BAD, "octagon-x") if is_loud else (Tone.CAUTION, "circle-pause")
        place = Place(fact.lane, fact.visit_id, fact.attempt_id, plate=plate)
        return Happening(key, entry.at, tone, icon, fact.reason, place, is_trouble=True)
    if isinstance(fact, f.CommandRefused):
        lane = str(fact.reason.params.get("lane", ""))
        return Happening(key, entry.at, Tone.CAUTION, "ban", fact.reason, Place(lane), is_trouble=True)
    if isinstance(fact, f.LaneStopped):
        what = Message("ui.happened.stopped", {"lane": fact.lane, "actor": entry.actor})
        return Happening(key, entry.at, Tone.BAD, "octagon-pause", what, Place(fact.lane), is_trouble=True)
    if isinstance(fact, f.StopReleased):
        what = Message("ui.happened.released", {"lane": fact.lane, "actor": entry.actor})
        return Happening(key, entry.at, Tone.NEUTRAL, "lock-open", what, Place(fact.lane))
    return _of_instrument(fact, entry)


def _of_instrument(fact: f.Fact, entry: Entry) -> Happening | None:
    if isinstance(fact, f.DeviceLost):
        return _lost(fact.lane, fact.device, entry.at, fact.diagnosis)
    if isinstance(fact, f.DeviceAttached):
        what = Message("ui.happened.attached", {"lane": fact.lane, "device": fact.device})
        return Happening(f"{entry.node} {entry.seq}", entry.at, Tone.GOOD, "plug-zap", what, Place(fact.lane))
    return None


def rows(log: Log, words: Words, now_s: float, limit: int = 60) -> tuple[RowState, ...]:
    """Return the list of happenings, newest first."""
    return tuple(row_of(each, words, is_new=log.is_unseen(each, now_s)) for each in log.newest()[:limit])


def row_of(happening: Happening, words: Words, *, is_new: bool) -> RowState:
    """Return a happening as a row."""
    what, place = happening.what, happening.place
    text = words.message(what) if isinstance(what, Message) else words.message(what.cause)
    title = text
    if place.kind is not None:
        title = words.item(*place.kind)
    else:
        text = ""
    return RowState(
        key=happening.key,
        title=title,
        detail="  ".join(part for part in (clock_text(happening.at), place.plate, text) if part),
        icon=happening.icon,
        tone=happening.tone,
        is_new=is_new,
    )
