"""A car that was here before: nothing is typed but its plate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.intake import LookupAnswer, ValueOrigin
from carcheck_desktop.domain.private import Presenter
from carcheck_desktop.domain.vehicle import PlateKind
from carcheck_desktop.ui.counter.draft.person import CONSENT_VERSION
from carcheck_desktop.ui.counter.state import Page
from tests.ui import counter_scenes as scenes
from tests.ui.counter.hands import Clerk

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
MOST_KEYS = 12


@pytest.fixture
def clerk(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Clerk]:
    scenes.settled_at_once(monkeypatch)

    def made() -> Clerk:
        window, script = scenes.at_work("zh_CN")
        window.show()
        scenes.settle(window)
        return Clerk(window, script)

    return made


def to_plan(hand: Clerk, answer: LookupAnswer | None = None) -> None:
    """Walk from the plate to the plan, the service answering at once."""
    hand.type("39C71")
    hand.enter()
    hand.answer(answer or scenes.known_answer())
    hand.enter()
    hand.answer(scenes.PREVIEW)
    hand.enter()


def test_a_known_car_is_open_after_twelve_keys_at_most(clerk: Callable[..., Clerk]) -> None:
    hand = clerk()
    to_plan(hand)
    assert hand.page() is Page.PLAN
    assert "￥300.00" in hand.reads()
    hand.enter()
    hand.script.opened("v-new", scenes.PLATE)
    hand.script.service.answer({"visit_id": "v-new"})
    scenes.settle(hand.window)
    assert hand.page() is Page.DONE
    assert hand.keys == 9 <= MOST_KEYS
    sent = [command for command in hand.script.service.sent if not isinstance(command, c.SignIn)]
    look, preview, opened = sent
    assert look == c.LookUpVehicle(scenes.PLATE, PlateKind.SMALL_CAR)
    assert isinstance(preview, c.PreviewVisit)
    assert isinstance(opened, c.OpenVisit)
    assert opened.vehicle == preview.vehicle == scenes.mpv()
    assert opened.lookup_id == "lookup-1"


def test_the_own_visit_is_not_offered_as_another_ones_while_its_answer_is_on_the_way(
    clerk: Callable[..., Clerk],
) -> None:
    hand = clerk()
    to_plan(hand)
    hand.enter()
    hand.script.opened("v-new", scenes.PLATE)
    scenes.settle(hand.window)
    shown = hand.window.body.shown
    assert shown is not None
    assert shown.actions.busy
    assert "查看" not in shown.actions.next.text


def test_what_the_command_says_of_origins_owner_and_consent(clerk: Callable[..., Clerk]) -> None:
    hand = clerk()
    to_plan(hand)
    hand.enter()
    opened = hand.script.service.sent[-1]
    assert isinstance(opened, c.OpenVisit)
    assert opened.owner == "王建军"
    assert opened.origins["plate"] is ValueOrigin.TYPED
    assert opened.origins["curb_mass_kg"] is ValueOrigin.AUTHORITY
    assert opened.origins["drive"] is ValueOrigin.LAST_VISIT
    presenter = opened.presenter
    assert isinstance(presenter, Presenter)
    assert (presenter.name, presenter.telephone) == ("王建军", "")
    assert presenter.consent_text_version == CONSENT_VERSION
    assert presenter.consented_at is not None


def test_the_next_customer_is_one_key_away(clerk: Callable[..., Clerk]) -> None:
    hand = clerk()
    to_plan(hand)
    hand.enter()
    hand.script.opened("v-new", scenes.PLATE)
    hand.script.service.answer({"visit_id": "v-new"})
    scenes.settle(hand.window)
    hand.enter()
    assert hand.page() is Page.LOOK_UP
    assert hand.focus() == "counter_plate"
    assert scenes.line_of(hand.window, "plate").text() == "B"
    assert hand.window.words("ui.plate.fault.too_short") not in hand.reads()
    assert "王建军" not in hand.reads()


def test_what_differs_from_the_authority_is_said_before_it_is_confirmed(clerk: Callable[..., Clerk]) -> None:
    hand = clerk()
    hand.type("39C71")
    hand.enter()
    hand.answer(scenes.known_answer(differs=True))
    assert hand.page() is Page.KNOWN
    told = hand.reads()
    assert "上次检验为 1780 kg" in told
    assert "上次检验为 白" in told
    hand.enter()
    hand.answer(scenes.PREVIEW)
    hand.enter()
    hand.enter()
    opened = hand.script.service.sent[-1]
    assert isinstance(opened, c.OpenVisit)
    assert opened.vehicle.curb_mass_kg == 1790
    assert opened.origins["curb_mass_kg"] is ValueOrigin.CONFIRMED


def test_what_nobody_recorded_last_time_is_asked_now(clerk: Callable[..., Clerk]) -> None:
    hand = clerk()
    answer = scenes.known_answer()
    assert answer.known is not None
    older = replace(answer.known, vehicle=replace(answer.known.vehicle, drive=None, lamp_system=None))
    hand.type("39C71")
    hand.enter()
    hand.answer(replace(answer, known=older))
    hand.enter()
    assert hand.page() is Page.STATION
    assert hand.focus() == "counter_drive"
    hand.type("1")
    hand.enter()
    assert hand.focus() == "counter_lamp_system"
    hand.type("3")
    hand.enter()
    assert hand.page() is Page.PERSON
    assert hand.keys <= MOST_KEYS


def test_a_person_who_does_not_agree_is_not_recorded(clerk: Callable[..., Clerk]) -> None:
    hand = clerk()
    hand.type("39C71")
    hand.enter()
    hand.answer(scenes.known_answer())
    hand.enter()
    hand.answer(scenes.PREVIEW)
    hand.press(Qt.Key.Key_F6)
    hand.enter()
    opened = hand.script.service.sent[-1]
    assert isinstance(opened, c.OpenVisit)
    assert opened.presenter is None


def test_a_company_is_not_taken_for_the_person_at_the_window(clerk: Callable[..., Clerk]) -> None:
    hand = clerk()
    owner = "深圳市安达运输有限公司"
    hand.type("39C71")
    hand.enter()
    answer = scenes.known_answer()
    hand.answer(replace(answer, authority=scenes.authority(owner=owner)))
    hand.enter()
    assert hand.focus() == "counter_presenter"
    hand.enter()
    assert hand.page() is Page.PERSON
    assert "请填写姓名" in hand.reads()
    hand.type("陈志强")
    hand.enter()
    assert hand.page() is Page.PLAN


def test_a_price_that_nobody_recorded_is_not_invented(clerk: Callable[..., Clerk]) -> None:
    hand = clerk()
    hand.type("39C71")
    hand.enter()
    hand.answer(scenes.known_answer())
    hand.enter()
    none = Problem("desk.prices.none", {"day": "2026-11-23"})
    hand.answer(replace(scenes.PREVIEW, charge=(), advice=(none,)))
    hand.enter()
    assert "￥" not in hand.reads()
    assert hand.window.words.cause(none) in hand.reads()


def test_fast_hands_are_followed_but_the_price_is_seen_before_a_visit_is_opened(app: QApplication) -> None:
    window, script = scenes.at_work("zh_CN")
    window.show()
    scenes.settle(window)
    hand = Clerk(window, script)
    hand.type("39C71")
    QTest.qWait(200)
    hand.enter()
    hand.answer(scenes.known_answer())
    QTest.qWait(200)
    hand.enter()
    hand.answer(scenes.PREVIEW)
    QTest.qWait(200)
    hand.enter()
    assert hand.page() is Page.PLAN
    hand.enter()
    assert not any(isinstance(each, c.OpenVisit) for each in script.service.sent)
    QTest.qWait(600)
    hand.enter()
    assert isinstance(script.service.sent[-1], c.OpenVisit)
