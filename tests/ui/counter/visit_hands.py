"""What a clerk at a visit does and sees."""

from __future__ import annotations

from PySide6.QtCore import Qt

from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain import commands as c
from carcheck_desktop.ui.counter.visit.state import TaskKind
from tests.ui import counter_scenes as scenes
from tests.ui import visit_scenes as visits
from tests.ui.counter.hands import Clerk
from tests.ui.scripted import Script
from tests.ui.signing_scenes import WEAK

Key = Qt.Key


def failed(script: Script) -> None:
    visits.opened(script, tested=WEAK)
    visits.paid(script)


def sent(hand: Clerk) -> c.Command:
    return hand.script.service.sent[-1]


def sheet(hand: Clerk) -> TaskKind | None:
    shown = hand.window.body.shown
    assert shown is not None
    assert (hand.window.tasks.sheet is None) is (shown.task is None)
    return shown.task.kind if shown.task is not None else None


def answer(hand: Clerk, result: dict[str, object] | None = None, refusal: Problem | None = None) -> None:
    hand.script.service.answer(result, refusal)
    scenes.settle(hand.window)


def menu(hand: Clerk, number: Key) -> None:
    hand.press(Key.Key_F4, number)
