"""Taking money at the counter: by keys and a scanner, whatever the answer does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.ending import WithdrawReason
from carcheck_desktop.domain.facts import PaymentCancelled, PaymentPaid, PaymentRefused
from carcheck_desktop.domain.facts.custody import TicketIssued
from carcheck_desktop.domain.facts.ending import VisitWithdrawn
from carcheck_desktop.domain.payment import PaymentMethod
from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.counter.state import Page
from carcheck_desktop.ui.counter.telling import actions as act
from carcheck_desktop.ui.counter.telling.received import Given, read_received
from carcheck_desktop.ui.widgets.forms.states import Standing
from tests.ui import counter_scenes as scenes
from tests.ui import pay_scenes
from tests.ui.counter.hands import Clerk

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
MOST_KEYS = 12
DUE = 300_00


@pytest.fixture
def clerk(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Clerk]:
    scenes.settled_at_once(monkeypatch)

    def made(scene: str = "opened") -> Clerk:
        window, script = getattr(pay_scenes if scene == "scanned" else scenes, scene)("zh_CN")
        window.show()
        scenes.settle(window)
        return Clerk(window, script)

    return made


def paid(method: PaymentMethod = PaymentMethod.CASH, received_fen: int = DUE) -> PaymentPaid:
    change_fen = received_fen - DUE
    return PaymentPaid(scenes.OPENED_ID, "payment-1", method, DUE, 17, received_fen, change_fen, "", simulated=False)


def comes(hand: Clerk, fact: PaymentPaid | PaymentRefused | PaymentCancelled) -> None:
    hand.script.tell(fact, actor=scenes.CLERK)
    scenes.settle(hand.window)


def test_a_known_car_is_open_and_paid_exactly_with_twelve_keys_at_most(clerk: Callable[..., Clerk]) -> None:
    hand = clerk("at_work")
    hand.type("39C71")
    hand.enter()
    hand.answer(scenes.known_answer())
    hand.enter()
    hand.answer(scenes.PREVIEW)
    hand.enter()
    hand.enter()
    hand.script.service.answer({"visit_id": scenes.OPENED_ID})
    scenes.settle(hand.window)
    assert hand.page() is Page.PAY  # although the feed has not told the visit yet
    hand.enter()
    assert hand.script.service.sent[-1] == c.TakeCash(scenes.OPENED_ID, DUE, DUE)
    assert hand.keys == 10 <= MOST_KEYS


def test_what_was_received_shows_the_change_before_and_after_enter(clerk: Callable[..., Clerk]) -> None:
    hand = clerk()
    assert hand.focus() == "counter_received"
    hand.type("400")
    assert "￥100.00" in hand.reads()
    hand.enter()
    assert hand.script.service.sent[-1] == c.TakeCash(scenes.OPENED_ID, DUE, 400_00)
    comes(hand, paid(received_fen=400_00))
    hand.script.service.answer({"payment_id": "payment-1", "number": 17, "change_fen": 100_00})
    scenes.settle(hand.window)
    assert hand.page() is Page.DONE
    assert "找零 ￥100.00" in hand.reads()
    assert "17" in hand.reads()


def test_a_scanner_pays_wherever_the_keyboard_is(clerk: Callable[..., Clerk]) -> None:
    hand = clerk()
    hand.window.body.buttons.primary.setFocus()
    for digit in pay_scenes.PAY_CODE:
        QTest.keyClick(hand._target(), Qt.Key(ord(digit)))
    scenes.settle(hand.window)
    assert scenes.line_of(hand.window, "received").text() == pay_scenes.PAY_CODE
    hand.enter()
    assert hand.script.service.sent[-1] == c.RequestScan(scenes.OPENED_ID, DUE, pay_scenes.PAY_CODE)
    assert pay_scenes.PAY_CODE not in hand.reads()
    assert scenes.line_of(hand.window, "received").text() == ""


def test_a_code_that_is_paid_goes_on_by_itself(clerk: Callable[..., Clerk]) -> None:
    hand = clerk("scanned")
    assert hand.page() is Page.PAY
    comes(hand, paid(PaymentMethod.SCAN))
    assert hand.page() is Page.DONE


def test_no_cash_is_taken_while_a_code_has_no_end_yet(clerk: Callable[..., Clerk]) -> None:
    hand = clerk("scanned")
    before = len(hand.script.service.sent)
    assert not scenes.line_of(hand.window, "received").isEnabled()
    hand.window.presenter.pay()
    assert len(hand.script.service.sent) == before


def test_calling_it_off_leads_back_to_the_field_when_the_provider_has_closed_it(clerk: Callable[..., Clerk]) -> None:
    hand = clerk("scanned")
    hand.press(Qt.Key.Key_F6)
    assert c.CancelPayment(scenes.OPENED_ID, "payment-1") in hand.script.service.sent
    hand.script.service.answer({})
    comes(hand, PaymentCancelled(scenes.OPENED_ID, "payment-1", None))
    assert hand.page() is Page.PAY
    assert hand.focus() == "counter_received"
    assert "这一笔已取消" in hand.reads()
    hand.enter()
    assert hand.script.service.sent[-1] == c.TakeCash(scenes.OPENED_ID, DUE, DUE)


def test_a_refusal_says_what_the_owner_can_do_and_another_attempt_is_one_key_away(clerk: Callable[..., Clerk]) -> None:
    hand = clerk("scanned")
    comes(hand, PaymentRefused(scenes.OPENED_ID, "payment-1", pay_scenes.CONFIRMING))
    assert hand.focus() == "counter_received"
    assert "等待车主在手机上确认付款" in hand.reads()


def test_an_answer_after_the_clerk_went_on_is_said_at_the_next_car(clerk: Callable[..., Clerk]) -> None:
    hand = clerk("scanned")
    hand.enter()  # go on
    assert hand.page() is Page.DONE
    hand.enter()
    assert hand.page() is Page.LOOK_UP
    comes(hand, paid(PaymentMethod.SCAN))
    (said,) = hand.window.presenter.sayings.said
    assert scenes.PLATE in said.text
    assert "￥300.00" in said.text


@pytest.mark.parametrize("text", ["250", "abc", "-300", "1.234"])
def test_too_little_and_nonsense_are_said_and_not_sent(clerk: Callable[..., Clerk], text: str) -> None:
    hand = clerk()
    before = len(hand.script.service.sent)
    hand.type(text)
    hand.enter()
    assert len(hand.script.service.sent) == before
    assert hand.page() is Page.PAY
    assert hand.focus() == "counter_received"


def test_another_sum_takes_the_place_of_one_that_was_too_little(clerk: Callable[..., Clerk]) -> None:
    hand = clerk()
    hand.type("100")
    hand.enter()
    hand.type("350")
    hand.enter()
    assert hand.script.service.sent[-1] == c.TakeCash(scenes.OPENED_ID, DUE, 350_00)


def test_a_sum_that_looks_like_a_slip_is_said_with_the_most_and_not_sent(clerk: Callable[..., Clerk]) -> None:
    hand = clerk()
    service = hand.window.station.service
    assert service.handshake is not None
    service.handshake = replace(service.handshake, most_change_fen=500_00)
    before = len(hand.script.service.sent)
    hand.type("10050")
    assert "找零\n￥9,750.00" not in hand.reads()
    hand.enter()
    assert len(hand.script.service.sent) == before
    assert "最多可录入 ￥800.00" in hand.reads()
    hand.type("800")
    hand.enter()
    assert hand.script.service.sent[-1] == c.TakeCash(scenes.OPENED_ID, DUE, 800_00)


def test_paying_later_is_one_key_and_the_visit_takes_the_money_afterwards(clerk: Callable[..., Clerk]) -> None:
    hand = clerk()
    hand.press(Qt.Key.Key_F8)
    assert hand.page() is Page.DONE
    hand.enter()
    hand.window.presenter.show_visit(scenes.OPENED_ID)
    scenes.settle(hand.window)
    assert hand.page() is Page.VISIT
    hand.press(Qt.Key.Key_F8)
    assert hand.page() is Page.PAY
    comes(hand, paid())
    assert hand.page() is Page.VISIT


def steps(hand: Clerk) -> list[Standing]:
    shown = hand.window.body.shown
    assert shown is not None
    return [each.standing for each in shown.steps.steps]


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F8])
def test_a_car_that_was_taken_in_unpaid_says_what_is_due_and_takes_it_by_a_key(
    clerk: Callable[..., Clerk], key: Qt.Key
) -> None:
    hand = clerk()
    hand.press(key)
    assert hand.page() is Page.DONE
    assert "尚未收款" in hand.reads()
    assert "还应收 ￥300.00" in hand.reads()
    assert steps(hand)[-1] is Standing.NOW
    hand.press(Qt.Key.Key_F8)
    assert hand.page() is Page.PAY
    assert hand.focus() == "counter_received"
    hand.enter()
    comes(hand, paid())
    hand.script.service.answer({"payment_id": "payment-1"})
    scenes.settle(hand.window)
    assert hand.page() is Page.DONE
    assert steps(hand)[-1] is Standing.DONE
    assert "尚未收款" not in hand.reads()
    hand.press(Qt.Key.Key_F8)
    assert hand.page() is Page.DONE


def test_a_code_without_an_end_is_not_said_to_be_unpaid(clerk: Callable[..., Clerk]) -> None:
    hand = clerk("scanned")
    hand.enter()
    assert hand.page() is Page.DONE
    assert "收款结果未到" in hand.reads()
    comes(hand, paid(PaymentMethod.SCAN))
    assert "受理完成" in hand.reads().splitlines()


def test_the_number_is_that_on_the_ticket_and_no_inner_one(clerk: Callable[..., Clerk]) -> None:
    hand = clerk()
    hand.script.tell(TicketIssued(scenes.OPENED_ID, "A017", "ab" * 32), actor=scenes.CLERK)
    hand.press(Qt.Key.Key_F8)
    assert "A017" in hand.reads().splitlines()
    assert scenes.OPENED_ID not in hand.reads()


def test_what_the_service_refuses_is_said_and_leads_back_to_the_field(clerk: Callable[..., Clerk]) -> None:
    hand = clerk()
    hand.type("300")
    hand.enter()
    params = {"method": "PaymentMethod.cash", "state": "PaymentState.paid", "amount": "￥300.00", "by": "张敏"}
    hand.script.service.answer(refusal=Problem("desk.cash.paid_already", dict(params)))
    scenes.settle(hand.window)
    assert hand.focus() == "counter_received"
    assert "张敏" in hand.reads()


def test_a_station_that_takes_the_money_first_lets_nobody_go_on_unpaid(clerk: Callable[..., Clerk]) -> None:
    hand = clerk()
    service = hand.window.station.service
    assert service.handshake is not None
    service.handshake = replace(service.handshake, pay_later=False)
    scenes.settle(hand.window)
    for key in (Qt.Key.Key_F8, Qt.Key.Key_Escape, Qt.Key.Key_F3):
        hand.press(key)
        assert hand.page() is Page.PAY
    assert hand.window.presenter.bar().pay is not None
    assert "本站先收款后检验" in act.why_not("later", hand.window.presenter.bar(), hand.window.words)


def test_a_visit_that_was_given_up_asks_for_no_money(clerk: Callable[..., Clerk]) -> None:
    hand = clerk()
    hand.press(Qt.Key.Key_F8)
    hand.script.tell(VisitWithdrawn(scenes.OPENED_ID, WithdrawReason.OWNER, ""), actor=scenes.CLERK)
    scenes.settle(hand.window)
    hand.window.presenter.show_visit(scenes.OPENED_ID)
    assert hand.window.presenter.bar().pay is None


def test_another_window_that_took_the_money_is_seen_here(clerk: Callable[..., Clerk]) -> None:
    hand = clerk()
    comes(hand, paid())
    assert hand.page() is Page.DONE


def test_whoever_takes_no_money_never_sees_the_page(app: QApplication) -> None:
    window, script = scenes.connected("zh_CN", role=Role.GUIDE)
    window.presenter.draft.preview = scenes.PREVIEW
    window.presenter._visit_opened("visit-x")
    assert window.presenter.page is Page.DONE
    assert script.service.sent[-1].kind == "sign_in"


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("", Given.EXACT), (" ", Given.EXACT), ("300", Given.CASH), ("300.00", Given.CASH), ("４００", Given.CASH),
        ("￥300", Given.CASH), ("299.99", Given.SHORT), ("0", Given.SHORT), ("-1", Given.NO_SUM), ("3oo", Given.NO_SUM),
        ("1345 1234 5678 9048 21", Given.CODE), ("1" * 16, Given.CODE), ("2" * 24, Given.CODE), ("1" * 25, Given.NO_SUM),
        ("1" * 15, Given.NO_SUM),
    ],
)  # fmt: skip
def test_the_field_knows_a_sum_from_a_code(text: str, given: Given) -> None:
    assert read_received(text, DUE).given is given


@pytest.mark.parametrize(("text", "given"), [("800", Given.CASH), ("800.01", Given.MUCH), ("1" * 16, Given.CODE)])
def test_more_change_than_the_service_gives_is_a_slip(text: str, given: Given) -> None:
    assert read_received(text, DUE, 500_00).given is given


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_next_action_names_its_key(language: str) -> None:
    words = Words(Catalogue(language))
    keys = (*act.NEXT.values(), act.PAY, act.LATER, act.OPEN, act.MEND, act.PREVIEW, act.RETURN)
    shown = [words(f"ui.counter.action.{key}") for key in keys]
    assert [text for text in shown if not text.endswith(" Enter")] == []
