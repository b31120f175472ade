"""A visit at the window by real keys: found by its ticket, looked at, and everything that may be done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtTest import QTest

from carcheck_desktop.base.data import to_plain
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.ending import WithdrawReason
from carcheck_desktop.domain.facts.ending import VisitWithdrawn
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.ui.counter.state import Page
from carcheck_desktop.ui.counter.visit.state import TaskKind, VisitState
from tests.ui import counter_scenes as scenes
from tests.ui import visit_scenes as visits
from tests.ui.counter.hands import Clerk
from tests.ui.counter.visit_hands import Key, answer, failed, menu, sent, sheet
from tests.ui.scripted import PLAN

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


# -- found -----------------------------------------------------------------------------------------------------------


def test_a_ticket_scanned_on_the_start_page_opens_the_visit_and_its_code_stays_nowhere(
    clerk: Callable[..., Clerk],
) -> None:
    hand = clerk(looks=False)
    assert hand.page() is Page.LOOK_UP
    assert hand.focus() == "counter_plate"
    QTest.keyClicks(hand._target(), visits.SCANNED)
    hand.enter()
    assert hand.page() is Page.VISIT
    assert hand.window.presenter.visit == visits.VISIT
    assert not [each for each in hand.script.service.sent if not isinstance(each, c.SignIn)], "nobody had to be asked"


def test_a_number_typed_behind_the_usual_letters_opens_the_visit(clerk: Callable[..., Clerk]) -> None:
    hand = clerk(looks=False)
    hand.type("A017")
    hand.enter()
    assert hand.page() is Page.VISIT
    assert "排队号 A017" in hand.reads()


def test_a_plate_that_is_here_opens_the_visit_and_a_whole_plate_is_no_number(clerk: Callable[..., Clerk]) -> None:
    hand = clerk(looks=False)
    hand.type("A0175")
    hand.enter()
    assert isinstance(sent(hand), c.LookUpVehicle), "粤BA0175 is a plate, whatever ticket A017 is"
    hand.window.presenter.begin()
    scenes.settle(hand.window)
    hand.type("39C71")
    hand.enter()
    assert hand.page() is Page.VISIT


def test_a_ticket_of_days_ago_is_asked_of_the_service_and_its_recheck_is_offered(clerk: Callable[..., Clerk]) -> None:
    hand = clerk(failed, looks=False)
    old = hand.window.station.visits.pop(visits.VISIT)
    scenes.settle(hand.window)
    QTest.keyClicks(hand._target(), visits.SCANNED)
    hand.enter()
    assert sent(hand) == c.AskRecheck(visits.SCANNED)
    assert sheet(hand) is TaskKind.RECHECK
    answer(hand, {"offer": to_plain(visits.offer()), "visit": to_plain(old)})
    assert hand.page() is Page.VISIT
    hand.enter()
    assert sent(hand) == c.OpenRecheck(visits.VISIT)


def test_an_unknown_ticket_is_said_on_the_sheet(clerk: Callable[..., Clerk]) -> None:
    hand = clerk(looks=False)
    QTest.keyClicks(hand._target(), "x" * 22)
    hand.enter()
    answer(hand, refusal=Problem("desk.recheck.unknown", {"length": 22}))
    assert sheet(hand) is TaskKind.RECHECK
    assert hand.window.words.lines(Problem("desk.recheck.unknown", {"length": 22}))[0] in hand.reads()
    hand.enter()
    assert sheet(hand) is None
    assert hand.page() is Page.LOOK_UP


# -- looked at -------------------------------------------------------------------------------------------------------


def test_the_page_says_what_holds_the_visit_who_lifts_it_and_what_is_printed_meanwhile(
    clerk: Callable[..., Clerk],
) -> None:
    hand = clerk()
    shown = hand.window.body.shown
    assert shown is not None
    content = shown.content
    assert isinstance(content, VisitState)
    unpaid = next(each for each in content.holds if each.key.endswith("/unpaid"))
    assert "￥300.00" in unpaid.detail
    assert "可打印" in unpaid.detail
    assert unpaid.trailing == "可由您办理"
    assert visits.OWNER_NAME not in str(content), "what is personal is asked for"
    texts = " ".join(pair.value for pair in content.pairs)
    assert "在钥匙板 12 号" in texts
    assert scenes.VIN not in texts


def test_papers_money_custody_and_items_are_one_arrow_key_apart(clerk: Callable[..., Clerk]) -> None:
    hand = clerk(failed)
    group = hand.window.body.visit.choice
    group.take_focus()
    seen = []
    for _ in range(4):
        shown = hand.window.body.shown
        assert shown is not None
        assert isinstance(shown.content, VisitState)
        seen.append([row.key for row in shown.content.rows])
        hand.press(Key.Key_Right)
    assert seen[0] == ["paper-receipt"]
    assert seen[1] == ["charge_0", "charge_1", "payment-1", "due"]
    assert seen[2] == ["link_0", "link_1"]
    assert seen[3] == [item.item for item in PLAN]


# -- recheck ---------------------------------------------------------------------------------------------------------


def test_a_failed_car_is_rechecked_with_two_enters_and_then_its_fee_is_taken(clerk: Callable[..., Clerk]) -> None:
    hand = clerk(failed)
    hand.enter()
    assert sent(hand) == c.AskRecheck(visits.VISIT)
    visits.offered(hand.window, hand.script, visits.offer())
    assert "2026-12-23" in hand.reads()
    assert "￥40.00" in hand.reads()
    hand.enter()
    assert sent(hand) == c.OpenRecheck(visits.VISIT)
    answer(hand, {"number": 1, "items": ["B2"], "total_fen": 4000})
    assert sheet(hand) is None
    assert hand.page() is Page.VISIT, "the price is what the feed tells"
    visits.recheck_opened(hand.script)
    scenes.settle(hand.window)
    assert hand.page() is Page.PAY
    hand.enter()
    assert sent(hand) == c.TakeCash(visits.VISIT, 4000, 4000)


def test_a_recheck_that_is_too_late_says_so_and_opens_nothing(clerk: Callable[..., Clerk]) -> None:
    hand = clerk(failed)
    hand.enter()
    problem = Problem("desk.recheck.too_late", {"plate": visits.PLATE, "last_day": "2026-11-20", "days": 30})
    visits.offered(hand.window, hand.script, visits.offer(problem=problem))
    assert "2026-11-20" in hand.reads()
    hand.enter()
    assert sheet(hand) is None
    assert not [each for each in hand.script.service.sent if isinstance(each, c.OpenRecheck)]


def test_a_guide_opens_a_recheck_and_takes_no_money(clerk: Callable[..., Clerk]) -> None:
    hand = clerk(failed, Role.GUIDE)
    hand.enter()
    visits.offered(hand.window, hand.script, visits.offer())
    hand.enter()
    answer(hand, {"number": 1, "items": ["B2"], "total_fen": 4000})
    visits.recheck_opened(hand.script)
    scenes.settle(hand.window)
    assert hand.page() is Page.VISIT


# -- given up --------------------------------------------------------------------------------------------------------


def test_a_withdrawal_wants_a_reason_says_what_goes_back_and_is_never_one_enter(clerk: Callable[..., Clerk]) -> None:
    hand = clerk(visits._on_lane)
    menu(hand, Key.Key_3)
    assert sheet(hand) is TaskKind.WITHDRAW
    told = hand.reads()
    assert "￥300.00" in told
    assert "检测线自动结束检测" in told
    before = len(hand.script.service.sent)
    hand.press(Key.Key_Return, Key.Key_Return)
    assert len(hand.script.service.sent) == before, "no reason is chosen"
    hand.press(Key.Key_Right)
    hand.enter()
    assert len(hand.script.service.sent) == before, "the first Enter only leads to it"
    hand.enter()
    command = sent(hand)
    assert isinstance(command, c.WithdrawVisit)
    assert command.reason in set(WithdrawReason)
    assert not command.keeps_charge
    answer(hand, {"closed": False})
    assert sheet(hand) is None


def test_a_withdrawn_visit_says_who_ends_it_on_the_lane_and_its_money_is_next(clerk: Callable[..., Clerk]) -> None:
    hand = clerk(visits._on_lane)
    hand.script.tell(VisitWithdrawn(visits.VISIT, WithdrawReason.OWNER, ""), actor=scenes.CLERK)
    scenes.settle(hand.window)
    assert "检测线自动结束检测" in hand.reads()
    hand.enter()
    assert sheet(hand) is TaskKind.REFUND
    hand.type("车主退办")
    hand.enter()
    assert sent(hand) == c.Refund(visits.VISIT, "payment-1", 30000, "车主退办")


def test_only_a_manager_may_keep_the_price_of_what_was_measured(clerk: Callable[..., Clerk]) -> None:
    hand = clerk(visits._measured, Role.MANAGER)
    menu(hand, Key.Key_3)
    opened = hand.window.tasks.sheet
    assert opened is not None
    assert opened.toggle.isVisible()
    hand.press(Key.Key_Right)
    opened.toggle.setFocus()
    hand.press(Key.Key_Space)
    hand.press(Key.Key_Return, Key.Key_Return)
    command = sent(hand)
    assert isinstance(command, c.WithdrawVisit)
    assert command.keeps_charge


def test_a_known_car_that_failed_the_last_time_is_offered_its_recheck(clerk: Callable[..., Clerk]) -> None:
    hand = clerk(looks=False)
    hand.window.station.visits.clear()
    scenes.settle(hand.window)
    hand.type("B39C71")
    hand.enter()
    told = scenes.known_answer()
    assert told.known is not None
    hand.answer(replace(told, known=replace(told.known, last_conclusion=Outcome.FAIL)))
    assert hand.page() is Page.KNOWN
    hand.press(Key.Key_F8)
    assert sent(hand) == c.AskRecheck(visits.PLATE)
    hand.press(Key.Key_Escape)
    assert hand.page() is Page.KNOWN, "whoever wants the whole inspection goes on"


def test_the_search_beside_finds_a_ticket_by_its_number(clerk: Callable[..., Clerk]) -> None:
    hand = clerk(looks=False)
    hand.press(Key.Key_F9)
    hand.type("a17")
    QTest.qWait(400)
    scenes.settle(hand.window)
    shown = hand.window.body.shown
    assert shown is not None
    assert [row.key for row in shown.side.rows] == [visits.VISIT]
    hand.press(Key.Key_Backspace)
    hand.type("8")
    QTest.qWait(400)
    scenes.settle(hand.window)
    shown = hand.window.body.shown
    assert shown is not None
    assert not shown.side.rows


def test_a_withdrawn_visit_tells_its_money_although_nothing_is_charged(clerk: Callable[..., Clerk]) -> None:
    hand = clerk(visits._on_lane)
    hand.script.tell(VisitWithdrawn(visits.VISIT, WithdrawReason.OWNER, ""), actor=scenes.CLERK)
    scenes.settle(hand.window)
    shown = hand.window.body.shown
    assert shown is not None
    assert isinstance(shown.content, VisitState)
    assert "应收 ￥0.00，应退 ￥300.00" in [pair.value for pair in shown.content.pairs]
