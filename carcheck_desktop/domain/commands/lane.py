"""Commands to a lane."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from carcheck_desktop.domain.commands.base import Command


@dataclass(frozen=True, slots=True)
class StartAttempt(Command):
    """Take an open visit onto a lane and begin its items."""

    kind: ClassVar[str] = "start_attempt"
    lane: str
    visit_id: str


@dataclass(frozen=True, slots=True)
class ResumeAttempt(Command):
    """Go on after an interruption: the item that was cut off is repeated."""

    kind: ClassVar[str] = "resume_attempt"
    lane: str
    attempt_id: str


@dataclass(frozen=True, slots=True)
class RepeatItem(Command):
    """Do an item of the running attempt once more; the earlier result stays recorded."""

    kind: ClassVar[str] = "repeat_item"
    lane: str
    attempt_id: str
    item: str


@dataclass(frozen=True, slots=True)
class AbortAttempt(Command):
    """End the running attempt without finishing it; what was recorded stays."""

    kind: ClassVar[str] = "abort_attempt"
    lane: str
    attempt_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class StopLane(Command):
    """Stop all machinery of a lane at once."""

    kind: ClassVar[str] = "stop_lane"
    lane: str


@dataclass(frozen=True, slots=True)
class ReleaseStop(Command):
    """Allow a stopped lane to move again; nothing starts by itself."""

    kind: ClassVar[str] = "release_stop"
    lane: str


COMMANDS: tuple[type[Command], ...] = (StartAttempt, ResumeAttempt, RepeatItem, AbortAttempt, StopLane, ReleaseStop)
