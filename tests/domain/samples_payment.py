"""Samples of the facts of paying."""

from __future__ import annotations

from carcheck_desktop.base.messages import Message, Problem
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.payment import PaymentMethod

PROBLEM = Problem("gateways.time_out", {"host": "127.0.0.1:7811", "seconds": "5.0"})
WHY = Message("desk.cash.came_late")

PAYMENT_SAMPLES: tuple[f.Fact, ...] = (
    f.PaymentRequested("visit-1", "payment-1", 24000, "neutral", "4821"),
    f.PaymentUncertain("visit-1", "payment-1", PROBLEM),
    f.PaymentPaid("visit-1", "payment-1", PaymentMethod.CASH, 24000, 17, 30000, 6000, "", simulated=True),
    f.PaymentRefused("visit-1", "payment-1", PROBLEM),
    f.PaymentCancelAsked("visit-1", "payment-1"),
    f.PaymentCancelled("visit-1", "payment-1", PROBLEM),
    f.RefundRequested("visit-1", "payment-1", "refund-1", 24000, "车主撤回", WHY, "zhou"),
    f.RefundUncertain("visit-1", "payment-1", "refund-1", PROBLEM),
    f.RefundMade("visit-1", "payment-1", "refund-1", 24000, 18, "车主撤回", "zhou", "42000012345", simulated=True),
    f.RefundRefused("visit-1", "payment-1", "refund-1", PROBLEM),
    f.DrawerOpened("counter-1", "换零钱"),
)
