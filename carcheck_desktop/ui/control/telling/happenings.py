"""What happened, as dated lines: from the views of a snapshot, and from facts as they arrive; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
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
    from carcheck_desktop.domain.views import AttemptView, VisitView
    from carcheck_desktop.ui.bridge.words import Words

KEPT = 200
AWAY = timedelta(seconds=90)
"""Without a key or a click for this long, the person is taken to have looked elsewhere."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One line: when, how it stands, what; `key` is the same however it became known."""

    key: str
    at: datetime
    tone: Tone
    icon: str
    plate: str
    what: Message | Problem
    item: tuple[ItemKind, int] | None = None


def of_visits(visits: Iterable[VisitView]) -> list[Happening]:
    """Return what the views still tell of the past."""
    found: list[Happening] = []
    for visit in visits:
        plate = visit.vehicle.plate
        found.append(_opened(visit.visit_id, visit.opened_at, plate))
        for attempt in visit.attempts:
            found.extend(_of_attempt(attempt, plate))
        if visit.conclusion is not None and visit.concluded_at is not None:
            found.append(_concluded(visit.visit_id, visit.concluded_at, plate, visit.conclusion))
    return found


def _opened(visit_id: str, at: datetime, plate: str) -> Happening:
    return Happening(f"opened {visit_id}", at, Tone.NEUTRAL, "plus", plate, Message("ui.happened.opened"))


def _concluded(visit_id: str, at: datetime, plate: str, outcome: Outcome) -> Happening:
    is_good = outcome is Outcome.PASS
    tone = Tone.GOOD if is_good else Tone.BAD
    what = Message("ui.happened.passed" if is_good else "ui.happened.not_passed")
    return Happening(f"concluded {visit_id} {at.isoformat()}", at, tone, "flag", plate, what)


def _of_attempt(attempt: AttemptView, plate: str) -> list[Happening]:
    lane = {"lane": attempt.lane}
    key = attempt.attempt_id
    found = [
        Happening(
            f"started {key}",
            attempt.started_at,
            Tone.RUNNING,
            "play",
            plate,
            Message("ui.happened.started", dict(lane)),
        )
    ]
    if attempt.ended_at is not None:
        is_complete = attempt.state is AttemptState.COMPLETE
        code = "ui.happened.complete" if is_complete else "ui.happened.aborted"
        tone = Tone.NEUTRAL if is_complete else Tone.CAUTION
        found.append(Happening(f"ended {key}", attempt.ended_at, tone, "flag", plate, Message(code, dict(lane))))
    for item in attempt.items:
        if item.finished_at is None or item.run_id is None:
            continue
        where = (item.kind, item.axle)
        if item.state is ItemState.VOID and item.void_reason is not None:
            found.append(_void(item.run_id, item.finished_at, (plate, item.void_reason), where))
        elif item.outcome is not None:
            found.append(
                _finished(item.run_id, item.finished_at, (plate, item.outcome), where, judged=bool(item.cards))
            )
    return found


def _finished(
    run_id: str, at: datetime, about: tuple[str, Outcome], item: tuple[ItemKind, int], *, judged: bool
) -> Happening:
    plate, outcome = about
    if not judged:
        return Happening(f"item {run_id}", at, Tone.GOOD, "weight", plate, Message("ui.happened.measured"), item)
    codes = {
        Outcome.PASS: ("ui.happened.item_pass", Tone.GOOD, "circle-check"),
        Outcome.FAIL: ("ui.happened.item_fail", Tone.BAD, "circle-x"),
        Outcome.NOT_JUDGED: ("ui.happened.item_not_judged", Tone.NEUTRAL, "circle-dashed"),
        Outcome.INVALID: ("ui.happened.item_invalid", Tone.CAUTION, "circle-alert"),
    }
    code, tone, icon = codes[outcome]
    return Happening(f"item {run_id}", at, tone, icon, plate, Message(code), item)


def _void(run_id: str, at: datetime, about: tuple[str, Problem], item: tuple[ItemKind, int] | None) -> Happening:
    plate, reason = about
    return Happening(f"item {run_id}", at, Tone.CAUTION, "circle-alert", plate, reason, item)


def _loudly(problem: Problem, otherwise: tuple[Tone, str]) -> tuple[Tone, str]:
    """Return tone and icon of a problem; one that may hurt somebody is never just another line."""
    return (Tone.BAD, "octagon-x") if problem.severity is Severity.CRITICAL else otherwise


def of_entry(entry: Entry, visits: dict[str, VisitView]) -> Happening | None:
    """Return what a fact tells people, None for facts that nobody waits for."""
    try:
        fact = entry.fact()
    except DataError:
        return None
    visit = visits.get(entry.subject)
    plate = visit.vehicle.plate if visit is not None else ""
    return _of_visit_fact(fact, entry, plate) or _of_item_fact(fact, entry, visit) or _of_lane_fact(fact, entry, plate)


def _of_visit_fact(fact: f.Fact, entry: Entry, plate: str) -> Happening | None:
    if isinstance(fact, f.VisitOpened):
        return _opened(fact.visit_id, entry.at, fact.vehicle.plate)
    if isinstance(fact, f.VisitConcluded):
        return _concluded(fact.visit_id, entry.at, plate, fact.outcome)
    if isinstance(fact, f.AttemptStarted):
        what = Message("ui.happened.started", {"lane": fact.lane})
        return Happening(f"started {fact.attempt_id}", entry.at, Tone.RUNNING, "play", fact.vehicle.plate, what)
    if isinstance(fact, f.AttemptEnded):
        is_complete = fact.end is f.AttemptEnd.COMPLETE
        what = Message("ui.happened.complete" if is_complete else "ui.happened.aborted", {"lane": fact.lane})
        tone = Tone.NEUTRAL if is_complete else Tone.CAUTION
        return Happening(f"ended {fact.attempt_id}", entry.at, tone, "flag", plate, what)
    return None


def _of_item_fact(fact: f.Fact, entry: Entry, visit: VisitView | None) -> Happening | None:
    plate = visit.vehicle.plate if visit is not None else ""
    if isinstance(fact, f.ItemFinished):
        where = (fact.item_kind, fact.axle)
        return _finished(fact.run_id, entry.at, (plate, fact.outcome), where, judged=bool(fact.cards))
    if isinstance(fact, f.ItemVoided):
        items = visit.attempts[-1].items if visit is not None and visit.attempts else ()
        known = next(((item.kind, item.axle) for item in items if item.item == fact.item), None)
        return _void(fact.run_id, entry.at, (plate, fact.reason), known)
    return None


def _of_lane_fact(fact: f.Fact, entry: Entry, plate: str) -> Happening | None:
    key = f"{entry.node} {entry.seq}"
    if isinstance(fact, f.AttemptInterrupted):
        tone, icon = _loudly(fact.reason, (Tone.CAUTION, "circle-pause"))
        return Happening(key, entry.at, tone, icon, plate, fact.reason)
    if isinstance(fact, f.CommandRefused):
        return Happening(key, entry.at, Tone.CAUTION, "ban", "", fact.reason)
    if isinstance(fact, f.LaneStopped | f.StopReleased):
        is_stop = isinstance(fact, f.LaneStopped)
        code = "ui.happened.stopped" if is_stop else "ui.happened.released"
        tone, icon = (Tone.BAD, "octagon-pause") if is_stop else (Tone.NEUTRAL, "lock-open")
        return Happening(key, entry.at, tone, icon, plate, Message(code, {"lane": fact.lane, "actor": entry.actor}))
    if isinstance(fact, f.DeviceLost):
        return Happening(key, entry.at, Tone.BAD, "unplug", "", fact.diagnosis)
    if isinstance(fact, f.DeviceAttached):
        what = Message("ui.happened.attached", {"lane": fact.lane, "device": fact.device})
        return Happening(key, entry.at, Tone.GOOD, "plug-zap", "", what)
    return None


class Log:
    """The newest happenings, and which of them fell into a time when nobody looked."""

    def __init__(self) -> None:
        self._by_key: dict[str, Happening] = {}
        self._touched_at: datetime | None = None
        self._away_since: datetime | None = None
        self._away_until: datetime | None = None

    def add(self, happenings: Iterable[Happening]) -> None:
        """Take in happenings; one that is known already is not doubled."""
        for happening in happenings:
            self._by_key.setdefault(happening.key, happening)
        if len(self._by_key) > KEPT:
            newest = sorted(self._by_key.values(), key=lambda each: each.at)[-KEPT:]
            self._by_key = {each.key: each for each in newest}

    def touched(self, now: datetime) -> None:
        """A person pressed a key or clicked."""
        if self._touched_at is not None and now - self._touched_at >= AWAY:
            self._away_since, self._away_until = self._touched_at, now
        self._touched_at = now

    def newest(self) -> list[Happening]:
        """Return all, newest first."""
        return sorted(self._by_key.values(), key=lambda each: (each.at, each.key), reverse=True)

    def is_unseen(self, happening: Happening, now: datetime | None) -> bool:
        """Say whether it fell into the last time away, or into the present one."""
        since, until, touched = self._away_since, self._away_until, self._touched_at
        if since is not None and until is not None and since < happening.at <= until:
            return True
        return now is not None and touched is not None and now - touched >= AWAY and happening.at > touched

    def seen(self) -> None:
        """The person has looked through what happened."""
        self._away_since = self._away_until = None


def rows(log: Log, words: Words, now: datetime | None, limit: int = 60) -> tuple[RowState, ...]:
    """Return the list of happenings, newest first."""
    return tuple(_row(happening, words, log.is_unseen(happening, now)) for happening in log.newest()[:limit])


def _row(happening: Happening, words: Words, is_new: bool) -> RowState:
    what = happening.what
    text = words.message(what) if isinstance(what, Message) else words.message(what.cause)
    if happening.item is not None:
        kind, axle = happening.item
        title = words.item(kind, axle)
    else:
        title, text = text, ""
    return RowState(
        key=happening.key,
        title=title,
        detail="  ".join(part for part in (clock_text(happening.at), happening.plate, text) if part),
        icon=happening.icon,
        tone=happening.tone,
        is_new=is_new,
    )
