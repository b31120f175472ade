"""What became of a payment or a refund at the provider, as facts; each is recorded once, however often it is told.

The errand (`app.collecting`) asks, this decides: nothing here knows HTTP.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from carcheck_desktop.base.ids import new_id
from carcheck_desktop.base.messages import Message
from carcheck_desktop.desk.ledger import SYSTEM, record
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.numbers import RECEIPTS
from carcheck_desktop.domain.payment import GIVING_BACK, KEPT, OPEN, PaymentMethod, PaymentState, payment_of

if TYPE_CHECKING:
    from carcheck_desktop.base.messages import Problem
    from carcheck_desktop.domain.payment import PaymentView, ProviderTold
    from carcheck_desktop.domain.ports import UnitOfWork

log = logging.getLogger(__name__)


def came(uow: UnitOfWork, visit_id: str, payment_id: str, told: ProviderTold) -> bool:
    """Record that the provider took money; what nobody waits for any more, or another sum, goes back by rule.

    Returns whether that is new and stays: then it has a receipt.
    """
    payment = _payment(uow, visit_id, payment_id)
    if payment is None or payment.state in KEPT:
        return False
    number = uow.numbers.next(RECEIPTS)
    amount_fen = told.amount_fen if told.amount_fen is not None else payment.amount_fen
    paid = f.PaymentPaid(
        visit_id, payment_id, PaymentMethod.SCAN, amount_fen, number, amount_fen, 0, told.ref, simulated=told.simulated
    )
    record(uow, paid, actor=SYSTEM)
    why = None
    if payment.state not in OPEN:
        why = Message("desk.cash.came_late")
    elif amount_fen != payment.amount_fen:
        why = Message("desk.cash.wrong_sum", {"asked_fen": payment.amount_fen, "taken_fen": amount_fen})
    if why is not None:
        log.warning("payment %s goes back: %s", payment_id, why.code)
        back = f.RefundRequested(visit_id, payment_id, new_id("refund"), amount_fen, "", why, "")
        record(uow, back, actor=SYSTEM)
    return why is None


def doubted(uow: UnitOfWork, visit_id: str, payment_id: str, problem: Problem) -> None:
    """Record that nobody knows yet; the same reason again says nothing new."""
    payment = _payment(uow, visit_id, payment_id)
    if payment is None or payment.state not in OPEN:
        return
    if payment.problem is None or payment.problem.code != problem.code:
        record(uow, f.PaymentUncertain(visit_id, payment_id, problem), actor=SYSTEM)


def refused(uow: UnitOfWork, visit_id: str, payment_id: str, problem: Problem) -> None:
    """Record that no money came and none will."""
    payment = _payment(uow, visit_id, payment_id)
    if payment is not None and payment.state in OPEN:
        record(uow, f.PaymentRefused(visit_id, payment_id, problem), actor=SYSTEM)


def closed(uow: UnitOfWork, visit_id: str, payment_id: str, problem: Problem | None) -> None:
    """Record that the provider closed the order: another attempt may begin."""
    payment = _payment(uow, visit_id, payment_id)
    if payment is not None and payment.state in OPEN:
        record(uow, f.PaymentCancelled(visit_id, payment_id, problem), actor=SYSTEM)


def went_back(uow: UnitOfWork, visit_id: str, payment_id: str, told: ProviderTold) -> bool:
    """Record that the money of the running refund went back; return whether that is new."""
    payment = _payment(uow, visit_id, payment_id)
    if payment is None or payment.refund is None or payment.state not in GIVING_BACK:
        return False
    refund = payment.refund
    made = f.RefundMade(
        visit_id, payment_id, refund.refund_id, refund.amount_fen, uow.numbers.next(RECEIPTS), refund.reason,
        refund.approved_by, told.ref, simulated=told.simulated,
    )  # fmt: skip
    record(uow, made, actor=SYSTEM)
    return True


def refund_doubted(uow: UnitOfWork, visit_id: str, payment_id: str, problem: Problem) -> None:
    """Record that nobody knows yet whether money went back."""
    payment = _payment(uow, visit_id, payment_id)
    if payment is None or payment.refund is None or payment.state not in GIVING_BACK:
        return
    known = payment.refund.problem
    if payment.state is PaymentState.REFUND_REQUESTED or known is None or known.code != problem.code:
        record(uow, f.RefundUncertain(visit_id, payment_id, payment.refund.refund_id, problem), actor=SYSTEM)


def refund_refused(uow: UnitOfWork, visit_id: str, payment_id: str, problem: Problem) -> None:
    """Record that the provider gives nothing back."""
    payment = _payment(uow, visit_id, payment_id)
    if payment is not None and payment.refund is not None and payment.state in GIVING_BACK:
        record(uow, f.RefundRefused(visit_id, payment_id, payment.refund.refund_id, problem), actor=SYSTEM)


def _payment(uow: UnitOfWork, visit_id: str, payment_id: str) -> PaymentView | None:
    visit = uow.visits.get(visit_id)
    return payment_of(visit, payment_id) if visit is not None else None
