"""The next action stands in the same corner and on Enter, wherever somebody is; the stop is never taken away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QCompleter, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from carcheck_desktop.ui.theme.density import TOUCH
from carcheck_desktop.ui.theme.look import Look, wear
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.forms.action_bar import SEEN_S, SETTLE_S, ActionBar
from carcheck_desktop.ui.widgets.forms.states import ActionBarState, ActionState
from tests.ui.widgets.hands import put_away, type_text

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

STOP = ActionState("stop", "停止  F12", "octagon-x", True, shortcut="F12")
BACK = ActionState("back", "上一步  F7", "rotate-ccw", True, shortcut="F7")
VOID = ActionState("void", "作废  F8", "ban", False, "没有可作废的", shortcut="F8")
PAY = ActionState("pay", "收费  Enter", "arrow-right", True)
PRINT = ActionState("print", "打印  Enter", "check", True)


class Desk(QWidget):
    """A window with one input of each kind above the bar."""

    def __init__(self) -> None:
        super().__init__()
        self.now_s = 100.0
        self.line, self.many, self.box = QLineEdit(), QPlainTextEdit(), QComboBox()
        self.box.addItems(["一", "二", "三"])
        self.bar = ActionBar("bar", clock=lambda: self.now_s)
        whole = QVBoxLayout(self)
        for part in (self.line, self.many, self.box, self.bar):
            whole.addWidget(part)
        self.chosen: list[str] = []
        self.refused: list[str] = []
        self.bar.chosen.connect(self.chosen.append)
        self.bar.refused.connect(self.refused.append)
        self.bar.show_actions(ActionBarState(PAY, (BACK, VOID), STOP, "Enter 打开收费"))
        self.now_s += 10


@pytest.fixture
def desk(app: QApplication) -> Iterator[Desk]:
    made = Desk()
    wear(made, Look())
    made.resize(1100, 500)
    made.show()
    made.activateWindow()
    app.processEvents()
    yield made
    put_away(made)


def focused(desk: Desk, widget: QWidget) -> QWidget:
    widget.setFocus()
    assert desk.focusWidget() is widget
    return widget


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_takes_the_next_action_from_every_place(desk: Desk, key: Qt.Key) -> None:
    for widget in (desk.line, desk.box, desk.bar.others["back"], desk.bar.primary, desk.bar.stop):
        QTest.keyClick(focused(desk, widget), key)
    assert desk.chosen == ["pay"] * 5


def test_a_field_of_many_lines_keeps_its_enter(desk: Desk) -> None:
    QTest.keyClick(focused(desk, desk.many), Qt.Key.Key_Return)
    assert desk.chosen == []
    assert desk.many.toPlainText() == "\n"


def test_an_open_list_keeps_its_enter(desk: Desk, app: QApplication) -> None:
    desk.box.showPopup()
    app.processEvents()
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(desk.box.view(), Qt.Key.Key_Down)
    QTest.keyClick(desk.box.view(), Qt.Key.Key_Return)
    assert desk.chosen == []
    assert desk.box.currentText() == "二"


def test_completions_keep_their_enter(desk: Desk, app: QApplication) -> None:
    completer = QCompleter(["粤B12345", "粤B54321"], desk.line)
    desk.line.setCompleter(completer)
    type_text(focused(desk, desk.line), "粤")
    completer.complete()
    app.processEvents()
    popup = completer.popup()
    assert popup is not None
    assert popup.isVisible()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert desk.chosen == []
    assert desk.line.text() == "粤B12345"


def test_a_next_action_that_has_just_changed_is_not_taken(desk: Desk) -> None:
    desk.bar.show_actions(ActionBarState(PRINT, (BACK,), STOP))
    QTest.keyClick(focused(desk, desk.line), Qt.Key.Key_Return)
    QTest.mouseClick(desk.bar.primary, Qt.MouseButton.LeftButton)
    assert desk.chosen == []
    desk.now_s += SETTLE_S
    QTest.keyClick(desk.line, Qt.Key.Key_Return)
    assert desk.chosen == ["print"]


@pytest.mark.parametrize(
    ("seen_s", "answered_s", "again_s", "is_taken"),
    [
        (SEEN_S, 0.1, 0.25, False),  # a key struck twice
        (SEEN_S, 0.1, 0.45, False),
        (SEEN_S, 0.1, 0.5, True),  # the answer's own time is part of the pause
        (SEEN_S, 0.3, 0.55, False),  # nobody has read it yet
        (SEEN_S, 0.3, 0.61, True),
        (SEEN_S, 0.7, 1.1, False),  # who waited long may strike once more just as it comes
        (SEEN_S, 0.7, 1.21, True),
        (None, 0.1, 0.55, False),
        (None, 0.1, 0.61, True),
    ],
)
def test_what_a_key_led_to_waits_for_the_eye_and_not_for_the_software_twice(
    desk: Desk, seen_s: float | None, answered_s: float, again_s: float, *, is_taken: bool
) -> None:
    desk.bar.seen_s = seen_s
    began_s = desk.now_s
    QTest.keyClick(focused(desk, desk.line), Qt.Key.Key_Return)
    desk.bar.show_actions(ActionBarState(PAY, (BACK,), STOP, busy=True))
    desk.now_s = began_s + answered_s
    desk.bar.show_actions(ActionBarState(PRINT, (BACK,), STOP))
    desk.now_s = began_s + again_s
    QTest.keyClick(desk.line, Qt.Key.Key_Return)
    assert desk.chosen == (["pay", "print"] if is_taken else ["pay"])


def test_what_changed_by_itself_is_not_taken_sooner(desk: Desk) -> None:
    desk.bar.seen_s = SEEN_S
    QTest.keyClick(focused(desk, desk.line), Qt.Key.Key_Return)
    desk.now_s += 10
    desk.bar.show_actions(ActionBarState(PRINT, (BACK,), STOP))
    desk.now_s += SETTLE_S - 0.01
    QTest.keyClick(desk.line, Qt.Key.Key_Return)
    assert desk.chosen == ["pay"]
    desk.now_s += 0.02
    QTest.keyClick(desk.line, Qt.Key.Key_Return)
    assert desk.chosen == ["pay", "print"]


def test_another_sentence_does_not_hold_the_next_action_up(desk: Desk) -> None:
    desk.bar.show_actions(ActionBarState(PAY, (BACK,), STOP, "另一句话"))
    QTest.keyClick(focused(desk, desk.line), Qt.Key.Key_Return)
    assert desk.chosen == ["pay"]


def test_what_is_not_possible_is_refused_and_says_why(desk: Desk) -> None:
    held = ActionState("pay", "收费  Enter", "arrow-right", False, "总质量小于整备质量")
    desk.bar.show_actions(ActionBarState(held, (BACK, VOID), STOP, "总质量小于整备质量", Tone.CAUTION))
    QTest.keyClick(focused(desk, desk.line), Qt.Key.Key_Return)
    QTest.keyClick(desk.line, Qt.Key.Key_F8)
    assert desk.chosen == []
    assert desk.refused == ["pay", "void"]
    assert desk.bar.primary.accessibleDescription() == "总质量小于整备质量"


def test_keys_and_buttons_of_the_other_actions(desk: Desk) -> None:
    QTest.keyClick(focused(desk, desk.line), Qt.Key.Key_F7)
    QTest.mouseClick(desk.bar.others["back"], Qt.MouseButton.LeftButton)
    QTest.keyClick(focused(desk, desk.bar.others["back"]), Qt.Key.Key_Space)
    assert desk.chosen == ["back"] * 3


def test_the_stop_works_everywhere_and_while_the_bar_is_busy(desk: Desk) -> None:
    desk.bar.show_actions(ActionBarState(PAY, (BACK,), STOP, "正在收费", Tone.RUNNING, busy=True))
    for widget in (desk.line, desk.many, desk.box):
        QTest.keyClick(focused(desk, widget), Qt.Key.Key_F12)
    QTest.mouseClick(desk.bar.stop, Qt.MouseButton.LeftButton)
    assert desk.chosen == ["stop"] * 4


def test_a_busy_bar_takes_nothing_twice_and_blocks_nothing(desk: Desk) -> None:
    desk.bar.show_actions(ActionBarState(PAY, (BACK,), STOP, "正在收费", Tone.RUNNING, busy=True))
    QTest.keyClick(focused(desk, desk.line), Qt.Key.Key_Return)
    assert desk.chosen == []
    assert not desk.bar.primary.isEnabled()
    type_text(desk.line, "还能输入")
    QTest.keyClick(desk.line, Qt.Key.Key_F7)
    assert desk.line.text() == "还能输入"
    assert desk.chosen == ["back"]


def test_a_hidden_bar_hears_nothing(desk: Desk) -> None:
    desk.bar.hide()
    QTest.keyClick(focused(desk, desk.line), Qt.Key.Key_Return)
    QTest.keyClick(desk.line, Qt.Key.Key_F12)
    assert desk.chosen == []


@pytest.mark.parametrize("look", [Look(), Look(density=TOUCH), Look(scale=2.0)])
def test_the_next_action_stays_in_its_corner(desk: Desk, app: QApplication, look: Look) -> None:
    wear(desk, look)
    corners = set()
    for state in (
        ActionBarState(PAY, (BACK, VOID), STOP, "Enter 打开收费"),
        ActionBarState(PRINT, (), None, ""),
        ActionBarState(PAY, (BACK,), STOP, "很长的一句话" * 12, Tone.CAUTION, busy=True),
    ):
        desk.bar.show_actions(state)
        app.processEvents()
        primary = desk.bar.primary
        corner = primary.mapTo(desk, QPoint(primary.width(), primary.height()))
        corners.add((desk.width() - corner.x(), desk.bar.height() - primary.geometry().bottom()))
    assert len({right for right, _ in corners}) == 1
    assert desk.bar.primary.geometry().left() > desk.bar.stop.geometry().right()


def test_every_button_of_the_bar_has_a_name(desk: Desk) -> None:
    for button in (desk.bar.stop, desk.bar.primary, *desk.bar.others.values()):
        assert button.objectName()
        assert button.accessibleName()


def test_actions_that_go_leave_no_key_behind(desk: Desk) -> None:
    desk.bar.show_actions(ActionBarState(PAY))
    QTest.keyClick(focused(desk, desk.line), Qt.Key.Key_F7)
    QTest.keyClick(desk.line, Qt.Key.Key_F12)
    assert desk.chosen == []
    assert desk.bar.others == {}
