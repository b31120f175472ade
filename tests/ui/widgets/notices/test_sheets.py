"""Questions inside the window: no is never far, yes never by accident, and the stop always works."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from carcheck_desktop.ui.theme.look import Look, wear
from carcheck_desktop.ui.widgets.forms.action_bar import SETTLE_S, ActionBar
from carcheck_desktop.ui.widgets.forms.states import ActionBarState, ActionState
from carcheck_desktop.ui.widgets.notices.sheets import sheet as module
from carcheck_desktop.ui.widgets.notices.sheets.confirm import Confirm
from carcheck_desktop.ui.widgets.notices.states import ConfirmState
from tests.ui.widgets.hands import put_away, type_text

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

PRINT = ConfirmState("打印三份报告？", ActionState("print", "打印  Enter", "check", True), "取消  Esc")
VOID = ConfirmState(
    "作废这张合格标志？", ActionState("void", "作废", "ban", True), "取消  Esc",
    consequences=("编号不能再用。", "要补打一张。"), destructive=True,
)  # fmt: skip
ABORT = ConfirmState(
    "中止检测？", ActionState("abort", "中止", "ban", True), "取消  Esc",
    destructive=True, reason_label="原因", reason_missing="请写明原因",
)  # fmt: skip


class Desk(QWidget):
    """A window with an input, a shortcut of its own and a bar with a stop."""

    def __init__(self) -> None:
        super().__init__()
        self.now_s = 100.0
        self.heard: list[str] = []
        self.line = QLineEdit()
        self.bar = ActionBar("bar", clock=lambda: self.now_s)
        whole = QVBoxLayout(self)
        whole.addWidget(self.line)
        whole.addStretch(1)
        whole.addWidget(self.bar)
        stop = ActionState("stop", "停止  F12", "octagon-x", True, shortcut="F12")
        back = ActionState("back", "上一步  F7", "rotate-ccw", True, shortcut="F7")
        self.bar.show_actions(ActionBarState(ActionState("go", "下一步", "check", True), (back,), stop))
        self.bar.chosen.connect(self.heard.append)
        QShortcut(QKeySequence("F3"), self, lambda: self.heard.append("shortcut"))
        self.now_s += 10

    def ask(self, state: ConfirmState) -> Confirm:
        sheet = Confirm(self, "ask", state, self.bar)
        sheet.clock = lambda: self.now_s
        sheet.answered.connect(lambda is_yes, reason: self.heard.append(f"{is_yes} {reason}".strip()))
        sheet.open()
        self.now_s += 10
        return sheet


@pytest.fixture
def desk(app: QApplication) -> Iterator[Desk]:
    made = Desk()
    wear(made, Look())
    made.resize(1000, 640)
    made.show()
    made.activateWindow()
    made.line.setFocus()
    app.processEvents()
    yield made
    put_away(made)


def press(desk: Desk, key: Qt.Key) -> None:
    focused = desk.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def test_enter_is_yes_and_the_window_hears_nothing_of_it(desk: Desk) -> None:
    desk.ask(PRINT)
    press(desk, Qt.Key.Key_Return)
    assert desk.heard == ["True"]
    assert desk.line.hasFocus()


def test_escape_is_no_and_the_focus_goes_back(desk: Desk) -> None:
    desk.ask(PRINT)
    press(desk, Qt.Key.Key_Escape)
    assert desk.heard == ["False"]
    assert desk.line.hasFocus()


def test_a_destructive_yes_is_never_the_default(desk: Desk) -> None:
    sheet = desk.ask(VOID)
    assert sheet.cancel.hasFocus()
    press(desk, Qt.Key.Key_Return)
    assert desk.heard == ["False"]


def test_a_destructive_yes_is_gone_to_and_taken(desk: Desk) -> None:
    sheet = desk.ask(VOID)
    press(desk, Qt.Key.Key_Tab)
    assert sheet.primary.hasFocus()
    press(desk, Qt.Key.Key_Return)
    assert desk.heard == ["True"]


def test_no_reason_no_yes(desk: Desk) -> None:
    sheet = desk.ask(ABORT)
    press(desk, Qt.Key.Key_Return)
    assert desk.heard == []
    assert sheet.reason is not None
    assert sheet.reason.control.accessibleDescription() == "请写明原因"
    assert not sheet.primary.isEnabled()
    focused = desk.focusWidget()
    assert focused is sheet.reason.control
    type_text(focused, "车主要求 stop")
    press(desk, Qt.Key.Key_Return)
    assert desk.heard == []
    assert sheet.primary.hasFocus()
    press(desk, Qt.Key.Key_Return)
    assert desk.heard == ["True 车主要求 stop"]


def test_blanks_are_no_reason(desk: Desk) -> None:
    sheet = desk.ask(ABORT)
    assert sheet.reason is not None
    QTest.keyClicks(sheet.reason.control, "   ")
    assert not sheet.primary.isEnabled()


def test_an_enter_that_was_meant_for_something_else_is_not_taken(desk: Desk) -> None:
    desk.ask(PRINT)
    desk.now_s -= 10 - SETTLE_S / 2
    press(desk, Qt.Key.Key_Return)
    assert desk.heard == []
    desk.now_s += SETTLE_S
    press(desk, Qt.Key.Key_Return)
    assert desk.heard == ["True"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Backtab])
@pytest.mark.parametrize("state", [PRINT, VOID, ABORT])
def test_the_tab_key_stays_inside(desk: Desk, state: ConfirmState, key: Qt.Key) -> None:
    sheet = desk.ask(state)
    seen = set()
    for _ in range(6):
        press(desk, key)
        focused = desk.focusWidget()
        assert focused is not None
        assert sheet.isAncestorOf(focused)
        seen.add(focused.objectName())
    wanted = {"ask_cancel", "ask_reason"} if state is ABORT else {"ask_cancel", "ask_ok"}
    assert seen == wanted


def test_the_focus_cannot_be_taken_from_behind(desk: Desk) -> None:
    sheet = desk.ask(PRINT)
    desk.line.setFocus()
    focused = desk.focusWidget()
    assert focused is not None
    assert sheet.isAncestorOf(focused)


def test_only_the_stop_works_behind_a_sheet(desk: Desk) -> None:
    desk.ask(ABORT)
    for key in (Qt.Key.Key_F3, Qt.Key.Key_F7, Qt.Key.Key_F12):
        press(desk, key)
    assert desk.heard == ["stop"]
    QTest.mouseClick(desk, Qt.MouseButton.LeftButton, pos=desk.bar.primary.mapTo(desk, QPoint(5, 5)))
    assert desk.heard == ["stop"]


def test_the_mouse_reaches_the_stop_through_the_shade(desk: Desk, app: QApplication) -> None:
    desk.ask(PRINT)
    app.processEvents()
    middle = desk.bar.stop.mapTo(desk, desk.bar.stop.rect().center())
    assert desk.childAt(middle) is desk.bar.stop
    other = desk.bar.primary.mapTo(desk, desk.bar.primary.rect().center())
    assert desk.childAt(other) is not desk.bar.primary


def test_after_the_answer_everything_works_again(desk: Desk) -> None:
    desk.ask(PRINT)
    press(desk, Qt.Key.Key_Escape)
    desk.heard.clear()
    for key in (Qt.Key.Key_F3, Qt.Key.Key_F7, Qt.Key.Key_Return):
        press(desk, key)
    assert desk.heard == ["shortcut", "back", "go"]


def test_a_sheet_is_answered_once(desk: Desk) -> None:
    sheet = desk.ask(PRINT)
    QTest.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    sheet.reject()
    sheet.accept()
    assert desk.heard == ["True"]


def test_the_question_and_its_consequences_are_read_and_fit(desk: Desk, app: QApplication) -> None:
    sheet = desk.ask(VOID)
    for size in ((1000, 640), (560, 420), (1366, 768)):
        desk.resize(*size)
        for _ in range(3):
            app.processEvents()
        assert sheet.geometry() == desk.rect()
        assert sheet.rect().contains(sheet.card.geometry())
        for button in sheet.findChildren(QPushButton):
            assert button.width() >= button.sizeHint().width()
    assert sheet.accessibleName() == "作废这张合格标志？"


def test_a_sheet_is_announced(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    announced: list[str] = []
    monkeypatch.setattr(module, "announce", lambda widget: announced.append(widget.accessibleName()))
    desk.ask(PRINT)
    assert announced == ["打印三份报告？"]


def test_a_posed_sheet_takes_no_keys(desk: Desk) -> None:
    Confirm(desk, "posed", PRINT).pose()
    assert desk.line.hasFocus()
    press(desk, Qt.Key.Key_Return)
    assert desk.heard == ["go"]
