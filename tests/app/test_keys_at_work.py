"""A guide, a clerk and a driver at the real service: from the gate to the key board and back, over real links."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from carcheck_desktop.app.demo_station import write_demo_station
from carcheck_desktop.app.operations import add_person
from carcheck_desktop.app.service import Service
from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.base.clock import SystemClock
from carcheck_desktop.base.station import Station, read_station
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.commands import Command, OpenVisit
from carcheck_desktop.domain.custody import Holder, Place
from carcheck_desktop.domain.vehicle import InspectionKind, PlateKind, Use, Vehicle, VehicleCategory
from carcheck_desktop.link.client.thread import LinkThread
from carcheck_desktop.ui.hall.window import HallWindow
from carcheck_desktop.ui.keys.window import KeysWindow
from carcheck_desktop.ui.theme.apply import set_up
from carcheck_desktop.ui.widgets.forms import action_bar

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
PIN, PLATE, LIMIT_S = "2468", "渝A12345", 20.0
CAR = Vehicle(
    PLATE, PlateKind.SMALL_CAR, VehicleCategory.SMALL_PASSENGER, Use.PRIVATE,
    1400, 1800, 5, 2, (2,), date(2014, 6, 1), date(2014, 3, 1),
)  # fmt: skip


def until(is_so: Callable[[], bool]) -> None:
    deadline_s = time.monotonic() + LIMIT_S
    while not is_so():
        assert time.monotonic() < deadline_s
        QTest.qWait(10)


@pytest.fixture
def station(tmp_path: Path) -> Station:
    made = read_station(write_demo_station(tmp_path))
    for name, role in (("zhao", Role.GUIDE), ("sun", Role.LANE_DRIVER), ("wang", Role.CLERK)):
        add_person(made, name, role, PIN)
    return made


@pytest.fixture
def links(station: Station, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[LinkThread]:
    monkeypatch.setattr(action_bar, "SETTLE_S", 0.0)
    set_up(qapp)
    with (
        closing(Service(station, SystemClock())),
        LinkThread(node="keys", clock=SystemClock(), name="keys-link") as threads,
    ):
        yield threads
        for window in qapp.topLevelWidgets():
            window.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def at_the_keys(links: LinkThread, station: Station, name: str) -> KeysWindow:
    window = KeysWindow(links.link(station.service_url, peer="service"), Catalogue("zh_CN"))
    window.start()
    window.show()
    until(lambda: window.station.service.has_snapshot)
    window.presenter.sign_in(name, PIN)
    until(lambda: window.station.session is not None)
    return window


def give(window: KeysWindow, command: Command) -> None:
    """Give a command that this window has no button for."""
    answers: list[object] = []
    window.station.send(command, answers.append)
    until(lambda: bool(answers))
    assert getattr(answers[0], "accepted", False), answers


def test_a_key_goes_from_the_gate_over_the_board_to_the_driver_and_back_and_every_window_knows(
    links: LinkThread, station: Station
) -> None:
    guide = at_the_keys(links, station, "zhao")
    board = HallWindow(
        links.link(station.service_url, peer="service"), Catalogue("zh_CN"), lane_links=lambda at: links.link(at.url)
    )
    board.start()
    guide.act("note")
    guide.presenter.type_plate(PLATE)
    guide.act("note_take")
    until(lambda: bool(guide.station.arrivals) and not guide.presenter.is_noting)
    (arrival,) = guide.station.arrivals.values()
    assert (arrival.custody.key, arrival.custody.tag) == (Holder(Place.PERSON, "zhao"), 1)
    until(lambda: board.state is not None and [row.ticket for row in board.state.rows] == ["A001"])
    guide.act("call")
    until(lambda: board.state is not None and board.state.calls is not None)
    guide.act("hang")
    until(lambda: guide.presenter.cars()[arrival.visit_id].custody.key == Holder(Place.KEY_BOARD, "1"))

    clerk = at_the_keys(links, station, "wang")
    give(clerk, OpenVisit(CAR, InspectionKind.IN_USE))
    until(lambda: arrival.visit_id in guide.station.visits)
    until(lambda: board.state is not None and board.state.calls is None)
    assert guide.station.arrivals == {}

    driver = at_the_keys(links, station, "sun")
    state = driver.presenter.state()
    assert state.car is not None
    assert (state.car.plate.text, state.car.number, state.car.doing) == (PLATE, "A001", "取 1 号钥匙，把车开到检测线")
    driver.act("take")
    until(lambda: driver.presenter.cars()[arrival.visit_id].custody.key == Holder(Place.PERSON, "sun"))
    guide.presenter.choose(arrival.visit_id)
    guide.presenter.hand("hang")
    assert guide.presenter.state().actions.next.enabled is False, "the guide is told that sun has it"
    driver.act("hang")
    until(lambda: driver.presenter.cars()[arrival.visit_id].custody.key == Holder(Place.KEY_BOARD, "1"))
    visit = driver.station.visits[arrival.visit_id]
    assert [str(link.to) for link in visit.custody.chain] == ["person:zhao", "key_board:1", "person:sun", "key_board:1"]
    assert visit.arrived_at == arrival.arrived_at
