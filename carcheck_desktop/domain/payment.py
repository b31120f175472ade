"""Paying: what a visit costs, what was paid and given back, and where one payment is; pure. Amounts are whole fen.

Taking money is the desk's (`desk.cash`), asking a provider the errand's (`app.collecting`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message, Problem
from carcheck_desktop.domain.prices import ChargeLine, total_fen

if TYPE_CHECKING:
    from carcheck_desktop.domain.views import VisitView


class PaymentMethod(StrEnum):
    """How money comes."""

    CASH = "cash"
    SCAN = "scan"
    """The customer shows a payment code that the counter's scanner reads."""


class PaymentState(StrEnum):
    """Where one payment is; `uncertain`: nobody here knows yet whether money moved, and the provider is being asked."""

    REQUESTED = "requested"
    UNCERTAIN = "uncertain"
    PAID = "paid"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    REFUND_REQUESTED = "refund_requested"
    REFUND_UNCERTAIN = "refund_uncertain"
    REFUNDED = "refunded"


OPEN = frozenset({PaymentState.REQUESTED, PaymentState.UNCERTAIN})
"""Money may still come: no other payment of this visit may begin."""
KEPT = frozenset(
    {PaymentState.PAID, PaymentState.REFUND_REQUESTED, PaymentState.REFUND_UNCERTAIN, PaymentState.REFUNDED}
)
"""Money came; how much of it is still here says `kept_fen`."""
GIVING_BACK = frozenset({PaymentState.REFUND_REQUESTED, PaymentState.REFUND_UNCERTAIN})


@dataclass(frozen=True, slots=True)
class RefundView:
    """Money given back or on its way; `reason` was typed by who gave it, `why` is the rule's own."""

    refund_id: str
    amount_fen: int
    reason: str
    why: Message | None
    at: datetime
    by: str
    approved_by: str = ""
    number: int = 0
    """The number of the paper that says so; 0 while it is on its way."""
    done_at: datetime | None = None
    provider_ref: str = ""
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class PaymentView:
    """One payment of a visit. `number` is the receipt's (0 before), `refund` the newest; `refunded_fen` counts finished ones.

    `is_cancelling`: a person wants it closed and the provider has not said yet that it is. `hint` is the end of the code.
    """

    payment_id: str
    method: PaymentMethod
    amount_fen: int
    state: PaymentState
    at: datetime
    by: str
    number: int = 0
    received_fen: int = 0
    change_fen: int = 0
    provider: str = ""
    provider_ref: str = ""
    hint: str = ""
    simulated: bool = False
    problem: Problem | None = None
    changed_at: datetime | None = None
    is_cancelling: bool = False
    refunded_fen: int = 0
    refund: RefundView | None = None


@dataclass(frozen=True, slots=True)
class DueView:
    """What a visit costs line by line, what was paid of it, and what is still due (below zero: too much was paid)."""

    lines: tuple[ChargeLine, ...]
    total_fen: int
    paid_fen: int
    due_fen: int
    open: PaymentView | None


def kept_fen(payment: PaymentView) -> int:
    """Return how much of a payment is here to stay: without what was given back or is on its way back."""
    if payment.state not in KEPT:
        return 0
    going_fen = payment.refund.amount_fen if payment.refund and payment.state in GIVING_BACK else 0
    return payment.amount_fen - payment.refunded_fen - going_fen


def paid_fen(visit: VisitView) -> int:
    """Return what was paid for a visit and is here to stay."""
    return sum(kept_fen(payment) for payment in visit.payments)


def due_fen(visit: VisitView) -> int:
    """Return what is still to be paid; below zero when too much was."""
    return total_fen(visit.charge) - paid_fen(visit)


def is_paid(visit: VisitView) -> bool:
    """Say whether nothing is to be paid any more; a visit that costs nothing is paid."""
    return due_fen(visit) <= 0


def open_payment(visit: VisitView) -> PaymentView | None:
    """Return the payment of which nobody knows the end yet, if there is one."""
    return next((payment for payment in visit.payments if payment.state in OPEN), None)


def payment_of(visit: VisitView, payment_id: str) -> PaymentView | None:
    """Return one payment of a visit."""
    return next((payment for payment in visit.payments if payment.payment_id == payment_id), None)


def due_of(visit: VisitView) -> DueView:
    """Return everything that a page about paying shows."""
    return DueView(visit.charge, total_fen(visit.charge), paid_fen(visit), due_fen(visit), open_payment(visit))


class OrderState(StrEnum):
    """What a provider says of an order or of a refund."""

    PAID = "paid"
    """The money moved; for a refund: it went back."""
    PENDING = "pending"
    """It waits for the customer, or is being worked on."""
    REFUSED = "refused"
    CLOSED = "closed"
    UNKNOWN = "unknown"
    """The provider has no such number."""


@dataclass(frozen=True, slots=True)
class ProviderTold:
    """A provider's answer about one order or refund: what it says, of what amount, its own number, why not."""

    state: OrderState
    amount_fen: int | None = None
    ref: str = ""
    simulated: bool = False
    problem: Problem | None = None
