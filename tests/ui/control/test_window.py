"""The control window driven as a person drives it: by keys, on a scripted station."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QWidget

from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain import commands as c
from carcheck_desktop.ui.control.window import ControlWindow
from carcheck_desktop.ui.widgets.forms import action_bar
from carcheck_desktop.ui.widgets.notices.sheets.sheet import Sheet
from tests.ui import scenes
from tests.ui.scripted import Script, busy_day, session

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def opened(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[ControlWindow, Script]]:
    scenes.settled_at_once(monkeypatch)

    def make(*, signed_in: bool = True) -> tuple[ControlWindow, Script]:
        window, script = scenes.connected("zh_CN", signed_in=signed_in)
        window.show()
        window.activateWindow()
        scenes.settle(window)
        return window, script

    return make


def press(target: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(target, key, modifier)


def sheet_of(window: ControlWindow) -> Sheet:
    sheet = window._sheet
    assert sheet is not None
    assert sheet.isVisible()
    return sheet


def activate(window: QWidget) -> None:
    """Make a window the active one: without a window manager nobody else does."""
    for _ in range(50):
        window.activateWindow()
        QTest.qWait(2)
        if QApplication.activeWindow() is window:
            return
    raise AssertionError("the window never became the active one")


def type_into(target: QWidget, text: str) -> None:
    assert isinstance(target, QLineEdit)
    # an input method commits Chinese as a whole; latin letters come as keys
    if text.isascii():
        QTest.keyClicks(target, text)
    else:
        target.insert(text)


def test_a_shift_by_keyboard_alone(opened: Callable[..., tuple[ControlWindow, Script]]) -> None:
    window, script = opened(signed_in=False)
    press(window, Qt.Key.Key_Return)
    sheet = sheet_of(window)
    type_into(sheet.first, "王建国")
    press(sheet, Qt.Key.Key_Return)
    pin = sheet.findChild(QLineEdit, "sign_in_pin")
    assert pin is not None
    type_into(pin, "4711")
    press(sheet, Qt.Key.Key_Return)
    assert script.service.sent == [c.SignIn("王建国", "4711")]
    script.service.answer(session())
    scenes.settle(window)
    assert window._sheet is None
    activate(window)
    press(window, Qt.Key.Key_F3)
    sheet = sheet_of(window)
    typed = {"plate": "粤B39C71", "seats": "5", "curb_mass": "1285", "total_mass": "1660"}
    typed |= {"manufactured": "20130402", "registered": "20130618"}
    for name, text in typed.items():
        field = sheet.findChild(QLineEdit, f"open_visit_{name}")
        assert field is not None
        type_into(field, text)
    press(sheet, Qt.Key.Key_Return)
    sent = script.service.sent[-1]
    assert isinstance(sent, c.OpenVisit)
    assert sent.vehicle.parking_axles == (2,)
    script.opened("v1", "粤B39C71")
    script.service.answer({"visit_id": "v1"})
    scenes.settle(window)
    assert window._sheet is None
    activate(window)
    press(window, Qt.Key.Key_Return)
    assert script.lanes["1"].sent == [c.StartAttempt("1", "v1")]


def test_stop_is_one_key_from_everywhere_even_inside_a_sheet(
    opened: Callable[..., tuple[ControlWindow, Script]],
) -> None:
    window, script = opened()
    busy_day(script)
    scenes.settle(window)
    press(window, Qt.Key.Key_F12)
    window.ask_abort()
    press(sheet_of(window), Qt.Key.Key_F12)
    assert script.lanes["1"].sent == [c.StopLane("1"), c.StopLane("1")]
    assert window.body.buttons.stop.isEnabled()


def test_the_stop_button_works_while_a_sheet_is_open(opened: Callable[..., tuple[ControlWindow, Script]]) -> None:
    window, script = opened()
    busy_day(script)
    scenes.settle(window)
    window.ask_abort()
    QTest.mouseClick(window.body.buttons.stop, Qt.MouseButton.LeftButton)
    assert script.lanes["1"].sent == [c.StopLane("1")]


def test_abort_asks_for_a_reason_first(opened: Callable[..., tuple[ControlWindow, Script]]) -> None:
    window, script = opened()
    busy_day(script)
    scenes.settle(window)
    press(window, Qt.Key.Key_F8)
    sheet = sheet_of(window)
    press(sheet, Qt.Key.Key_Return)
    assert script.lanes["1"].sent == []
    type_into(sheet.first, "漏油，不宜继续")
    press(sheet, Qt.Key.Key_Return)
    # a yes that cannot be taken back is gone to first
    assert script.lanes["1"].sent == []
    press(sheet.primary, Qt.Key.Key_Return)
    assert script.lanes["1"].sent == [c.AbortAttempt("1", "a-v1", "漏油，不宜继续")]


def test_arrow_keys_choose_the_waiting_car_and_enter_starts_it(
    opened: Callable[..., tuple[ControlWindow, Script]],
) -> None:
    window, script = opened()
    script.opened("v1", "粤B39C71")
    script.opened("v2", "湘A7Q20K")
    scenes.settle(window)
    window.body.waiting.setFocus()
    press(window.body.waiting, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Return)
    assert script.lanes["1"].sent == [c.StartAttempt("1", "v2")]


def test_enter_that_comes_right_after_the_action_changed_is_not_taken(
    opened: Callable[..., tuple[ControlWindow, Script]], monkeypatch: pytest.MonkeyPatch
) -> None:
    window, script = opened()
    busy_day(script)
    script.stopped()
    scenes.settle(window)
    monkeypatch.setattr(action_bar, "SETTLE_S", 60.0)
    press(window, Qt.Key.Key_Return)
    assert script.lanes["1"].sent == []


def test_repeat_by_key_repeats_the_chosen_item(opened: Callable[..., tuple[ControlWindow, Script]]) -> None:
    window, script = opened()
    busy_day(script)
    script.braked("v1", "B2")
    scenes.settle(window)
    window.body.items.setFocus()
    press(window.body.items, Qt.Key.Key_Up)
    press(window, Qt.Key.Key_F6)
    assert script.lanes["1"].sent == [c.RepeatItem("1", "a-v1", "B1")]


def test_a_lane_is_chosen_by_its_number(opened: Callable[..., tuple[ControlWindow, Script]]) -> None:
    window, script = opened()
    press(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    press(window, Qt.Key.Key_F12)
    assert script.lanes["2"].sent == [c.StopLane("2")]


def test_a_refusal_is_shown_until_it_is_dismissed(opened: Callable[..., tuple[ControlWindow, Script]]) -> None:
    window, script = opened()
    script.opened("v1", "粤B39C71")
    scenes.settle(window)
    press(window, Qt.Key.Key_Return)
    script.lanes["1"].answer(refusal=Problem("domain.access.session_over", {"kind": "start_attempt", "actor": "王"}))
    scenes.settle(window)
    said = window.body.toasts.toasts[0].state
    assert said is not None
    assert said.stays
    press(window, Qt.Key.Key_Escape)
    assert not window.body.toasts.isVisible()


def test_a_wrong_pin_is_said_and_the_field_is_ready_again(opened: Callable[..., tuple[ControlWindow, Script]]) -> None:
    window, script = opened(signed_in=False)
    press(window, Qt.Key.Key_F2)
    sheet = sheet_of(window)
    type_into(sheet.first, "王建国")
    pin = sheet.findChild(QLineEdit, "sign_in_pin")
    assert pin is not None
    type_into(pin, "0000")
    press(sheet, Qt.Key.Key_Return)
    script.service.answer(refusal=Problem("desk.door.not_let_in", {"name": "王建国"}))
    scenes.settle(window)
    assert sheet.banner.isVisible()
    assert pin.text() == ""
    assert window.station.session is None


def test_closing_a_sheet_while_its_answer_is_out_harms_nothing(
    opened: Callable[..., tuple[ControlWindow, Script]], app: QApplication
) -> None:
    window, script = opened(signed_in=False)
    press(window, Qt.Key.Key_F2)
    sheet = sheet_of(window)
    type_into(sheet.first, "王建国")
    pin = sheet.findChild(QLineEdit, "sign_in_pin")
    assert pin is not None
    type_into(pin, "4711")
    press(sheet, Qt.Key.Key_Return)
    press(sheet, Qt.Key.Key_Escape)
    scenes.settle(window)
    script.service.answer(session())
    scenes.settle(window)
    assert window.station.session is not None


def test_training_is_flagged_and_a_real_station_is_not(app: QApplication) -> None:
    training, real = scenes.connected("zh_CN")[0], scenes.idle("zh_CN")
    for window in (training, real):
        window.show()
        scenes.settle(window)
    assert training.body.ribbon.isVisible()
    assert not real.body.ribbon.isVisible()


def test_three_axles_offer_three_parking_axles(opened: Callable[..., tuple[ControlWindow, Script]]) -> None:
    window, _ = opened()
    press(window, Qt.Key.Key_F3)
    sheet = sheet_of(window)
    third = sheet.findChild(QCheckBox, "open_visit_parking_axle_3")
    assert third is not None
    assert not third.isVisible()
    axles = sheet.fields["axles"].control  # type: ignore[attr-defined]
    axles.setCurrentIndex(1)
    assert third.isVisible()


def test_a_closed_window_is_freed_and_its_links_are_closed(
    opened: Callable[..., tuple[ControlWindow, Script]], app: QApplication
) -> None:
    window, script = opened()
    busy_day(script)
    scenes.settle(window)
    window.ask_abort()
    scenes.settle(window)
    assert window.findChildren(Sheet)
    scenes.assert_freed(window, app)
    assert script.service.closed
    assert all(link.closed for link in script.lanes.values())


def test_the_application_has_its_name(app: QApplication) -> None:
    assert app.applicationName() == "carcheck"


@pytest.mark.parametrize("key", [Qt.Key.Key_F3, Qt.Key.Key_F6, Qt.Key.Key_F8])
def test_a_key_that_cannot_act_now_says_why(opened: Callable[..., tuple[ControlWindow, Script]], key: Qt.Key) -> None:
    window, _ = opened(signed_in=False)
    press(window, key)
    assert window._sheet is None
    assert scenes.said(window) == "请先登录（F2）。"


def test_a_window_says_its_own_name_once(opened: Callable[..., tuple[ControlWindow, Script]]) -> None:
    window, _ = opened()
    assert window.windowTitle() == "检测线控制"
