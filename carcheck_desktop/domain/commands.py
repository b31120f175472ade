"""Commands: frozen data that asks for something to be done now or refused.

A command travels in an `Envelope`; the two doors (the service's and the lane's) check it with
`domain.access` and answer with a `Reply`. The same envelope sent twice is done once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar

from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.board import DayException, DayHours, PlateMask, ScreenRule
from carcheck_desktop.domain.vehicle import InspectionKind, Vehicle


class Command:
    """Base of all commands; `kind` is the name on the wire and in `domain.access`."""

    kind: ClassVar[str]


@dataclass(frozen=True, slots=True)
class SignIn(Command):
    """Sign a person in at a node with name and PIN; the reply's `result` has `token`, `session`."""

    kind: ClassVar[str] = "sign_in"
    name: str
    pin: str


@dataclass(frozen=True, slots=True)
class SignOut(Command):
    """End the session that the envelope carries."""

    kind: ClassVar[str] = "sign_out"


@dataclass(frozen=True, slots=True)
class AddUser(Command):
    """Add a person who may sign in."""

    kind: ClassVar[str] = "add_user"
    name: str
    role: Role
    pin: str


@dataclass(frozen=True, slots=True)
class OpenVisit(Command):
    """Take a vehicle in for a safety inspection; the reply's `result` has `visit_id`."""

    kind: ClassVar[str] = "open_visit"
    vehicle: Vehicle
    inspection: InspectionKind


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


@dataclass(frozen=True, slots=True)
class SetOpeningHours(Command):
    """Record the station's hours from a day on; the reply's `result` has `revision`.

    `base_revision` is the newest record that the manager saw (0: none), so that nobody overwrites another's.
    """

    kind: ClassVar[str] = "set_opening_hours"
    base_revision: int
    valid_from: date
    week: tuple[DayHours, ...]
    exceptions: tuple[DayException, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishAnnouncement(Command):
    """Publish a text for the hall, or its next revision when the id is known; `result` has `revision`."""

    kind: ClassVar[str] = "publish_announcement"
    announcement_id: str
    base_revision: int
    text_zh: str
    text_en: str
    urgent: bool
    show_from: datetime
    show_until: datetime | None = None
    screens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WithdrawAnnouncement(Command):
    """Take an announcement from the screens; what was published stays recorded."""

    kind: ClassVar[str] = "withdraw_announcement"
    announcement_id: str
    base_revision: int


@dataclass(frozen=True, slots=True)
class SetBoardRules(Command):
    """Record how the hall's screens show what they show; the reply's `result` has `revision`."""

    kind: ClassVar[str] = "set_board_rules"
    base_revision: int
    mask: PlateMask
    shown_after_end_min: int
    page_s: int
    screens: tuple[ScreenRule, ...] = ()


COMMANDS: dict[str, type[Command]] = {
    command.kind: command
    for command in (
        SignIn, SignOut, AddUser, OpenVisit,
        SetOpeningHours, PublishAnnouncement, WithdrawAnnouncement, SetBoardRules,
        StartAttempt, ResumeAttempt, RepeatItem, AbortAttempt, StopLane, ReleaseStop,
    )
}  # fmt: skip
"""Every command by its name."""

BOARD_COMMANDS = frozenset(
    command.kind for command in (SetOpeningHours, PublishAnnouncement, WithdrawAnnouncement, SetBoardRules)
)
SERVICE_COMMANDS = frozenset({"sign_in", "sign_out", "add_user", "open_visit"}) | BOARD_COMMANDS
LANE_COMMANDS = frozenset(COMMANDS) - SERVICE_COMMANDS


@dataclass(frozen=True, slots=True)
class Envelope:
    """A command on its way: who gives it where, since when and until when it may be done.

    `id` makes a repeat harmless; `token` is the signed session (None for sign-in and stop).
    """

    id: str
    token: str | None
    node: str
    issued_at: datetime
    expires_at: datetime
    command: Command


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of a command: carried out with a result, or refused with a reason."""

    id: str
    accepted: bool
    refusal: Problem | None = None
    result: dict[str, Any] = field(default_factory=dict)
