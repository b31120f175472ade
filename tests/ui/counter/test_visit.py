"""A visit at the window by real keys: found by its ticket, looked at, and everything that may be done with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from carcheck_desktop.base.data import to_plain
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.documents import DocumentKind
from carcheck_desktop.domain.ending import ManualKind, WithdrawReason
from carcheck_desktop.domain.facts.ending import VisitWithdrawn
from carcheck_desktop.domain.intake import ValueOrigin
from carcheck_desktop.ui.counter.state import Page
from carcheck_desktop.ui.counter.visit.state import TaskKind, VisitState
from tests.ui import counter_scenes as scenes
from tests.ui import visit_scenes as visits
from tests.ui.counter.hands import Clerk
from tests.ui.scripted import PLAN, Script, session
from tests.ui.signing_scenes import WEAK

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Key = Qt.Key


@pytest.fixture
def clerk(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Clerk]:
    scenes.settled_at_once(monkeypatch)

    def made(
        prepare: Callable[[Script], None] = visits.opened, role: Role = Role.CLERK, *, looks: bool = True
    ) -> Clerk:
        window, script = visits.at_visit(role=role, prepare=prepare)
        if not looks:
            window.presenter.show_visit("")
        window.show()
        scenes.settle(window)
        return Clerk(window, script)

    return made


def failed(script: Script) -> None:
    visits.opened(script, tested=WEAK)
    visits.paid(script)


def sent(hand: Clerk) -> c.Command:
    return hand.script.service.sent[-1]


def sheet(hand: Clerk) -> TaskKind | None:
    shown = hand.window.body.shown
    assert shown is not None
    assert (hand.window.tasks.sheet is None) is (shown.task is None)
    return shown.task.kind if shown.task is not None else None


def answer(hand: Clerk, result: dict[str, object] | None = None, refusal: Problem | None = None) -> None:
    hand.script.service.answer(result, refusal)
    scenes.settle(hand.window)


def menu(hand: Clerk, number: Key) -> None:
    hand.press(Key.Key_F4, number)


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
    rows = getattr(shown.content, "items", ())
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
    hand.script.tell(f.HandedOver(visits.VISIT, (visits.Thing.KEY,), visits.BOARD, visits.OWNER, 12))
    hand.script.tell(visits.VisitClosed(visits.VISIT))
    scenes.settle(hand.window)
    assert "已办结" in hand.reads()
    menu(hand, Key.Key_8)
    assert sheet(hand) is TaskKind.PRINT
