"""Facts of a visit's compulsory insurance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain.facts.base import Fact
from carcheck_desktop.domain.insurance import Policy


@dataclass(frozen=True, slots=True)
class InsuranceHinted(Fact):
    """The traffic police's record says until when the vehicle is insured; evidence beside the insurer's own word."""

    kind: ClassVar[str] = "insurance_hinted"
    visit_id: str
    insured_until: date

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id


@dataclass(frozen=True, slots=True)
class InsuranceFound(Fact):
    """The insurer knows this policy for the vehicle: good today, later, or only once; days say which."""

    kind: ClassVar[str] = "insurance_found"
    visit_id: str
    policy: Policy
    source: str
    simulated: bool

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id


@dataclass(frozen=True, slots=True)
class InsuranceMissing(Fact):
    """The insurer answered and knows no policy for the vehicle."""

    kind: ClassVar[str] = "insurance_missing"
    visit_id: str
    source: str
    simulated: bool

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id


@dataclass(frozen=True, slots=True)
class InsuranceUnanswered(Fact):
    """The insurer could not be heard; recorded once a reason, not once a question."""

    kind: ClassVar[str] = "insurance_unanswered"
    visit_id: str
    source: str
    problem: Problem

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id


@dataclass(frozen=True, slots=True)
class InsuranceDeclared(Fact):
    """A clerk saw the paper policy and typed it in, because the insurer could not be heard or does not know it."""

    kind: ClassVar[str] = "insurance_declared"
    visit_id: str
    policy: Policy

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id


FACTS: tuple[type[Fact], ...] = (
    InsuranceHinted,
    InsuranceFound,
    InsuranceMissing,
    InsuranceUnanswered,
    InsuranceDeclared,
)
