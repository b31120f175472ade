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
from carcheck_desktop.domain.intake import Channel, ValueOrigin
from carcheck_desktop.domain.prices import PriceLine
from carcheck_desktop.domain.private import Presenter
from carcheck_desktop.domain.vehicle import InspectionKind, PlateKind, Vehicle


class Command:
    """Base of all commands; `kind` is the name on the wire and in `domain.access`."""

    kind: ClassVar[str]


@dataclass(frozen=True, slots=True)
class SignIn(Command):
    """Sign a person in at a node with name and PIN; the reply's `result` has `token`, `session`."""

    kind: ClassVar[str] = "sign_in"
    name: str
    pin: str = field(repr=False)


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
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ChangeUser(Command):
    """Give a person another role, shut the person out or let in again; ends the person's sessions."""

    kind: ClassVar[str] = "change_user"
    name: str
    role: Role
    locked: bool


@dataclass(frozen=True, slots=True)
class ResetPin(Command):
    """Give a person a new PIN and open a door that wrong PINs shut; a second person agrees."""

    kind: ClassVar[str] = "reset_pin"
    name: str
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ChangePin(Command):
    """Change one's own PIN; a wrong old one counts as at the sign-in."""

    kind: ClassVar[str] = "change_pin"
    old_pin: str = field(repr=False)
    new_pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class LookUpVehicle(Command):
    """Ask station and authority what is known of a plate; `result` is a `LookupAnswer` as plain data.

    `vin_tail` is the end of the VIN (the authority wants four characters or the whole), "" when unknown.
    """

    kind: ClassVar[str] = "look_up_vehicle"
    plate: str
    plate_kind: PlateKind
    vin_tail: str = ""


@dataclass(frozen=True, slots=True)
class PreviewVisit(Command):
    """Ask what opening this visit would make; `result` is a `VisitPreview` as plain data, nothing is journaled."""

    kind: ClassVar[str] = "preview_visit"
    vehicle: Vehicle
    inspection: InspectionKind


@dataclass(frozen=True, slots=True)
class OpenVisit(Command):
    """Take a vehicle in for a safety inspection; the reply's `result` has `visit_id`.

    `origins` say by field of the vehicle where its value comes from. `owner` and `presenter` are personal.
    """

    kind: ClassVar[str] = "open_visit"
    vehicle: Vehicle
    inspection: InspectionKind
    origins: dict[str, ValueOrigin] = field(default_factory=dict)
    owner: str = field(default="", repr=False)
    presenter: Presenter | None = None
    channel: Channel = Channel.WALK_IN
    booking_id: str | None = None
    lookup_id: str | None = None


@dataclass(frozen=True, slots=True)
class ShowVisit(Command):
    """Ask for the personal data of a visit; `result` has `private` (a `VisitPrivate`, or null when there are none)."""

    kind: ClassVar[str] = "show_visit"
    visit_id: str


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


@dataclass(frozen=True, slots=True)
class SetPriceList(Command):
    """Publish the station's prices from a day on; a second person agrees; the reply's `result` has `revision`."""

    kind: ClassVar[str] = "set_price_list"
    base_revision: int
    valid_from: date
    lines: tuple[PriceLine, ...]
    valid_until: date | None = None


COMMANDS: dict[str, type[Command]] = {
    command.kind: command
    for command in (
        SignIn, SignOut, AddUser, ChangeUser, ResetPin, ChangePin,
        LookUpVehicle, PreviewVisit, OpenVisit, ShowVisit,
        SetOpeningHours, PublishAnnouncement, WithdrawAnnouncement, SetBoardRules, SetPriceList,
        StartAttempt, ResumeAttempt, RepeatItem, AbortAttempt, StopLane, ReleaseStop,
    )
}  # fmt: skip
"""Every command by its name."""

BOARD_COMMANDS = frozenset(
    command.kind
    for command in (SetOpeningHours, PublishAnnouncement, WithdrawAnnouncement, SetBoardRules, SetPriceList)
)
PEOPLE_COMMANDS = frozenset(command.kind for command in (SignIn, SignOut, AddUser, ChangeUser, ResetPin, ChangePin))
VISIT_COMMANDS = frozenset(command.kind for command in (LookUpVehicle, PreviewVisit, OpenVisit, ShowVisit))
ASKING = frozenset(command.kind for command in (LookUpVehicle, PreviewVisit, ShowVisit))
"""Commands that change nothing: asked twice they are answered twice, and their replies are not kept."""
SERVICE_COMMANDS = PEOPLE_COMMANDS | VISIT_COMMANDS | BOARD_COMMANDS
LANE_COMMANDS = frozenset(COMMANDS) - SERVICE_COMMANDS


@dataclass(frozen=True, slots=True)
class Envelope:
    """A command on its way: who gives it where, since when and until when it may be done.

    `id` makes a repeat harmless; `token` is the signed session (None for sign-in and stop), `second_token`
    that of the person who agrees where `domain.access.SECOND_PERSON` wants one.
    """

    id: str
    token: str | None = field(repr=False)
    node: str
    issued_at: datetime
    expires_at: datetime
    command: Command
    second_token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of a command: carried out with a result, or refused with a reason."""

    id: str
    accepted: bool
    refusal: Problem | None = None
    result: dict[str, Any] = field(default_factory=dict, repr=False)
