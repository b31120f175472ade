"""The clerk calls the next owner to this window, calls again, ends the call, and scans tickets."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.calls import CallEnd, CallTo
from carcheck_desktop.domain.intake import Channel
from carcheck_desktop.domain.ticket import secret_digest
from carcheck_desktop.domain.vehicle import PlateKind
from carcheck_desktop.ui.counter.state import Page
from carcheck_desktop.ui.counter.window import CounterWindow
from tests.ui import counter_scenes as scenes
from tests.ui.scripted import Script

SECRET = "s" * 22


@pytest.fixture
def counter(app: QApplication) -> Iterator[tuple[CounterWindow, Script]]:
    window, script = scenes.connected("zh_CN")
    window.presenter.window = "2"
    yield window, script
    window.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def noted(script: Script, visit_id: str, plate: str, channel: Channel = Channel.WALK_IN) -> None:
    script.tell(f.ArrivalNoted(visit_id, plate, PlateKind.SMALL_CAR, channel, None))
    script.tell(f.TicketIssued(visit_id, f"B00{visit_id[-1]}", secret_digest(SECRET)))


def calls(script: Script) -> list[c.Command]:
    return [each for each in script.service.sent if isinstance(each, c.CallOwner | c.EndCall)]


def keys_of(window: CounterWindow) -> list[str]:
    return [action.key for action in window.presenter.state().actions.others]


def test_the_next_car_at_the_gate_is_called_to_this_window_and_its_plate_is_there(
    counter: tuple[CounterWindow, Script],
) -> None:
    window, script = counter
    assert "call_next" not in keys_of(window)
    noted(script, "n1", "粤B11111")
    script.later(60)
    noted(script, "n2", "粤B22222", Channel.APP)
    scenes.settle(window)
    assert "call_next" in keys_of(window)
    window.act("call_next")
    assert calls(script) == [c.CallOwner("n2", CallTo.WINDOW, "2")], "whoever booked is next within the slot"
    assert window.presenter.draft.plate == "粤B22222"
    script.service.answer({"call_id": "call-1"})
    scenes.settle(window)
    assert window.presenter.sayings.said[0].text == "已叫 B002 到窗口"
    script.tell(f.OwnerCalled("n2", "call-1", CallTo.WINDOW, "2"))
    scenes.settle(window)
    window.presenter.begin()
    window.act("call_next")
    assert calls(script)[-1] == c.CallOwner("n1", CallTo.WINDOW, "2"), "who is called already is not called over again"


def test_the_owner_of_a_visit_is_called_and_the_call_ends_when_he_comes(counter: tuple[CounterWindow, Script]) -> None:
    window, script = counter
    script.opened("v1", "粤B39C71")
    scenes.settle(window)
    window.presenter.show_visit("v1")
    assert "call_ended" not in keys_of(window)
    window.act("call")
    assert calls(script) == [c.CallOwner("v1", CallTo.WINDOW, "2")]
    script.tell(f.OwnerCalled("v1", "call-7", CallTo.WINDOW, "2"))
    script.service.answer({"call_id": "call-7"})
    scenes.settle(window)
    assert {"call", "call_ended"} <= set(keys_of(window))
    window.act("call_ended")
    assert calls(script)[-1] == c.EndCall("v1", "call-7", CallEnd.ANSWERED)


def test_a_scanned_ticket_leads_to_its_visit_and_its_secret_does_not_stay(
    counter: tuple[CounterWindow, Script],
) -> None:
    window, script = counter
    script.opened("v1", "粤B39C71")
    script.tell(f.TicketIssued("v1", "A011", secret_digest(SECRET)))
    scenes.settle(window)
    window.body.side.box.setText(f"https://station.example/t/{SECRET}")
    window.body.side._search(window.body.side.box.text())
    assert window.presenter.state().page is Page.VISIT
    assert window.presenter.visit == "v1"
    assert window.body.side.box.text() == ""
    assert SECRET not in window.presenter.searched


def test_a_scanned_ticket_of_a_car_at_the_gate_begins_its_intake(counter: tuple[CounterWindow, Script]) -> None:
    window, script = counter
    noted(script, "n1", "粤B11111")
    scenes.settle(window)
    window.presenter.search(SECRET)
    assert window.presenter.state().page is Page.LOOK_UP
    assert window.presenter.draft.plate == "粤B11111"
