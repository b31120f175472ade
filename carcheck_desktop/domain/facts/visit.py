"""Facts of a visit at the desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain.facts.base import Fact
from carcheck_desktop.domain.intake import Channel, ValueOrigin
from carcheck_desktop.domain.prices import ChargeLine
from carcheck_desktop.domain.vehicle import InspectionKind, PlateKind, Vehicle
from carcheck_desktop.domain.verdicts import Outcome, PlannedItem, Purpose, UnmetDemand, VerdictCard


@dataclass(frozen=True, slots=True)
class VisitOpened(Fact):
    """A vehicle was taken in; `plan` says which items are asked and why.

    `origins` say where each value of the vehicle comes from, `charge` what the visit costs by which price list.
    Who owns and who brought it is personal: only `private_digest` of that is here ("" when nothing was said).
    `tables` has the hash of every edition that planned; `unmet` is what must be asked and cannot be done here.
    """

    kind: ClassVar[str] = "visit_opened"
    version: ClassVar[int] = 3
    visit_id: str
    vehicle: Vehicle
    inspection: InspectionKind
    plan: tuple[PlannedItem, ...]
    edition: str
    table_hash: str
    origins: dict[str, ValueOrigin] = field(default_factory=dict)
    channel: Channel = Channel.WALK_IN
    booking_id: str | None = None
    charge: tuple[ChargeLine, ...] = ()
    lookup_id: str | None = None
    private_digest: str = ""
    tables: dict[str, str] = field(default_factory=dict)
    unmet: tuple[UnmetDemand, ...] = ()

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id


@dataclass(frozen=True, slots=True)
class VehicleLookedUp(Fact):
    """Somebody looked a plate up; what was found is not kept, because it is personal.

    `found` says whether the authority knows it; `source` names who was asked, "" when nobody could be.
    """

    kind: ClassVar[str] = "vehicle_looked_up"
    lookup_id: str
    plate: str
    plate_kind: PlateKind
    found: bool
    source: str
    problem: Problem | None

    @property
    def subject(self) -> str:
        """The plate."""
        return self.plate


@dataclass(frozen=True, slots=True)
class PrivateShown(Fact):
    """The personal data of a visit were shown to the entry's actor at a node."""

    kind: ClassVar[str] = "private_shown"
    visit_id: str
    node: str

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id


@dataclass(frozen=True, slots=True)
class VisitConcluded(Fact):
    """The service folded an attempt's items into the conclusion over the visit, and for each purpose by itself."""

    kind: ClassVar[str] = "visit_concluded"
    version: ClassVar[int] = 3
    visit_id: str
    attempt_id: str
    outcome: Outcome
    cards: tuple[VerdictCard, ...]
    purposes: dict[Purpose, Outcome] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id
