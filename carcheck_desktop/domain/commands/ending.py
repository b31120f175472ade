"""Commands that hold, end, correct or reopen a visit, and tell of its insurance."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from carcheck_desktop.domain.commands.base import Command
from carcheck_desktop.domain.ending import ManualKind, WithdrawReason
from carcheck_desktop.domain.insurance import VehicleTax
from carcheck_desktop.domain.intake import ValueOrigin
from carcheck_desktop.domain.vehicle import Vehicle


@dataclass(frozen=True, slots=True)
class PlaceHold(Command):
    """Hold a visit for a reason; the reply's `result` has `hold_id`."""

    kind: ClassVar[str] = "place_hold"
    visit_id: str
    hold_kind: ManualKind
    reason: str


@dataclass(frozen=True, slots=True)
class LiftHold(Command):
    """Say that what a person held a visit for is settled; for a finding a second person agrees."""

    kind: ClassVar[str] = "lift_hold"
    visit_id: str
    hold_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class DeclareInsurance(Command):
    """Type in a paper policy that was seen; refused while the insurer himself says that there is a good one."""

    kind: ClassVar[str] = "declare_insurance"
    visit_id: str
    policy_number: str
    insurer: str
    valid_from: date
    valid_until: date
    tax: VehicleTax = VehicleTax.UNKNOWN


@dataclass(frozen=True, slots=True)
class CloseVisit(Command):
    """End a visit of which nothing is left to do; refused by whatever still holds it."""

    kind: ClassVar[str] = "close_visit"
    visit_id: str


@dataclass(frozen=True, slots=True)
class WithdrawVisit(Command):
    """Give a visit up at any moment before its conclusion; `result` has `closed`: whether nothing is left to do.

    What was paid is given back, unless a manager keeps the price because something was measured (`keeps_charge`).
    """

    kind: ClassVar[str] = "withdraw_visit"
    visit_id: str
    reason: WithdrawReason
    note: str = ""
    keeps_charge: bool = False


@dataclass(frozen=True, slots=True)
class CorrectVisit(Command):
    """Put right what was taken in wrongly, before the first attempt; plan and price are made anew.

    `result` has `differences`: how many values changed.
    """

    kind: ClassVar[str] = "correct_visit"
    visit_id: str
    vehicle: Vehicle
    origins: dict[str, ValueOrigin] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OpenRecheck(Command):
    """Open a failed visit once more for its failed items; `result` has `number` and `items`."""

    kind: ClassVar[str] = "open_recheck"
    visit_id: str


@dataclass(frozen=True, slots=True)
class AskRecheck(Command):
    """Ask by the old ticket's code (or a plate, or a visit's id) what a recheck would repeat and cost.

    `result` has `offer` (a `RecheckOffer`) and `visit` (a `VisitView`), both as plain data; nothing is journaled.
    """

    kind: ClassVar[str] = "ask_recheck"
    wanted: str = field(repr=False)


COMMANDS: tuple[type[Command], ...] = (
    PlaceHold,
    LiftHold,
    DeclareInsurance,
    CloseVisit,
    WithdrawVisit,
    CorrectVisit,
    OpenRecheck,
    AskRecheck,
)
