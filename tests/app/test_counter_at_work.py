"""A clerk at the real service and the simulated register: sign in, look up, compare, open; then the journal is read."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from carcheck_desktop.app.demo_station import write_demo_station
from carcheck_desktop.app.operations import add_person
from carcheck_desktop.app.service import Service
from carcheck_desktop.app.simulate import Simulation, Wish
from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.base.clock import SystemClock
from carcheck_desktop.base.station import Station, read_station
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.facts import Fact, VehicleLookedUp, VisitOpened
from carcheck_desktop.domain.intake import ValueOrigin
from carcheck_desktop.domain.journal import Entry
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.link.client.asking import LinkClient
from carcheck_desktop.link.client.thread import LinkThread
from carcheck_desktop.twin.authority.registry import mpv
from carcheck_desktop.ui.counter.state import Page
from carcheck_desktop.ui.counter.window import CounterWindow
from carcheck_desktop.ui.theme.apply import set_up
from carcheck_desktop.ui.widgets.forms import action_bar

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
SEED, NAME, PIN = 5, "wang", "2468"
LIMIT_S = 20.0


@pytest.fixture
def station(tmp_path: Path) -> Station:
    made = read_station(write_demo_station(tmp_path))
    add_person(made, NAME, Role.CLERK, PIN)
    return made


@pytest.fixture
def window(
    station: Station, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[CounterWindow, Simulation, LinkThread]]:
    monkeypatch.setattr(action_bar, "SETTLE_S", 0.0)
    set_up(qapp)
    with (
        closing(Simulation(station, Wish(seed=SEED, vehicles=1, speed=1.0, port=0))) as world,
        closing(Service(station, SystemClock())) as service,
        LinkThread(node="counter", clock=SystemClock(), name="counter-link") as links,
    ):
        made = CounterWindow(links.link(service.url, peer="service"), Catalogue("zh_CN"))
        made.start()
        made.show()
        yield made, world, links
        made.close()
        qapp.processEvents()


def until(is_so: Callable[[], bool]) -> None:
    deadline_s = time.monotonic() + LIMIT_S
    while not is_so():
        assert time.monotonic() < deadline_s
        QTest.qWait(10)


def facts(links: LinkThread, station: Station) -> list[tuple[str, Fact]]:
    """Everything of visits that the service's journal holds, with who did it."""

    async def asked(client: LinkClient) -> list[Entry]:
        snapshot = await client.snapshot()
        return await client.recent(snapshot.pos, snapshot.epoch, 200)

    entries = links.peer(station.service_url).ask(asked).result(10)
    return [(entry.actor, entry.fact()) for entry in entries if entry.kind in (VehicleLookedUp.kind, VisitOpened.kind)]


def take_in(window: CounterWindow, plate: str) -> None:
    """Walk from the plate to the open visit, a screen at a time."""
    presenter = window.presenter
    presenter.type_plate(plate)
    window.act("look_up")
    until(lambda: presenter.page in (Page.KNOWN, Page.LICENCE))
    if presenter.page is Page.LICENCE:
        window.act("go_on")
        for name, text in {
            "drive": "front", "parking_axles": "2", "lamp_system": "03", "front_suspension": "independent",
            "brake_source": "hydraulic", "has_traction_control_always_on": "yes",
        }.items():  # fmt: skip
            presenter.type(name, text)
        window.act("go_on")
    else:
        window.act("verified")
    presenter.type("telephone", "13800138000")
    window.act("agree")
    until(lambda: presenter.draft.preview is not None)
    window.refresh()
    window.act("open")
    until(lambda: presenter.page is Page.DONE and presenter.opened_id in window.station.visits)


def test_a_clerk_takes_the_seeds_car_in_and_the_journal_says_where_every_value_comes_from(
    window: tuple[CounterWindow, Simulation, LinkThread], station: Station
) -> None:
    made, world, links = window
    until(lambda: made.station.service.has_snapshot)
    made.presenter.sign_in(NAME, PIN)
    until(lambda: made.presenter.page is Page.LOOK_UP)
    assert made.presenter.prefix() == "渝"
    car = mpv(SEED, station.province, inspection_date(world.clock.epoch))
    take_in(made, car.plate)
    told = facts(links, station)
    assert [(actor, type(fact)) for actor, fact in told] == [(NAME, VehicleLookedUp), (NAME, VisitOpened)]
    looked, opened = (fact for _, fact in told)
    assert isinstance(looked, VehicleLookedUp)
    assert isinstance(opened, VisitOpened)
    assert opened.lookup_id == looked.lookup_id
    assert (opened.vehicle.plate, opened.vehicle.curb_mass_kg) == (car.plate, 1855)
    assert opened.vehicle.has_traction_control_always_on is True
    assert opened.origins["vin"] is ValueOrigin.AUTHORITY
    assert opened.origins["drive"] is ValueOrigin.TYPED
    assert opened.private_digest
    assert "13800138000" not in repr(told)
    assert made.station.visits[made.presenter.opened_id].opened_by == NAME


def test_a_car_that_is_here_already_is_shown_and_not_opened_twice(
    window: tuple[CounterWindow, Simulation, LinkThread], station: Station
) -> None:
    made, world, links = window
    until(lambda: made.station.service.has_snapshot)
    made.presenter.sign_in(NAME, PIN)
    until(lambda: made.presenter.page is Page.LOOK_UP)
    car = mpv(SEED, station.province, inspection_date(world.clock.epoch))
    take_in(made, car.plate)
    first = made.presenter.opened_id
    made.act("next_car")
    made.presenter.type_plate(car.plate)
    made.presenter.act("look_up")
    until(lambda: made.presenter.visit == first)
    assert made.presenter.page is Page.VISIT
    assert made.presenter.prefix() == car.plate[:2]
    assert sum(isinstance(fact, VisitOpened) for _, fact in facts(links, station)) == 1
