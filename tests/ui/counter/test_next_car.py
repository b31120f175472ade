"""The car after the first one: a window that was used goes on like a fresh one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.intake import LookupAnswer
from carcheck_desktop.ui.counter.state import Page
from tests.ui import counter_scenes as scenes
from tests.ui import pay_scenes
from tests.ui.counter.hands import Clerk
from tests.ui.counter.test_new_car import LICENCE, LOOKED_AT, fill_in

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


@pytest.mark.parametrize("round", range(4))
def test_x(hand: Clerk, round: int) -> None:
    for number in range(3):
        if round in (0, 1) or number == 2:
            to_the_person(hand, f"39C7{number}")
            print(number, hand.focus())
            if round % 2: hand.answer(scenes.PREVIEW)
            print(number, hand.focus())
            assert hand.focus() == "counter_presenter"
            hand.type("陈志强")
            hand.enter()
            print(number, hand.page(), hand.focus())
            if not round % 2: hand.answer(scenes.PREVIEW)
            hand.enter()
        else:
            hand.type(f"39C7{number}")
            hand.enter()
            hand.answer(scenes.known_answer())
            hand.enter()
            hand.answer(scenes.PREVIEW)
            if round == 2: hand.enter()
            else: hand.press(Qt.Key.Key_F6)
            hand.enter()
        hand.script.service.answer({"visit_id": f"visit-{number}"})
        scenes.settle(hand.window)
        assert hand.page() is Page.PAY
        hand.enter()
        hand.press(Qt.Key.Key_F8)
        assert hand.page() is Page.DONE
        hand.enter()
