"""Facts: what happened, frozen, named and versioned; the journal holds nothing else.

A fact's fields never change meaning: a change of shape raises `version`, gets an upcaster in
`domain.upcast` and a golden file.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from carcheck_desktop.base.messages import Message, Problem
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.measurements import (
    AxleWeighing,
    Effort,
    InstrumentUsed,
    Origin,
    ParkingBrakeRun,
    ServiceBrakeRun,
)
from carcheck_desktop.domain.vehicle import InspectionKind, Vehicle
from carcheck_desktop.domain.verdicts import ItemKind, Outcome, PlannedItem, VerdictCard


class Fact:
    """Base of all facts; `subject` is the visit, user, lane or device it is about."""

    kind: ClassVar[str]
    version: ClassVar[int] = 1

    @property
    def subject(self) -> str:
        """The id of what the fact is about."""
        raise TypeError(f"{type(self).__name__} names no subject")


# -- the station -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class JournalOpened(Fact):
    """First entry of every node's journal: whose it is, and whether it is training for ever."""

    kind: ClassVar[str] = "journal_opened"
    node: str
    station_code: str
    station_name: str
    training: bool
    public_key: str
    software: str

    @property
    def subject(self) -> str:
        """The node."""
        return self.node


@dataclass(frozen=True, slots=True)
class ProcessStarted(Fact):
    """A process of the node began to run."""

    kind: ClassVar[str] = "process_started"
    node: str
    software: str

    @property
    def subject(self) -> str:
        """The node."""
        return self.node


@dataclass(frozen=True, slots=True)
class CommandRefused(Fact):
    """A door refused a command; kept because who asked for what is part of the ledger."""

    kind: ClassVar[str] = "command_refused"
    command_id: str
    command: str
    node: str
    reason: Problem

    @property
    def subject(self) -> str:
        """The command."""
        return self.command_id


# -- people ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class UserAdded(Fact):
    """A person may sign in from now on; the PIN's hash is a row, never a fact."""

    kind: ClassVar[str] = "user_added"
    name: str
    role: Role

    @property
    def subject(self) -> str:
        """The user's name."""
        return self.name


@dataclass(frozen=True, slots=True)
class SignedIn(Fact):
    """A person signed in at a node."""

    kind: ClassVar[str] = "signed_in"
    session_id: str
    name: str
    role: Role
    node: str

    @property
    def subject(self) -> str:
        """The user's name."""
        return self.name


@dataclass(frozen=True, slots=True)
class SignedOut(Fact):
    """A session ended."""

    kind: ClassVar[str] = "signed_out"
    session_id: str
    name: str

    @property
    def subject(self) -> str:
        """The user's name."""
        return self.name


@dataclass(frozen=True, slots=True)
class SignInRefused(Fact):
    """A sign-in failed; `wrong_pins` counts since the last success, `locked` says the door shut."""

    kind: ClassVar[str] = "sign_in_refused"
    name: str
    node: str
    wrong_pins: int
    locked: bool

    @property
    def subject(self) -> str:
        """The name that was given."""
        return self.name


# -- the visit -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class VisitOpened(Fact):
    """A vehicle was taken in; `plan` says which items are asked and why."""

    kind: ClassVar[str] = "visit_opened"
    visit_id: str
    vehicle: Vehicle
    inspection: InspectionKind
    plan: tuple[PlannedItem, ...]
    edition: str
    table_hash: str

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id


@dataclass(frozen=True, slots=True)
class VisitConcluded(Fact):
    """The service folded an attempt's items into the conclusion over the visit."""

    kind: ClassVar[str] = "visit_concluded"
    visit_id: str
    attempt_id: str
    outcome: Outcome
    cards: tuple[VerdictCard, ...]

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id


# -- the lane --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AttemptStarted(Fact):
    """A car entered a lane; vehicle and plan are repeated so that the lane's journal is whole."""

    kind: ClassVar[str] = "attempt_started"
    attempt_id: str
    visit_id: str
    lane: str
    number: int
    vehicle: Vehicle
    inspection: InspectionKind
    plan: tuple[PlannedItem, ...]
    edition: str
    table_hash: str

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id


@dataclass(frozen=True, slots=True)
class OccupancyTaken(Fact):
    """A position of a lane belongs to one visit from now on, with the evidence for it."""

    kind: ClassVar[str] = "occupancy_taken"
    occupancy_id: str
    lane: str
    position: str
    visit_id: str
    evidence: tuple[Message, ...]

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id


@dataclass(frozen=True, slots=True)
class OccupancyReleased(Fact):
    """The position is free again."""

    kind: ClassVar[str] = "occupancy_released"
    occupancy_id: str
    lane: str
    position: str
    visit_id: str

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id


@dataclass(frozen=True, slots=True)
class ItemStarted(Fact):
    """A step began. `demanded_sum_daN` is the sum of both wheels that the limit asks for."""

    kind: ClassVar[str] = "item_started"
    run_id: str
    visit_id: str
    attempt_id: str
    occupancy_id: str
    lane: str
    item: str
    item_kind: ItemKind
    axle: int
    demanded_sum_daN: Decimal | None

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id


@dataclass(frozen=True, slots=True)
class PromptShown(Fact):
    """The lane asks the driver for something; `due_s` is the lane-clock second it counts from.

    `expects` names what the lane watches for (`axle_on_scale`, `axle_on_bench`, `pedal`,
    `parking_lever`, `release`, `driven_off`) so that a virtual driver knows what to do.
    """

    kind: ClassVar[str] = "prompt_shown"
    prompt_id: str
    visit_id: str
    lane: str
    expects: str
    axle: int
    due_s: float
    message: Message

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id


@dataclass(frozen=True, slots=True)
class ItemFinished(Fact):
    """A step measured and the lane judged it; raw curve by digest, cards with edition and hash.

    Exactly one of `weighing`, `service_brake`, `parking_brake` is set: the one of `item_kind`.
    """

    kind: ClassVar[str] = "item_finished"
    run_id: str
    visit_id: str
    attempt_id: str
    occupancy_id: str
    lane: str
    item: str
    item_kind: ItemKind
    axle: int
    cards: tuple[VerdictCard, ...]
    outcome: Outcome
    origin: Origin
    instruments: tuple[InstrumentUsed, ...]
    effort: Effort
    weighing: AxleWeighing | None = None
    service_brake: ServiceBrakeRun | None = None
    parking_brake: ParkingBrakeRun | None = None

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id


@dataclass(frozen=True, slots=True)
class ItemVoided(Fact):
    """A step ended without a result: nothing of it is judged, and this is why."""

    kind: ClassVar[str] = "item_voided"
    run_id: str
    visit_id: str
    attempt_id: str
    lane: str
    item: str
    reason: Problem
    will_repeat: bool

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id


class AttemptEnd(StrEnum):
    """How an attempt ended."""

    COMPLETE = "complete"
    ABORTED = "aborted"


@dataclass(frozen=True, slots=True)
class AttemptEnded(Fact):
    """The car left the lane."""

    kind: ClassVar[str] = "attempt_ended"
    attempt_id: str
    visit_id: str
    lane: str
    end: AttemptEnd
    reason: str

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id


@dataclass(frozen=True, slots=True)
class AttemptInterrupted(Fact):
    """The attempt stands still and waits for a person: the reason, and nothing moves."""

    kind: ClassVar[str] = "attempt_interrupted"
    attempt_id: str
    visit_id: str
    lane: str
    reason: Problem

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id


@dataclass(frozen=True, slots=True)
class AttemptResumed(Fact):
    """A person let an interrupted attempt go on."""

    kind: ClassVar[str] = "attempt_resumed"
    attempt_id: str
    visit_id: str
    lane: str

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id


@dataclass(frozen=True, slots=True)
class LaneStopped(Fact):
    """All machinery of a lane was commanded to stop; who asked is the entry's actor."""

    kind: ClassVar[str] = "lane_stopped"
    lane: str
    node: str
    reason: Message

    @property
    def subject(self) -> str:
        """The lane."""
        return self.lane


@dataclass(frozen=True, slots=True)
class StopReleased(Fact):
    """A person allowed the lane to move again."""

    kind: ClassVar[str] = "stop_released"
    lane: str

    @property
    def subject(self) -> str:
        """The lane."""
        return self.lane


@dataclass(frozen=True, slots=True)
class DeviceAttached(Fact):
    """A device of the lane answers and is who it should be."""

    kind: ClassVar[str] = "device_attached"
    lane: str
    device: str
    device_kind: str
    driver: str
    port: str
    identity: str

    @property
    def subject(self) -> str:
        """The device."""
        return self.device


@dataclass(frozen=True, slots=True)
class DeviceLost(Fact):
    """A device of the lane does not answer as it should; the diagnosis says which of six causes."""

    kind: ClassVar[str] = "device_lost"
    lane: str
    device: str
    device_kind: str
    driver: str
    port: str
    diagnosis: Problem

    @property
    def subject(self) -> str:
        """The device."""
        return self.device


FACTS: dict[str, type[Fact]] = {
    fact.kind: fact
    for fact in (
        JournalOpened, ProcessStarted, CommandRefused,
        UserAdded, SignedIn, SignedOut, SignInRefused,
        VisitOpened, VisitConcluded,
        AttemptStarted, OccupancyTaken, OccupancyReleased, ItemStarted, PromptShown,
        ItemFinished, ItemVoided, AttemptEnded, AttemptInterrupted, AttemptResumed,
        LaneStopped, StopReleased, DeviceAttached, DeviceLost,
    )
}  # fmt: skip
"""Every fact by its name."""
