"""Search box, segments, switch and steps, by key and as they are told to others."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from carcheck_desktop.ui.theme.density import TOUCH
from carcheck_desktop.ui.theme.look import Look, wear
from carcheck_desktop.ui.theme.tokens import LIVELY, STILL, Tone
from carcheck_desktop.ui.widgets.forms.action_bar import ActionBar
from carcheck_desktop.ui.widgets.forms.choice_group import ChoiceGroup
from carcheck_desktop.ui.widgets.forms.search_box import DEBOUNCE_MS, SearchBox
from carcheck_desktop.ui.widgets.forms.spinner import Spinner
from carcheck_desktop.ui.widgets.forms.states import (
    ActionBarState,
    ActionState,
    ChoiceOption,
    ChoiceState,
    SearchState,
    Standing,
    StepperState,
    StepState,
    ToggleState,
)
from carcheck_desktop.ui.widgets.forms.stepper import Stepper
from carcheck_desktop.ui.widgets.forms.toggle import Toggle
from tests.ui.widgets.hands import put_away, wait_until

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LAMPS = tuple(ChoiceOption(value, words) for value, words in (("two", "二灯制"), ("four", "四灯制"), ("none", "无")))


class Place(QWidget):
    """A window with one of each."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.search = SearchBox("search", "查找", "号牌、姓名或电话")
        self.group = ChoiceGroup("lamp", "灯光系统")
        self.toggle = Toggle("consent")
        self.stepper = Stepper("steps")
        self.spinner = Spinner(20)
        self.after = QLineEdit()
        self.bar = ActionBar("bar", clock=lambda: 100.0)
        whole = QVBoxLayout(self)
        for part in (self.search, self.group, self.toggle, self.stepper, self.spinner, self.after, self.bar):
            whole.addWidget(part)
        self.search.searched.connect(self.heard.append)
        self.group.chosen.connect(self.heard.append)
        self.toggle.switched.connect(self.heard.append)
        self.bar.chosen.connect(self.heard.append)
        self.group.show_choice(ChoiceState(LAMPS, "two"))
        self.toggle.show_toggle(ToggleState("短信通知", on=False, said="关"))
        self.bar.show_actions(ActionBarState(ActionState("go", "下一步", "check", True)))
        self.bar._since_s = 0.0


@pytest.fixture
def place(app: QApplication) -> Iterator[Place]:
    made = Place()
    wear(made, Look())
    made.resize(700, 500)
    made.show()
    made.activateWindow()
    app.processEvents()
    yield made
    put_away(made)


# ---------------------------------------------------------------- search


def test_a_search_starts_once_the_typing_rests(place: Place) -> None:
    place.search.setFocus()
    QTest.keyClicks(place.search, "B12")
    assert place.heard == []
    assert place.search._wait.interval() == DEBOUNCE_MS == 150
    wait_until(lambda: bool(place.heard))
    assert place.heard == ["B12"]


def test_enter_does_not_wait_and_does_not_act_on_old_hits(place: Place) -> None:
    place.search.setFocus()
    QTest.keyClicks(place.search, "B12")
    QTest.keyClick(place.search, Qt.Key.Key_Return)
    assert place.heard == ["B12"]
    QTest.keyClick(place.search, Qt.Key.Key_Return)
    assert place.heard == ["B12", "go"]


def test_escape_clears_and_down_goes_to_the_hits(place: Place) -> None:
    moved: list[bool] = []
    place.search.moved_down.connect(lambda: moved.append(True))
    place.search.setFocus()
    QTest.keyClicks(place.search, "B12")
    QTest.keyClick(place.search, Qt.Key.Key_Down)
    assert moved == [True]
    assert place.heard == ["B12"]
    QTest.keyClick(place.search, Qt.Key.Key_Escape)
    assert place.search.text() == ""
    assert place.heard == ["B12", ""]


def test_the_count_stands_in_the_box_beside_what_is_typed(place: Place, app: QApplication) -> None:
    place.search.show_search(SearchState("12 条"))
    app.processEvents()
    behind = place.search._behind.geometry()
    assert place.search.rect().contains(behind)
    assert place.search.textMargins().right() >= behind.width()
    assert place.search.accessibleDescription() == "12 条"
    place.search.show_search(SearchState("服务中断", Tone.CAUTION, busy=True, offline=True))
    assert place.search._spinner.isVisible()
    place.search.show_search(SearchState(enabled=False))
    assert not place.search.isEnabled()


# ---------------------------------------------------------------- segments


def segment(place: Place, value: str) -> QPushButton:
    found = place.group.findChild(QPushButton, f"lamp_{value}")
    assert isinstance(found, QPushButton)
    return found


def test_the_arrow_keys_choose_and_go_around(place: Place) -> None:
    segment(place, "two").setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        focused = place.focusWidget()
        QTest.keyClick(focused, key)
    assert place.heard == ["four", "none", "two", "none"]
    assert place.group.value == "none"
    assert segment(place, "none").hasFocus()


def test_tab_enters_at_the_chosen_one_and_leaves_at_once(place: Place) -> None:
    place.group.show_choice(ChoiceState(LAMPS, "four"))
    place.search.setFocus()
    QTest.keyClick(place.search, Qt.Key.Key_Tab)
    assert segment(place, "four").hasFocus()
    QTest.keyClick(segment(place, "four"), Qt.Key.Key_Tab)
    assert place.toggle.hasFocus()


def test_what_cannot_be_chosen_is_passed_over_and_says_why(place: Place) -> None:
    barred = ChoiceOption("four", "四灯制", enabled=False, why_not="挂车才可选")
    place.group.show_choice(ChoiceState((LAMPS[0], barred, LAMPS[2]), "two"))
    segment(place, "two").setFocus()
    QTest.keyClick(segment(place, "two"), Qt.Key.Key_Right)
    assert place.group.value == "none"
    assert segment(place, "four").accessibleDescription() == "挂车才可选"


def test_a_click_on_the_chosen_one_changes_nothing(place: Place) -> None:
    QTest.mouseClick(segment(place, "two"), Qt.MouseButton.LeftButton)
    assert segment(place, "two").isChecked()
    assert place.heard == []


def test_a_choice_that_is_shown_is_not_a_choice_that_was_made(place: Place) -> None:
    place.group.show_choice(ChoiceState(LAMPS, "none"))
    assert place.group.value == "none"
    assert place.heard == []
    place.group.show_choice(ChoiceState(LAMPS[:2], "four"))
    assert place.group.value == "four"


# ---------------------------------------------------------------- switch


def test_space_asks_to_switch_and_the_window_decides(place: Place) -> None:
    place.toggle.setFocus()
    QTest.keyClick(place.toggle, Qt.Key.Key_Space)
    assert place.heard == [True]
    assert not place.toggle.isChecked()
    place.toggle.show_toggle(ToggleState("短信通知", on=True, said="开"))
    assert place.toggle.isChecked()
    assert place.toggle.accessibleName() == "短信通知 开"
    place.toggle.show_toggle(ToggleState("短信通知", on=True, said="开", enabled=False, why_not="没有电话"))
    QTest.mouseClick(place.toggle, Qt.MouseButton.LeftButton)
    assert place.heard == [True]


def test_a_switch_grows_for_the_thumb(place: Place, app: QApplication) -> None:
    before = place.toggle.sizeHint().height()
    wear(place, Look(density=TOUCH))
    app.processEvents()
    assert place.toggle.sizeHint().height() > before


# ---------------------------------------------------------------- steps


def steps(*standings: Standing) -> StepperState:
    names = ("受理", "核对", "缴费", "取号")
    states = tuple(StepState(name, standing) for name, standing in zip(names, standings, strict=True))
    return StepperState(states, "第 2 步，共 4 步：核对")


def picture(widget: QWidget) -> bytes:
    image = widget.grab().toImage()
    return bytes(image.constBits())


def test_every_standing_looks_different_and_is_spoken(place: Place, app: QApplication) -> None:
    done, now, to_do, blocked = Standing.DONE, Standing.NOW, Standing.TO_DO, Standing.BLOCKED
    seen = set()
    for second in (done, now, to_do, blocked):
        place.stepper.show_steps(steps(done, second, to_do, to_do))
        app.processEvents()
        seen.add(picture(place.stepper))
    assert len(seen) == 4
    assert place.stepper.accessibleName() == "第 2 步，共 4 步：核对"


def test_where_there_is_no_room_only_the_present_step_is_named(place: Place, app: QApplication) -> None:
    place.stepper.show_steps(steps(Standing.DONE, Standing.NOW, Standing.TO_DO, Standing.TO_DO))
    assert place.stepper.minimumSizeHint().width() < place.stepper.sizeHint().width()


# ---------------------------------------------------------------- spinner


def test_the_spinner_turns_only_where_it_is_seen_and_motion_is_wanted(place: Place, app: QApplication) -> None:
    assert place.spinner._timer.isActive()
    wear(place, Look(motion=STILL))
    app.processEvents()
    assert not place.spinner._timer.isActive()
    wear(place, Look(motion=LIVELY))
    app.processEvents()
    place.spinner.hide()
    assert not place.spinner._timer.isActive()
