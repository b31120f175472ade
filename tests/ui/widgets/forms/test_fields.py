"""Fields say what they understood, what is wrong and what is doubtful, and are filled in by keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QVBoxLayout, QWidget

from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.theme.look import Look, wear
from carcheck_desktop.ui.theme.tokens import CONTRAST, Tone
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.forms.action_bar import ActionBar
from carcheck_desktop.ui.widgets.forms.field import Field, choice_field, text_field, value_of
from carcheck_desktop.ui.widgets.forms.fields.date_field import DateField, DateRule
from carcheck_desktop.ui.widgets.forms.fields.number_field import NumberField
from carcheck_desktop.ui.widgets.forms.fields.plate_field import PlateField
from carcheck_desktop.ui.widgets.forms.reading.numbers import NumberRule
from carcheck_desktop.ui.widgets.forms.states import ActionBarState, ActionState, FieldMode, FieldState, Origin
from tests.ui.widgets.hands import put_away, type_text

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

TODAY = date(2026, 3, 2)
MASS = NumberRule("kg", Decimal(600), Decimal(3000))


class Form(QWidget):
    """A window with one field of each kind and a bar."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.changes = 0
        self.owner = text_field("owner", "所有人", self.changed)
        self.use = choice_field("use", "使用性质", [("private", "非营运"), ("commercial", "营运")], self.changed)
        rule = DateRule(TODAY, date(1990, 1, 1), TODAY)
        self.day = DateField("day", "注册日期", words, rule, self.changed)
        self.mass = NumberField("mass", "整备质量", words, MASS, self.changed)
        self.plate = PlateField("plate", "号牌号码", words, "粤", self.changed)
        self.bar = ActionBar("bar", clock=lambda: 100.0)
        self.taken: list[str] = []
        self.bar.chosen.connect(self.taken.append)
        whole = QVBoxLayout(self)
        for part in (self.owner, self.use, self.day, self.mass, self.plate, self.bar):
            whole.addWidget(part)
        self.bar.show_actions(ActionBarState(ActionState("go", "下一步", "check", True)))
        self.bar._since_s = 0.0

    def changed(self) -> None:
        self.changes += 1


@pytest.fixture
def form(app: QApplication, words: Words) -> Iterator[Form]:
    made = Form(words)
    wear(made, Look())
    made.resize(700, 700)
    made.show()
    made.activateWindow()
    app.processEvents()
    yield made
    put_away(made)


def said(field: Field) -> str:
    return field._message._whole.strip()


def tone(field: Field) -> str:
    return str(field.control.property("tone"))


def put_in(field: Field, text: str) -> None:
    field.control.setFocus()
    assert isinstance(field.control, QLineEdit)
    field.control.selectAll()
    QTest.keyClick(field.control, Qt.Key.Key_Delete)
    type_text(field.control, text)


# ---------------------------------------------------------------- states


def test_every_state_is_shown_by_a_sign_and_words(form: Form) -> None:
    form.owner.show_field(FieldState(Tone.BAD, "与行驶证不一致", origin=Origin("id-card", "行驶证")))
    assert said(form.owner) == "与行驶证不一致"
    assert tone(form.owner) == "bad"
    assert form.owner._icon.isVisible()
    assert form.owner._origin.text() == "行驶证"
    assert form.owner.control.accessibleDescription() == "与行驶证不一致 · 行驶证"
    form.owner.show_field(FieldState(text="正在查询", mode=FieldMode.LOADING))
    assert form.owner._spinner.isVisible()
    assert not form.owner._icon.isVisible()
    assert form.owner.control.isEnabled()
    form.owner.show_field(FieldState(text="平台离线", mode=FieldMode.OFFLINE))
    assert form.owner._icon.isVisible()
    assert not form.owner._spinner.isVisible()
    form.owner.show_field(FieldState())
    assert said(form.owner) == ""
    assert tone(form.owner) == "neutral"


def test_a_message_that_comes_or_goes_moves_nothing(form: Form, app: QApplication) -> None:
    before = [field.geometry() for field in (form.owner, form.day, form.plate)]
    form.owner.show_field(FieldState(Tone.BAD, "与行驶证不一致", origin=Origin("id-card", "行驶证")))
    form.day.show_field(FieldState(text="正在查询", mode=FieldMode.LOADING))
    app.processEvents()
    assert [field.geometry() for field in (form.owner, form.day, form.plate)] == before


def test_read_only_and_disabled_fields_cannot_be_typed_in(form: Form) -> None:
    line = form.owner.control
    assert isinstance(line, QLineEdit)
    form.owner.put("示例运输有限公司")
    form.owner.show_field(FieldState(mode=FieldMode.READ_ONLY))
    line.setFocus()
    QTest.keyClicks(line, "x")
    assert value_of(form.owner) == "示例运输有限公司"
    assert form.owner._lock.isVisible()
    form.owner.show_field(FieldState(mode=FieldMode.OFF))
    assert not line.isEnabled()
    form.use.show_field(FieldState(mode=FieldMode.READ_ONLY))
    assert not form.use.control.isEnabled()
    form.use.show_field(FieldState())
    assert form.use.control.isEnabled()


def test_a_doubt_is_confirmed_by_enter_and_only_then_the_window_goes_on(form: Form) -> None:
    confirmed: list[bool] = []
    form.owner.confirmed.connect(lambda: confirmed.append(True))
    form.owner.show_field(FieldState(Tone.CAUTION, "识别可信度 62%，按 Enter 确认", confirm=True))
    form.owner.control.setFocus()
    QTest.keyClick(form.owner.control, Qt.Key.Key_Return)
    assert confirmed == [True]
    assert form.taken == []
    form.owner.show_field(FieldState(Tone.GOOD))
    QTest.keyClick(form.owner.control, Qt.Key.Key_Return)
    assert confirmed == [True]
    assert form.taken == ["go"]


def test_a_choice_is_made_with_the_arrow_keys(form: Form) -> None:
    form.use.control.setFocus()
    QTest.keyClick(form.use.control, Qt.Key.Key_Down)
    assert value_of(form.use) == "commercial"
    form.use.put("private")
    assert isinstance(form.use.control, QComboBox)
    assert form.use.control.currentText() == "非营运"


def test_fields_follow_another_look(form: Form, app: QApplication) -> None:
    height = form.day.sizeHint().height()
    wear(form, Look(CONTRAST, scale=1.5))
    app.processEvents()
    assert form.day.sizeHint().height() > height


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize("text", ["20140512", "2014-5-12", "2014/05/12", "2014年5月12日", "140512", "２０１４０５１２"])
def test_a_day_is_understood_while_it_is_typed(form: Form, text: str) -> None:
    put_in(form.day, text)
    assert form.day.day() == date(2014, 5, 12)
    assert said(form.day) == "2014-05-12 星期一"
    assert value_of(form.day) == "2014-05-12"
    form.mass.control.setFocus()
    assert form.day.line.text() == "2014-05-12"
    assert form.changes


def test_a_half_typed_day_is_no_mistake_until_the_field_is_left(form: Form) -> None:
    put_in(form.day, "2014-02-3")
    QTest.keyClicks(form.day.line, "0")
    assert tone(form.day) == "neutral"
    form.mass.control.setFocus()
    assert tone(form.day) == "bad"
    assert form.day.day() is None
    assert form.day.line.text() == "2014-02-30"


@pytest.mark.parametrize(("text", "limit"), [("19891231", "1990-01-01"), ("20260303", "2026-03-02")])
def test_a_day_out_of_range_says_the_range(form: Form, text: str, limit: str) -> None:
    put_in(form.day, text)
    form.mass.control.setFocus()
    assert limit in said(form.day)
    assert form.day.day() is None


def test_an_empty_field_is_a_mistake_only_when_somebody_wants_to_go_on(form: Form) -> None:
    form.day.control.setFocus()
    form.mass.control.setFocus()
    assert tone(form.day) == "neutral"
    form.day.insist()
    assert tone(form.day) == "bad"
    put_in(form.day, "20140512")
    assert tone(form.day) == "neutral"


def test_what_the_form_says_goes_before_what_the_field_says(form: Form) -> None:
    put_in(form.day, "20140512")
    form.day.show_field(FieldState(Tone.CAUTION, "早于出厂日期"))
    assert said(form.day) == "早于出厂日期"
    form.day.show_field(FieldState())
    assert said(form.day) == "2014-05-12 星期一"


# ---------------------------------------------------------------- numbers


@pytest.mark.parametrize("text", ["1520", "１５２０", "1,520", "1 520", "1520kg", "1520 KG"])
def test_a_number_is_understood_in_every_usual_spelling(form: Form, text: str) -> None:
    put_in(form.mass, text)
    form.day.control.setFocus()
    assert form.mass.number() == 1520
    assert form.mass.line.text() == "1520"
    assert value_of(form.mass) == "1520"


def test_a_number_says_its_range_before_and_after(form: Form) -> None:
    assert said(form.mass) == "600 到 3000 kg"
    put_in(form.mass, "15200")
    form.day.control.setFocus()
    assert tone(form.mass) == "bad"
    assert "600 到 3000 kg" in said(form.mass)
    assert form.mass.number() is None


def test_the_unit_stands_in_the_field_and_is_spoken(form: Form) -> None:
    unit = form.mass.line.findChild(Label)
    assert isinstance(unit, Label)
    assert unit.isVisible()
    assert unit.text() == "kg"
    assert form.mass.line.rect().contains(unit.geometry())
    assert form.mass.line.accessibleName() == "整备质量 kg"


# ---------------------------------------------------------------- plates


def test_a_plate_of_the_own_province_is_typed_without_chinese(form: Form) -> None:
    put_in(form.plate, "b12345")
    assert value_of(form.plate) == "粤B12345"
    assert form.plate.line.text() == "B12345"
    assert form.plate.fault() == ""


@pytest.mark.parametrize("text", ["湘a7q20k", "湘A·7Q20K", "湘A 7Q20K"])
def test_a_province_that_was_typed_goes_to_its_place(form: Form, text: str) -> None:
    put_in(form.plate, text)
    assert form.plate.button.text() == "湘"
    assert value_of(form.plate) == "湘A7Q20K"


def test_another_province_is_one_or_two_letters_away(form: Form) -> None:
    form.plate.line.setFocus()
    QTest.keyClick(form.plate.line, Qt.Key.Key_Backspace)
    assert form.plate.button.hasFocus()
    QTest.keyClicks(form.plate.button, "x")
    assert form.plate.button.text() == "湘"
    QTest.keyClicks(form.plate.button, "in")
    assert form.plate.button.text() == "新"
    QTest.keyClick(form.plate.button, Qt.Key.Key_Right)
    assert form.plate.line.hasFocus()
    QTest.keyClicks(form.plate.line, "a12345")
    assert value_of(form.plate) == "新A12345"


def test_the_same_letter_again_goes_to_the_next_province(form: Form) -> None:
    form.plate.button.setFocus()
    seen = []
    for _ in range(5):
        QTest.keyClicks(form.plate.button, "j")
        seen.append(form.plate.button.text())
    assert seen == ["京", "津", "冀", "晋", "吉"]


def test_a_province_is_taken_from_the_panel_by_keys(form: Form, app: QApplication) -> None:
    form.plate.button.setFocus()
    QTest.keyClick(form.plate.button, Qt.Key.Key_Space)
    app.processEvents()
    panel = QApplication.activePopupWidget()
    assert panel is not None
    assert all(key.accessibleName() for key in panel.findChildren(QWidget) if key.isVisible())
    QTest.keyClicks(panel, "h")
    QTest.keyClick(panel, Qt.Key.Key_Right)
    QTest.keyClick(panel, Qt.Key.Key_Return)
    app.processEvents()
    assert form.plate.button.text() == "沪"
    assert form.plate.line.hasFocus()
    assert form.taken == []


def test_the_panel_is_left_by_escape(form: Form, app: QApplication) -> None:
    form.plate.button.setFocus()
    QTest.keyClick(form.plate.button, Qt.Key.Key_Down)
    app.processEvents()
    panel = QApplication.activePopupWidget()
    assert panel is not None
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    app.processEvents()
    assert QApplication.activePopupWidget() is None
    assert form.plate.button.text() == "粤"


def test_new_energy_is_seen_and_a_letter_o_is_asked(form: Form) -> None:
    put_in(form.plate, "bd12345")
    assert said(form.plate) == "新能源小型车号牌"
    put_in(form.plate, "b1o345")
    assert tone(form.plate) == "neutral"
    form.mass.control.setFocus()
    assert tone(form.plate) == "bad"
    assert form.plate.button.property("tone") == "bad"


def test_a_plate_is_filled_in_and_cleared(form: Form) -> None:
    form.plate.put("桂C60H12")
    assert value_of(form.plate) == "桂C60H12"
    form.plate.put("")
    assert value_of(form.plate) == ""
    assert form.plate.button.text() == "粤"
