"""Facts of a car in a lane: attempts, occupancies, items, prompts."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from carcheck_desktop.base.messages import Message, Problem
from carcheck_desktop.domain.exhaust import TwoSpeedIdleDemand, TwoSpeedIdleRun
from carcheck_desktop.domain.facts.base import Fact
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


@dataclass(frozen=True, slots=True)
class AttemptStarted(Fact):
    """A car entered a lane; vehicle and plan are repeated so that the lane's journal is whole."""

    kind: ClassVar[str] = "attempt_started"
    version: ClassVar[int] = 3
    attempt_id: str
    visit_id: str
    lane: str
    number: int
    vehicle: Vehicle
    inspection: InspectionKind
    plan: tuple[PlannedItem, ...]
    edition: str
    table_hash: str
    tables: dict[str, str] = field(default_factory=dict)

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
    """A step began, with what it demands: the sum of both wheels in daN, or phases and limits of the exhaust."""

    kind: ClassVar[str] = "item_started"
    version: ClassVar[int] = 2
    run_id: str
    visit_id: str
    attempt_id: str
    occupancy_id: str
    lane: str
    item: str
    item_kind: ItemKind
    axle: int
    demanded_sum_daN: Decimal | None
    demand: TwoSpeedIdleDemand | None = None

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id


@dataclass(frozen=True, slots=True)
class PromptShown(Fact):
    """The lane asks the driver for something; `due_s` is the lane-clock second it counts from.

    `expects` names what the lane watches for (`axle_on_scale`, `axle_on_bench`, `pedal`,
    `parking_lever`, `release`, `driven_off`, for the exhaust `at_emission`, `probe_closed`, `probe_free`, `warm_up`,
    `rev_fast`, `rev_high`, `rev_idle`, `probe_in`, `probe_out`, `start_engine`) so that a virtual driver knows what to do.
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

    Exactly one of `weighing`, `service_brake`, `parking_brake`, `two_speed_idle` is set: the one of `item_kind`.
    """

    kind: ClassVar[str] = "item_finished"
    version: ClassVar[int] = 3
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
    two_speed_idle: TwoSpeedIdleRun | None = None

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
