"""The car after the first one: a window that was used goes on like a fresh one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain.facts import PaymentPaid, VisitOpened
from carcheck_desktop.domain.intake import LookupAnswer
from carcheck_desktop.domain.payment import PaymentMethod
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.ui.counter.asking import HERE
from carcheck_desktop.ui.counter.state import Page
from tests.ui import counter_scenes as scenes
from tests.ui.counter.hands import Clerk
from tests.ui.counter.test_new_car import LICENCE, LOOKED_AT, fill_in
from tests.ui.scripted import EDITION, PLAN

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def hand(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    scenes.settled_at_once(monkeypatch)
    window, script = scenes.at_work("zh_CN")
    window.show()
    scenes.settle(window)
    return Clerk(window, script)


def to_the_person(hand: Clerk, plate: str) -> None:
    assert hand.focus() == "counter_plate"
    hand.type(plate)
    hand.enter()
    hand.answer(LookupAnswer("lookup-3", None, None, scenes.AWAY))
    fill_in(hand, LICENCE)
    fill_in(hand, LOOKED_AT)
    assert hand.page() is Page.PERSON


def take_in_known(hand: Clerk, number: int, *, has_telephone: bool) -> None:
    hand.type(f"39C7{number}")
    hand.enter()
    hand.answer(scenes.known_answer())
    hand.enter()
    hand.answer(scenes.PREVIEW)
    if has_telephone:
        hand.type("13800138000")
    hand.enter()
    hand.enter()
    open_and_pay(hand, number)


def open_and_pay(hand: Clerk, number: int) -> None:
    visit_id = f"visit-{number}"
    fact = VisitOpened(
        visit_id, scenes.mpv(hand.window.presenter.draft.plate), InspectionKind.IN_USE, PLAN, EDITION, "ab" * 32, charge=scenes.PREVIEW.charge
    )  # fmt: skip
    hand.script.tell(fact, actor=scenes.CLERK)
    hand.script.service.answer({"visit_id": visit_id})
    scenes.settle(hand.window)
    assert hand.page() is Page.PAY
    hand.type("400")
    hand.enter()
    paid = PaymentPaid(
        visit_id, f"payment-{number}", PaymentMethod.CASH, 300_00, 17, 400_00, 100_00, "", simulated=False
    )
    hand.script.tell(paid, actor=scenes.CLERK)
    hand.script.service.answer({"payment_id": f"payment-{number}"})
    scenes.settle(hand.window)
    assert hand.page() is Page.DONE
    hand.enter()


@pytest.mark.parametrize("is_early", [True, False])
@pytest.mark.parametrize("has_telephone", [True, False])
def test_a_car_that_nobody_knows_has_the_keyboard_in_every_field_after_cars_that_were_paid(
    hand: Clerk, has_telephone: bool, is_early: bool
) -> None:
    """`is_early`: the preview is there before somebody types who brings the car."""
    for number in range(2):
        take_in_known(hand, number, has_telephone=has_telephone)
    to_the_person(hand, "39C72")
    if is_early:
        hand.answer(scenes.PREVIEW)
    assert hand.focus() == "counter_presenter"
    hand.type("陈志强")
    hand.enter()
    if not is_early:
        hand.answer(scenes.PREVIEW)
    hand.enter()
    open_and_pay(hand, 2)
    assert hand.focus() == "counter_plate"


def test_a_car_that_stands_here_under_another_plate_is_said_before_it_is_opened(hand: Clerk) -> None:
    to_the_person(hand, "39C72")
    params = {"plate": "粤B90D17", "visit": "v1", "number": "A002", "by": "王建国", "stage": "-"}
    hand.answer(replace(scenes.PREVIEW, problems=(Problem(HERE, dict(params)),)))
    hand.type("陈志强")
    hand.enter()
    assert hand.page() is Page.PLAN
    hand.enter()
    assert hand.page() is Page.VISIT
    assert hand.window.words.lines(Problem(HERE, dict(params)))[0] in hand.banners()
