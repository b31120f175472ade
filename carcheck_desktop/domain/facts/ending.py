"""Facts of how a visit is held, ended, corrected, and opened once more."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.ending import CorrectedField, ManualKind, WithdrawReason
from carcheck_desktop.domain.facts.base import Fact
from carcheck_desktop.domain.intake import Channel, ValueOrigin
from carcheck_desktop.domain.prices import ChargeLine
from carcheck_desktop.domain.vehicle import InspectionKind, Vehicle
from carcheck_desktop.domain.verdicts import PlannedItem, UnmetDemand


@dataclass(frozen=True, slots=True)
class HoldPlaced(Fact):
    """A person holds a visit: its papers wait until somebody who may lifts it.

    With `evidence` the desk found by rule what holds it, and nobody typed a reason.
    """

    kind: ClassVar[str] = "hold_placed"
    version: ClassVar[int] = 2
    visit_id: str
    hold_id: str
    hold_kind: ManualKind
    reason: str
    evidence: Message | None = None

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id


@dataclass(frozen=True, slots=True)
class HoldLifted(Fact):
    """A placed hold is settled; `approved_by` is who agreed where two must, "" elsewhere."""

    kind: ClassVar[str] = "hold_lifted"
    visit_id: str
    hold_id: str
    reason: str
    approved_by: str

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id


@dataclass(frozen=True, slots=True)
class VisitClosed(Fact):
    """Nothing of the visit is left to do: nothing holds it, key and licence are with the owner."""

    kind: ClassVar[str] = "visit_closed"
    visit_id: str

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id


@dataclass(frozen=True, slots=True)
class VisitWithdrawn(Fact):
    """The visit was given up; a lane that has the car ends its attempt after the item that runs.

    `charge` is what it costs all the same: nothing (of a recheck: the inspection before it), so that the rest of what was
    paid is given back, unless a manager said otherwise.
    """

    kind: ClassVar[str] = "visit_withdrawn"
    visit_id: str
    reason: WithdrawReason
    note: str
    charge: tuple[ChargeLine, ...] = ()

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id


@dataclass(frozen=True, slots=True)
class VisitCorrected(Fact):
    """What was taken in wrongly was put right before the car was measured; plan and price were made anew.

    `charge` replaces what the visit cost before; `differences` name every value that changed.
    """

    kind: ClassVar[str] = "visit_corrected"
    visit_id: str
    vehicle: Vehicle
    plan: tuple[PlannedItem, ...]
    edition: str
    table_hash: str
    tables: dict[str, str]
    unmet: tuple[UnmetDemand, ...]
    origins: dict[str, ValueOrigin]
    charge: tuple[ChargeLine, ...]
    differences: tuple[CorrectedField, ...]

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id


@dataclass(frozen=True, slots=True)
class RecheckOpened(Fact):
    """A failed visit is open once more (复检): only `plan` is done again, every other result stays.

    `charge` are lines beside those of before; `attempts_before` counts the attempts so far. What a lane or a window
    needs of the visit is repeated, because it may have forgotten a visit that was closed days ago.
    """

    kind: ClassVar[str] = "recheck_opened"
    visit_id: str
    number: int
    vehicle: Vehicle
    inspection: InspectionKind
    plan: tuple[PlannedItem, ...]
    first_plan: tuple[PlannedItem, ...]
    edition: str
    table_hash: str
    tables: dict[str, str]
    charge: tuple[ChargeLine, ...]
    attempts_before: int
    until: date | None
    channel: Channel = Channel.WALK_IN
    origins: dict[str, ValueOrigin] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id


FACTS: tuple[type[Fact], ...] = (HoldPlaced, HoldLifted, VisitClosed, VisitWithdrawn, VisitCorrected, RecheckOpened)
