"""Facts of paying: what was asked for, what came, what was given back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from carcheck_desktop.base.messages import Message, Problem
from carcheck_desktop.domain.facts.base import Fact
from carcheck_desktop.domain.payment import PaymentMethod


class PaymentFact(Fact):
    """A fact about one payment of a visit."""

    visit_id: str
    payment_id: str

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id


@dataclass(frozen=True, slots=True)
class PaymentRequested(PaymentFact):
    """A provider is to be asked for money; `payment_id` is its merchant order number. `hint` is the end of the code."""

    kind: ClassVar[str] = "payment_requested"
    visit_id: str
    payment_id: str
    amount_fen: int
    provider: str
    hint: str


@dataclass(frozen=True, slots=True)
class PaymentUncertain(PaymentFact):
    """Nobody here knows whether money moved, for this reason; the provider is asked until it is known."""

    kind: ClassVar[str] = "payment_uncertain"
    visit_id: str
    payment_id: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class PaymentPaid(PaymentFact):
    """Money came; `amount_fen` is what it was, `number` the receipt's. Cash: `received_fen` less `change_fen`."""

    kind: ClassVar[str] = "payment_paid"
    visit_id: str
    payment_id: str
    method: PaymentMethod
    amount_fen: int
    number: int
    received_fen: int
    change_fen: int
    provider_ref: str
    simulated: bool


@dataclass(frozen=True, slots=True)
class PaymentRefused(PaymentFact):
    """No money came and none will: the provider or the customer said no."""

    kind: ClassVar[str] = "payment_refused"
    visit_id: str
    payment_id: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class PaymentCancelAsked(PaymentFact):
    """Somebody wants a payment closed whose end is not known."""

    kind: ClassVar[str] = "payment_cancel_asked"
    visit_id: str
    payment_id: str


@dataclass(frozen=True, slots=True)
class PaymentCancelled(PaymentFact):
    """The provider closed the order: another attempt may begin. `problem` says why when nobody asked for it."""

    kind: ClassVar[str] = "payment_cancelled"
    visit_id: str
    payment_id: str
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class RefundRequested(PaymentFact):
    """Money is to be given back by the provider; `refund_id` is its number there. `why` is set when a rule gives it back."""

    kind: ClassVar[str] = "refund_requested"
    visit_id: str
    payment_id: str
    refund_id: str
    amount_fen: int
    reason: str
    why: Message | None
    approved_by: str


@dataclass(frozen=True, slots=True)
class RefundUncertain(PaymentFact):
    """Nobody here knows yet whether the money went back."""

    kind: ClassVar[str] = "refund_uncertain"
    visit_id: str
    payment_id: str
    refund_id: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class RefundMade(PaymentFact):
    """Money went back; `number` is the refund paper's. Cash is given back at once, without a `RefundRequested`."""

    kind: ClassVar[str] = "refund_made"
    visit_id: str
    payment_id: str
    refund_id: str
    amount_fen: int
    number: int
    reason: str
    approved_by: str
    provider_ref: str
    simulated: bool


@dataclass(frozen=True, slots=True)
class RefundRefused(PaymentFact):
    """The provider gives nothing back: the money is still here."""

    kind: ClassVar[str] = "refund_refused"
    visit_id: str
    payment_id: str
    refund_id: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class DrawerOpened(Fact):
    """Somebody opened the cash drawer without a sale."""

    kind: ClassVar[str] = "drawer_opened"
    node: str
    reason: str

    @property
    def subject(self) -> str:
        """The node at whose drawer it was."""
        return self.node


FACTS: tuple[type[Fact], ...] = (
    PaymentRequested, PaymentUncertain, PaymentPaid, PaymentRefused, PaymentCancelAsked, PaymentCancelled,
    RefundRequested, RefundUncertain, RefundMade, RefundRefused, DrawerOpened,
)  # fmt: skip
