"""A lane's journal reaches the service exactly once, whatever happens to the service."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from carcheck_desktop.base.clock import SystemClock
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain.ports import IntakeResult
from carcheck_desktop.link.client.thread import LinkThread
from tests.link.fakes import Source, Station, served, visit_opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.link.client.shipping import Shipper


@pytest.fixture
def link() -> Iterator[LinkThread]:
    with LinkThread(node="lane-1", clock=SystemClock()) as thread:
        yield thread


def until(wanted: Callable[[], bool], timeout_s: float = 10.0) -> None:
    deadline = time.monotonic() + timeout_s
    while not wanted():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def code_of(shipper: Shipper) -> str | None:
    problem = shipper.problem  # read once: the link's thread may clear it meanwhile
    return problem.code if problem is not None else None


def said(shipper: Shipper, code: str) -> Problem:
    """Wait until the shipper says this, and return what it said."""
    seen: list[Problem] = []

    def is_said() -> bool:
        problem = shipper.problem
        seen[:] = [problem] if problem is not None and problem.code == code else []
        return bool(seen)

    until(is_said)
    return seen[0]


def filled(count: int) -> Source:
    source = Source("lane-1")
    for number in range(count):
        digest = source.blobs.put(f"curve {number}".encode())
        source.append(visit_opened(number), blobs=(digest,) if number % 10 == 0 else ())
    return source


def test_a_journal_with_blobs_is_shipped_in_order(link: LinkThread, tmp_path: Path) -> None:
    station, source = Station(), filled(450)
    with served(station, tmp_path) as server:
        shipper = link.ship(server.url, source)
        until(lambda: shipper.shipped == 450)
    assert station.chain.entries == source.entries
    assert len(station.blobs.kept) == 45


def test_a_new_fact_is_shipped_at_once_when_woken(link: LinkThread, tmp_path: Path) -> None:
    station, source = Station(), filled(1)
    with served(station, tmp_path) as server:
        shipper = link.ship(server.url, source)
        until(lambda: shipper.shipped == 1)
        time.sleep(0.05)
        source.append(visit_opened(2))
        started = time.monotonic()
        shipper.wake()
        until(lambda: shipper.shipped == 2)
        assert time.monotonic() - started < 0.5


def test_restarts_of_the_service_ship_everything_once(link: LinkThread, tmp_path: Path) -> None:
    station, source = Station(), filled(5)
    with served(station, tmp_path) as server:
        port = int(server.url.rpartition(":")[2])
        shipper = link.ship(server.url, source)
        until(lambda: shipper.shipped == 5)
    for turn in range(3):
        for number in range(40):
            source.append(visit_opened(100 * turn + number))
        shipper.wake()
        with served(station, tmp_path, port=port):
            time.sleep(0.15)
    with served(station, tmp_path, port=port):
        until(lambda: shipper.shipped == 125)
        until(lambda: shipper.problem is None)
    assert station.chain.entries == source.entries


def test_a_missing_curve_stops_shipping_before_its_entry_and_says_which(link: LinkThread, tmp_path: Path) -> None:
    station, source = Station(), filled(21)
    digest = source.entries[0].blobs[0]
    content = source.blobs.kept.pop(digest)
    with served(station, tmp_path) as server:
        shipper = link.ship(server.url, source)
        assert said(shipper, "link.ship.blob_missing").params["digest"] == digest[:12]
        assert station.chain.entries == []
        source.blobs.put(content)
        until(lambda: shipper.shipped == 21)
        until(lambda: shipper.problem is None)


def test_another_journal_under_the_same_name_is_never_taken_for_shipped(link: LinkThread, tmp_path: Path) -> None:
    """A lane that lost its data file begins at 1 again: nothing may be skipped silently."""
    station = Station()
    with served(station, tmp_path) as server:
        first = link.ship(server.url, filled(30))
        until(lambda: first.shipped == 30)
    shorter, longer = filled(3), Source("lane-1")
    for number in range(40):
        longer.append(visit_opened(1000 + number))
    with served(station, tmp_path) as server:
        first = link.ship(server.url, shorter)
        second = link.ship(server.url, longer)
        until(lambda: code_of(first) == "link.ship.other_journal")
        until(lambda: code_of(second) == "store.journal.other")
    assert len(station.chain.entries) == 30


class Forgetful(Station):
    """A service that says yes to every batch and keeps nothing of it."""

    async def take_in(self, entries: Sequence[Entry]) -> IntakeResult:
        return IntakeResult(self.chain.heads(), 0)


def test_a_service_that_says_yes_and_keeps_nothing_is_not_believed(link: LinkThread, tmp_path: Path) -> None:
    station = Forgetful()
    with served(station, tmp_path) as server:
        shipper = link.ship(server.url, filled(3))
        problem = said(shipper, "link.ship.not_taken")
    assert shipper.shipped == 0
    assert (problem.params["sent"], problem.params["head"]) == (3, 0)


def test_a_curve_that_the_lane_itself_has_lost_is_said_and_nothing_is_shipped_past_it(
    link: LinkThread, tmp_path: Path
) -> None:
    station, source = Station(), filled(3)
    source.append(visit_opened(9), blobs=("ab" * 32,))
    with served(station, tmp_path) as server:
        shipper = link.ship(server.url, source)
        until(lambda: code_of(shipper) == "link.ship.blob_missing")
    assert station.chain.entries == []


def test_waking_a_shipper_after_the_end_is_no_mistake(tmp_path: Path) -> None:
    with served(Station(), tmp_path) as server, LinkThread(node="lane-1", clock=SystemClock()) as thread:
        shipper = thread.ship(server.url, filled(1))
        until(lambda: shipper.shipped == 1)
    shipper.wake()
