"""A visit's sheets by real keys: money, holds, insurance, papers, people, corrections, and when something is away."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.custody import OWNER, Thing
from carcheck_desktop.domain.documents import DocumentKind
from carcheck_desktop.domain.ending import ManualKind
from carcheck_desktop.domain.facts.ending import VisitClosed
from carcheck_desktop.domain.intake import ValueOrigin
from carcheck_desktop.ui.counter.state import Page, PlanState
from carcheck_desktop.ui.counter.visit.state import TaskKind
from tests.ui import counter_scenes as scenes
from tests.ui import visit_scenes as visits
from tests.ui.counter.hands import Clerk
from tests.ui.counter.visit_hands import Key, answer, failed, menu, sent, sheet
from tests.ui.scripted import session

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


# -- money -----------------------------------------------------------------------------------------------------------


def test_above_the_limit_a_second_person_signs_in_on_the_same_sheet(clerk: Callable[..., Clerk]) -> None:
    hand = clerk(failed)
    menu(hand, Key.Key_4)
    hand.type("设备故障")
    hand.enter()
    params = {"kind": "refund", "who": "domain.access.seconds.refund", "actor": "-", "alone": "￥200.00"}
    answer(hand, refusal=Problem("domain.access.second_missing", dict(params)))
    assert hand.focus() == "task_second"
    hand.type("chenguohua")
    hand.press(Key.Key_Tab)
    hand.type("4321")
    hand.enter()
    assert sent(hand) == c.SignIn("chenguohua", "4321")
    answer(hand, dict(session(Role.SIGNER, "陈国华")) | {"token": "of the second"})
    assert sent(hand) == c.Refund(visits.VISIT, "payment-1", 30000, "设备故障")
    assert hand.script.service.second_tokens[-1] == "of the second"
    assert hand.window.station.session is not None
    assert hand.window.station.session.actor == scenes.CLERK, "the second person signs in for this one command"
    answer(hand, {"refund_id": "r-1", "number": 18})
    assert sheet(hand) is None


def test_a_second_person_with_a_wrong_pin_is_said_and_may_try_again(clerk: Callable[..., Clerk]) -> None:
    hand = clerk(failed)
    menu(hand, Key.Key_4)
    hand.type("设备故障")
    hand.enter()
    params = {"kind": "refund", "who": "domain.access.seconds.refund", "actor": "-", "alone": "￥200.00"}
    answer(hand, refusal=Problem("domain.access.second_missing", dict(params)))
    hand.type("chen")
    hand.press(Key.Key_Tab)
    hand.type("9999")
    hand.enter()
    answer(hand, refusal=Problem("desk.door.not_let_in", {"name": "chen"}))
    assert hand.focus() == "task_second_pin"
    pin = hand.window.tasks.sheet
    assert pin is not None
    assert pin.fields["second_pin"].value() == "", "a PIN is typed anew"
    assert sheet(hand) is TaskKind.REFUND


@pytest.mark.parametrize("amount", ["0", "300.01", "abc"])
def test_an_amount_that_cannot_be_is_said_and_not_sent(clerk: Callable[..., Clerk], amount: str) -> None:
    hand = clerk(failed)
    menu(hand, Key.Key_4)
    hand.type("退")
    hand.type("款")
    hand.press(Key.Key_Backtab)
    hand.type(amount)
    before = len(hand.script.service.sent)
    hand.enter()
    assert len(hand.script.service.sent) == before
    assert hand.focus() == "task_amount"
    assert "不超过可退金额" in hand.reads()


def test_the_drawer_opens_from_the_start_page_with_a_reason_only(clerk: Callable[..., Clerk]) -> None:
    hand = clerk(looks=False)
    hand.press(Key.Key_F8)
    hand.enter()
    assert sheet(hand) is TaskKind.DRAWER
    assert "请写明原因" in hand.reads()
    hand.type("换零钱")
    hand.enter()
    assert sent(hand) == c.OpenDrawer("换零钱")


def test_what_is_due_is_paid_from_the_visit(clerk: Callable[..., Clerk]) -> None:
    hand = clerk()
    hand.press(Key.Key_F8)
    assert hand.page() is Page.PAY


# -- holds and insurance ---------------------------------------------------------------------------------------------


def test_a_paper_policy_is_declared_with_its_days(clerk: Callable[..., Clerk]) -> None:
    hand = clerk()
    menu(hand, Key.Key_5)
    for text in ("人保", "pdza20260001", "20261101", "20271031"):
        hand.type(text)
        hand.press(Key.Key_Tab)
    hand.enter()  # on no: nothing is declared
    assert sheet(hand) is None
    menu(hand, Key.Key_5)
    for text in ("人保", "pdza20260001", "20261101", "20271031"):
        if text != "人保":
            hand.press(Key.Key_Tab)
        hand.type(text)
    hand.enter()
    command = sent(hand)
    assert isinstance(command, c.DeclareInsurance)
    assert (command.policy_number, command.insurer) == ("PDZA20260001", "人保")
    assert (command.valid_from.isoformat(), command.valid_until.isoformat()) == ("2026-11-01", "2027-10-31")


def test_a_clerk_holds_for_what_the_table_lets_him(clerk: Callable[..., Clerk]) -> None:
    hand = clerk()
    menu(hand, Key.Key_6)
    shown = hand.window.body.shown
    assert shown is not None
    assert shown.task is not None
    assert shown.task.choice is not None
    assert [each.value for each in shown.task.choice.options] == ["violation", "other"]
    hand.type("两次违停")
    hand.enter()
    assert sent(hand) == c.PlaceHold(visits.VISIT, ManualKind.VIOLATION, "两次违停")


def test_a_manager_lifts_a_finding_with_a_second_person(clerk: Callable[..., Clerk]) -> None:
    hand = clerk(visits._passed, Role.MANAGER)
    menu(hand, Key.Key_7)
    hand.type("已更换软管")
    hand.enter()
    assert sent(hand) == c.LiftHold(visits.VISIT, "hold-1", "已更换软管")
    params = {"kind": "lift_hold", "who": "domain.access.seconds.lift_hold", "actor": "-"}
    answer(hand, refusal=Problem("domain.access.second_missing", dict(params)))
    assert hand.focus() == "task_second"


def test_a_clerk_sees_only_the_holds_that_are_his_to_lift(clerk: Callable[..., Clerk]) -> None:
    hand = clerk(visits._passed)
    menu(hand, Key.Key_7)
    shown = hand.window.body.shown
    assert shown is not None
    assert shown.task is not None
    assert [row.key for row in shown.task.rows] == ["hold-2"]


# -- papers, people --------------------------------------------------------------------------------------------------


def test_a_ticket_is_printed_again_freely_and_a_receipt_with_a_reason(clerk: Callable[..., Clerk]) -> None:
    hand = clerk(failed)
    menu(hand, Key.Key_8)
    hand.enter()
    assert sent(hand) == c.RequestPrint(visits.VISIT, DocumentKind.QUEUE_TICKET)
    answer(hand, {"paper_id": "p"})
    menu(hand, Key.Key_8)
    hand.press(Key.Key_Right)
    hand.enter()
    assert hand.focus() == "task_reason"
    hand.type("卡纸")
    hand.enter()
    assert sent(hand) == c.Reprint(visits.VISIT, "paper-receipt", "卡纸")


def test_who_brought_the_car_is_asked_for_covered_when_nobody_is_there_and_forgotten(
    clerk: Callable[..., Clerk],
) -> None:
    hand = clerk()
    menu(hand, Key.Key_9)
    assert sent(hand) == c.ShowVisit(visits.VISIT)
    answer(hand, {"private": visits.private(hand.script)})
    state = hand.window.presenter.state().task
    assert state is not None
    assert "13800138000" in str(state.pairs)
    hand.window.presenter._touched_s -= 600
    covered = hand.window.presenter.state().task
    assert covered is not None
    assert "13800138000" not in str(covered.pairs)
    hand.window.presenter.touched()
    hand.press(Key.Key_Escape)
    assert "13800138000" not in repr(hand.window.presenter.state())


# -- correction ------------------------------------------------------------------------------------------------------


def test_a_correction_goes_through_the_pages_and_shows_what_changes(clerk: Callable[..., Clerk]) -> None:
    hand = clerk()
    menu(hand, Key.Key_2)
    assert hand.page() is Page.LOOK_UP
    assert "正在更正" in hand.banners()
    hand.press(Key.Key_Backspace)
    hand.type("7")
    hand.enter()
    assert hand.page() is Page.LICENCE
    assert not hand.window.body.form(Page.LICENCE).fields["owner"].isVisible()
    scenes.line_of(hand.window, "seats").setFocus()
    scenes.line_of(hand.window, "seats").selectAll()
    hand.type("5")
    hand.enter()
    assert hand.page() is Page.STATION
    hand.enter()
    assert isinstance(sent(hand), c.PreviewVisit)
    hand.answer(scenes.PREVIEW)
    assert hand.page() is Page.PLAN
    shown = hand.window.body.shown
    assert shown is not None
    assert isinstance(shown.content, PlanState)
    rows = shown.content.items
    assert [row.key for row in rows[:2]] == ["value_plate", "value_seats"]
    assert rows[1].detail == "7 → 5"
    hand.enter()
    command = sent(hand)
    assert isinstance(command, c.CorrectVisit)
    assert (command.visit_id, command.vehicle.plate, command.vehicle.seats) == (visits.VISIT, "粤B39C77", 5)
    assert command.origins == {"plate": ValueOrigin.TYPED, "seats": ValueOrigin.TYPED}
    answer(hand, {"differences": 2})
    assert hand.page() is Page.VISIT
    assert not hand.window.presenter.correcting


def test_esc_leads_out_of_a_correction_and_nothing_is_sent(clerk: Callable[..., Clerk]) -> None:
    hand = clerk()
    menu(hand, Key.Key_2)
    hand.enter()
    hand.press(Key.Key_Escape, Key.Key_Escape)
    assert hand.page() is Page.VISIT
    assert not [each for each in hand.script.service.sent if not isinstance(each, c.SignIn)]


def test_a_refused_correction_leads_to_its_field(clerk: Callable[..., Clerk]) -> None:
    hand = clerk()
    menu(hand, Key.Key_2)
    hand.press(Key.Key_Return)
    hand.window.presenter.type("curb_mass_kg", "1700")
    hand.press(Key.Key_Return, Key.Key_Return)
    hand.answer(scenes.PREVIEW)
    hand.enter()
    params = {"curb": 1700, "total": 2360, "least": 300, "most": 2000}
    answer(hand, refusal=Problem("desk.intake.bad_masses", dict(params)))
    assert hand.page() is Page.LICENCE
    assert hand.focus() == "counter_curb_mass_kg"


def test_a_car_that_was_on_the_lane_is_not_corrected_and_the_menu_says_why(clerk: Callable[..., Clerk]) -> None:
    hand = clerk(visits._on_lane)
    hand.press(Key.Key_F4)
    shown = hand.window.body.shown
    assert shown is not None
    assert shown.task is not None
    row = next(each for each in shown.task.rows if each.key == "correct")
    assert row.detail == "已经上线，不能再更正"
    hand.press(Key.Key_2)
    assert sheet(hand) is TaskKind.MENU
    assert hand.window.presenter.sayings.said[0].text == row.detail


# -- when something is away ------------------------------------------------------------------------------------------


def test_whoever_only_looks_may_do_nothing_and_is_told_so(clerk: Callable[..., Clerk]) -> None:
    hand = clerk(failed, Role.VIEWER)
    hand.press(Key.Key_F4)
    shown = hand.window.body.shown
    assert shown is not None
    assert shown.task is not None
    assert {row.detail for row in shown.task.rows} == {"您的岗位无权执行该操作。"}


def test_a_session_that_ends_takes_the_sheet_away(clerk: Callable[..., Clerk]) -> None:
    hand = clerk(failed)
    menu(hand, Key.Key_4)
    hand.type("退款")
    hand.enter()
    answer(hand, refusal=Problem("domain.access.session_over", {"kind": "refund", "actor": scenes.CLERK}))
    assert hand.page() is Page.SIGN_IN
    assert hand.window.tasks.sheet is None


def test_an_ended_visit_says_so_and_still_prints(clerk: Callable[..., Clerk]) -> None:
    hand = clerk(failed)
    hand.script.tell(f.HandedOver(visits.VISIT, (Thing.KEY,), visits.BOARD, OWNER, 12))
    hand.script.tell(VisitClosed(visits.VISIT))
    scenes.settle(hand.window)
    assert "已办结" in hand.reads()
    menu(hand, Key.Key_8)
    assert sheet(hand) is TaskKind.PRINT
