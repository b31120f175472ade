"""Two clerks with one car, a service that goes away, a session that ends, an empty window."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.facts import VisitOpened
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.ui.counter.presenter import COVERED_AFTER_S
from carcheck_desktop.ui.counter.state import Page
from tests.ui import counter_scenes as scenes
from tests.ui.counter.hands import Clerk
from tests.ui.scenes import assert_freed
from tests.ui.scripted import EDITION, PLAN, session

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def hand(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    scenes.settled_at_once(monkeypatch)
    window, script = scenes.at_work("zh_CN")
    window.show()
    scenes.settle(window)
    return Clerk(window, script)


def to_plan(hand: Clerk) -> None:
    hand.type("39C71")
    hand.enter()
    hand.answer(scenes.known_answer())
    hand.enter()
    hand.answer(scenes.PREVIEW)
    hand.enter()


def test_signing_in_by_keyboard_leads_to_the_plate(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    scenes.settled_at_once(monkeypatch)
    window, script = scenes.connected("zh_CN", role=None)
    window.show()
    scenes.settle(window)
    hand = Clerk(window, script)
    hand.type("李小燕")
    hand.enter()
    hand.type("4711")
    hand.enter()
    assert script.service.sent == [c.SignIn("李小燕", "4711")]
    script.service.answer(session(Role.CLERK, "李小燕"))
    scenes.settle(window)
    assert hand.page() is Page.LOOK_UP
    assert hand.focus() == "counter_plate"


def test_a_wrong_pin_is_said_and_asked_again(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    scenes.settled_at_once(monkeypatch)
    window, script = scenes.connected("zh_CN", role=None)
    window.show()
    hand = Clerk(window, script)
    hand.type("李小燕")
    hand.enter()
    hand.type("1")
    hand.enter()
    script.service.answer(refusal=Problem("desk.door.not_let_in", {"name": "李小燕"}))
    scenes.settle(window)
    assert "PIN" in hand.banners()
    assert hand.focus() == "sign_in_pin"
    assert scenes.line_of(window, "plate").isVisible() is False


def test_a_car_that_is_here_is_found_while_its_plate_is_typed(hand: Clerk) -> None:
    hand.type("90D17")
    shown = hand.window.body.shown
    assert shown is not None
    assert [row.key for row in shown.side.rows] == ["v1"]
    hand.enter()
    assert hand.page() is Page.VISIT
    assert not any(isinstance(each, c.LookUpVehicle) for each in hand.script.service.sent)


def test_the_service_says_that_a_car_is_here_under_another_plate_kind(hand: Clerk) -> None:
    hand.type("39C71")
    hand.enter()
    hand.answer(replace(scenes.known_answer(), open_visit_id="v2", open_visit_by="张敏"))
    assert hand.page() is Page.VISIT


def test_another_clerk_opened_the_same_car_meanwhile(hand: Clerk) -> None:
    to_plan(hand)
    hand.script.opened("v-theirs", scenes.PLATE)
    scenes.settle(hand.window)
    assert f"{scenes.PLATE} 已在站内" in hand.banners()
    hand.enter()
    assert hand.page() is Page.VISIT
    hand.press(Qt.Key.Key_Escape)
    assert hand.page() is Page.PLAN
    assert not any(isinstance(each, c.OpenVisit) for each in hand.script.service.sent)


def test_who_looked_the_car_up_moments_ago_is_named(hand: Clerk) -> None:
    hand.type("39C71")
    hand.enter()
    hand.answer(replace(scenes.known_answer(), busy_with="张敏", busy_since=hand.script.at))
    assert "张敏" in hand.banners()
    assert hand.page() is Page.KNOWN


def test_nothing_typed_is_lost_while_the_service_is_away(hand: Clerk) -> None:
    hand.type("39C71")
    hand.enter()
    hand.answer(replace(scenes.new_answer(), authority=scenes.authority()))
    line = scenes.line_of(hand.window, "brand_model")
    line.setFocus()
    line.selectAll()
    hand.type("VW")
    hand.script.service_down()
    scenes.settle(hand.window)
    hand.type("X")
    hand.script.service_up(tuple(hand.window.station.visits.values()))
    scenes.settle(hand.window)
    assert hand.page() is Page.LICENCE
    assert scenes.line_of(hand.window, "brand_model").text() == "VWX"


def test_without_a_service_a_car_is_typed_and_looked_up_again_later(hand: Clerk) -> None:
    hand.script.service_down()
    scenes.settle(hand.window)
    hand.type("39C71")
    hand.enter()
    assert hand.page() is Page.LICENCE
    hand.type(scenes.VIN)
    hand.script.service_up()
    scenes.settle(hand.window)
    hand.press(Qt.Key.Key_F5)
    sent = hand.script.service.sent[-1]
    assert isinstance(sent, c.LookUpVehicle)
    assert sent.vin_tail == scenes.VIN[-4:]
    hand.answer(replace(scenes.new_answer(), authority=scenes.authority()))
    assert scenes.line_of(hand.window, "curb_mass_kg").text() == "1780"
    assert hand.page() is Page.LICENCE


def test_a_lost_answer_is_not_a_second_visit(hand: Clerk) -> None:
    to_plan(hand)
    hand.enter()
    params: dict[str, str | int] = {"kind": "open_visit", "url": "http://service", "detail": "-"}
    hand.script.service.answer(refusal=Problem("link.command.outcome_unknown", params))
    scenes.settle(hand.window)
    assert hand.page() is Page.PLAN
    assert hand.banners()
    assert hand.focus() == "primary_button", "the keyboard comes back to what was tried"
    fact = VisitOpened(
        "v-ours", scenes.mpv(), InspectionKind.IN_USE, PLAN, EDITION, "ab" * 32, lookup_id="lookup-1"
    )  # fmt: skip
    hand.script.tell(fact, actor=scenes.CLERK)
    scenes.settle(hand.window)
    assert hand.page() is Page.DONE
    assert sum(isinstance(each, c.OpenVisit) for each in hand.script.service.sent) == 1


def test_the_same_person_goes_on_after_the_session_ended(hand: Clerk) -> None:
    to_plan(hand)
    hand.enter()
    hand.script.service.answer(refusal=Problem("domain.access.session_over", {"kind": "open_visit", "actor": "李小燕"}))
    scenes.settle(hand.window)
    assert hand.page() is Page.SIGN_IN
    assert "王建军" not in hand.reads()
    scenes.sign_in(hand.window, hand.script)
    scenes.settle(hand.window)
    assert hand.page() is Page.PLAN


def test_another_person_does_not_see_what_was_typed(hand: Clerk) -> None:
    to_plan(hand)
    hand.press(Qt.Key.Key_F2)
    assert hand.page() is Page.SIGN_IN
    hand.script.service.open.clear()
    scenes.sign_in(hand.window, hand.script, name="张敏")
    scenes.settle(hand.window)
    assert hand.page() is Page.LOOK_UP
    assert hand.window.presenter.draft.text("owner") == ""


def test_after_three_minutes_names_are_covered_until_a_key_is_pressed(hand: Clerk) -> None:
    hand.type("39C71")
    hand.enter()
    hand.answer(scenes.known_answer())
    assert "王建军" in hand.reads()
    hand.window.presenter._touched_s -= COVERED_AFTER_S
    hand.window.refresh()
    assert "王建军" not in hand.reads()
    handle = hand.window.windowHandle()
    QTest.keyClick(handle, Qt.Key.Key_Return)
    scenes.settle(hand.window)
    assert hand.page() is Page.KNOWN, "the key that uncovers does nothing else"
    assert "王建军" in hand.reads()


def test_typed_personal_data_are_covered_too(hand: Clerk) -> None:
    hand.type("39C71")
    hand.enter()
    hand.answer(scenes.known_answer())
    hand.enter()
    hand.type("13800138000")
    hand.window.presenter._touched_s -= COVERED_AFTER_S
    hand.window.refresh()
    line = scenes.line_of(hand.window, "telephone")
    assert line.echoMode() is QLineEdit.EchoMode.Password
    hand.window.presenter.touched()
    hand.window.refresh()
    assert line.echoMode() is QLineEdit.EchoMode.Normal
    assert line.text() == "13800138000"


def test_a_visit_is_looked_at_and_the_intake_waits_as_it_is(hand: Clerk) -> None:
    hand.type("39C71")
    hand.enter()
    hand.answer(replace(scenes.new_answer(), authority=scenes.authority()))
    hand.press(Qt.Key.Key_F9)
    hand.type("7Q20")
    # the first Enter searches at once, the second goes to what was found
    hand.enter()
    hand.enter()
    assert hand.page() is Page.VISIT
    hand.enter()
    assert hand.page() is Page.LICENCE
    assert scenes.line_of(hand.window, "vin").text() == scenes.VIN


def test_leaving_a_car_that_was_typed_is_asked_first(hand: Clerk) -> None:
    hand.type("39C71")
    hand.enter()
    hand.enter()
    hand.type(scenes.VIN)
    hand.press(Qt.Key.Key_F3)
    assert hand.page() is Page.LICENCE
    assert "放弃这辆车的录入" in hand.reads()
    # the focus stands on no
    hand.enter()
    assert scenes.line_of(hand.window, "vin").text() == scenes.VIN


def test_an_answer_that_this_program_cannot_read_is_said_and_the_car_can_be_typed(hand: Clerk) -> None:
    hand.type("39C71")
    hand.enter()
    hand.script.service.answer({"lookup": "in other words"})
    scenes.settle(hand.window)
    assert hand.page() is Page.LICENCE
    assert hand.banners()


def test_an_answer_for_the_car_before_changes_nothing(hand: Clerk) -> None:
    hand.type("39C71")
    hand.enter()
    hand.press(Qt.Key.Key_Escape)
    line = scenes.line_of(hand.window, "plate")
    line.selectAll()
    hand.type("B11111")
    hand.answer(scenes.known_answer())
    assert hand.page() is Page.LOOK_UP
    assert hand.window.presenter.draft.answer is None


def test_who_may_not_look_up_is_told_so(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    scenes.settled_at_once(monkeypatch)
    window, script = scenes.connected("zh_CN", role=Role.VIEWER)
    window.show()
    scenes.settle(window)
    hand = Clerk(window, script)
    window.presenter.type_plate(scenes.PLATE)
    window.refresh()
    hand.enter()
    assert window.words("ui.why.role_may_not") in hand.reads()
    assert not any(isinstance(each, c.LookUpVehicle) for each in script.service.sent)


def test_a_closed_window_leaves_nothing_behind(app: QApplication) -> None:
    window, _ = scenes.at_work("zh_CN")
    window.show()
    scenes.settle(window)
    assert_freed(window, app)
