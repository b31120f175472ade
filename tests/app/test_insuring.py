"""The thread that asks insurers: real questions over HTTP, answers as facts, freed within seconds, gone when the service ends."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from carcheck_desktop.app.demo_station import write_demo_station
from carcheck_desktop.app.insuring import InsuranceThread
from carcheck_desktop.app.outside import insurer_of
from carcheck_desktop.app.parts import open_service_store
from carcheck_desktop.base.clock import SystemClock
from carcheck_desktop.base.station import read_station
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.ending import WithdrawReason
from carcheck_desktop.domain.facts.ending import VisitCorrected, VisitWithdrawn
from carcheck_desktop.domain.holds import HoldKind, holds
from carcheck_desktop.domain.insurance import InsuranceState, insurance_state
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.domain.views import VisitView
from carcheck_desktop.store.opening import SqlStore
from carcheck_desktop.store.tables import repositories
from carcheck_desktop.store.writer import StoreWriter
from carcheck_desktop.twin.authority.insurer import LATER_DAYS, InsuranceRegister, InsurerFaults
from carcheck_desktop.twin.authority.registry import registered_cars
from carcheck_desktop.twin.authority.server import SimulatedCentre
from tests.domain.samples import PLAN

FREED_S = 5.0
"""Real seconds from a policy that became good at the insurer's to papers that are free."""


class Insuring:
    """A station with a store, the thread beside its writer, and the insurers' register over HTTP."""

    def __init__(self, folder: Path) -> None:
        self.clock = SystemClock()
        station = read_station(write_demo_station(folder))
        cars = registered_cars(5, [], station.province, inspection_date(self.clock.now()))
        self.cars = [car.vehicle for car in cars]
        self.faults = InsurerFaults()
        self.register = InsuranceRegister(cars, self.faults, self.clock, [each.plate for each in self.cars[:2]])
        uplink = station.uplink("insurance")
        assert uplink is not None
        self.centre = SimulatedCentre("insurance", self.register.app(), self.faults, port=uplink.port)
        self.centre.start()
        self.store: SqlStore = open_service_store(station, self.clock)
        self.station = station
        self.begin()

    def begin(self) -> None:
        self.thread = InsuranceThread(self.store, self.clock, insurer_of(self.station, self.clock))
        self.writer = StoreWriter(self.store, self.thread.hear)
        self.thread.start(self.writer)

    def end(self) -> None:
        self.thread.close()
        self.writer.close()

    def close(self) -> None:
        self.end()
        self.store.close()
        self.centre.stop()

    def add(self, fact: f.Fact) -> None:
        self.writer.call(lambda uow: record(uow, fact, actor="wang"))

    def open_visit(self, number: int) -> str:
        visit_id = f"visit-{number}"
        self.add(f.VisitOpened(visit_id, self.cars[number], InspectionKind.IN_USE, PLAN, "e", "h"))
        return visit_id

    def conclude(self, visit_id: str) -> None:
        self.add(f.VisitConcluded(visit_id, "attempt-1", Outcome.PASS, ()))

    def visit(self, visit_id: str) -> VisitView:
        with self.store.read() as uow:
            found = uow.visits.get(visit_id)
        assert found is not None
        return found

    def state(self, visit_id: str) -> InsuranceState:
        return insurance_state(self.visit(visit_id).insurance, inspection_date(self.clock.now()))

    def count(self, kind: str) -> int:
        with self.store.read() as uow:
            return sum(entry.kind == kind for _, entry in uow.journal.after(0))

    def until(self, wanted: Callable[[], bool], limit_s: float = 8.0) -> float:
        began_s = time.monotonic()
        while not wanted():
            assert time.monotonic() - began_s < limit_s
            time.sleep(0.02)
        return time.monotonic() - began_s


@pytest.fixture
def insuring(tmp_path: Path) -> Iterator[Insuring]:
    made = Insuring(tmp_path)
    yield made
    made.close()
    assert "insurance" not in {thread.name for thread in threading.enumerate()}


def test_an_insured_car_is_known_to_be_so_at_once_after_its_intake(insuring: Insuring) -> None:
    visit_id = insuring.open_visit(3)
    insuring.until(lambda: insuring.state(visit_id) is InsuranceState.VALID, 3.0)
    known = insuring.visit(visit_id).insurance
    assert known.simulated
    assert known.policy is not None
    assert known.policy.insurer.startswith("示例")
    asked = insuring.register.asked
    time.sleep(0.3)
    assert insuring.register.asked == asked, "nobody needs to know any more"


def test_papers_are_free_within_five_seconds_of_the_policy_being_good_at_the_insurers(insuring: Insuring) -> None:
    visit_id = insuring.open_visit(0)
    insuring.until(lambda: insuring.state(visit_id) is InsuranceState.NONE)
    insuring.conclude(visit_id)
    time.sleep(0.5)
    insuring.register.buy(insuring.cars[0].plate)
    took_s = insuring.until(
        lambda: HoldKind.INSURANCE not in {h.kind for h in holds(insuring.visit(visit_id), insuring.clock.now())}
    )
    assert took_s < FREED_S
    assert insuring.count("insurance_missing") == 1
    assert insuring.count("insurance_found") == 1


def test_a_policy_that_starts_later_is_told_with_its_day(insuring: Insuring) -> None:
    visit_id = insuring.open_visit(1)
    insuring.register.buy(insuring.cars[1].plate, days_ahead=LATER_DAYS)
    insuring.conclude(visit_id)
    insuring.until(lambda: insuring.state(visit_id) is InsuranceState.LATER)
    policy = insuring.visit(visit_id).insurance.policy
    assert policy is not None
    assert policy.valid_from == inspection_date(insuring.clock.now()) + timedelta(days=LATER_DAYS)


def test_while_the_register_is_down_the_reason_is_told_once_and_afterwards_it_is_asked_again(
    insuring: Insuring,
) -> None:
    insuring.centre.switch({"down": True})
    visit_id = insuring.open_visit(3)
    insuring.conclude(visit_id)
    insuring.until(lambda: insuring.visit(visit_id).insurance.problem is not None)
    insuring.until(lambda: insuring.count("insurance_unanswered") == 2, 8.0)
    insuring.centre.switch({"down": False})
    insuring.until(lambda: insuring.state(visit_id) is InsuranceState.VALID, 20.0)
    assert insuring.visit(visit_id).insurance.problem is None
    assert insuring.count("insurance_unanswered") <= 3


@pytest.mark.parametrize(
    ("switch", "code"),
    [
        ("html", "gateways.foreign_answer"),
        ("other_car", "gateways.insurance.another"),
        ("failing", "gateways.failed_there"),
        ("wrong_shape", "gateways.wrong_shape"),
    ],
)
def test_what_is_no_answer_about_this_car_frees_nothing_and_says_why(
    insuring: Insuring, switch: str, code: str
) -> None:
    insuring.centre.switch({switch: True})
    visit_id = insuring.open_visit(3)
    insuring.until(lambda: insuring.visit(visit_id).insurance.problem is not None)
    known = insuring.visit(visit_id).insurance
    assert known.policy is None
    assert known.problem is not None
    assert known.problem.code == code


@pytest.mark.parametrize("switch", ["expired", "surrendered", "no_policy"])
def test_a_policy_that_is_over_or_given_back_is_none(insuring: Insuring, switch: str) -> None:
    insuring.centre.switch({switch: True})
    visit_id = insuring.open_visit(3)
    insuring.until(lambda: insuring.visit(visit_id).insurance.answered_at is not None)
    assert insuring.state(visit_id) is InsuranceState.NONE


def test_an_answer_about_the_car_before_its_correction_is_not_taken(insuring: Insuring) -> None:
    insuring.centre.switch({"slow_s": 0.8})
    visit_id = insuring.open_visit(3)
    time.sleep(0.2)
    other = replace(insuring.cars[0])
    insuring.add(VisitCorrected(visit_id, other, PLAN, "e", "h", {}, (), {}, (), ()))
    insuring.until(lambda: insuring.visit(visit_id).insurance.answered_at is not None)
    assert insuring.state(visit_id) is InsuranceState.NONE, "the other car has no policy"


def test_nobody_asks_about_a_visit_that_was_given_up(insuring: Insuring) -> None:
    visit_id = insuring.open_visit(0)
    insuring.until(lambda: insuring.state(visit_id) is InsuranceState.NONE)
    insuring.conclude(visit_id)
    insuring.add(VisitWithdrawn(visit_id, WithdrawReason.OWNER, ""))
    time.sleep(0.2)
    asked = insuring.register.asked
    time.sleep(2.3)
    assert insuring.register.asked == asked


def test_a_car_that_passed_long_ago_and_still_waits_is_asked_about_after_a_new_start(
    insuring: Insuring, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit_id = insuring.open_visit(0)
    insuring.conclude(visit_id)
    insuring.until(lambda: insuring.state(visit_id) is InsuranceState.NONE)
    insuring.end()
    insuring.register.buy(insuring.cars[0].plate)
    monkeypatch.setattr(repositories, "STILL_WAITED_FOR", timedelta(seconds=-1))
    with insuring.store.read() as uow:
        assert uow.visits.open_ones() == []
    insuring.begin()
    insuring.until(lambda: insuring.state(visit_id) is InsuranceState.VALID)


def test_after_a_new_start_it_asks_for_who_still_waits(insuring: Insuring) -> None:
    visit_id = insuring.open_visit(0)
    insuring.until(lambda: insuring.state(visit_id) is InsuranceState.NONE)
    insuring.end()
    insuring.register.buy(insuring.cars[0].plate)
    insuring.begin()
    insuring.until(lambda: insuring.state(visit_id) is InsuranceState.VALID)
