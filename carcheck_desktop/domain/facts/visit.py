"""Facts of a visit at the desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from carcheck_desktop.domain.facts.base import Fact
from carcheck_desktop.domain.vehicle import InspectionKind, Vehicle
from carcheck_desktop.domain.verdicts import Outcome, PlannedItem, VerdictCard


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
