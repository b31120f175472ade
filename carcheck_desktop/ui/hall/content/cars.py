"""One row a car: order, the words of its stage, its way, its expected end; no Qt."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from carcheck_desktop.domain.board import masked_plate
from carcheck_desktop.domain.holds import stage_at
from carcheck_desktop.domain.path import StepState, path
from carcheck_desktop.domain.views import ItemState, Stage, stage
from carcheck_desktop.ui.bridge.station_time import local
from carcheck_desktop.ui.bridge.words import short_time
from carcheck_desktop.ui.hall.state import HallRow
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.basics.states import PlateState
from carcheck_desktop.ui.widgets.data.states import Mark, StagePathState, StageState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from carcheck_desktop.domain.arrival import ArrivalView
    from carcheck_desktop.domain.board import BoardRules
    from carcheck_desktop.domain.path import PathStep
    from carcheck_desktop.domain.turns import Waiting
    from carcheck_desktop.domain.vehicle import PlateKind
    from carcheck_desktop.domain.views import AttemptView, EstimateView, ItemView, VisitView
    from carcheck_desktop.ui.bridge.words import Words

ORDER = (Stage.PASSED, Stage.FAILED, Stage.IN_LANE, Stage.INTERRUPTED, Stage.MEASURED, Stage.WAITING)
"""Who has to act comes first, then who is being tested, then the queue; a stage that is not known stands last."""
MUST_ACT = (Stage.PASSED, Stage.FAILED)
SAID = (*ORDER, Stage.READY, Stage.HELD, Stage.WITHDRAWN)
"""Stages with words of their own: a passed car is also held, or ready to be fetched."""
LOOK: dict[Stage, tuple[Tone, str]] = {
    Stage.WAITING: (Tone.NEUTRAL, "hourglass"),
    Stage.IN_LANE: (Tone.RUNNING, "car-front"),
    Stage.INTERRUPTED: (Tone.CAUTION, "circle-pause"),
    Stage.MEASURED: (Tone.RUNNING, "list-checks"),
    Stage.PASSED: (Tone.GOOD, "circle-check"),
    Stage.FAILED: (Tone.BAD, "circle-x"),
    Stage.READY: (Tone.GOOD, "inbox"),
    Stage.HELD: (Tone.CAUTION, "user-round"),
    Stage.WITHDRAWN: (Tone.OFF, "ban"),
}
UNKNOWN_LOOK = (Tone.NEUTRAL, "circle-dashed")
SAID_ABOVE = (StepState.NOW, StepState.PAUSED, StepState.FAILED)
STANDING = (StepState.NOW, StepState.PAUSED)
RANGE = "–"
MINUTE = timedelta(minutes=1)
MOST_AFTER_END = timedelta(hours=2)
"""Whatever the rules say, a car leaves the board so long after its end."""
MARK = {
    StepState.DONE: Mark.DONE,
    StepState.NOW: Mark.NOW,
    StepState.PAUSED: Mark.HELD,
    StepState.FAILED: Mark.FAILED,
    StepState.TO_DO: Mark.TODO,
}


def shown_cars(visits: list[VisitView], rules: BoardRules, now: datetime | None) -> list[VisitView]:
    """Return the visits that belong on the board, in its order; those that wait come in the order of `domain.turns`."""
    after_end = min(timedelta(minutes=rules.shown_after_end_min), MOST_AFTER_END)
    kept = [visit for visit in visits if not _is_gone(visit, after_end, now)]
    return sorted(kept, key=lambda visit: (_group(stage(visit)), _since(visit), visit.visit_id))


def board_order(visits: list[VisitView], waiting: Sequence[Waiting]) -> list[str]:
    """Return the ids of all cars on the board: who must act, who is tested, then who waits in turn, noted cars too."""
    moving = [visit.visit_id for visit in visits if _group(stage(visit)) < _group(Stage.WAITING)]
    others = [visit.visit_id for visit in visits if _group(stage(visit)) > _group(Stage.WAITING)]
    return [*moving, *(car.visit_id for car in waiting), *others]


def _group(where_it_is: Stage) -> int:
    return ORDER.index(where_it_is) if where_it_is in ORDER else len(ORDER)


def _is_gone(visit: VisitView, after_end: timedelta, now: datetime | None) -> bool:
    if visit.ended_at is not None:
        return True
    return visit.concluded_at is not None and now is not None and now - visit.concluded_at > after_end


def _since(visit: VisitView) -> float:
    """Sort key: the newest conclusion first, everybody else by when they came."""
    if visit.concluded_at is not None:
        return -visit.concluded_at.timestamp()
    return visit.opened_at.timestamp()


def plate_of(visit: VisitView, rules: BoardRules) -> PlateState:
    """Return the plate as strangers may see it."""
    return masked(visit.vehicle.plate, visit.vehicle.plate_kind, rules)


def masked(plate: str, kind: PlateKind, rules: BoardRules) -> PlateState:
    """Return any plate as strangers may see it."""
    return PlateState(masked_plate(plate, rules.mask), kind.value)


def _running(attempt: AttemptView | None) -> ItemView | None:
    items = attempt.items if attempt else ()
    return next((item for item in items if item.state is ItemState.RUNNING), None)


def step_name(key: str, name: str, words: Words) -> str:
    """Name a step shortly; one of a newer service by the name that it came with."""
    code = f"ui.hall.step.{key}"
    return words(code) if words.catalogue.knows(code) else name or key


class CarRows:
    """Says of each car where it is; `ahead` counts the cars before each waiting one."""

    def __init__(self, words: Words, rules: BoardRules, now: datetime | None, waiting: list[str]) -> None:
        self._words = words
        self._rules = rules
        self._now = now
        self._ahead = {visit_id: number for number, visit_id in enumerate(waiting)}

    def row(self, visit: VisitView) -> HallRow:
        """Return one car's row."""
        words = self._words
        where_it_is = stage(visit) if self._now is None else stage_at(visit, self._now)
        tone, icon = LOOK.get(where_it_is, UNKNOWN_LOOK)
        way = path(visit)
        standing = next((step for step in way if step.state in STANDING), None)
        attempt = visit.attempts[-1] if visit.attempts else None
        caption, finish = self._finish(visit)
        counted = next((step for step in way if step.total and step.state in STANDING), None)
        return HallRow(
            visit_id=visit.visit_id,
            plate=plate_of(visit, self._rules),
            stage=self._stage(where_it_is, standing),
            brief=self._brief(visit, where_it_is, standing),
            where=self._where(visit, where_it_is, attempt, short=False),
            where_short=self._where(visit, where_it_is, attempt, short=True),
            tone=tone,
            icon=icon,
            path=self._path(way),
            step=words.message(standing.name) if standing else "",
            progress=words("ui.hall.items", done=counted.done, total=counted.total) if counted else "",
            finish_caption=caption,
            finish=finish,
            is_range=visit.concluded_at is None and RANGE in finish,
            is_time=any(sign.isdigit() for sign in finish),
            waited=self._waited(visit),
            late=self.late(visit),
            ticket=visit.ticket.number if visit.ticket is not None else "",
        )

    def arrival_row(self, car: ArrivalView) -> HallRow:
        """Return the row of a car that came and is not taken in yet: it has a number and a place in the order."""
        words = self._words
        tone, icon = LOOK[Stage.WAITING]
        ahead = self._place(car.visit_id)
        return HallRow(
            visit_id=car.visit_id,
            plate=masked(car.plate, car.plate_kind, self._rules),
            stage=words("ui.hall.stage.arrived"),
            brief=words("ui.hall.stage.arrived"),
            where=ahead,
            where_short=ahead,
            tone=tone,
            icon=icon,
            path=StagePathState(()),
            step="",
            progress="",
            finish_caption="",
            finish=words("ui.hall.finish.unknown"),
            is_range=False,
            is_time=False,
            waited=self._since(car.arrived_at, self._now, "ui.hall.waited"),
            late="",
            ticket=car.ticket.number if car.ticket is not None else "",
        )

    def _place(self, visit_id: str) -> str:
        ahead = self._ahead.get(visit_id, 0)
        return self._words("ui.hall.where.waiting", ahead=ahead) if ahead else self._words("ui.hall.where.next")

    def _path(self, way: tuple[PathStep, ...]) -> StagePathState:
        """Return the way; the name of the present step stands above it, so it only says how far it is."""
        return StagePathState(tuple(StageState(step.key, self._step(step), MARK[step.state]) for step in way))

    def _step(self, step: PathStep) -> str:
        if step.state not in SAID_ABOVE:
            return step_name(step.key, self._words.message(step.name), self._words)
        return self._words("ui.hall.items", done=step.done, total=step.total) if step.total else ""

    def _brief(self, visit: VisitView, where_it_is: Stage, standing: PathStep | None) -> str:
        """Name the stage for a small place: of who waits, the place in the queue says it."""
        if where_it_is is Stage.WAITING:
            return self._where(visit, where_it_is, None, short=True)
        return self._stage(where_it_is, standing)

    def _stage(self, where_it_is: Stage, standing: PathStep | None) -> str:
        """Name the stage; one that this window does not know is called by its step or plainly in progress."""
        if where_it_is in SAID:
            return self._words(f"ui.hall.stage.{where_it_is.value}")
        if standing is not None:
            return self._words.message(standing.name)
        return self._words("ui.hall.stage.unknown")

    def _where(self, visit: VisitView, where_it_is: Stage, attempt: AttemptView | None, *, short: bool) -> str:
        words = self._words
        if where_it_is is Stage.WAITING:
            return self._place(visit.visit_id)
        if attempt is not None and where_it_is in (Stage.IN_LANE, Stage.INTERRUPTED):
            lane = words.lane(attempt.lane)
            if short:
                return lane
            if where_it_is is Stage.INTERRUPTED:
                return words("ui.hall.where.interrupted", lane=lane)
            running = _running(attempt)
            return lane if running is None else f"{lane} · {words.item(running.kind, running.axle)}"
        return words(f"ui.hall.where.{where_it_is.value}") if where_it_is in SAID else ""

    def _finish(self, visit: VisitView) -> tuple[str, str]:
        """Return caption and figure of when the car is done, or was."""
        words, estimate = self._words, visit.estimate
        if visit.concluded_at is not None:
            return words("ui.hall.finish.done"), self._time(visit.concluded_at)
        if estimate is None:
            return "", words("ui.hall.finish.unknown")
        caption, figure = self._expected(estimate)
        return words(f"ui.hall.finish.{caption}") if caption else "", figure

    def _expected(self, estimate: EstimateView) -> tuple[str, str]:
        """Return what kind of time is told and the time: no moment that is already over is told as to come."""
        earliest, latest = estimate.earliest, estimate.latest
        has_begun = self._now is not None and earliest < self._now
        if latest is None:
            return ("", self._words("ui.hall.finish.unknown")) if has_begun else ("earliest", self._time(earliest))
        if self._is_overdue(estimate):
            return "was", self._time(latest)
        if has_begun:
            return "by", self._time(latest)
        first, last = self._time(earliest), self._time(latest)
        return "expected", last if first == last else f"{first}{RANGE}{last}"

    def late(self, visit: VisitView) -> str:
        """Return why the car is later than usual; that the told time has passed is said as well."""
        estimate = visit.estimate
        if estimate is None or stage(visit) in MUST_ACT:
            return ""
        if estimate.late is not None:
            return self._words.message(estimate.late)
        return self._words("ui.hall.finish.passed") if self._is_overdue(estimate) else ""

    def _is_overdue(self, estimate: EstimateView) -> bool:
        return estimate.latest is not None and self._now is not None and estimate.latest < self._now

    def _waited(self, visit: VisitView) -> str:
        came = visit.arrived_at or visit.opened_at
        if visit.concluded_at is not None:
            return self._since(came, visit.concluded_at, "ui.hall.took")
        return self._since(came, self._now, "ui.hall.waited")

    def _since(self, came: datetime, until: datetime | None, code: str) -> str:
        if until is None:
            return ""
        waited = until - came
        if waited < MINUTE:
            return "" if code == "ui.hall.took" else self._words("ui.hall.just_arrived")
        return self._words(code, duration=self._words.minutes(waited))

    def _time(self, moment: datetime) -> str:
        """Return a time of today, with the day in front when it is another one."""
        if self._now is None or local(moment).date() == local(self._now).date():
            return short_time(moment)
        day = local(moment)
        return self._words("ui.hall.finish.other_day", month=day.month, day=day.day, time=short_time(moment))
