"""The fold of a visit's payments."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from carcheck_desktop.domain.facts import payment as f
from carcheck_desktop.domain.payment import PaymentMethod, PaymentState, PaymentView, RefundView

if TYPE_CHECKING:
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.views import VisitView


def fold_payment(view: VisitView, entry: Entry) -> VisitView:
    """Return the visit after a fact about its money; any other fact leaves it be."""
    fact = entry.fact()
    if not isinstance(fact, f.PaymentFact):
        return view
    if all(each.payment_id != fact.payment_id for each in view.payments):
        begun = _begun(fact, entry)
        return view if begun is None else replace(view, payments=(*view.payments, begun))
    payments = tuple(
        replace(each, **_changes(each, fact, entry), changed_at=entry.at)
        if each.payment_id == fact.payment_id
        else each
        for each in view.payments
    )
    return replace(view, payments=payments)


def _begun(fact: f.PaymentFact, entry: Entry) -> PaymentView | None:
    if isinstance(fact, f.PaymentRequested):
        return PaymentView(
            fact.payment_id, PaymentMethod.SCAN, fact.amount_fen, PaymentState.REQUESTED, entry.at, entry.actor,
            provider=fact.provider, hint=fact.hint,
        )  # fmt: skip
    if isinstance(fact, f.PaymentPaid):
        begun = PaymentView(
            fact.payment_id, fact.method, fact.amount_fen, PaymentState.PAID, entry.at, entry.actor, changed_at=entry.at
        )
        return replace(begun, **_paid(fact))
    return None


def _changes(payment: PaymentView, fact: f.PaymentFact, entry: Entry) -> dict[str, Any]:
    match fact:
        case f.PaymentPaid():
            return _paid(fact)
        case f.PaymentUncertain():
            return {"state": PaymentState.UNCERTAIN, "problem": fact.problem}
        case f.PaymentRefused():
            return {"state": PaymentState.REFUSED, "problem": fact.problem, "is_cancelling": False}
        case f.PaymentCancelAsked():
            return {"is_cancelling": True}
        case f.PaymentCancelled():
            return {"state": PaymentState.CANCELLED, "problem": fact.problem, "is_cancelling": False}
    return _refunding(payment, fact, entry)


def _paid(fact: f.PaymentPaid) -> dict[str, Any]:
    return {
        "state": PaymentState.PAID,
        "amount_fen": fact.amount_fen,
        "number": fact.number,
        "received_fen": fact.received_fen,
        "change_fen": fact.change_fen,
        "provider_ref": fact.provider_ref,
        "simulated": fact.simulated,
        "problem": None,
        "is_cancelling": False,
    }


def _refunding(payment: PaymentView, fact: f.PaymentFact, entry: Entry) -> dict[str, Any]:
    match fact:
        case f.RefundRequested():
            refund = RefundView(
                fact.refund_id, fact.amount_fen, fact.reason, fact.why, entry.at, entry.actor, fact.approved_by
            )
            return {"state": PaymentState.REFUND_REQUESTED, "refund": refund}
        case f.RefundUncertain() if payment.refund is not None:
            refund = replace(payment.refund, problem=fact.problem)
            return {"state": PaymentState.REFUND_UNCERTAIN, "refund": refund}
        case f.RefundRefused() if payment.refund is not None:
            return {"state": PaymentState.PAID, "refund": replace(payment.refund, problem=fact.problem)}
        case f.RefundMade():
            return _given_back(payment, fact, entry)
    return {}


def _given_back(payment: PaymentView, fact: f.RefundMade, entry: Entry) -> dict[str, Any]:
    asked = payment.refund
    if asked is None or asked.refund_id != fact.refund_id:  # cash
        asked = RefundView(
            fact.refund_id, fact.amount_fen, fact.reason, None, entry.at, entry.actor, fact.approved_by
        )  # fmt: skip
    done = replace(asked, number=fact.number, done_at=entry.at, provider_ref=fact.provider_ref, problem=None)
    back_fen = payment.refunded_fen + fact.amount_fen
    is_all = back_fen >= payment.amount_fen
    state = PaymentState.REFUNDED if is_all else PaymentState.PAID
    return {"state": state, "refund": done, "refunded_fen": back_fen}
