"""A window follows a process through restarts, cut wires and restored databases."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from carcheck_desktop.base.clock import SystemClock
from carcheck_desktop.base.errors import LinkError
from carcheck_desktop.base.mailbox import Mailbox
from carcheck_desktop.domain.commands import OpenVisit, StartAttempt
from carcheck_desktop.domain.live import LiveSamples
from carcheck_desktop.domain.station import LaneAddress
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.link.client.events import FactArrived, LinkDown, LinkEvent, LinkUp, SnapshotTaken
from carcheck_desktop.link.client.thread import LinkThread
from tests.link.fakes import Station, large_fact, served, vehicle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Box = Mailbox[LinkEvent, LiveSamples]


class Reader:
    """Collects what a mailbox gets, and folds it as a window would: a list of (node, seq)."""

    def __init__(self) -> None:
        self.box: Box = Mailbox()
        self.events: list[LinkEvent] = []
        self.samples: list[LiveSamples] = []
        self.doubled = 0
        self.lost = 0
        self.heads: dict[str, int] = {}

    def drain(self) -> None:
        events, samples = self.box.drain()
        self.samples.extend(samples.values())
        for event in events:
            self.events.append(event)
            if isinstance(event, SnapshotTaken):
                self.heads = dict(event.snapshot.heads)
            elif isinstance(event, FactArrived):
                step = event.entry.seq - self.heads.get(event.entry.node, 0)
                self.doubled += step <= 0
                self.lost += step > 1
                self.heads[event.entry.node] = event.entry.seq

    def until(self, wanted: Callable[[], bool], timeout_s: float = 10.0) -> None:
        deadline = time.monotonic() + timeout_s
        while True:
            self.drain()
            if wanted():
                return
            assert time.monotonic() < deadline, self.events[-5:]
            time.sleep(0.005)

    def of(self, kind: type) -> list[LinkEvent]:
        return [event for event in self.events if isinstance(event, kind)]


@pytest.fixture
def link() -> Iterator[LinkThread]:
    with LinkThread(node="control-1", clock=SystemClock()) as thread:
        yield thread


def test_a_window_starts_from_the_snapshot_and_hears_every_fact_once(link: LinkThread) -> None:
    station, reader = Station(), Reader()
    station.happen(10)
    with served(station) as server:
        link.follow(server.url, reader.box, peer="service")
        reader.until(lambda: reader.heads == {"service": 10})
        station.happen(200)
        reader.until(lambda: reader.heads == {"service": 210})
    assert (reader.lost, reader.doubled) == (0, 0)
    assert [type(event) for event in reader.events[:3]] == [LinkUp, SnapshotTaken, FactArrived]
    assert len(reader.of(FactArrived)) == 200
    assert {event.peer for event in reader.events} == {"service"}


def happen_slowly(station: Station, count: int) -> None:
    for _ in range(count):
        station.happen()
        time.sleep(0.002)


@pytest.mark.parametrize("early", [0, 5])
def test_restarts_of_the_service_lose_and_double_nothing(link: LinkThread, early: int) -> None:
    """Readers that begin five facts too early get doubles over the wire and drop them."""
    station, reader = Station(), Reader()
    station.early = early
    station.happen(20)
    with served(station) as server:
        port = int(server.url.rpartition(":")[2])
        link.follow(server.url, reader.box)
        reader.until(lambda: reader.heads == {"service": 20})
    with ThreadPoolExecutor(1) as pool:
        happening = pool.submit(happen_slowly, station, 400)
        for _ in range(3):
            with served(station, port=port):
                time.sleep(0.25)
        happening.result()
    with served(station, port=port):
        reader.until(lambda: reader.heads == {"service": 420})
    assert (reader.lost, reader.doubled) == (0, 0)
    assert len(reader.of(SnapshotTaken)) == 1
    assert len(reader.of(LinkDown)) >= 3


def test_a_restored_database_gives_a_new_snapshot(link: LinkThread) -> None:
    station, reader = Station(), Reader()
    station.happen(9)
    with served(station) as server:
        port = int(server.url.rpartition(":")[2])
        link.follow(server.url, reader.box)
        reader.until(lambda: reader.heads == {"service": 9})
    station.restore()
    with served(station, port=port):
        reader.until(lambda: reader.heads == {"service": 3})
        station.happen(2)
        reader.until(lambda: reader.heads == {"service": 5})
    assert len(reader.of(SnapshotTaken)) == 2


def test_a_hole_in_the_feed_gives_a_new_snapshot(link: LinkThread) -> None:
    station, reader = Station(), Reader()
    station.happen(3)
    with served(station) as server:
        link.follow(server.url, reader.box)
        reader.until(lambda: reader.heads == {"service": 3})
        station.chain.append(large_fact(1))  # committed, but place 5 is heard of as if it were place 4
        pos, entry = station.chain.append(large_fact(1))
        station.ring.publish([(pos - 1, entry)])
        reader.until(lambda: reader.heads == {"service": 5})
    assert len(reader.of(SnapshotTaken)) == 2
    assert reader.lost == 0


def test_large_facts_travel_in_several_messages(link: LinkThread) -> None:
    station, reader = Station(), Reader()
    with served(station) as server:
        link.follow(server.url, reader.box)
        reader.until(lambda: bool(reader.of(SnapshotTaken)))
        station.ring.publish([station.chain.append(large_fact(100_000)) for _ in range(40)])
        reader.until(lambda: reader.heads == {"service": 40})
    assert reader.lost == 0


def test_a_lane_that_comes_later_is_told_by_a_new_handshake(link: LinkThread) -> None:
    station, reader = Station(), Reader()
    with served(station) as server:
        peer = link.follow(server.url, reader.box)
        reader.until(lambda: bool(reader.of(LinkUp)))
        address = LaneAddress("1", "lane-1", "http://127.0.0.1:9")
        peer.ask(lambda client: client.register_lane(address)).result(5)
        reader.until(lambda: len(reader.of(LinkUp)) == 2)
    newest = reader.of(LinkUp)[-1]
    assert isinstance(newest, LinkUp)
    assert newest.handshake.lanes == (address,)


@pytest.mark.parametrize("step", [timedelta(hours=-1), timedelta(minutes=5)], ids=["back", "forward"])
def test_a_clock_that_is_set_while_connected_is_told_by_a_new_handshake(link: LinkThread, step: timedelta) -> None:
    station, reader = Station(), Reader()
    with served(station) as server:
        link.follow(server.url, reader.box)
        reader.until(lambda: bool(reader.of(LinkUp)))
        station.now += step
        reader.until(lambda: len(reader.of(LinkUp)) == 2)
    newest = reader.of(LinkUp)[-1]
    assert isinstance(newest, LinkUp)
    assert newest.handshake.now == station.now
    assert len(reader.of(SnapshotTaken)) == 1


def test_another_version_says_which_pc_to_update(link: LinkThread) -> None:
    for protocol, code in ((99, "link.update_this_pc"), (0, "link.update_other_pc")):
        station, reader = Station(), Reader()
        station.protocol = protocol
        with served(station) as server:
            link.follow(server.url, reader.box)
            reader.until(lambda: bool(reader.events))  # noqa: B023 - used within the turn
        down = reader.events[0]
        assert isinstance(down, LinkDown)
        assert down.problem.code == code
        assert down.problem.params["theirs"] == protocol
        assert down.problem.params["node"] == "service"


def test_a_service_that_is_not_there_is_told_once_with_its_address(link: LinkThread) -> None:
    reader = Reader()
    link.follow("http://127.0.0.1:9", reader.box)
    reader.until(lambda: bool(reader.events))
    time.sleep(0.5)
    reader.drain()
    assert len(reader.events) == 1
    down = reader.events[0]
    assert isinstance(down, LinkDown)
    assert down.problem.code == "link.no_connection"
    assert down.problem.params["url"] == "http://127.0.0.1:9"


def test_live_samples_come_newest_first_and_by_lane(link: LinkThread) -> None:
    station, reader = Station(), Reader()
    with served(station) as server:
        link.follow(server.url, reader.box, samples=True)

        def both() -> bool:
            station.fan.publish([LiveSamples("1", time.monotonic()), LiveSamples("2", 0.5)])
            return {each.lane for each in reader.samples} == {"1", "2"}

        reader.until(both)
        reader.box.drain()
        for tick in range(50):
            station.fan.publish([LiveSamples("1", float(tick))])
        time.sleep(0.3)
        _, samples = reader.box.drain()
    assert samples["1"].at_s == 49.0


def test_commands_through_the_thread_carry_its_token(link: LinkThread) -> None:
    station = Station()
    with served(station) as server:
        peer = link.peer(server.url)
        link.token = "token-of-wang"
        reply = peer.send(OpenVisit(vehicle(), InspectionKind.IN_USE)).result(5)
        assert reply.accepted
        moved = peer.send(StartAttempt("1", str(reply.result["visit_id"]))).result(5)
        assert moved.accepted
    assert [given.token for given in station.executed] == ["token-of-wang"] * 2
    given = station.executed[0]
    assert given.node == "control-1"
    assert (given.expires_at - given.issued_at).total_seconds() == 5.0


def test_a_windows_link_has_its_own_mailbox_and_session_and_can_be_closed(link: LinkThread) -> None:
    station = Station()
    with served(station) as server:
        own = link.link(server.url, peer="service")
        assert own.mailbox.drain() == ([], {})
        own.start()
        own.start()
        own.session_token = "own"
        link.token = "of the thread"
        assert own.send(OpenVisit(vehicle(), InspectionKind.IN_USE)).result(5).accepted
        assert station.executed[0].token == "own"
        reader = Reader()
        reader.box = own.mailbox
        reader.until(lambda: reader.heads == {"service": 1})
        own.close()
        time.sleep(0.1)
        station.happen()
        time.sleep(0.1)
        reader.drain()
    assert reader.heads == {"service": 1}
    assert reader.of(LinkDown) == []


def test_an_outage_is_dated_from_its_beginning_although_its_signs_change(link: LinkThread) -> None:
    station, reader = Station(), Reader()
    with served(station) as server:
        link.follow(server.url, reader.box)
        reader.until(lambda: bool(reader.of(SnapshotTaken)))
    reader.until(lambda: len(reader.of(LinkDown)) == 2)
    first, second = reader.of(LinkDown)
    assert isinstance(first, LinkDown)
    assert isinstance(second, LinkDown)
    assert (first.problem.code, second.problem.code) == ("link.closed", "link.no_connection")
    assert first.since == second.since


def test_what_was_before_the_snapshot_can_be_asked_for(link: LinkThread) -> None:
    station, reader = Station(), Reader()
    station.happen(100)
    with served(station) as server:
        peer = link.follow(server.url, reader.box)
        reader.until(lambda: reader.heads == {"service": 100})
        station.happen(4)
        told = peer.recall(100, station.epoch, 70).result(timeout=10)
        assert [entry.seq for entry in told] == list(range(31, 101))
        assert peer.recall(0, station.epoch, 70).result(timeout=10) == []
        with pytest.raises(LinkError):
            peer.recall(100, "another", 70).result(timeout=10)
