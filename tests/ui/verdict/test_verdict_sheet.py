"""From a result to why it is one: by a click, by keys, under another edition, and when nobody answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from carcheck_desktop.base.errors import LinkError
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain.commands import StopLane
from carcheck_desktop.domain.explained import VerdictView
from carcheck_desktop.ui.control.window import ControlWindow
from carcheck_desktop.ui.verdict.sheet import VerdictSheet
from carcheck_desktop.ui.widgets.data.verdict_card import VerdictCard
from tests.ui import scenes, signing_scenes
from tests.ui import verdict_scenes as samples
from tests.ui.scripted import Script, busy_day

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Key = Qt.Key
Opened = Callable[[], tuple[ControlWindow, Script]]


@pytest.fixture
def control(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> Opened:
    scenes.settled_at_once(monkeypatch)

    def made() -> tuple[ControlWindow, Script]:
        window, script = scenes.connected("zh_CN")
        busy_day(script)
        window.show()
        window.activateWindow()
        scenes.settle(window)
        window.presenter.choice.choose_item("B1")
        window.refresh()
        scenes.settle(window)
        return window, script

    return made


def sheet_of(window: ControlWindow) -> VerdictSheet:
    sheet = window._sheet
    assert isinstance(sheet, VerdictSheet)
    assert sheet.isVisible()
    return sheet


def answer(window: ControlWindow, script: Script, view: VerdictView | Exception) -> VerdictSheet:
    future = script.service.explaining[-1]
    if isinstance(view, Exception):
        future.set_exception(view)
    else:
        future.set_result(view)
    scenes.settle(window)
    return sheet_of(window)


def words_of(part: QWidget) -> str:
    return " ".join(label.text() for label in part.findChildren(QLabel) if label.isVisible())


def card_of(window: ControlWindow) -> VerdictCard:
    return next(card for card in window.body.result.findChildren(VerdictCard) if card.isVisible())


def test_one_click_on_a_result_asks_why_and_shows_it(control: Opened) -> None:
    window, script = control()
    QTest.mouseClick(card_of(window), Qt.MouseButton.LeftButton)
    assert script.service.asked == [("v1", "B1", 1)]
    assert "正在读取" in words_of(sheet_of(window).place)
    sheet = answer(window, script, samples.brakes())
    assert "轴制动率 =（268 + 196）÷（0.98 × 790）× 100 % = 59.93283389305 %" in words_of(sheet.derivation)
    assert "59.9" in words_of(sheet.recorded)
    assert "完全一致" in words_of(sheet.banner)
    assert sheet.curve.isVisible()
    assert "模拟数据" in words_of(sheet)


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Space])
def test_a_result_with_the_keyboard_on_it_is_explained_by_a_key(control: Opened, key: Qt.Key) -> None:
    window, script = control()
    card = card_of(window)
    card.setFocus()
    QTest.keyClick(card, key)
    assert script.service.asked == [("v1", "B1", 1)]
    QTest.keyClick(sheet_of(window), Key.Key_Escape)
    assert window._sheet is None
    assert script.service.sent == [script.service.sent[0]], "nothing but the sign-in was ever sent"


def test_the_result_that_is_large_is_explained_from_wherever_the_keyboard_is(control: Opened) -> None:
    window, script = control()
    QTest.keyClick(window, Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert script.service.asked == [("v1", "B1", 1)]
    window.ask_verdict("W1")
    assert len(script.service.asked) == 1, "one sheet at a time"


def test_a_row_of_the_items_is_explained_by_a_double_click(control: Opened) -> None:
    window, script = control()
    rows = window.body.items
    place = rows.visualRect(rows.model().index(0, 0)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert script.service.asked == [("v1", "W1", 1)]


def test_the_limit_is_a_level_and_the_difference_a_moment_of_the_curve(control: Opened) -> None:
    window, script = control()
    window.ask_verdict("B2/axle_brake_rate")
    sheet = answer(window, script, samples.brakes())
    (limit,) = sheet.curve.curve.plot.limits
    assert limit.words == "要求合力 ≥ 154.8 daN"
    sheet.quantities.chosen.emit("imbalance")
    scenes.settle(window)
    plot = sheet.curve.curve.plot
    assert {"起点", "终点", "差值最大"} <= {each.words for each in plot.moments}
    assert plot.limits == ()
    assert "不平衡率" in words_of(sheet.recorded)


def test_the_exhaust_is_drawn_by_seconds_with_its_limit(control: Opened) -> None:
    window, script = control()
    window.ask_verdict("B1/high_idle_hc")
    sheet = answer(window, script, samples.exhaust())
    plot = sheet.curve.curve.plot
    assert [line.key for line in plot.lines] == ["hc_ppm"]
    assert [limit.value for limit in plot.limits] == [50.0]
    assert not sheet.editions.isVisible(), "no other edition judges exhaust"


def test_another_edition_stands_beside_with_its_own_derivation(control: Opened) -> None:
    window, script = control()
    window.ask_verdict("B2")
    sheet = answer(window, script, samples.brakes())
    assert not sheet.other.isVisible()
    sheet.editions.chosen.emit(samples.OLD)
    scenes.settle(window)
    assert samples.OLD in words_of(sheet.other)
    assert "2020-12-31" in words_of(sheet.other), "the day whose figures stand in"
    assert f"按 {samples.OLD} 的推导过程" in words_of(sheet.derivation)
    sheet.editions.chosen.emit("none")
    scenes.settle(window)
    assert not sheet.other.isVisible()


def test_missing_raw_data_are_said_and_the_stored_result_stays(control: Opened) -> None:
    window, script = control()
    window.ask_verdict("B2/axle_brake_rate")
    sheet = answer(window, script, samples.gone())
    assert "原始数据已不在存档中" in words_of(sheet.banner)
    assert "59.9" in words_of(sheet.recorded)
    assert not sheet.curve.isVisible()


def test_a_result_that_does_not_come_out_again_is_said_with_the_field(control: Opened) -> None:
    window, script = control()
    window.ask_verdict("whole")
    assert script.service.asked == [("v1", "whole", None)]
    sheet = answer(window, script, samples.forged())
    assert "存档 68.4，现在 66.0" in words_of(sheet.banner)


def test_a_question_that_went_astray_is_named_and_can_be_asked_again(control: Opened) -> None:
    window, script = control()
    window.ask_verdict("B2")
    sheet = answer(window, script, LinkError("link.time_out", url="http://service", seconds="15.0"))
    assert sheet.place.isVisible()
    sheet.place.button.click()
    assert len(script.service.asked) == 2
    answer(window, script, samples.brakes())
    assert not sheet.place.isVisible()


def test_a_refusal_of_the_service_is_shown_in_words(control: Opened) -> None:
    window, script = control()
    window.ask_verdict("B2")
    problem = Problem("desk.verdicts.no_item", {"item": "B2", "visit": "v1", "known": "B1"})
    sheet = answer(window, script, LinkError(problem.code, **problem.params))
    assert "没有项目 B2" in words_of(sheet.place)


def test_without_the_service_nobody_is_asked_and_the_lane_goes_on(control: Opened) -> None:
    window, script = control()
    script.service_down()
    scenes.settle(window)
    window.ask_verdict("B2")
    assert script.service.asked == []
    assert "服务端没有应答" in words_of(sheet_of(window).place)


def test_the_stops_stay_in_reach_over_the_sheet(control: Opened) -> None:
    window, script = control()
    window.ask_verdict("B2")
    sheet = answer(window, script, samples.brakes())
    stop = window.body.buttons.stop
    corner = stop.mapTo(window, stop.rect().center())
    assert not sheet.mask().contains(corner)
    assert not sheet.card.geometry().contains(corner)
    lane = script.lanes["1"]
    before = len(lane.sent)
    QTest.keyClick(window, Key.Key_F12)
    scenes.settle(window)
    assert [type(each) for each in lane.sent[before:]] == [StopLane]


def test_an_answer_to_a_closed_sheet_is_dropped(control: Opened) -> None:
    window, script = control()
    window.ask_verdict("B2")
    QTest.keyClick(sheet_of(window), Key.Key_Return)
    assert window._sheet is None
    script.service.explaining[-1].set_result(samples.brakes())
    scenes.settle(window)


def test_every_control_is_reached_by_the_tab_key_and_has_a_name(control: Opened) -> None:
    window, script = control()
    window.ask_verdict("B2")
    sheet = answer(window, script, samples.brakes())
    seen = []
    for _ in range(6):
        QTest.keyClick(window.focusWidget(), Key.Key_Tab)
        focused = window.focusWidget()
        assert focused is not None
        assert sheet.isAncestorOf(focused)
        assert focused.accessibleName()
        seen.append(focused.objectName())
    assert {"verdict_quantity_axle_brake_rate", "verdict_edition_none", "verdict_derivation"} <= set(seen)


def test_the_signer_asks_about_a_value_by_enter_or_a_click_before_he_signs(app: QApplication) -> None:
    window = signing_scenes.values("zh_CN")
    window.show()
    signing_scenes.settle(window)
    link = window.station.service.link
    table = window.body.report.values.view
    table.setFocus()
    table.setCurrentIndex(table.rows.index(0, 0))
    QTest.keyClick(table, Key.Key_Return)
    (asked,) = link.asked  # type: ignore[attr-defined]
    assert asked[1:] == (window.body.report.values.key.partition("/")[0], None)
    sheet = window._verdict
    assert sheet is not None
    QTest.keyClick(sheet, Key.Key_Escape)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(table.rows.index(1, 0)).center())
    assert len(link.asked) == 2  # type: ignore[attr-defined]
