"""Situations of the counter's paying page, by name, on a scripted service."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit

from carcheck_desktop.base.messages import Problem, Severity
from carcheck_desktop.domain.facts import (
    PaymentCancelAsked,
    PaymentPaid,
    PaymentRefused,
    PaymentRequested,
    PaymentUncertain,
)
from carcheck_desktop.domain.payment import PaymentMethod
from carcheck_desktop.ui.counter.window import CounterWindow
from tests.ui import counter_scenes
from tests.ui.scripted import Script

PAY_CODE = "134512345678904821"
CONFIRMING = Problem("desk.cash.confirming", {}, Severity.WARNING)


def paying(language: str) -> CounterWindow:
    return counter_scenes.opened(language)[0]


def paying_change(language: str) -> CounterWindow:
    window, _ = counter_scenes.opened(language)
    window.presenter.type("received", "400")
    return window


def paying_short(language: str) -> CounterWindow:
    window, _ = counter_scenes.opened(language)
    window.presenter.type("received", "250")
    window.act("pay")
    for field in window.findChildren(QLineEdit, "counter_received"):
        field.deselect()  # a line edit paints what is selected twice, which is no overlap that anybody sees
    return window


def scanned(language: str) -> tuple[CounterWindow, Script]:
    """A payment code was scanned, and the provider is asked."""
    window, script = counter_scenes.opened(language)
    window.presenter.type("received", PAY_CODE)
    window.act("pay")
    script.tell(
        PaymentRequested(counter_scenes.OPENED_ID, "payment-1", 30000, "neutral (simulated)", PAY_CODE[-4:]),
        actor=counter_scenes.CLERK,
    )
    script.service.answer({"payment_id": "payment-1"})
    counter_scenes.settle(window)
    return window, script


def paying_scanned(language: str) -> CounterWindow:
    return scanned(language)[0]


def paying_confirming(language: str) -> CounterWindow:
    window, script = scanned(language)
    script.tell(PaymentUncertain(counter_scenes.OPENED_ID, "payment-1", CONFIRMING), actor="system")
    return window


def paying_uncertain(language: str) -> CounterWindow:
    window, script = scanned(language)
    params = {"host": "127.0.0.1:7811", "seconds": "5.0", "why": "gateways.time_out.cause"}
    problem = Problem("desk.cash.not_known", dict(params), Severity.WARNING)
    script.tell(PaymentUncertain(counter_scenes.OPENED_ID, "payment-1", problem), actor="system")
    return window


def paying_closing(language: str) -> CounterWindow:
    window, script = scanned(language)
    script.tell(PaymentCancelAsked(counter_scenes.OPENED_ID, "payment-1"), actor=counter_scenes.CLERK)
    return window


def paying_refused(language: str) -> CounterWindow:
    window, script = scanned(language)
    problem = Problem("gateways.payment.not_enough", {"said": "余额不足（模拟）"}, Severity.WARNING)
    script.tell(PaymentRefused(counter_scenes.OPENED_ID, "payment-1", problem), actor="system")
    return window


def paying_refused_by_service(language: str) -> CounterWindow:
    window, script = counter_scenes.opened(language)
    window.presenter.type("received", "300")
    window.act("pay")
    params = {"method": "PaymentMethod.cash", "state": "PaymentState.paid", "amount": "￥300.00", "by": "张敏"}
    script.service.answer(refusal=Problem("desk.cash.paid_already", dict(params)))
    return window


def paid_with_change(language: str) -> CounterWindow:
    window, script = counter_scenes.opened(language)
    window.presenter.type("received", "400")
    window.act("pay")
    paid = PaymentPaid(
        counter_scenes.OPENED_ID, "payment-1", PaymentMethod.CASH, 30000, 17, 40000, 10000, "", simulated=False
    )  # fmt: skip
    script.tell(paid, actor=counter_scenes.CLERK)
    script.service.answer({"payment_id": "payment-1", "number": 17, "change_fen": 10000})
    return window


def paid_afterwards(language: str) -> CounterWindow:
    """The answer came when the clerk was at the next car."""
    window, script = scanned(language)
    window.act("later")
    counter_scenes.settle(window)
    window.act("next_car")
    counter_scenes.settle(window)
    paid = PaymentPaid(
        counter_scenes.OPENED_ID, "payment-1", PaymentMethod.SCAN, 30000, 18, 30000, 0, "SIM000000000001", simulated=True
    )  # fmt: skip
    script.tell(paid, actor="system")
    return window


PAYING: dict[str, Callable[[str], CounterWindow]] = {
    each.__name__: each
    for each in (
        paying,
        paying_change,
        paying_short,
        paying_scanned,
        paying_confirming,
        paying_uncertain,
        paying_closing,
        paying_refused,
        paying_refused_by_service,
        paid_with_change,
        paid_afterwards,
    )
}
"""Every situation by its name."""
