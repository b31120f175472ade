"""A car that nobody here knows: filled in by the authority, or typed while it is silent."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox

from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.intake import LookupAnswer, ValueOrigin
from carcheck_desktop.domain.vehicle import Drive, LampSystem
from carcheck_desktop.ui.counter.state import Page
from tests.ui import counter_scenes as scenes
from tests.ui.counter.hands import Clerk

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
LICENCE = {
    "vin": scenes.VIN, "vehicle_type": "k33", "use_code": "A", "fuel": "A", "registered_on": "20151120",
    "manufactured_on": "2015-9-3", "seats": "7", "axles": "2", "curb_mass_kg": "1780", "total_mass_kg": "2360",
}  # fmt: skip
"""What a clerk types who goes from field to field with Enter."""
LOOKED_AT = {
    "drive": "1", "parking_axles": "1", "lamp_system": "3", "front_suspension": "1", "brake_source": "2",
    "has_traction_control_always_on": "2",
}  # fmt: skip


@pytest.fixture
def hand(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    scenes.settled_at_once(monkeypatch)
    window, script = scenes.at_work("zh_CN")
    window.show()
    scenes.settle(window)
    return Clerk(window, script)


def begin(hand: Clerk) -> None:
    hand.type("39C71")
    hand.enter()


def fill_in(hand: Clerk, values: dict[str, str]) -> None:
    for name, text in values.items():
        assert hand.focus() == f"counter_{name}"
        hand.type(text)
        hand.enter()


def test_a_car_is_typed_field_by_field_with_enter_when_nobody_answers(hand: Clerk) -> None:
    begin(hand)
    hand.answer(LookupAnswer("lookup-3", None, None, scenes.AWAY))
    assert hand.page() is Page.LICENCE
    assert hand.window.words.lines(scenes.AWAY)[0] in hand.banners()
    fill_in(hand, LICENCE)
    assert hand.page() is Page.STATION
    fill_in(hand, LOOKED_AT)
    assert hand.page() is Page.PERSON
    preview = hand.script.service.sent[-1]
    assert isinstance(preview, c.PreviewVisit)
    assert preview.vehicle == replace(
        scenes.mpv(), engine_number="", brand_model="", colour="", displacement_ml=None, power_kW=None,
        valid_until=None,
    )  # fmt: skip


def test_what_is_typed_is_recorded_as_typed_and_no_look_up_is_claimed(hand: Clerk) -> None:
    begin(hand)
    hand.answer(LookupAnswer("lookup-3", None, None, scenes.AWAY))
    fill_in(hand, LICENCE)
    fill_in(hand, LOOKED_AT)
    hand.answer(scenes.PREVIEW)
    hand.type("陈志强")
    hand.enter()
    hand.enter()
    opened = hand.script.service.sent[-1]
    assert isinstance(opened, c.OpenVisit)
    assert set(opened.origins.values()) == {ValueOrigin.TYPED}
    assert {"vin", "drive", "category", "use"} <= opened.origins.keys()


def test_the_authority_fills_the_licence_and_only_the_rest_is_asked(hand: Clerk) -> None:
    begin(hand)
    hand.answer(replace(scenes.new_answer(), authority=scenes.authority()))
    assert hand.page() is Page.LICENCE
    assert "监管平台（模拟）" in hand.reads()
    assert not hand.window.findChild(QComboBox, "counter_category").isVisible()  # type: ignore[union-attr]
    hand.enter()
    assert hand.page() is Page.STATION
    fill_in(hand, LOOKED_AT)
    assert hand.page() is Page.PERSON


def test_a_wrong_check_digit_is_advice_that_enter_confirms(hand: Clerk) -> None:
    begin(hand)
    hand.answer(scenes.new_answer())
    assert hand.focus() == "counter_vin"
    assert "校验位" in hand.reads()
    hand.enter()
    hand.enter()
    assert hand.page() is Page.STATION
    assert hand.window.presenter.draft.origins()["vin"] is ValueOrigin.CONFIRMED


def test_typing_does_not_wait_for_the_answer_and_is_not_overwritten_by_it(hand: Clerk) -> None:
    begin(hand)
    assert hand.page() is Page.WAITING
    hand.enter()
    assert hand.page() is Page.LICENCE
    assert hand.focus() == "counter_vin"
    hand.type("LSVNV2188E2100099")
    hand.answer(replace(scenes.new_answer(), authority=scenes.authority()))
    line = scenes.line_of(hand.window, "vin")
    assert line.text() == "LSVNV2188E2100099"
    assert scenes.line_of(hand.window, "curb_mass_kg").text() == "1780"
    hand.enter()
    assert scenes.VIN in line.accessibleDescription()
    assert hand.page() is Page.LICENCE


def test_what_nobody_knows_at_the_window_is_left_to_the_exterior_check(hand: Clerk) -> None:
    begin(hand)
    hand.answer(replace(scenes.new_answer(), authority=scenes.authority()))
    hand.enter()
    fill_in(hand, LOOKED_AT | {"drive": "5", "lamp_system": "6"})
    preview = hand.script.service.sent[-1]
    assert isinstance(preview, c.PreviewVisit)
    assert preview.vehicle.drive is None
    assert preview.vehicle.lamp_system is None
    assert "drive" in hand.window.presenter.draft.origins()


def test_a_choice_can_be_taken_back_and_nothing_typed_is_lost_on_the_way_back(hand: Clerk) -> None:
    begin(hand)
    hand.answer(replace(scenes.new_answer(), authority=scenes.authority()))
    hand.enter()
    fill_in(hand, LOOKED_AT)
    hand.press(Qt.Key.Key_Escape)
    assert hand.page() is Page.STATION
    assert hand.chosen("drive") == Drive.FRONT
    assert hand.chosen("lamp_system") == LampSystem.TWO_HIGH_LOW


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [("total_mass_kg", "900", "总质量"), ("registered_on", "20140101", "注册"), ("seats", "12", "1 到 9")],
)
def test_what_cannot_be_is_said_at_its_field_and_holds_the_clerk_there(
    hand: Clerk, field: str, text: str, said: str
) -> None:
    begin(hand)
    hand.answer(replace(scenes.new_answer(), authority=scenes.authority()))
    line = scenes.line_of(hand.window, field)
    line.setFocus()
    line.selectAll()
    hand.type(text)
    hand.enter()
    assert hand.page() is Page.LICENCE
    assert hand.focus() == f"counter_{field}"
    assert said in hand.reads()


def test_a_refusal_is_shown_at_the_field_it_is_about(hand: Clerk) -> None:
    begin(hand)
    hand.answer(scenes.known_answer())
    hand.enter()
    hand.answer(scenes.PREVIEW)
    hand.enter()
    hand.enter()
    problem = Problem("desk.intake.bad_masses", {"curb": 1780, "total": 2360, "least": 300, "most": 2000})
    hand.script.service.answer(refusal=problem)
    scenes.settle(hand.window)
    assert hand.page() is Page.LICENCE
    assert hand.focus() == "counter_curb_mass_kg"
    cause, evidence, next_step = hand.window.words.lines(problem)
    for text in (cause, evidence, next_step):
        assert text in hand.banners()
    assert next_step in scenes.line_of(hand.window, "curb_mass_kg").accessibleDescription()
