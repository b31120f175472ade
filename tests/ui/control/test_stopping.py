"""The stop: one key from everywhere, for one lane or all, and what became of it is said."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from carcheck_desktop.base.messages import Message, params_of
from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain import facts as f
from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.control.sheets.after_alarm import AfterAlarmSheet
from carcheck_desktop.ui.control.state import Mode
from carcheck_desktop.ui.control.telling import actions as act
from carcheck_desktop.ui.control.telling.stops import LATE_S, STANDS_S
from carcheck_desktop.ui.control.window import ControlWindow
from carcheck_desktop.ui.theme.tokens import Tone
from tests.ui import scenes
from tests.ui.desk import Desk
from tests.ui.scripted import Script, busy_day

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def desk(words: Words) -> Desk:
    return Desk(words)


def stop_text(desk: Desk) -> str:
    stop = desk.presenter.state().actions.stop
    assert stop is not None
    return stop.text


def said(desk: Desk) -> tuple[Tone, str]:
    told = desk.presenter.state().actions.stopped
    assert told is not None
    return told.tone, told.text


def test_a_stop_is_confirmed_only_by_the_lane_itself(desk: Desk) -> None:
    desk.presenter.do(act.STOP)
    assert said(desk)[0] is Tone.CAUTION
    desk.script.lanes["1"].answer()
    desk.drain()
    assert said(desk)[0] is Tone.CAUTION
    desk.script.stopped()
    desk.drain()
    assert said(desk) == (Tone.GOOD, "1 号线已停止，设备已确认。")
    desk.now_s += STANDS_S + 1
    assert desk.presenter.state().actions.stopped is None


def test_a_stop_that_is_not_confirmed_in_time_says_so(desk: Desk) -> None:
    desk.presenter.do(act.STOP)
    desk.now_s += LATE_S
    tone, text = said(desk)
    assert tone is Tone.BAD
    assert "急停" in text


def test_a_stop_that_the_machinery_did_not_confirm_is_never_called_done(desk: Desk) -> None:
    desk.presenter.do(act.STOP)
    desk.script.lanes["1"].answer()
    who = params_of({"actor": "王建国", "node": "control"})
    desk.script.tell(f.LaneStopped("1", "control", Message("lanes.stop.unconfirmed", who)), "1")
    desk.drain()
    assert said(desk)[0] is not Tone.GOOD
    alarm = desk.presenter.state().alarm
    assert alarm is not None
    assert alarm.tone is Tone.ALARM


def test_stop_all_reaches_every_lane_and_names_those_that_do_not_answer(desk: Desk) -> None:
    desk.presenter.stop_all()
    assert [link.sent for link in desk.script.lanes.values()] == [[c.StopLane("1")], [c.StopLane("2")]]
    desk.script.lanes["2"].open.pop().set_exception(OSError("gone"))
    desk.script.lanes["1"].answer()
    desk.script.stopped("1")
    desk.drain()
    alarm = desk.presenter.state().alarm
    assert alarm is not None
    assert "2 号线" in alarm.text
    assert "1 号线" not in alarm.text


def test_the_stop_names_the_lane_that_it_stops(desk: Desk) -> None:
    assert "1 号线" in stop_text(desk)
    desk.presenter.choice.choose_lane("2")
    assert "2 号线" in stop_text(desk)


def test_one_lane_has_no_second_stop(words: Words) -> None:
    assert Desk(words, lanes=("1",)).presenter.state().actions.stop_all is None


def test_two_lanes_with_an_alarm_are_both_named(desk: Desk) -> None:
    for lane in ("1", "2"):
        who = params_of({"actor": "王建国", "node": "control"})
        desk.script.tell(f.LaneStopped(lane, "control", Message("lanes.stop.unconfirmed", who)), lane)
    desk.drain()
    alarm = desk.presenter.state().alarm
    assert alarm is not None
    assert "1 号线" in alarm.text
    assert "2 号线" in alarm.detail


# -- by key ---------------------------------------------------------------------------------


@pytest.fixture
def opened(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> Callable[[], tuple[ControlWindow, Script]]:
    scenes.settled_at_once(monkeypatch)

    def make() -> tuple[ControlWindow, Script]:
        window, script = scenes.connected("zh_CN")
        busy_day(script)
        window.show()
        activate(window)
        scenes.settle(window)
        return window, script

    return make


def activate(window: QWidget) -> None:
    for _ in range(50):
        window.activateWindow()
        QTest.qWait(2)
        if QApplication.activeWindow() is window:
            return
    raise AssertionError("the window never became the active one")


def stops(script: Script) -> dict[str, int]:
    return {lane: sum(isinstance(sent, c.StopLane) for sent in link.sent) for lane, link in script.lanes.items()}


@pytest.mark.parametrize("mode", list(Mode))
def test_f12_stops_the_chosen_lane_and_pause_stops_all_however_one_looks(
    opened: Callable[[], tuple[ControlWindow, Script]], mode: Mode
) -> None:
    window, script = opened()
    window.presenter.choice.choose_mode(mode)
    window.refresh()
    scenes.settle(window)
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window, Qt.Key.Key_F12)
    assert stops(script) == {"1": 0, "2": 1}
    QTest.keyClick(window, Qt.Key.Key_Pause)
    QTest.keyClick(window, Qt.Key.Key_F12, Qt.KeyboardModifier.ControlModifier)
    assert stops(script) == {"1": 2, "2": 3}


def test_the_stop_stays_in_its_corner_however_one_looks(opened: Callable[[], tuple[ControlWindow, Script]]) -> None:
    window, _ = opened()
    corners = set()
    for mode in Mode:
        window.presenter.choice.choose_mode(mode)
        window.presenter.memory.toggle()
        window.refresh()
        scenes.settle(window)
        stop = window.body.buttons.stop
        corners.add((stop.mapTo(window, stop.rect().topLeft()).toTuple(), stop.isVisible(), stop.isEnabled()))
    assert len(corners) == 1


def test_f12_stops_while_a_sheet_is_open_and_while_a_list_in_it_is_unfolded(
    opened: Callable[[], tuple[ControlWindow, Script]],
) -> None:
    window, script = opened()
    window.ask_open_visit()
    sheet = window._sheet
    assert sheet is not None
    activate(window)
    QTest.keyClick(sheet.first, Qt.Key.Key_F12)
    assert stops(script)["1"] == 1
    box = sheet.findChild(QComboBox, "open_visit_use")
    assert box is not None
    box.showPopup()
    QTest.qWait(20)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(popup, Qt.Key.Key_F12)
    assert stops(script)["1"] == 2
    box.hidePopup()


def alarmed(window: ControlWindow, script: Script) -> None:
    script.interrupted("v1", "B2", problem=scenes.UNSTOPPED)
    scenes.settle(window)


def test_enter_does_not_go_on_after_an_alarm(opened: Callable[[], tuple[ControlWindow, Script]]) -> None:
    window, script = opened()
    alarmed(window, script)
    assert window.body.buttons.primary.isEnabled()
    QTest.keyClick(window, Qt.Key.Key_Return)
    assert script.lanes["1"].sent == []
    assert window._sheet is None
    assert "F7" in scenes.said(window)


def test_going_on_after_an_alarm_takes_a_look_at_the_lane_first(
    opened: Callable[[], tuple[ControlWindow, Script]],
) -> None:
    window, script = opened()
    alarmed(window, script)
    QTest.keyClick(window, Qt.Key.Key_F7)
    sheet = window._sheet
    assert isinstance(sheet, AfterAlarmSheet)
    activate(window)
    QTest.keyClick(sheet.seen, Qt.Key.Key_Return)
    assert script.lanes["1"].sent == []
    assert sheet.banner.isVisible()
    QTest.keyClick(sheet.seen, Qt.Key.Key_Space)
    QTest.keyClick(sheet.seen, Qt.Key.Key_Return)
    assert script.lanes["1"].sent == [c.ResumeAttempt("1", "a-v1")]


def test_without_an_alarm_f7_says_that_there_is_none(opened: Callable[[], tuple[ControlWindow, Script]]) -> None:
    window, _ = opened()
    QTest.keyClick(window, Qt.Key.Key_F7)
    assert window._sheet is None
    assert scenes.said(window) == "当前没有警报。"
