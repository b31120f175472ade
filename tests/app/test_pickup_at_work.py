"""Signer and pickup at the real service, its real spooler and a printer's far end: signed, printed, fetched, closed; then verified."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from carcheck_desktop.app.demo_station import free_ports, write_demo_station
from carcheck_desktop.app.operations import add_persons, verify_station
from carcheck_desktop.app.papers import house_of, reports_of
from carcheck_desktop.app.parts import load_tables, open_service_store
from carcheck_desktop.app.service import Service
from carcheck_desktop.app.simulate import Simulation, Wish
from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.base.clock import SystemClock
from carcheck_desktop.base.station import Station, read_station
from carcheck_desktop.desk.intake import open_visit
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.commands import AddUser, OpenVisit
from carcheck_desktop.domain.custody import COUNTER, OWNER, Thing
from carcheck_desktop.domain.documents import DocumentKind
from carcheck_desktop.domain.facts.insurance import InsuranceFound
from carcheck_desktop.domain.insurance import Policy
from carcheck_desktop.domain.ports import UnitOfWork
from carcheck_desktop.domain.signing import signed_report
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.link.client.thread import LinkThread
from carcheck_desktop.ui.frame.window import DeskWindow
from carcheck_desktop.ui.pickup.telling import actions as act
from carcheck_desktop.ui.pickup.window import PickupWindow
from carcheck_desktop.ui.signing.window import SigningWindow
from carcheck_desktop.ui.theme.apply import set_up
from carcheck_desktop.ui.widgets.forms import action_bar
from tests.desk.conftest import car
from tests.domain.samples import CARD

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
PIN, LIMIT_S = "2468", 20.0
PRINTER = '\n[[printer]]\nplace = "pickup"\nconnection = "tcp://127.0.0.1:{port}"\nprofile = "epson_tm_t88"\n'


@dataclass
class Desks:
    """Both windows at one service, and the car that is fetched."""

    signing: SigningWindow
    pickup: PickupWindow
    visit_id: str


def until(is_so: Callable[[], bool]) -> None:
    deadline_s = time.monotonic() + LIMIT_S
    while not is_so():
        assert time.monotonic() < deadline_s
        QTest.qWait(10)


@pytest.fixture
def station(tmp_path: Path) -> Station:
    path = write_demo_station(tmp_path)
    taken = {int(port) for port in re.findall(r":(\d+)\"", path.read_text(encoding="utf-8"))}
    port = next(each for each in free_ports(20) if each not in taken)
    path.write_text(path.read_text(encoding="utf-8") + PRINTER.format(port=port), encoding="utf-8")
    made = read_station(path)
    add_persons(
        made, [AddUser("wang", Role.CLERK, PIN), AddUser("chen", Role.SIGNER, PIN), AddUser("li", Role.SIGNER, PIN)]
    )
    return made


def waiting_car(station: Station) -> str:
    """A car that was taken in, tested by li, concluded and insured; its report waits. Return the visit."""
    clock = SystemClock()
    with closing(open_service_store(station, clock)) as store, store.begin() as uow:
        command = OpenVisit(car(), InspectionKind.IN_USE)
        visit_id = open_visit(uow, command, load_tables(station), actor="wang", now=clock.now())
        record(uow, f.HandedOver(visit_id, (Thing.KEY, Thing.LICENCE), OWNER, COUNTER, 7), actor="wang")
        _conclude(uow, visit_id)
        today = inspection_date(clock.now())
        policy = Policy("PDZA20260017", "中国人保", today - timedelta(days=9), today + timedelta(days=300))
        record(uow, InsuranceFound(visit_id, policy, "simulated", simulated=True), actor="system")
        visit = uow.visits.get(visit_id)
        assert visit is not None
        reports_of(house_of(station), clock)(uow, visit)
    return visit_id


def _conclude(uow: UnitOfWork, visit_id: str) -> None:
    view = uow.visits.get(visit_id)
    assert view is not None
    begun = f.AttemptStarted(
        "attempt-1", visit_id, "1", 1, view.vehicle, view.inspection, view.plan, view.edition, view.table_hash
    )
    record(uow, begun, actor="li")
    record(uow, f.AttemptEnded("attempt-1", visit_id, "1", f.AttemptEnd.COMPLETE, ""), actor="li")
    record(uow, f.VisitConcluded(visit_id, "attempt-1", Outcome.PASS, (CARD,)), actor="system")


@pytest.fixture
def desks(station: Station, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desks]:
    monkeypatch.setattr(action_bar, "SETTLE_S", 0.0)
    set_up(qapp)
    visit_id = waiting_car(station)
    with (
        closing(Simulation(station, Wish(seed=5, vehicles=1, speed=1.0, port=0))),
        closing(Service(station, SystemClock())) as service,
        LinkThread(node="pc-1", clock=SystemClock(), name="windows-link") as links,
    ):
        words = Catalogue("zh_CN")
        signing = SigningWindow(links.link(service.url, peer="service"), words)
        pickup = PickupWindow(links.link(service.url, peer="service"), words)
        for window in (signing, pickup):
            window.start()
            window.show()
        yield Desks(signing, pickup, visit_id)
        for window in (signing, pickup):
            window.close()
        qapp.processEvents()


def enter(window: DeskWindow, name: str) -> None:
    assert isinstance(window, SigningWindow | PickupWindow)
    until(lambda: window.station.service.has_snapshot)
    window.presenter.sign_in(name, PIN)
    until(lambda: window.station.session is not None)


def test_a_report_is_signed_printed_fetched_and_the_visit_is_closed_and_verify_finds_nothing(
    desks: Desks, station: Station
) -> None:
    signing, pickup, visit_id = desks.signing, desks.pickup, desks.visit_id
    enter(signing, "li")
    until(lambda: signing.presenter.report() is not None)
    assert signing.presenter.own_hand() is not None
    signing.presenter.sign(PIN)
    until(lambda: signing.presenter.problem is not None)
    assert signing.presenter.problem is not None
    assert signing.presenter.problem.code == "desk.signing.own_test"
    signing.presenter.sign_out()
    enter(signing, "chen")
    until(lambda: bool(signing.presenter.documents))
    signing.presenter.sign(PIN)
    until(lambda: signed_report(signing.station.visits[visit_id]) is not None)
    assert signing.presenter.queue() == ()

    enter(pickup, "wang")
    until(lambda: visit_id in pickup.station.visits)
    pickup.presenter.choose(visit_id)
    until(lambda: act.next_action(pickup.presenter.situation()) == act.PRINT)
    pickup.act(act.PRINT)
    until(lambda: all(each.is_out for each in pickup.presenter.due()))
    assert {each.kind for each in pickup.presenter.due()} == {DocumentKind.REPORT, DocumentKind.CERTIFICATE}
    pickup.act(act.CALL)
    until(lambda: act.next_action(pickup.presenter.situation()) == act.HAND)
    pickup.act(act.HAND)
    until(lambda: act.next_action(pickup.presenter.situation()) == act.CLOSE)
    pickup.act(act.CLOSE)
    until(lambda: pickup.station.visits[visit_id].ended_at is not None)
    found = {node: report.findings for node, report in verify_station(station).items()}
    assert found["service"] == ()
