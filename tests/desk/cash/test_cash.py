"""Taking money at the counter: the right sum once, whatever two clerks, slips and scanners do."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from carcheck_desktop.base.catalogues import LANGUAGES, Catalogue
from carcheck_desktop.desk.cash import settling
from carcheck_desktop.desk.cash.doing import rules
from carcheck_desktop.desk.cash.scans import Scans
from carcheck_desktop.desk.door import ServiceDoor
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.commands import (
    CancelPayment,
    OpenDrawer,
    Refund,
    Reply,
    RequestScan,
    SetPriceList,
    TakeCash,
)
from carcheck_desktop.domain.ending import WithdrawReason
from carcheck_desktop.domain.facts.ending import VisitWithdrawn
from carcheck_desktop.domain.payment import OrderState, PaymentState, PaymentView, ProviderTold, due_fen
from carcheck_desktop.domain.prices import PriceLine
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.views import VisitView
from tests.desk.conftest import DeskUnderTest

CODE = "134512345678904821"
DUE = 210_00
PRICES = (
    PriceLine("safety", "安检费", "Safety inspection", 120_00),
    PriceLine("emission", "环检费", "Emission inspection", 90_00),
)


class Counter:
    """A clerk at the cash desk with a car that costs 210 yuan."""

    def __init__(self, desk: DeskUnderTest) -> None:
        self.desk = desk
        self.scans = Scans("neutral")
        desk.door = ServiceDoor(desk.writer, desk.clock, desk.key, desk.tables, scans=self.scans)
        self.manager = desk.sign_in("zhou", Role.MANAGER)
        self.clerk = desk.sign_in("wang", Role.CLERK)
        prices = SetPriceList(0, inspection_date(desk.clock.now()), PRICES)
        desk.person("sun", Role.AUDITOR)
        assert desk.send(prices, self.manager, second=desk.sign_in("sun", Role.AUDITOR)).accepted
        self.visit_id = str(desk.open_visit(self.clerk).result["visit_id"])

    @property
    def visit(self) -> VisitView:
        with self.desk.store.read() as uow:
            found = uow.visits.get(self.visit_id)
        assert found is not None
        return found

    @property
    def payment(self) -> PaymentView:
        return self.visit.payments[-1]

    def is_cancelling(self) -> bool:
        return self.payment.is_cancelling

    def stands(self) -> PaymentState:
        return self.payment.state

    def cash(self, received_fen: int, due_fen: int = DUE) -> Reply:
        return self.desk.send(TakeCash(self.visit_id, due_fen, received_fen), self.clerk)

    def scan(self, code: str = CODE, due_fen: int = DUE) -> Reply:
        return self.desk.send(RequestScan(self.visit_id, due_fen, code), self.clerk)

    def refund(self, amount_fen: int, reason: str = "车主撤回", second: str | None = None) -> Reply:
        command = Refund(self.visit_id, self.payment.payment_id, amount_fen, reason)
        return self.desk.send(command, self.clerk, second=second)

    def told(self, state: OrderState, amount_fen: int = DUE) -> None:
        """The provider says this of the newest payment."""
        told = ProviderTold(state, amount_fen, "ref-1", simulated=True)
        payment_id = self.payment.payment_id
        self.desk.writer.call(lambda uow: settling.came(uow, self.visit_id, payment_id, told))


@pytest.fixture
def counter(desk: DeskUnderTest) -> Counter:
    return Counter(desk)


def refused(reply: Reply) -> str:
    assert reply.refusal is not None
    for language in LANGUAGES:
        words = Catalogue(language)
        for part in (reply.refusal.cause, reply.refusal.evidence, reply.refusal.next_step):
            assert "desk.cash" not in words.text(part)
            assert "{" not in words.text(part)
    return reply.refusal.code


def test_the_clerk_takes_three_notes_and_is_told_the_change_and_the_receipts_number(counter: Counter) -> None:
    reply = counter.cash(300_00)
    assert (reply.result["change_fen"], reply.result["number"]) == (90_00, 1)
    assert due_fen(counter.visit) == 0
    assert (counter.payment.state, counter.payment.by) == (PaymentState.PAID, "wang")


@pytest.mark.parametrize(
    ("received_fen", "code"),
    [(209_99, "too_little"), (0, "too_little"), (-210_00, "too_little"), (310_01, "too_much"), (21_000_00, "too_much")],
)
def test_a_sum_that_cannot_be_is_refused_by_name(counter: Counter, received_fen: int, code: str) -> None:
    assert refused(counter.cash(received_fen)) == f"desk.cash.{code}"
    assert counter.visit.payments == ()


def test_two_clerks_at_one_visit_take_the_money_once(counter: Counter) -> None:
    assert counter.cash(210_00).accepted
    second = counter.cash(210_00)
    assert refused(second) == "desk.cash.paid_already"
    assert second.refusal is not None
    assert second.refusal.params["by"] == "wang"
    assert len(counter.visit.payments) == 1


def test_the_same_keystroke_sent_twice_pays_once(counter: Counter) -> None:
    command = TakeCash(counter.visit_id, DUE, 210_00)
    now = counter.desk.clock.now()
    replies = [counter.desk.send(command, counter.clerk, id_="press-1") for _ in range(2)]
    assert [reply.result["number"] for reply in replies] == [1, 1]
    assert len(counter.visit.payments) == 1
    assert counter.desk.clock.now() - now < timedelta(seconds=1)


def test_a_price_that_changed_meanwhile_is_told_and_not_taken(counter: Counter) -> None:
    assert refused(counter.cash(120_00, due_fen=120_00)) == "desk.cash.another_sum"


def test_a_visit_that_is_not_there_or_not_paid_for_is_named(counter: Counter) -> None:
    reply = counter.desk.send(TakeCash("visit-?", DUE, DUE), counter.clerk)
    assert reply.refusal is not None
    assert reply.refusal.code == "desk.intake.no_such_visit"
    cancel = counter.desk.send(CancelPayment(counter.visit_id, "payment-?"), counter.clerk)
    assert refused(cancel) == "desk.cash.no_such_payment"


def test_receipts_count_without_gaps_over_payments_and_refunds(counter: Counter) -> None:
    counter.cash(210_00)
    counter.cash(210_00)  # refused: takes no number
    assert counter.refund(50_00).result["number"] == 2


def test_a_scanned_code_goes_to_whoever_asks_and_is_nowhere_in_the_journal(counter: Counter) -> None:
    reply = counter.scan("1345 1234 5678 9048 21")
    assert counter.stands() is PaymentState.REQUESTED
    assert (counter.payment.hint, counter.payment.provider) == ("4821", "neutral")
    assert counter.scans.take(reply.result["payment_id"]) == CODE
    assert counter.scans.take(reply.result["payment_id"]) is None
    with counter.desk.store.read() as uow:
        assert all(CODE[:14] not in entry.payload for _, entry in uow.journal.after(0))


@pytest.mark.parametrize(
    "code",
    ["", "12345", "渝A12345", "99" + "1" * 16, "1" * 17, "13" + "1" * 17, "28" + "1" * 24, "１３" + "１" * 16,
     "https://example.com/t/abc", "A017", "\x00" * 18],
)  # fmt: skip
def test_what_is_no_payment_code_is_refused_by_name(counter: Counter, code: str) -> None:
    assert refused(counter.scan(code)) == "desk.cash.no_code"
    assert counter.visit.payments == ()


@pytest.mark.parametrize("code", [CODE, "28" + "1" * 14, "25" + "9" * 22, "62" + "0" * 17])
def test_wechat_alipay_and_unionpay_codes_are_known(code: str) -> None:
    assert rules().wallet_of(code) is not None


def test_no_other_payment_begins_before_the_end_of_the_first_is_known(counter: Counter) -> None:
    counter.scan()
    assert refused(counter.scan()) == "desk.cash.still_open"
    assert refused(counter.cash(210_00)) == "desk.cash.still_open"
    assert refused(counter.refund(10_00)) == "desk.cash.nothing_to_give_back"


def test_a_station_without_a_provider_says_so(desk: DeskUnderTest) -> None:
    counter = Counter(desk)
    counter.scans.provider = ""
    assert refused(counter.scan()) == "desk.cash.no_provider"


def test_asking_twice_to_call_it_off_is_asking_once(counter: Counter) -> None:
    counter.scan()
    command = CancelPayment(counter.visit_id, counter.payment.payment_id)
    assert counter.desk.send(command, counter.clerk).accepted
    assert counter.desk.send(command, counter.clerk).accepted
    assert counter.is_cancelling()
    assert len(counter.desk.facts("payment_cancel_asked")) == 1
    counter.told(OrderState.PAID)
    assert counter.stands() is PaymentState.PAID
    assert not counter.is_cancelling()
    assert refused(counter.desk.send(command, counter.clerk)) == "desk.cash.not_open"


def test_the_same_paid_told_twice_is_one_payment_and_one_receipt(counter: Counter) -> None:
    counter.scan()
    counter.told(OrderState.PAID)
    counter.told(OrderState.PAID)
    assert len(counter.desk.facts("payment_paid")) == 1
    assert (counter.payment.number, counter.payment.simulated, counter.payment.provider_ref) == (1, True, "ref-1")


def test_money_that_comes_after_the_closing_goes_back_by_itself(counter: Counter) -> None:
    counter.scan()
    payment_id = counter.payment.payment_id
    counter.desk.writer.call(lambda uow: settling.closed(uow, counter.visit_id, payment_id, None))
    assert counter.stands() is PaymentState.CANCELLED
    counter.told(OrderState.PAID)
    assert counter.stands() is PaymentState.REFUND_REQUESTED
    assert counter.payment.refund is not None
    assert counter.payment.refund.why is not None
    assert due_fen(counter.visit) == DUE
    counter.desk.writer.call(lambda uow: settling.went_back(uow, counter.visit_id, payment_id, PAID_BACK))
    counter.desk.writer.call(lambda uow: settling.went_back(uow, counter.visit_id, payment_id, PAID_BACK))
    assert counter.stands() is PaymentState.REFUNDED
    assert len(counter.desk.facts("refund_made")) == 1


PAID_BACK = ProviderTold(OrderState.PAID, DUE, "back-1", simulated=True)


def test_another_sum_than_asked_for_goes_back_whole(counter: Counter) -> None:
    counter.scan()
    counter.told(OrderState.PAID, amount_fen=211_00)
    assert counter.stands() is PaymentState.REFUND_REQUESTED
    assert counter.payment.refund is not None
    assert counter.payment.refund.amount_fen == 211_00
    assert due_fen(counter.visit) == DUE


def test_a_small_sum_is_given_back_alone_and_a_large_one_with_a_second_person(counter: Counter) -> None:
    counter.cash(210_00)
    assert refused(counter.refund(100_01)) == "domain.access.second_missing"
    assert refused(counter.refund(100_01, second=counter.clerk)) == "domain.access.second_is_the_same"
    guide = counter.desk.sign_in("gu", Role.GUIDE)
    assert refused(counter.refund(100_01, second=guide)) == "domain.access.second_may_not"
    assert counter.refund(60_00).accepted
    assert refused(counter.refund(40_01)) == "domain.access.second_missing"  # in pieces it is the same sum
    assert counter.refund(40_00).accepted
    assert refused(counter.refund(1)) == "domain.access.second_missing"
    assert counter.refund(110_00, second=counter.manager).accepted
    assert counter.stands() is PaymentState.REFUNDED
    assert counter.payment.refund is not None
    assert counter.payment.refund.approved_by == "zhou"


@pytest.mark.parametrize("amount_fen", [0, -1, 210_01])
def test_more_than_there_is_is_not_given_back(counter: Counter, amount_fen: int) -> None:
    counter.cash(210_00)
    assert refused(counter.refund(amount_fen, second=counter.manager)) == "desk.cash.bad_refund"


@pytest.mark.parametrize("reason", ["", " ", "x", "长" * 101, "a\x00b"])
def test_money_and_the_drawer_want_a_reason(counter: Counter, reason: str) -> None:
    counter.cash(210_00)
    assert refused(counter.refund(50_00, reason)) == "desk.cash.no_reason"
    assert refused(counter.desk.send(OpenDrawer(reason), counter.clerk)) == "desk.cash.no_reason"


def test_an_opened_drawer_is_on_record_with_its_reason(counter: Counter) -> None:
    assert counter.desk.send(OpenDrawer(" 换  零钱 "), counter.clerk).accepted
    assert counter.desk.facts("drawer_opened") == [f.DrawerOpened("pc-1", "换 零钱")]


def test_a_withdrawn_visit_takes_no_money_and_gives_it_back(counter: Counter) -> None:
    counter.cash(210_00)
    withdrawn = VisitWithdrawn(counter.visit_id, WithdrawReason.OWNER, "")
    counter.desk.writer.call(lambda uow: record(uow, withdrawn, actor="wang"))
    assert refused(counter.cash(210_00)) == "desk.cash.visit_over"
    assert counter.refund(210_00, second=counter.manager).accepted


def test_whoever_may_not_take_money_does_not(counter: Counter) -> None:
    driver = counter.desk.sign_in("he", Role.LANE_DRIVER)
    reply = counter.desk.send(TakeCash(counter.visit_id, DUE, DUE), driver)
    assert reply.refusal is not None
    assert reply.refusal.code == "domain.access.role_may_not"


def test_two_clerks_pressing_at_the_same_moment_pay_once(counter: Counter) -> None:
    async def both() -> list[Reply]:
        return list(await asyncio.gather(*(asyncio.to_thread(counter.cash, 210_00) for _ in range(4))))

    accepted = [reply.accepted for reply in asyncio.run(both())]
    assert sorted(accepted) == [False, False, False, True]
    assert len(counter.visit.payments) == 1
