"""What a visit costs and what was paid of it, folded from what happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.fold import fold_visit
from carcheck_desktop.domain.journal import ZERO_HASH, seal
from carcheck_desktop.domain.payment import (
    PaymentMethod,
    PaymentState,
    due_fen,
    due_of,
    is_paid,
    open_payment,
    paid_fen,
)
from carcheck_desktop.domain.prices import ChargeLine
from carcheck_desktop.domain.views import VisitView
from tests.domain.samples import SAMPLES

AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
LINES = (ChargeLine("safety", "安检费", "safety inspection", 12000, 1), ChargeLine("gas", "尾气", "exhaust", 9000, 1))
PROBLEM = Problem("gateways.time_out", {})
OPENED = replace(next(each for each in SAMPLES if isinstance(each, f.VisitOpened)), charge=LINES)
ASKED = f.PaymentRequested("visit-1", "payment-1", 21000, "neutral", "4821")
PAID = f.PaymentPaid("visit-1", "payment-1", PaymentMethod.SCAN, 21000, 1, 21000, 0, "ref-1", simulated=True)
CASH = f.PaymentPaid("visit-1", "payment-2", PaymentMethod.CASH, 21000, 2, 22000, 1000, "", simulated=False)


def visit(*facts: f.Fact) -> VisitView:
    view = None
    for fact in (OPENED, *facts):
        sealed = seal(fact, node="service", seq=1, at=AT, actor="wang", blobs=(), previous=ZERO_HASH)
        view = fold_visit(view, sealed)
    assert view is not None
    return view


def refund(amount_fen: int) -> f.RefundRequested:
    return f.RefundRequested("visit-1", "payment-1", "refund-1", amount_fen, "撤回", None, "")


def made(payment_id: str, amount_fen: int) -> f.RefundMade:
    return f.RefundMade("visit-1", payment_id, "refund-1", amount_fen, 3, "撤回", "", "", simulated=False)


def test_everything_is_due_before_anybody_paid() -> None:
    assert (due_fen(visit()), paid_fen(visit()), is_paid(visit())) == (21000, 0, False)


def test_a_visit_that_costs_nothing_is_paid() -> None:
    assert is_paid(replace(visit(), charge=()))


def test_cash_pays_at_once_and_keeps_the_change() -> None:
    view = visit(CASH)
    assert is_paid(view)
    assert (view.payments[0].received_fen, view.payments[0].change_fen, view.payments[0].number) == (22000, 1000, 2)
    assert view.payments[0].by == "wang"


def test_what_is_asked_for_or_uncertain_is_not_paid_and_is_open() -> None:
    for facts in ((ASKED,), (ASKED, f.PaymentUncertain("visit-1", "payment-1", PROBLEM))):
        view = visit(*facts)
        assert due_fen(view) == 21000
        assert open_payment(view) == due_of(view).open == view.payments[0]


def test_a_refused_or_closed_payment_is_over_and_another_may_begin() -> None:
    for end in (
        f.PaymentRefused("visit-1", "payment-1", PROBLEM), f.PaymentCancelled("visit-1", "payment-1", PROBLEM)
    ):  # fmt: skip
        view = visit(ASKED, f.PaymentCancelAsked("visit-1", "payment-1"), end)
        assert open_payment(view) is None
        assert view.payments[0].problem == PROBLEM
        assert not view.payments[0].is_cancelling
        assert not is_paid(view)


def test_money_on_its_way_back_does_not_pay_any_more() -> None:
    view = visit(ASKED, PAID, refund(21000))
    assert (view.payments[0].state, paid_fen(view), due_fen(view)) == (PaymentState.REFUND_REQUESTED, 0, 21000)
    view = visit(ASKED, PAID, refund(21000), f.RefundUncertain("visit-1", "payment-1", "refund-1", PROBLEM))
    assert (view.payments[0].state, paid_fen(view)) == (PaymentState.REFUND_UNCERTAIN, 0)


def test_part_of_the_money_given_back_leaves_the_rest_paid() -> None:
    view = visit(ASKED, PAID, refund(9000), made("payment-1", 9000))
    assert (view.payments[0].state, paid_fen(view), due_fen(view)) == (PaymentState.PAID, 12000, 9000)
    assert view.payments[0].refund is not None
    assert view.payments[0].refund.number == 3


def test_all_the_money_given_back_is_refunded() -> None:
    assert visit(ASKED, PAID, refund(21000), made("payment-1", 21000)).payments[0].state is PaymentState.REFUNDED
    assert visit(CASH, made("payment-2", 21000)).payments[0].state is PaymentState.REFUNDED


def test_a_refused_refund_leaves_the_money_here() -> None:
    view = visit(ASKED, PAID, refund(21000), f.RefundRefused("visit-1", "payment-1", "refund-1", PROBLEM))
    assert is_paid(view)
    assert view.payments[0].refund is not None
    assert view.payments[0].refund.problem == PROBLEM


def test_money_that_comes_after_the_closing_is_seen() -> None:
    view = visit(ASKED, f.PaymentCancelled("visit-1", "payment-1", None), CASH, PAID)
    assert paid_fen(view) == 42000
    assert due_fen(view) == -21000


def test_a_new_charge_is_due() -> None:
    recheck = (*LINES, ChargeLine("recheck", "复检费", "recheck", 5000, 1))
    view = replace(visit(CASH), charge=recheck)
    assert (due_fen(view), is_paid(view)) == (5000, False)
