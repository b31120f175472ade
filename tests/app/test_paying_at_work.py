"""A clerk at the real service and the simulated provider: the car is taken in, its money comes by scanned code, then in cash."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from carcheck_desktop.app.demo_station import write_demo_station
from carcheck_desktop.app.operations import add_person
from carcheck_desktop.app.service import Service
from carcheck_desktop.app.simulate import Simulation, Wish
from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.base.clock import SystemClock
from carcheck_desktop.base.station import Station, read_station
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.commands import SetPriceList, SignIn
from carcheck_desktop.domain.payment import PaymentMethod, PaymentState, PaymentView
from carcheck_desktop.domain.prices import PriceLine
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.link.client.asking import LinkClient
from carcheck_desktop.link.client.thread import LinkThread
from carcheck_desktop.twin.authority.registry import mpv
from carcheck_desktop.ui.counter.state import Page
from carcheck_desktop.ui.counter.window import CounterWindow
from carcheck_desktop.ui.theme.apply import set_up
from carcheck_desktop.ui.widgets.forms import action_bar
from tests.app.test_counter_at_work import NAME, PIN, SEED, until

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
PEOPLE = ((NAME, Role.CLERK), ("zhou", Role.MANAGER), ("sun", Role.AUDITOR))


def publish(service: Service) -> None:
    """A manager and an auditor say what an inspection costs."""

    async def ask() -> None:
        client = LinkClient(service.url, node="office", clock=SystemClock())
        try:
            manager, auditor = [
                str((await client.command(SignIn(name, PIN))).result["token"]) for name in ("zhou", "sun")
            ]  # fmt: skip
            prices = SetPriceList(
                0, inspection_date(datetime.now(UTC)), (PriceLine("all", "检验费", "Inspection", 210_00),)
            )
            assert (await client.command(prices, token=manager, second_token=auditor)).accepted
        finally:
            await client.close()

    asyncio.run(ask())


@pytest.fixture
def window(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[CounterWindow, Simulation, Station]]:
    monkeypatch.setattr(action_bar, "SETTLE_S", 0.0)
    set_up(qapp)
    station = read_station(write_demo_station(tmp_path))
    for name, role in PEOPLE:
        add_person(station, name, role, PIN)
    with (
        closing(Simulation(station, Wish(seed=SEED, vehicles=1, speed=1.0, port=0))) as world,
        closing(Service(station, SystemClock())) as service,
        LinkThread(node="counter", clock=SystemClock(), name="counter-link") as links,
    ):
        publish(service)
        made = CounterWindow(links.link(service.url, peer="service"), Catalogue("zh_CN"))
        made.start()
        made.show()
        yield made, world, station
        made.close()
        qapp.processEvents()


def opened(made: CounterWindow, plate: str) -> None:
    """Walk from the plate to the paying page."""
    presenter = made.presenter
    until(lambda: made.station.service.has_snapshot)
    presenter.sign_in(NAME, PIN)
    until(lambda: presenter.page is Page.LOOK_UP)
    presenter.type_plate(plate)
    made.act("look_up")
    until(lambda: presenter.page is Page.LICENCE)
    made.act("go_on")
    for name, text in {
        "drive": "front", "parking_axles": "2", "lamp_system": "03", "front_suspension": "independent",
        "brake_source": "hydraulic", "has_traction_control_always_on": "yes",
    }.items():  # fmt: skip
        presenter.type(name, text)
    made.act("go_on")
    made.act("decline")
    until(lambda: presenter.draft.preview is not None)
    made.refresh()
    made.act("open")
    until(lambda: presenter.page is Page.PAY and presenter.opened_id in made.station.visits)


def scan(made: CounterWindow, code: str) -> None:
    made.presenter.type("received", code)
    made.act("pay")


def last(made: CounterWindow) -> PaymentView:
    return made.station.visits[made.presenter.opened_id].payments[-1]


def test_a_refused_code_then_a_good_one_and_a_receipt_number(
    window: tuple[CounterWindow, Simulation, Station],
) -> None:
    made, world, station = window
    opened(made, mpv(SEED, station.province, inspection_date(world.clock.epoch)).plate)
    presenter = made.presenter
    scan(made, "134512345678904820")  # ends in 0: no money
    until(lambda: presenter.last_payment is not None and presenter.last_payment.state is PaymentState.REFUSED)
    assert presenter.page is Page.PAY
    scan(made, "134512345678904821")
    until(lambda: presenter.page is Page.DONE)
    paid = last(made)
    assert (paid.method, paid.state, paid.number, paid.simulated) == (PaymentMethod.SCAN, PaymentState.PAID, 1, True)


def test_cash_goes_on_in_the_same_moment(window: tuple[CounterWindow, Simulation, Station]) -> None:
    made, world, station = window
    opened(made, mpv(SEED, station.province, inspection_date(world.clock.epoch)).plate)
    made.presenter.type("received", "300")
    made.act("pay")
    until(lambda: made.presenter.page is Page.DONE)
    assert (last(made).method, last(made).change_fen) == (PaymentMethod.CASH, 90_00)
