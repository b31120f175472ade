"""A visit's way through the station as steps: what is done, what is now, what is to come; pure.

Each step is one small function over the visit's machines; a later stage of the business (payment,
insurance, papers, handing over) is one more function in `STEPS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message, Param
from carcheck_desktop.domain.verdicts import ItemKind, Outcome
from carcheck_desktop.domain.views import (
    AttemptState,
    AttemptView,
    ItemState,
    Stage,
    VisitView,
    attempt_now,
    plan_now,
    stage,
)

if TYPE_CHECKING:
    from collections.abc import Callable


class StepState(StrEnum):
    """Where a step of the way is."""

    DONE = "done"
    NOW = "now"
    PAUSED = "paused"
    FAILED = "failed"
    TO_DO = "to_do"


@dataclass(frozen=True, slots=True)
class PathStep:
    """One step: `name` is short and always the same, `said` tells more while there is more to tell.

    `done` of `total` counts items where the step has any (0 of 0 otherwise); `at` is when it was reached.
    """

    key: str
    state: StepState
    name: Message
    said: Message | None = None
    done: int = 0
    total: int = 0
    at: datetime | None = None


def path(visit: VisitView) -> tuple[PathStep, ...]:
    """Return the visit's steps in the order in which they are walked."""
    return tuple(step(visit) for step in STEPS)


def items_left(attempt: AttemptView) -> int:
    """Return how many items of an attempt have no result yet."""
    return sum(item.state is not ItemState.DONE for item in attempt.items)


def _arrived(visit: VisitView) -> PathStep:
    return PathStep("arrived", StepState.DONE, Message("board.step.arrived"), at=visit.opened_at)


def _waiting(visit: VisitView) -> PathStep:
    name = Message("board.step.waiting")
    attempt = attempt_now(visit)
    if stage(visit) is not Stage.WAITING:
        return PathStep("waiting", StepState.DONE, name, at=attempt.started_at if attempt is not None else None)
    if attempt is not None:  # the lane was left before the end: the visit waits once more
        again = Message("board.step.waiting_again")
        return PathStep("waiting", StepState.NOW, name, again, at=attempt.ended_at)
    if visit.recheck is not None:
        recheck = Message("board.step.waiting_recheck", {"items": len(visit.recheck.plan)})
        return PathStep("waiting", StepState.NOW, name, recheck, at=visit.recheck.opened_at)
    return PathStep("waiting", StepState.NOW, name, at=visit.opened_at)


def _on_lane(visit: VisitView) -> PathStep:
    name = Message("board.step.lane")
    attempt = attempt_now(visit)
    if attempt is None:
        return PathStep("lane", StepState.TO_DO, name, total=len(plan_now(visit)))
    state = LANE_STATES.get(stage(visit), StepState.DONE)
    if visit.withdrawal is not None and attempt.state is not AttemptState.COMPLETE:
        state = STILL_THERE.get(attempt.state, StepState.TO_DO)
    if state is StepState.TO_DO:
        return PathStep("lane", state, name, total=len(plan_now(visit)))
    total = len(attempt.items)
    done = total - items_left(attempt)
    is_exhaust = any(item.state is ItemState.RUNNING and item.kind is ItemKind.TWO_SPEED_IDLE for item in attempt.items)
    code = "board.step.exhaust_on_lane" if is_exhaust else "board.step.on_lane"
    said = Message(code, _counted(attempt.lane, done, total))
    if state is StepState.PAUSED:
        said = Message("board.step.paused_on_lane", _counted(attempt.lane, done, total))
    is_told = state in (StepState.NOW, StepState.PAUSED)
    return PathStep("lane", state, name, said if is_told else None, done, total, attempt.started_at)


LANE_STATES = {
    Stage.WAITING: StepState.TO_DO,
    Stage.IN_LANE: StepState.NOW,
    Stage.INTERRUPTED: StepState.PAUSED,
}
STILL_THERE = {AttemptState.RUNNING: StepState.NOW, AttemptState.INTERRUPTED: StepState.PAUSED}
"""Where a visit stands that was given up while its car was on a lane."""


def _counted(lane: str, done: int, total: int) -> dict[str, Param]:
    return {"lane": lane, "done": done, "total": total}


def _measured(visit: VisitView) -> PathStep:
    name = Message("board.step.measured")
    last = attempt_now(visit)
    if last is None or last.state is not AttemptState.COMPLETE:
        return PathStep("measured", StepState.TO_DO, name)
    return PathStep("measured", StepState.DONE, name, at=last.ended_at)


def _concluded(visit: VisitView) -> PathStep:
    name = Message("board.step.concluded")
    if visit.conclusion is None:
        state = StepState.NOW if stage(visit) is Stage.MEASURED else StepState.TO_DO
        return PathStep("concluded", state, name)
    is_passed = visit.conclusion is Outcome.PASS
    said = Message("board.step.passed") if is_passed else Message("board.step.failed")
    return PathStep("concluded", StepState.DONE if is_passed else StepState.FAILED, name, said, at=visit.concluded_at)


STEPS: tuple[Callable[[VisitView], PathStep], ...] = (_arrived, _waiting, _on_lane, _measured, _concluded)
"""The steps in their order, each a function of the visit."""
