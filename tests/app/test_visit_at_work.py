"""A clerk at the real service puts a visit right, declares its policy, gives it up and gives the money back with a second person."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
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
from carcheck_desktop.domain.ending import ManualKind, WithdrawReason
from carcheck_desktop.domain.payment import due_fen, paid_fen
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.views import VisitView
from carcheck_desktop.link.client.thread import LinkThread
from carcheck_desktop.twin.authority.registry import mpv
from carcheck_desktop.ui.counter.state import Page
from carcheck_desktop.ui.counter.visit.doing.desk import VisitDesk
from carcheck_desktop.ui.counter.visit.state import TaskKind
from carcheck_desktop.ui.counter.window import CounterWindow
from carcheck_desktop.ui.theme.apply import set_up
from carcheck_desktop.ui.widgets.forms import action_bar
from tests.app.test_counter_at_work import PIN, SEED, until
from tests.app.test_paying_at_work import PEOPLE, opened, publish

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def at_work(
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


def paid_visit(made: CounterWindow, plate: str) -> VisitDesk:
    """Take a car in, take its money in cash, and look at it."""
    opened(made, plate)
    made.act("pay")
    until(lambda: made.presenter.page is Page.DONE)
    visit_id = made.presenter.opened_id
    made.presenter.begin()
    made.presenter.show_visit(visit_id)
    return made.presenter.desk


def entered(desk: VisitDesk, kind: TaskKind, chosen: str = "", **values: str) -> None:
    """Fill a sheet in and press Enter."""
    desk.begin(kind)
    if chosen:
        desk.choose(chosen)
    for name, text in values.items():
        desk.type(name, text)
    desk.accept()


def shown(desk: VisitDesk) -> VisitView:
    visit = desk.visit
    assert visit is not None
    return visit


def test_a_visit_is_corrected_held_insured_given_up_and_its_money_goes_back_with_two_persons(
    at_work: tuple[CounterWindow, Simulation, Station],
) -> None:
    made, world, station = at_work
    desk = paid_visit(made, mpv(SEED, station.province, inspection_date(world.clock.epoch)).plate)
    presenter = made.presenter

    desk.begin(TaskKind.CORRECT)
    presenter.go_on("")
    presenter.type("seats", "5")
    presenter.act("go_on")
    presenter.act("go_on")
    until(lambda: presenter.draft.preview is not None)
    made.refresh()
    assert presenter.page is Page.PLAN
    made.act("correct")
    until(lambda: presenter.page is Page.VISIT and shown(desk).vehicle.seats == 5)

    entered(desk, TaskKind.HOLD, ManualKind.VIOLATION.value, reason="两次违停未处理")
    until(lambda: desk.task is None and len(shown(desk).placed_holds) == 1)
    entered(desk, TaskKind.LIFT, reason="已缴纳罚款")
    until(lambda: desk.task is None and not shown(desk).placed_holds)

    entered(desk, TaskKind.WITHDRAW, WithdrawReason.OWNER.value, note="改天再来")
    until(lambda: desk.task is None and shown(desk).withdrawal is not None)
    assert due_fen(shown(desk)) == -210_00

    entered(desk, TaskKind.REFUND, reason="车主退办")
    until(lambda: desk.task is not None and desk.task.needs_second)
    desk.type("second", "sun")
    desk.type("second_pin", PIN)
    desk.accept()
    until(lambda: desk.task is None and paid_fen(shown(desk)) == 0)
    refund = shown(desk).payments[-1].refund
    assert refund is not None
    assert (refund.by, refund.approved_by) == (
        presenter.station.session.actor if presenter.station.session else "",
        "sun",
    )
