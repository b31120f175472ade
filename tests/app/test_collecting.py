"""Money by scanned code over real HTTP: charged once whatever the provider does, known in the end, gone on with after a crash."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from carcheck_desktop.app.collecting import CollectThread
from carcheck_desktop.app.demo_station import write_demo_station
from carcheck_desktop.app.following import Tempo
from carcheck_desktop.app.outside import PROFILES
from carcheck_desktop.app.parts import open_service_store
from carcheck_desktop.base.clock import SystemClock
from carcheck_desktop.base.station import read_station
from carcheck_desktop.desk.cash.scans import Scans
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.facts.ending import VisitClosed
from carcheck_desktop.domain.payment import PaymentState, PaymentView
from carcheck_desktop.domain.prices import ChargeLine
from carcheck_desktop.gateways.payment.profile import read_payment_profile
from carcheck_desktop.gateways.payment.provider import HttpProvider
from carcheck_desktop.store.opening import SqlStore
from carcheck_desktop.store.tables import repositories
from carcheck_desktop.store.writer import StoreWriter
from carcheck_desktop.twin.authority.payment import PaymentFaults, SimulatedProvider
from carcheck_desktop.twin.authority.server import SimulatedCentre
from tests.desk.estimate.simulated import ITEMS, OPENED

DUE = 210_00
CODE = "13451234567890482"
QUICK = Tempo(first_pause_s=0.05, pause_s=0.1, longest_pause_s=0.2, give_up_s=1.0, watch_s=(0.1, 0.2, 0.3))
S = PaymentState


@dataclass
class Desk:
    """A store with its writer, the errand, and a simulated provider at a real address."""

    store: SqlStore
    centre: SimulatedCentre
    provider: SimulatedProvider
    numbers: Iterator[int] = field(default_factory=itertools.count)
    scans: Scans = field(default_factory=lambda: Scans("neutral"))

    def start(self) -> None:
        profile = read_payment_profile(PROFILES, "neutral")
        clock = SystemClock()
        asked = HttpProvider(
            profile, self.centre.url, "5001009", clock, is_training=True, whole_s=0.4, first_pause_s=0.1
        )  # fmt: skip
        self.thread = CollectThread(self.store, asked, self.scans, clock, tempo=QUICK)
        self.writer = StoreWriter(self.store, self.thread.hear)
        self.thread.start(self.writer)

    def stop(self) -> None:
        self.thread.close()
        self.writer.close()

    def opened(self) -> str:
        visit_id = f"visit-{next(self.numbers)}"
        fact = f.VisitOpened(
            visit_id, OPENED.vehicle, OPENED.inspection, ITEMS, OPENED.edition, OPENED.table_hash,
            charge=(ChargeLine("all", "检验费", "inspection", DUE, 1),),
        )  # fmt: skip
        self.writer.call(lambda uow: record(uow, fact, actor="wang"))
        return visit_id

    def scan(self, visit_id: str, end: str = "1", *, keeps_code: bool = True) -> str:
        """Scan a customer's code; the payment's id."""
        number = next(self.numbers)
        payment_id = f"payment-{number}"
        if keeps_code:
            self.scans.put(payment_id, f"{CODE[:12]}{number:05d}{end}")
        asked = f.PaymentRequested(visit_id, payment_id, DUE, "neutral", "4821")
        self.writer.call(lambda uow: record(uow, asked, actor="wang"))
        return payment_id

    def payment(self, visit_id: str) -> PaymentView:
        with self.store.read() as uow:
            visit = uow.visits.get(visit_id)
        assert visit is not None
        return visit.payments[-1]

    def until(self, visit_id: str, *states: PaymentState) -> PaymentView:
        return self.until_so(visit_id, lambda payment: payment.state in states)

    def until_so(self, visit_id: str, is_so: Callable[[PaymentView], bool], limit_s: float = 10) -> PaymentView:
        deadline_s = time.monotonic() + limit_s
        while not is_so(payment := self.payment(visit_id)):
            assert time.monotonic() < deadline_s, payment
            time.sleep(0.01)
        return payment

    def kept_fen(self, order: str) -> int:
        """Return what the provider's own ledger says that it took for an order and did not give back."""
        signs = {"charged": 1, "given_back": -1}
        rows = [row for row in self.provider.ledger.rows if row.get("order") == order]
        return sum(signs.get(row["what"], 0) * row["amount_fen"] for row in rows)

    def charged(self, order: str) -> int:
        """Return how often the provider took money for an order."""
        return sum(row["what"] == "charged" and row["order"] == order for row in self.provider.ledger.rows)

    def facts(self, kind: str) -> int:
        with self.store.read() as uow:
            return sum(entry.kind == kind for _, entry in uow.journal.after(0))

    def cancel(self, visit_id: str, payment_id: str) -> None:
        self.writer.call(lambda uow: record(uow, f.PaymentCancelAsked(visit_id, payment_id), actor="wang"))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    store = open_service_store(read_station(write_demo_station(tmp_path)), SystemClock())
    faults = PaymentFaults()
    provider = SimulatedProvider(lambda: faults)
    centre = SimulatedCentre("payment", provider.app(), faults)
    centre.start()
    made = Desk(store, centre, provider)
    made.start()
    yield made
    made.stop()
    centre.stop()
    store.close()
    assert not [each for each in threading.enumerate() if each.name == "payments"]


def test_a_scanned_code_is_paid_with_a_receipt_number_and_says_that_it_is_simulated(desk: Desk) -> None:
    visit_id = desk.opened()
    order = desk.scan(visit_id)
    payment = desk.until(visit_id, S.PAID)
    assert (payment.number, payment.simulated, payment.amount_fen) == (1, True, DUE)
    assert desk.kept_fen(order) == DUE


def test_a_customer_without_money_is_told_so_and_another_code_may_be_scanned(desk: Desk) -> None:
    visit_id = desk.opened()
    desk.scan(visit_id, end="0")
    refused = desk.until(visit_id, S.REFUSED)
    assert refused.problem is not None
    assert refused.problem.code == "gateways.payment.not_enough"
    order = desk.scan(visit_id)
    desk.until(visit_id, S.PAID)
    assert desk.kept_fen(order) == DUE


@pytest.mark.parametrize("fault", [{"late_s": 0.7}, {"lost_answer": True}, {"double_answer": True}])
def test_an_answer_that_is_late_lost_or_double_costs_the_customer_nothing_twice(
    desk: Desk, fault: dict[str, bool | float]
) -> None:
    desk.centre.switch(fault)
    visit_id = desk.opened()
    order = desk.scan(visit_id)
    desk.until(visit_id, S.PAID)
    assert (desk.charged(order), desk.kept_fen(order)) == (1, DUE)
    assert desk.facts("payment_uncertain") == 1
    assert desk.facts("payment_paid") == 1


def test_while_the_customer_has_to_confirm_the_clerk_is_told_and_it_is_paid_when_he_does(desk: Desk) -> None:
    desk.centre.switch({"confirm": True, "confirm_s": 0.5})
    visit_id = desk.opened()
    desk.scan(visit_id)
    waiting = desk.until(visit_id, S.UNCERTAIN)
    assert waiting.problem is not None
    assert waiting.problem.code == "desk.cash.confirming"
    desk.until(visit_id, S.PAID)


def test_a_customer_who_says_no_on_the_phone_has_paid_nothing(desk: Desk) -> None:
    desk.centre.switch({"confirm": True, "confirm_s": 0.3, "declines": True})
    visit_id = desk.opened()
    order = desk.scan(visit_id)
    desk.until(visit_id, S.REFUSED)
    assert desk.kept_fen(order) == 0


def test_a_customer_who_never_confirms_is_closed_at_the_provider_before_the_next_attempt(desk: Desk) -> None:
    desk.centre.switch({"confirm": True, "confirm_s": 50.0})
    visit_id = desk.opened()
    order = desk.scan(visit_id)
    closed = desk.until(visit_id, S.CANCELLED)
    assert closed.problem is not None
    assert closed.problem.code == "desk.cash.not_confirmed"
    assert desk.kept_fen(order) == 0


def test_calling_it_off_closes_the_order_at_once(desk: Desk) -> None:
    desk.centre.switch({"confirm": True, "confirm_s": 50.0})
    visit_id = desk.opened()
    order = desk.scan(visit_id)
    desk.until(visit_id, S.UNCERTAIN)
    began_s = time.monotonic()
    desk.cancel(visit_id, order)
    closed = desk.until(visit_id, S.CANCELLED)
    assert closed.problem is None
    assert time.monotonic() - began_s < 0.8


def test_calling_off_what_was_paid_already_keeps_the_money_and_says_so(desk: Desk) -> None:
    desk.centre.switch({"late_s": 0.7})
    visit_id = desk.opened()
    order = desk.scan(visit_id)
    desk.cancel(visit_id, order)
    desk.until(visit_id, S.PAID)
    assert desk.kept_fen(order) == DUE


def test_money_that_comes_although_the_order_was_closed_goes_back_by_itself(desk: Desk) -> None:
    desk.centre.switch({"confirm": True, "confirm_s": 0.6, "pays_after_close": True})
    visit_id = desk.opened()
    order = desk.scan(visit_id)
    desk.until(visit_id, S.UNCERTAIN)
    desk.cancel(visit_id, order)
    desk.until(visit_id, S.CANCELLED)
    back = desk.until(visit_id, S.REFUNDED)
    assert (desk.charged(order), desk.kept_fen(order)) == (1, 0)
    assert back.refund is not None
    assert back.refund.why is not None
    assert back.refund.why.code == "desk.cash.came_late"


def test_another_sum_than_asked_for_is_asked_about_again_and_goes_back(desk: Desk) -> None:
    desk.centre.switch({"wrong_amount": True})
    visit_id = desk.opened()
    order = desk.scan(visit_id)
    payment = desk.until(visit_id, S.REFUNDED)
    assert payment.amount_fen == DUE + 100
    assert desk.kept_fen(order) == 0


@pytest.mark.parametrize("fault", ["html", "failing", "wrong_shape", "refuses"])
def test_an_answer_that_is_none_leaves_it_uncertain_until_the_provider_is_itself_again(desk: Desk, fault: str) -> None:
    desk.centre.switch({fault: True})
    visit_id = desk.opened()
    order = desk.scan(visit_id)
    assert desk.until(visit_id, S.UNCERTAIN).problem is not None
    desk.centre.switch({fault: False})
    closed = desk.until(visit_id, S.CANCELLED)  # it never knew the order: closed, and another code may be scanned
    assert closed.problem is not None
    assert desk.kept_fen(order) == 0
    assert desk.charged(order) == 0


def test_when_nobody_listens_nothing_was_asked_and_cash_may_be_taken_at_once(desk: Desk) -> None:
    desk.centre.switch({"down": True})
    visit_id = desk.opened()
    desk.scan(visit_id)
    refused = desk.until(visit_id, S.REFUSED)
    assert refused.problem is not None
    assert refused.problem.code == "desk.cash.not_reached"
    desk.centre.switch({"down": False})


def test_a_service_that_dies_after_asking_finds_out_and_never_asks_for_the_money_again(desk: Desk) -> None:
    desk.centre.switch({"late_s": 5.0})
    visit_id = desk.opened()
    order = desk.scan(visit_id)
    while desk.charged(order) == 0:
        time.sleep(0.01)
    desk.stop()
    assert desk.payment(visit_id).state in (S.REQUESTED, S.UNCERTAIN)
    desk.centre.switch({"late_s": 0.0})
    desk.start()
    desk.until(visit_id, S.PAID)
    pays = [row for row in desk.provider.ledger.rows if row.get("method") == "trade.pay"]
    assert len(pays) == 1
    assert desk.kept_fen(order) == DUE


def test_a_service_that_dies_before_asking_closes_the_order_and_asks_for_a_new_code(desk: Desk) -> None:
    visit_id = desk.opened()
    order = desk.scan(visit_id, keeps_code=False)
    closed = desk.until(visit_id, S.CANCELLED)
    assert closed.problem is not None
    assert closed.problem.code == "desk.cash.asked_nobody"
    late = desk.provider.answer(
        {"method": "trade.pay", "out_trade_no": order, "total_fee": DUE, "auth_code": CODE}, PaymentFaults()
    )
    assert late["head"]["code"] == "ORDER_USED"
    assert desk.charged(order) == 0


def refund(desk: Desk, visit_id: str, order: str, refund_id: str) -> None:
    asked = f.RefundRequested(visit_id, order, refund_id, DUE, "撤回", None, "zhou")
    desk.writer.call(lambda uow: record(uow, asked, actor="wang"))


@pytest.mark.parametrize(
    "fault", [{}, {"late_s": 0.7}, {"lost_answer": True}, {"double_answer": True}, {"refund_late_s": 0.5}]
)
def test_a_refund_goes_back_once_whatever_its_answer_does(desk: Desk, fault: dict[str, bool | float]) -> None:
    visit_id = desk.opened()
    order = desk.scan(visit_id)
    desk.until(visit_id, S.PAID)
    desk.centre.switch(fault)
    refund(desk, visit_id, order, "refund-1")
    back = desk.until(visit_id, S.REFUNDED)
    assert back.refund is not None
    assert (back.refund.number, back.refund.approved_by) == (2, "zhou")
    assert desk.kept_fen(order) == 0
    assert desk.facts("refund_made") == 1


def test_a_refund_that_is_interrupted_by_a_restart_goes_back_once(desk: Desk) -> None:
    visit_id = desk.opened()
    order = desk.scan(visit_id)
    desk.until(visit_id, S.PAID)
    desk.centre.switch({"down": True})
    refund(desk, visit_id, order, "refund-1")
    desk.until(visit_id, S.REFUND_UNCERTAIN)
    desk.stop()
    desk.centre.switch({"down": False})
    desk.start()
    desk.until(visit_id, S.REFUNDED)
    assert desk.kept_fen(order) == 0


def test_a_refund_of_a_visit_that_ended_days_ago_goes_back_after_a_restart(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit_id = desk.opened()
    order = desk.scan(visit_id)
    desk.until(visit_id, S.PAID)
    desk.centre.switch({"down": True})
    refund(desk, visit_id, order, "refund-1")
    desk.until(visit_id, S.REFUND_UNCERTAIN)
    desk.writer.call(lambda uow: record(uow, VisitClosed(visit_id), actor="wang"))
    desk.stop()
    desk.centre.switch({"down": False})
    monkeypatch.setattr(repositories, "STILL_SHOWN", timedelta(seconds=-1))
    with desk.store.read() as uow:
        assert uow.visits.open_ones() == []
    desk.start()
    desk.until(visit_id, S.REFUNDED)
    assert desk.kept_fen(order) == 0


def test_more_than_was_taken_is_not_given_back_by_the_provider_either(desk: Desk) -> None:
    visit_id = desk.opened()
    order = desk.scan(visit_id)
    desk.until(visit_id, S.PAID)
    asked = f.RefundRequested(visit_id, order, "refund-1", DUE + 1, "撤回", None, "zhou")
    desk.writer.call(lambda uow: record(uow, asked, actor="wang"))
    kept = desk.until_so(visit_id, lambda payment: payment.refund is not None and payment.refund.problem is not None)
    assert kept.state is S.PAID
    assert desk.kept_fen(order) == DUE


def test_twenty_customers_at_once_do_not_wait_for_each_other(desk: Desk) -> None:
    desk.centre.switch({"slow_s": 0.2})
    visits = [desk.opened() for _ in range(20)]
    began_s = time.monotonic()
    orders = [desk.scan(visit_id) for visit_id in visits]
    for visit_id in visits:
        desk.until(visit_id, S.PAID)
    assert time.monotonic() - began_s < 3.0
    assert all(desk.kept_fen(order) == DUE for order in orders)
