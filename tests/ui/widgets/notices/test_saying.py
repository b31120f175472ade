"""Banners, places with nothing to show, progress."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.theme.look import Look, wear
from carcheck_desktop.ui.theme.tokens import STILL, Tone
from carcheck_desktop.ui.widgets.forms.states import ActionState
from carcheck_desktop.ui.widgets.notices.banner import Banner, Banners
from carcheck_desktop.ui.widgets.notices.empty import Empty
from carcheck_desktop.ui.widgets.notices.place import Place
from carcheck_desktop.ui.widgets.notices.progress import Progress, remaining_s
from carcheck_desktop.ui.widgets.notices.states import (
    SEVERITY,
    BannerState,
    PlaceKind,
    PlaceState,
    ProgressState,
    by_severity,
)
from tests.ui.widgets.hands import put_away

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Window(QWidget):
    def __init__(self, words: Words) -> None:
        super().__init__()
        self.banners = Banners("banners", words)
        self.place = Place("place")
        self.empty = Empty("empty")
        self.progress = Progress("progress")
        whole = QVBoxLayout(self)
        for part in (self.banners, self.place, self.empty, self.progress):
            whole.addWidget(part)


@pytest.fixture
def window(app: QApplication, words: Words) -> Iterator[Window]:
    made = Window(words)
    wear(made, Look())
    made.resize(900, 800)
    made.show()
    made.activateWindow()
    app.processEvents()
    yield made
    put_away(made)


def banner(tone: Tone, text: str = "") -> BannerState:
    return BannerState(tone, "info", text or tone.value)


def shown(window: Window) -> list[str]:
    return [each.accessibleName() for each in window.banners.findChildren(Banner) if each.isVisible()]


@given(st.lists(st.sampled_from(SEVERITY)))
def test_the_gravest_banner_is_first_and_equals_keep_their_order(tones: list[Tone]) -> None:
    ordered = by_severity([BannerState(tone, "info", str(number)) for number, tone in enumerate(tones)])
    keys = [(SEVERITY.index(state.tone), int(state.text)) for state in ordered]
    assert keys == sorted(keys)
    assert len(ordered) == len(tones)


def test_what_does_not_fit_is_counted_and_shown_by_a_key(window: Window, app: QApplication) -> None:
    window.banners.show_banners(tuple(banner(tone) for tone in (Tone.GOOD, Tone.CAUTION, Tone.BAD, Tone.NEUTRAL)))
    assert shown(window) == ["bad", "caution"]
    more = window.banners._more
    assert more.text() == "还有 2 条"
    more.setFocus()
    QTest.keyClick(more, Qt.Key.Key_Space)
    assert shown(window) == ["bad", "caution", "good", "neutral"]
    QTest.keyClick(more, Qt.Key.Key_Space)
    assert shown(window) == ["bad", "caution"]
    window.banners.show_banners(())
    assert not window.banners.isVisible()


def test_no_alarm_is_ever_left_out(window: Window) -> None:
    alarms = tuple(banner(Tone.ALARM, f"alarm {number}") for number in range(4))
    window.banners.show_banners((banner(Tone.GOOD), *alarms))
    assert shown(window) == ["alarm 0", "alarm 1", "alarm 2", "alarm 3"]
    assert window.banners._more.text() == "还有 1 条"


def test_every_kind_of_place_is_told_apart_and_may_be_tried_again(window: Window) -> None:
    heard: list[str] = []
    window.place.acted.connect(heard.append)
    retry = ActionState("retry", "重试  F5", "rotate-ccw", True)
    window.place.show_place(PlaceState(PlaceKind.LOADING, "正在读取"))
    assert window.place._spinner.isVisible()
    assert not window.place.button.isVisible()
    window.place.show_place(PlaceState(PlaceKind.ERROR, "读不出业务", "数据库没有应答。", action=retry))
    assert not window.place._spinner.isVisible()
    assert window.place.accessibleName() == "读不出业务 数据库没有应答。"
    window.place.button.setFocus()
    QTest.keyClick(window.place.button, Qt.Key.Key_Space)
    assert heard == ["retry"]


def test_an_empty_place_keeps_its_sign(window: Window) -> None:
    window.empty.show_empty("还没有业务", "按 F3", "car-front")
    window.empty.show_empty("还没有业务")
    assert window.empty._state is not None
    assert window.empty._state.icon == "car-front"


def test_giving_up_is_heard_once(window: Window) -> None:
    heard: list[bool] = []
    window.progress.cancelled.connect(lambda: heard.append(True))
    cancel = ActionState("cancel", "取消", "x", True)
    window.progress.show_progress(ProgressState("正在补传", 0.4, "约剩 2 分钟", cancel))
    QTest.mouseClick(window.progress.button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(window.progress.button, Qt.MouseButton.LeftButton)
    assert heard == [True]
    window.progress.show_progress(ProgressState("正在补传", 0.5, "约剩 1 分钟", cancel))
    assert not window.progress.button.isEnabled()
    window.progress.show_progress(ProgressState("正在打印", 0.1, "", ActionState("other", "取消", "x", True)))
    assert window.progress.button.isEnabled()


def test_progress_is_spoken_and_never_leaves_its_track(window: Window) -> None:
    window.progress.show_progress(ProgressState("正在补传", 1.7, "快好了"))
    assert window.progress.accessibleName() == "正在补传 100 % 快好了"
    assert window.progress._bar._chunks() == [(0.0, 1.0)]
    window.progress.show_progress(ProgressState("正在补传", None))
    assert window.progress.accessibleName() == "正在补传"
    ((left, right),) = window.progress._bar._chunks()
    assert 0 <= left < right <= 1


def test_nothing_moves_where_motion_is_not_wanted(window: Window, app: QApplication) -> None:
    window.progress.show_progress(ProgressState("正在清点", None))
    app.processEvents()
    assert window.progress._bar._timer.isActive()
    wear(window, Look(motion=STILL))
    app.processEvents()
    assert not window.progress._bar._timer.isActive()
    assert len(window.progress._bar._chunks()) > 1


@given(st.floats(0, 1), st.floats(0, 10_000))
def test_what_is_left_is_a_time_or_not_known(done: float, elapsed_s: float) -> None:
    left = remaining_s(done, elapsed_s)
    assert left is None or left >= 0
    if left is not None:
        assert (elapsed_s + left) * done == pytest.approx(elapsed_s)
