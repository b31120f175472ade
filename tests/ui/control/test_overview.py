"""All lanes at a glance, one alone, and going between them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.live import LiveCurve, LiveSamples
from carcheck_desktop.domain.tables import FaultKind, TableFault, ValueChange
from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.control.choice import MANY_LANES
from carcheck_desktop.ui.control.state import Mode
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import CONTRAST, Tone
from carcheck_desktop.ui.widgets.data.states import Mark
from tests.ui import control_many, scenes
from tests.ui.desk import Desk
from tests.ui.scripted import busy_day

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.mark.parametrize(("lanes", "mode"), [(1, Mode.SPLIT), (2, Mode.SPLIT), (3, Mode.OVERVIEW), (6, Mode.OVERVIEW)])
def test_many_lanes_are_shown_at_once_until_somebody_chooses(words: Words, lanes: int, mode: Mode) -> None:
    desk = Desk(words, lanes=tuple(str(number + 1) for number in range(lanes)))
    assert desk.presenter.state().mode is mode
    assert (lanes >= MANY_LANES) is (mode is Mode.OVERVIEW)
    desk.presenter.choice.choose_mode(Mode.FULL)
    assert desk.presenter.state().mode is Mode.FULL


def test_a_panel_says_car_item_prompt_limit_and_what_comes_next(words: Words) -> None:
    desk = Desk(words)
    busy_day(desk.script)
    desk.drain()
    desk.presenter.choice.choose_mode(Mode.OVERVIEW)
    first, second = desk.presenter.state().panels
    assert (first.lane, first.number, first.word) == ("1", "1", "检测中 3/5")
    assert first.plate is not None
    assert [stage.mark for stage in first.path.stages].index(Mark.NOW) == 3
    assert "踩" in first.prompt.headline
    assert first.curve.demanded_sum_daN == 310.0
    assert first.hint == "由引车员按提示完成。"
    assert (second.word, second.plate) == ("空闲", None)
    assert "湘A7Q20K" in second.hint


def test_a_silent_lane_an_alarm_and_a_lost_instrument_are_each_said_in_their_panel(words: Words) -> None:
    desk = Desk(words, lanes=("1", "2", "3"))
    busy_day(desk.script)
    desk.script.interrupted("v1", "B2", problem=scenes.UNSTOPPED)
    desk.script.lost("2")
    desk.script.lane_down("3")
    desk.drain()
    first, second, third = desk.presenter.state().panels
    assert (first.prompt.tone, first.word) == (Tone.ALARM, "危险")
    assert second.trouble_tone is Tone.BAD
    assert "滚筒制动台" in second.trouble
    assert (third.word, third.path.stages) == ("离线", ())


def test_a_lane_that_goes_and_comes_back_shows_what_it_says_then(words: Words) -> None:
    desk = Desk(words, lanes=("1", "2", "3"))
    busy_day(desk.script)
    desk.drain()
    before = desk.presenter.state().panels[0]
    desk.script.lane_down("1")
    desk.drain()
    assert desk.presenter.state().panels[0].word == "离线"
    desk.script.lane_up("1", desk.station.lanes["1"])
    desk.drain()
    assert desk.presenter.state().panels[0] == before


def test_an_estimate_is_shown_as_it_was_told_with_its_reason(words: Words) -> None:
    desk = Desk(words)
    desk.script.opened("v1", "粤B39C71")
    at = desk.script.at
    late = Message("ui.why.stopped")
    fact = f.EstimateGiven("v1", at + timedelta(minutes=5), at + timedelta(minutes=17), late, Message("ui.why.no_car"))
    desk.script.tell(fact)
    desk.drain()
    row = desk.presenter.state().waiting[0]
    assert (row.trailing, row.tone) == ("09:17–09:29", Tone.CAUTION)
    assert row.detail.startswith("检测线已停止")
    desk.script.tell(replace(fact, latest=None))
    desk.drain()
    assert desk.presenter.state().waiting[0].trailing == "最早 09:17"


def test_a_prompt_of_a_newer_service_is_not_hidden(words: Words) -> None:
    desk = Desk(words)
    busy_day(desk.script)
    desk.script.prompted("v1", "handbrake_twice", "lanes.prompt.of_tomorrow")
    desk.drain()
    assert "lanes.prompt.of_tomorrow" in desk.detail.prompt.headline


def test_the_tenth_attempt_is_counted(words: Words) -> None:
    desk = Desk(words)
    desk.script.opened("v1", "粤B39C71")
    for number in range(1, 11):
        control_many.attempt(desk.script, "v1", "粤B39C71", number)
    desk.drain()
    assert "第 10 次" in desk.detail.items_title


def test_keys_choose_the_way_to_look_and_the_lane_in_each(app: QApplication) -> None:
    window = control_many.six_lanes("zh_CN")
    window.show()
    window.activateWindow()
    scenes.settle(window)
    for key, mode in ((Qt.Key.Key_F11, Mode.FULL), (Qt.Key.Key_F10, Mode.SPLIT), (Qt.Key.Key_F9, Mode.OVERVIEW)):
        QTest.keyClick(window, key)
        QTest.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
        assert (window.presenter.choice.mode, window.presenter.choice.lane) == (mode, "4")
        QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.body.header.modes.value == "overview"


def test_arrow_keys_go_from_panel_to_panel_and_choose_and_space_enlarges(app: QApplication) -> None:
    window = control_many.six_lanes("zh_CN")
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    scenes.settle(window)
    panels = window.body.overview.panels
    panels[0].setFocus()
    QTest.keyClick(panels[0], Qt.Key.Key_Right)
    QTest.keyClick(panels[1], Qt.Key.Key_Down)
    assert window.presenter.choice.lane == "5"
    QTest.keyClick(panels[4], Qt.Key.Key_Space)
    assert (window.presenter.choice.mode, window.presenter.choice.lane) == (Mode.SPLIT, "5")


def test_a_click_chooses_a_lane_and_a_double_click_enlarges_it(app: QApplication) -> None:
    window = control_many.six_lanes("zh_CN")
    window.show()
    scenes.settle(window)
    QTest.mouseClick(window.body.overview.panels[2], Qt.MouseButton.LeftButton)
    assert (window.presenter.choice.lane, window.presenter.choice.mode) == ("3", Mode.OVERVIEW)
    QTest.mouseDClick(window.body.overview.panels[1], Qt.MouseButton.LeftButton)
    assert (window.presenter.choice.lane, window.presenter.choice.mode) == ("2", Mode.SPLIT)


def test_live_samples_reach_the_curves_of_all_lanes(app: QApplication) -> None:
    window, script = control_many.stations("zh_CN", ("1", "2", "3"))
    for lane in ("1", "2", "3"):
        script.opened(f"v{lane}", "粤B39C71")
        script.started(f"v{lane}", "粤B39C71", lane)
        script.begun(f"v{lane}", "B1", lane, "464")
    window.show()
    scenes.settle(window)
    for lane in ("1", "2", "3"):
        samples = LiveCurve("B1", f"r-v{lane}-B1", 1, 10, (10, 20, 30), (9, 18, 27))
        script.lanes[lane].mailbox.put_sample(lane, LiveSamples(lane, 0.0, samples))
    window._pump.once()
    assert [len(panel.curve._trace) for panel in window.body.overview.panels] == [3, 3, 3]


def test_high_contrast_is_worn_by_every_part(app: QApplication) -> None:
    window = scenes.braking("zh_CN")
    window.show_palette(CONTRAST)
    window.resize(1920, 1080)
    window.show()
    scenes.settle(window)
    assert look_of(window.body.curve.curve).palette is CONTRAST
    assert look_of(window.body.buttons.stop).scale > 1


def test_who_comes_back_is_shown_what_happened_and_escape_says_that_it_was_seen(app: QApplication) -> None:
    window = control_many.came_back("zh_CN")
    window.show()
    scenes.settle(window)
    assert window.body.summary.isVisible()
    assert window.body.prompt.isVisible()
    assert window.body.buttons.stop.isVisible()
    assert "未阅" in window.body.header.happened.text()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.body.summary.isVisible()
    assert "未阅" not in window.body.header.happened.text()
    QTest.keyClick(window, Qt.Key.Key_F4)
    assert window.body.summary.isVisible()


def test_the_control_room_reads_that_nothing_is_concluded_while_a_limit_is_changed(words: Words) -> None:
    desk = Desk(words)
    change = ValueChange("limit axle_brake_rate.front value", "60", "20")
    fault = TableFault("gb38900-2020.toml", FaultKind.CHANGED, "ab" * 32, "cd" * 32, (change,), "0.2.0")
    desk.script.tell(f.TablesChecked((fault,)), actor="system")
    desk.drain()
    banner = desk.presenter.state().banner
    assert banner is not None
    assert "锁定" in banner.text
    assert "程序版本 0.2.0" in banner.detail
    assert "60 → 20" in banner.detail
