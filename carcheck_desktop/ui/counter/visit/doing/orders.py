"""From what was entered in a sheet to the command, and what of it cannot be taken; pure. The service checks again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import UsageError
from carcheck_desktop.base.money import fen_of, yuan
from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.documents import DocumentKind
from carcheck_desktop.domain.ending import ManualKind, WithdrawReason
from carcheck_desktop.domain.payment import kept_fen
from carcheck_desktop.ui.counter.visit.actions import paper_to_void, refundable, to_give_back_fen
from carcheck_desktop.ui.counter.visit.state import TaskKind
from carcheck_desktop.ui.widgets.forms.reading.dates import read_date

if TYPE_CHECKING:
    from datetime import date

    from carcheck_desktop.domain.views import VisitView

SHORTEST_REASON = 2
SHORTEST_POLICY = 8
WITH_REASON = frozenset({TaskKind.REFUND, TaskKind.HOLD, TaskKind.LIFT, TaskKind.DRAWER})
KEEPS = "keep"
"""The value of the choice that keeps the price of a visit that is given up."""


@dataclass(frozen=True, slots=True)
class Entered:
    """What stands in a sheet."""

    kind: TaskKind
    visit_id: str
    chosen: str
    values: dict[str, str] = field(repr=False)
    visit: VisitView | None
    today: date
    needs_second: bool = False

    def text(self, name: str) -> str:
        """Return what was typed, without blanks at the ends."""
        return self.values.get(name, "").strip()

    @property
    def document(self) -> DocumentKind | None:
        """What is to be printed again."""
        return DocumentKind(self.chosen) if self.kind is TaskKind.PRINT and self.chosen else None

    @property
    def wants_reason(self) -> bool:
        """Whether a reason has to be typed."""
        if self.kind is TaskKind.PRINT and self.visit is not None and self.document is not None:
            return paper_to_void(self.visit, self.document) is not None
        return self.kind in WITH_REASON

    @property
    def amount_text(self) -> str:
        """The amount as it stands: what is proposed until somebody types another."""
        payment = refundable(self.visit) if self.visit is not None else None
        proposed = yuan(to_give_back_fen(self.visit, payment)) if self.visit is not None and payment else ""
        return self.values.get("amount", proposed)


def wrong_fields(at: Entered) -> dict[str, str]:
    """Return the fields that cannot be taken, in their order, each with the code of what is wrong."""
    found: dict[str, str] = {}
    if at.kind is TaskKind.WITHDRAW and not at.chosen:
        found["choice"] = "ui.counter_visit.fault.choice"
    if at.kind is TaskKind.REFUND and amount_fault(at):
        found["amount"] = amount_fault(at)
    if at.kind is TaskKind.INSURE:
        found |= _wrong_policy(at)
    if at.wants_reason and len(at.text("reason")) < SHORTEST_REASON:
        found["reason"] = "ui.counter_visit.fault.reason"
    if at.needs_second:
        found |= {name: "ui.counter_visit.fault.missing" for name in ("second", "second_pin") if not at.text(name)}
    return found


def amount_fault(at: Entered) -> str:
    """Return the code of what is wrong with the amount, "" when nothing is."""
    payment = refundable(at.visit) if at.visit is not None else None
    try:
        fen = fen_of(at.amount_text)
    except UsageError:
        return "ui.counter_visit.fault.amount"
    return "" if payment is not None and 0 < fen <= kept_fen(payment) else "ui.counter_visit.fault.amount"


def _wrong_policy(at: Entered) -> dict[str, str]:
    found: dict[str, str] = {}
    if not at.text("insurer"):
        found["insurer"] = "ui.counter_visit.fault.missing"
    if len(at.text("policy")) < SHORTEST_POLICY:
        found["policy"] = "ui.counter_visit.fault.policy"
    days = {name: read_date(at.text(name), at.today) for name in ("valid_from", "valid_until")}
    found |= {name: "ui.counter_visit.fault.day" for name, day in days.items() if day is None}
    first, last = days["valid_from"], days["valid_until"]
    if first is not None and last is not None and last < first:
        found["valid_until"] = "ui.counter_visit.fault.days"
    return found


def order_of(at: Entered) -> c.Command | None:
    """Return the command of a sheet in which nothing is wrong; None for one that sends nothing."""
    reason = at.text("reason")
    if at.kind is TaskKind.WITHDRAW:
        keeps = at.values.get("keeps", "") == KEEPS
        return c.WithdrawVisit(at.visit_id, WithdrawReason(at.chosen), at.text("note"), keeps)
    if at.kind is TaskKind.REFUND and at.visit is not None:
        payment = refundable(at.visit)
        amount_fen = fen_of(at.amount_text)
        return c.Refund(at.visit_id, payment.payment_id, amount_fen, reason) if payment is not None else None
    if at.kind is TaskKind.INSURE:
        return _policy(at)
    if at.kind is TaskKind.PRINT:
        return _print(at, reason)
    simple: dict[TaskKind, c.Command] = {
        TaskKind.RECHECK: c.OpenRecheck(at.visit_id),
        TaskKind.DRAWER: c.OpenDrawer(reason),
        TaskKind.LIFT: c.LiftHold(at.visit_id, at.chosen, reason),
    }
    if at.kind is TaskKind.HOLD:
        return c.PlaceHold(at.visit_id, ManualKind(at.chosen), reason)
    return simple.get(at.kind)


def _policy(at: Entered) -> c.Command | None:
    first, last = read_date(at.text("valid_from"), at.today), read_date(at.text("valid_until"), at.today)
    if first is None or last is None:
        return None
    return c.DeclareInsurance(at.visit_id, at.text("policy").upper(), at.text("insurer"), first, last)


def _print(at: Entered, reason: str) -> c.Command | None:
    if at.visit is None or at.document is None:
        return None
    paper = paper_to_void(at.visit, at.document)
    if paper is not None:
        return c.Reprint(at.visit_id, paper.paper_id, reason)
    return c.RequestPrint(at.visit_id, at.document)
