"""How a visit ends, and how it is opened once more for a recheck (复检): what folds into its view."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum

from carcheck_desktop.base.messages import Message, Problem
from carcheck_desktop.domain.prices import ChargeLine
from carcheck_desktop.domain.vehicle import Vehicle
from carcheck_desktop.domain.verdicts import Confidence, PlannedItem


class WithdrawReason(StrEnum):
    """Why an owner takes the car back before the end (退办)."""

    OWNER = "owner"
    WRONG_CAR = "wrong_car"
    NOT_FIT = "not_fit"
    """The car cannot be inspected as it stands."""
    STATION = "station"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """That a visit was given up; the lane ends its attempt after the item that runs."""

    reason: WithdrawReason
    note: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class PlacedHold:
    """A hold that a person placed and nobody has lifted; `evidence` where the desk found the reason by rule."""

    hold_id: str
    kind: ManualKind
    reason: str
    at: datetime
    by: str
    evidence: Message | None = None


class ManualKind(StrEnum):
    """What a person may hold a visit for."""

    FINDING = "finding"
    """An open finding of an audit (审核疑点)."""
    VIOLATION = "violation"
    """An unsettled violation or accident (违法未处理)."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class RecheckView:
    """The newest recheck of a visit: what is done again, and why each.

    `attempts_before` were there when it was opened, `until` is the last day on which it could be;
    `charge` are its own lines among those of the visit.
    """

    number: int
    plan: tuple[PlannedItem, ...]
    opened_at: datetime
    opened_by: str
    attempts_before: int
    until: date | None
    charge: tuple[ChargeLine, ...] = ()


@dataclass(frozen=True, slots=True)
class RecheckOffer:
    """What a recheck would repeat and cost, and until when; with a `problem` there can be none and the rest is empty."""

    visit_id: str
    plate: str
    number: int = 0
    items: tuple[PlannedItem, ...] = ()
    charge: tuple[ChargeLine, ...] = ()
    until: date | None = None
    confidence: Confidence = Confidence.RECALLED
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class CorrectedField:
    """One value of the vehicle that was typed wrongly at intake, before and after, both as text."""

    field: str
    before: str
    after: str


def corrected_fields(before: Vehicle, after: Vehicle) -> tuple[CorrectedField, ...]:
    """Return every value in which two descriptions of a vehicle differ, in the order of its fields."""
    pairs = [(each.name, getattr(before, each.name), getattr(after, each.name)) for each in fields(Vehicle)]
    return tuple(CorrectedField(name, _text(old), _text(new)) for name, old, new in pairs if old != new)


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(getattr(value, "value", value))
