"""Messages go by themselves, refusals stay, and none ever lies over the stop or the next action."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.theme.density import TOUCH
from carcheck_desktop.ui.theme.look import Look, wear
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.forms.action_bar import ActionBar
from carcheck_desktop.ui.widgets.forms.states import ActionBarState, ActionState
from carcheck_desktop.ui.widgets.notices import toast as module
from carcheck_desktop.ui.widgets.notices.states import LEAST_MS, MOST_MS, ToastState
from carcheck_desktop.ui.widgets.notices.toast import Toast, Toasts
from tests.ui.widgets.hands import put_away, wait_until

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Desk(QWidget):
    def __init__(self, words: Words) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.bar = ActionBar("bar")
        whole = QVBoxLayout(self)
        whole.addWidget(self.line)
        whole.addStretch(1)
        whole.addWidget(self.bar)
        stop = ActionState("stop", "停止  F12", "octagon-x", True, shortcut="F12")
        self.bar.show_actions(ActionBarState(ActionState("go", "下一步", "check", True), (), stop))
        self.toasts = Toasts(self, words, above=self.bar)

    def keys(self) -> list[str]:
        return [toast.state.key for toast in self.toasts.toasts if toast.state is not None]


@pytest.fixture
def desk(app: QApplication, words: Words) -> Iterator[Desk]:
    made = Desk(words)
    wear(made, Look())
    made.resize(900, 600)
    made.show()
    made.activateWindow()
    app.processEvents()
    yield made
    put_away(made)


def saved(key: str) -> ToastState:
    return ToastState(key, Tone.GOOD, "circle-check", f"已受理 {key}")


def refused(key: str) -> ToastState:
    return ToastState(key, Tone.BAD, "circle-x", "未能收款", "支付平台没有应答", stays=True)


def pass_time(toast: Toast, milliseconds: int) -> None:
    """Let a message's time go by without waiting for it."""
    toast._left_ms -= milliseconds
    toast._tick()


def test_a_message_goes_when_its_time_is_over(desk: Desk) -> None:
    gone: list[str] = []
    desk.toasts.gone.connect(gone.append)
    desk.toasts.say(saved("a"))
    toast = desk.toasts.toasts[0]
    assert toast._timer.isActive()
    pass_time(toast, 1000)
    assert LEAST_MS - 2000 < toast.left_ms <= LEAST_MS - 1000
    pass_time(toast, MOST_MS)
    assert gone == ["a"]
    assert not desk.toasts.isVisible()


def test_a_refusal_stays_until_it_is_put_away(desk: Desk) -> None:
    desk.toasts.say(refused("a"))
    toast = desk.toasts.toasts[0]
    assert not toast._timer.isActive()
    toast.close_button.setFocus()
    QTest.keyClick(toast.close_button, Qt.Key.Key_Space)
    assert desk.keys() == []


def test_the_time_rests_under_the_focus(desk: Desk) -> None:
    desk.toasts.say(saved("a"))
    toast = desk.toasts.toasts[0]
    toast.close_button.setFocus()
    toast._left_ms = 50
    QTest.qWait(250)
    assert desk.keys() == ["a"]
    desk.line.setFocus()
    wait_until(lambda: desk.keys() == [])


def test_the_time_rests_under_a_mouse_that_was_moved_there(desk: Desk, app: QApplication) -> None:
    desk.toasts.say(saved("a"))
    toast = desk.toasts.toasts[0]
    for place in (QPoint(12, 12), QPoint(16, 14)):
        QTest.mouseMove(toast, place)
        app.processEvents()
    pass_time(toast, MOST_MS)
    assert desk.keys() == ["a"]
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    pass_time(toast, 0)
    assert desk.keys() == []


def test_longer_texts_stay_longer_but_not_for_ever() -> None:
    short, long = saved("a"), ToastState("b", Tone.GOOD, "check", "很长的一句话" * 8)
    assert LEAST_MS == short.lasts_ms < long.lasts_ms <= MOST_MS


def test_the_fourth_takes_the_place_of_the_oldest_that_goes_by_itself(desk: Desk) -> None:
    for state in (refused("a"), saved("b"), saved("c"), saved("d")):
        desk.toasts.say(state)
    assert desk.keys() == ["a", "c", "d"]


def test_behind_three_refusals_others_wait_and_are_counted(desk: Desk) -> None:
    for state in (refused("a"), refused("b"), refused("c"), saved("d"), refused("e")):
        desk.toasts.say(state)
    assert desk.keys() == ["a", "b", "c"]
    assert desk.toasts._more.text() == "还有 2 条未显示"
    desk.toasts.take_back("b")
    assert desk.keys() == ["a", "c", "d"]
    desk.toasts.take_back("e")
    assert not desk.toasts._more.isVisible()


def test_the_same_message_again_is_one_message(desk: Desk) -> None:
    desk.toasts.say(saved("a"))
    pass_time(desk.toasts.toasts[0], 2000)
    desk.toasts.say(ToastState("a", Tone.CAUTION, "triangle-alert", "已受理两次"))
    assert desk.keys() == ["a"]
    assert desk.toasts.toasts[0].left_ms > LEAST_MS - 1000
    assert desk.toasts.toasts[0].accessibleName() == "已受理两次"


def test_each_message_is_announced_to_who_does_not_see_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    announced: list[str] = []
    monkeypatch.setattr(module, "announce", lambda widget: announced.append(widget.accessibleName()))
    desk.toasts.say(saved("a"))
    desk.toasts.say(refused("b"))
    assert announced == ["已受理 a", "未能收款 支付平台没有应答"]


@pytest.mark.parametrize("size", [(900, 600), (500, 400), (1366, 768)])
@pytest.mark.parametrize("look", [Look(), Look(density=TOUCH, scale=1.25)])
def test_messages_never_lie_over_stop_and_next_action(
    desk: Desk, app: QApplication, size: tuple[int, int], look: Look
) -> None:
    for key in ("a", "b", "c"):
        desk.toasts.say(refused(key))
    wear(desk, look)
    desk.resize(*size)
    for _ in range(4):
        app.processEvents()
    place = desk.toasts.geometry()
    for button in (desk.bar.stop, desk.bar.primary):
        area = QRect(button.mapTo(desk, QPoint(0, 0)), button.size())
        assert not place.intersects(area)
    assert desk.rect().contains(place)


def test_the_focus_stays_where_somebody_types(desk: Desk) -> None:
    desk.line.setFocus()
    desk.toasts.say(refused("a"))
    assert desk.line.hasFocus()
    assert desk.toasts.toasts[0].close_button.accessibleName() == "关闭消息"
