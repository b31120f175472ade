"""The thread that gives estimates: after what happened, as facts, and gone when the service ends."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from carcheck_desktop.app.demo_station import write_demo_station
from carcheck_desktop.app.estimating import EstimateThread
from carcheck_desktop.app.parts import load_tables, open_service_store
from carcheck_desktop.base.clock import ScaledClock
from carcheck_desktop.base.messages import Message
from carcheck_desktop.base.station import read_station
from carcheck_desktop.desk.ledger import record, take_in
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.journal import ZERO_HASH, Entry, seal
from carcheck_desktop.domain.station import LaneAddress
from carcheck_desktop.domain.views import EstimateView
from carcheck_desktop.store.opening import SqlStore
from carcheck_desktop.store.writer import StoreWriter
from tests.desk.estimate.simulated import ITEMS, OPENED

SPEED = 100.0


class Giving:
    """A store with its writer and the thread beside it."""

    def __init__(self, store: SqlStore, clock: ScaledClock) -> None:
        self.store = store
        self.clock = clock
        self.thread = EstimateThread(store, clock, [LaneAddress("1", "lane-1", "")])
        self.writer = StoreWriter(store, self.thread.hear)

    def close(self) -> None:
        self.thread.close()
        self.writer.close()

    def estimate(self, visit_id: str) -> EstimateView | None:
        with self.store.read() as uow:
            visit = uow.visits.get(visit_id)
        return visit.estimate if visit is not None else None

    def until(self, wanted: Callable[[], bool]) -> None:
        deadline_s = time.monotonic() + 8
        while not wanted():
            assert time.monotonic() < deadline_s
            time.sleep(0.01)

    def open_visit(self, visit_id: str) -> None:
        opened = f.VisitOpened(visit_id, OPENED.vehicle, OPENED.inspection, ITEMS, OPENED.edition, OPENED.table_hash)
        self.writer.call(lambda uow: record(uow, opened, actor="wang"))


@pytest.fixture
def giving(tmp_path: Path) -> Iterator[Giving]:
    clock = ScaledClock.starting_now(SPEED)
    store = open_service_store(read_station(write_demo_station(tmp_path)), clock)
    made = Giving(store, clock)
    yield made
    made.close()
    store.close()


def lane_entry(giving: Giving, seq: int, fact: f.Fact, previous: str) -> Entry:
    return seal(fact, node="lane-1", seq=seq, at=giving.clock.now(), actor="li", blobs=(), previous=previous)


def test_visits_from_before_the_start_and_after_it_get_their_estimates(giving: Giving) -> None:
    giving.open_visit("visit-a")
    giving.thread.start(giving.writer)
    giving.until(lambda: giving.estimate("visit-a") is not None)
    giving.open_visit("visit-b")
    giving.until(lambda: giving.estimate("visit-b") is not None)
    first, second = giving.estimate("visit-a"), giving.estimate("visit-b")
    assert first is not None
    assert second is not None
    assert first.latest is not None
    assert second.latest is not None
    assert second.latest > first.latest > giving.clock.now()


def test_a_lane_that_stops_is_the_reason_on_the_board_within_a_moment(giving: Giving) -> None:
    giving.thread.start(giving.writer)
    giving.open_visit("visit-a")
    giving.until(lambda: giving.estimate("visit-a") is not None)
    hello = lane_entry(giving, 1, f.JournalOpened("lane-1", "5001009", "示范机动车检验站", True, "", ""), ZERO_HASH)
    stop = lane_entry(giving, 2, f.LaneStopped("1", "pc-1", Message("lanes.stop.commanded")), hello.hash)
    assert giving.writer.call(lambda uow: take_in(uow, [hello, stop], load_tables())).taken == 2

    def is_said() -> bool:
        told = giving.estimate("visit-a")
        return told is not None and told.latest is None and told.late is not None

    giving.until(is_said)


def test_a_broken_promise_is_taken_back_although_nothing_happens(giving: Giving) -> None:
    """The first range slips by minutes while nobody starts the car."""
    giving.open_visit("visit-a")
    giving.thread.start(giving.writer)
    giving.until(lambda: giving.estimate("visit-a") is not None)
    first = giving.estimate("visit-a")
    giving.until(lambda: giving.estimate("visit-a") != first)
    again = giving.estimate("visit-a")
    assert first is not None
    assert again is not None
    assert again.earliest > first.earliest
    assert again.promised == first.latest


def test_the_thread_ends_with_the_service_and_a_commit_never_waits_for_it(giving: Giving) -> None:
    giving.thread.start(giving.writer)
    began_s = time.monotonic()
    for number in range(30):
        giving.open_visit(f"visit-{number}")
    assert time.monotonic() - began_s < 5
    giving.thread.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "estimates"]
