"""What the commands of the cash desk do: each checks what the person saw against what is, and records one thing."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.base.ids import new_id
from carcheck_desktop.base.money import yuan
from carcheck_desktop.desk.cash.receipts import print_receipt
from carcheck_desktop.desk.cash.rules import CashRules, parse_rules
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.access import refused_second
from carcheck_desktop.domain.numbers import RECEIPTS
from carcheck_desktop.domain.payment import (
    KEPT,
    OPEN,
    PaymentMethod,
    PaymentState,
    due_fen,
    kept_fen,
    open_payment,
    payment_of,
)

if TYPE_CHECKING:
    from carcheck_desktop.desk.doing import Doer, Doing
    from carcheck_desktop.domain.payment import PaymentView
    from carcheck_desktop.domain.ports import UnitOfWork
    from carcheck_desktop.domain.views import VisitView

RULES_FILE = Path(__file__).resolve().parents[3] / "resources" / "cash" / "rules.toml"
HINT_DIGITS = 4
SHORTEST_REASON = 2
LONGEST_REASON = 100
SHOWN_CHARS = 40


@cache
def rules() -> CashRules:
    """Return what the cash desk checks against."""
    return parse_rules(RULES_FILE.read_bytes())


def take_cash(uow: UnitOfWork, command: c.TakeCash, doing: Doing) -> dict[str, Any]:
    """Take what is due in cash and say the change."""
    due = _due(_payable(uow, command.visit_id), command.due_fen)
    change_fen = command.received_fen - due
    if change_fen < 0:
        raise RefusedError("desk.cash.too_little", received=yuan(command.received_fen), due=yuan(due))
    if change_fen > rules().most_change_fen:
        most = yuan(due + rules().most_change_fen)
        raise RefusedError("desk.cash.too_much", received=yuan(command.received_fen), due=yuan(due), most=most)
    paid = f.PaymentPaid(
        command.visit_id, new_id("payment"), PaymentMethod.CASH, due, uow.numbers.next(RECEIPTS), command.received_fen,
        change_fen, "", simulated=False,
    )  # fmt: skip
    record(uow, paid, actor=doing.actor)
    print_receipt(uow, paid.visit_id, paid.payment_id, doing.house, actor=doing.actor, now=doing.now)
    return {"payment_id": paid.payment_id, "number": paid.number, "change_fen": change_fen}


def request_scan(uow: UnitOfWork, command: c.RequestScan, doing: Doing) -> dict[str, Any]:
    """Record that a provider is to be asked, and leave the code for who asks."""
    code = "".join(command.code.split())
    if rules().wallet_of(code) is None:
        raise RefusedError("desk.cash.no_code", digits=len(code), begins=_shown_start(code))
    visit = _payable(uow, command.visit_id)
    due = _due(visit, command.due_fen)
    if not doing.scans.provider:
        raise RefusedError("desk.cash.no_provider")
    payment_id = new_id("payment")
    doing.scans.put(payment_id, code)
    asked = f.PaymentRequested(visit.visit_id, payment_id, due, doing.scans.provider, code[-HINT_DIGITS:])
    record(uow, asked, actor=doing.actor)
    return {"payment_id": payment_id}


def cancel_payment(uow: UnitOfWork, command: c.CancelPayment, doing: Doing) -> dict[str, Any]:
    """Ask for a payment to be closed; asking twice is asking once."""
    payment = _known(uow, command.visit_id, command.payment_id)
    if payment.state not in OPEN:
        raise RefusedError("desk.cash.not_open", **_told(payment))
    if not payment.is_cancelling:
        record(uow, f.PaymentCancelAsked(command.visit_id, command.payment_id), actor=doing.actor)
    return {}


def refund(uow: UnitOfWork, command: c.Refund, doing: Doing) -> dict[str, Any]:
    """Give money back: cash out of the drawer at once, everything else by the provider that took it."""
    payment = _known(uow, command.visit_id, command.payment_id)
    if payment.state is not PaymentState.PAID:
        raise RefusedError("desk.cash.nothing_to_give_back", **_told(payment))
    kept = kept_fen(payment)
    if not 0 < command.amount_fen <= kept:
        raise RefusedError("desk.cash.bad_refund", given=yuan(command.amount_fen), most=yuan(kept))
    reason = _reason(command.reason)
    alone_fen = rules().refund_alone_fen
    # counted over the whole payment: two halves are not two small sums
    wants_second = payment.refunded_fen + command.amount_fen > alone_fen
    if wants_second:
        refused = refused_second(command.kind, doing.session, doing.second, doing.now)
        if refused is not None:
            raise RefusedError(refused.code, **{**refused.params, "alone": yuan(alone_fen)})
    refund_id = new_id("refund")
    approved_by = doing.approved_by if wants_second else ""
    if payment.method is PaymentMethod.SCAN:
        asked = f.RefundRequested(
            command.visit_id, payment.payment_id, refund_id, command.amount_fen, reason, None, approved_by
        )
        record(uow, asked, actor=doing.actor)
        return {"refund_id": refund_id}
    number = uow.numbers.next(RECEIPTS)
    made = f.RefundMade(
        command.visit_id, payment.payment_id, refund_id, command.amount_fen, number, reason, approved_by, "",
        simulated=False,
    )  # fmt: skip
    record(uow, made, actor=doing.actor)
    print_receipt(uow, made.visit_id, made.payment_id, doing.house, actor=doing.actor, now=doing.now)
    return {"refund_id": refund_id, "number": number}


def open_drawer(uow: UnitOfWork, command: c.OpenDrawer, doing: Doing) -> dict[str, Any]:
    """Record who opened the drawer without a sale, and why."""
    record(uow, f.DrawerOpened(doing.node, _reason(command.reason)), actor=doing.actor)
    return {}


DOERS: dict[str, Doer] = {
    c.TakeCash.kind: take_cash,
    c.RequestScan.kind: request_scan,
    c.CancelPayment.kind: cancel_payment,
    c.Refund.kind: refund,
    c.OpenDrawer.kind: open_drawer,
}


def _payable(uow: UnitOfWork, visit_id: str) -> VisitView:
    """Return a visit that money may be taken for now."""
    visit = _visit(uow, visit_id)
    if visit.ended_at is not None or visit.withdrawal is not None:
        raise RefusedError("desk.cash.visit_over", plate=visit.vehicle.plate)
    waiting = open_payment(visit)
    if waiting is not None:
        raise RefusedError("desk.cash.still_open", **_told(waiting))
    return visit


def _due(visit: VisitView, seen_fen: int) -> int:
    """Return what is due when it is what the clerk saw; two clerks at one visit, or a changed price, differ here."""
    due = due_fen(visit)
    if due <= 0:
        last = next((each for each in reversed(visit.payments) if each.state in KEPT), None)
        if last is None:
            raise RefusedError("desk.cash.nothing_due", plate=visit.vehicle.plate)
        raise RefusedError("desk.cash.paid_already", **_told(last))
    if seen_fen != due:
        raise RefusedError("desk.cash.another_sum", seen=yuan(seen_fen), due=yuan(due))
    return due


def _known(uow: UnitOfWork, visit_id: str, payment_id: str) -> PaymentView:
    visit = _visit(uow, visit_id)
    payment = payment_of(visit, payment_id)
    if payment is None:
        raise RefusedError("desk.cash.no_such_payment", payment=payment_id[:SHOWN_CHARS], plate=visit.vehicle.plate)
    return payment


def _visit(uow: UnitOfWork, visit_id: str) -> VisitView:
    visit = uow.visits.get(visit_id)
    if visit is None:
        raise RefusedError("desk.intake.no_such_visit", visit=visit_id[:SHOWN_CHARS])
    return visit


def _told(payment: PaymentView) -> dict[str, str | int]:
    """Return what every refusal about a payment says: how it stands, how much it is, who began it."""
    return {
        "state": f"PaymentState.{payment.state.value}",
        "method": f"PaymentMethod.{payment.method.value}",
        "amount": yuan(payment.amount_fen),
        "by": payment.by,
    }


def _reason(text: str) -> str:
    reason = " ".join(text.split())
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON or not reason.isprintable():
        raise RefusedError("desk.cash.no_reason", length=len(reason), most=LONGEST_REASON)
    return reason


def _shown_start(code: str) -> str:
    """Return the first two signs of what was read: enough to see what it was, nothing to pay with."""
    return code[:2] if code.isascii() and code.isprintable() else "?"
