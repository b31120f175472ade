"""Frozen readers, half-open wires, and a service that ends while clients are connected."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from contextlib import aclosing, suppress
from typing import TYPE_CHECKING

import pytest

from carcheck_desktop.base.clock import SystemClock
from carcheck_desktop.base.errors import LinkError
from carcheck_desktop.domain.live import LiveSamples
from carcheck_desktop.link.client.asking import LinkClient
from carcheck_desktop.link.client.events import FactArrived, LinkDown, LinkUp, SnapshotTaken
from carcheck_desktop.link.client.thread import LinkThread
from carcheck_desktop.link.server import serving, streams
from carcheck_desktop.link.server.samples import DEPTH, SampleFan
from tests.link.fakes import Station, large_fact, served
from tests.link.strangers import Relay, frozen_reader
from tests.link.test_following import Reader

if TYPE_CHECKING:
    from carcheck_desktop.link.server.serving import LinkServer


def port_of(server: LinkServer) -> int:
    return int(server.url.rpartition(":")[2])


def flood(station: Station, megabytes: int) -> None:
    station.ring.publish([station.chain.append(large_fact(100_000)) for _ in range(megabytes * 10)])


def is_cut(client: socket.socket, within_s: float) -> bool:
    """Say whether the peer resets or ends the connection; reads only after the time is over."""
    time.sleep(within_s)
    client.settimeout(2.0)
    try:
        while client.recv(1 << 20):
            continue
    except ConnectionResetError:
        return True
    except TimeoutError:
        return False
    return True


def test_a_frozen_reader_is_cut_and_a_good_one_beside_it_hears_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "SEND_TIMEOUT_S", 0.4)
    station, reader = Station(), Reader()
    with served(station) as server, LinkThread(node="control-1", clock=SystemClock()) as link:
        link.follow(server.url, reader.box)
        frozen = frozen_reader(port_of(server), "/feed?pos=0&epoch=epoch-1")
        reader.until(lambda: bool(reader.of(SnapshotTaken)))
        flood(station, 12)
        reader.until(lambda: reader.heads == {"service": 120})
        with frozen:
            assert is_cut(frozen, 0.8)
    assert (reader.lost, reader.doubled) == (0, 0)


def test_a_reader_that_answers_no_ping_is_cut_although_its_buffers_have_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "PING_S", 0.2)
    monkeypatch.setattr(serving, "LINGER_S", 0.2)
    station = Station()
    with served(station) as server, frozen_reader(port_of(server), "/feed?pos=0&epoch=epoch-1") as frozen:
        assert is_cut(frozen, 0.9)


def test_a_service_stops_quickly_although_a_reader_is_frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "GRACEFUL_S", 0.3)
    station = Station()
    with served(station) as server:
        frozen = frozen_reader(port_of(server), "/feed?pos=0&epoch=epoch-1")
        flood(station, 12)
        time.sleep(0.2)
        started = time.monotonic()
        server.stop()
    assert time.monotonic() - started < 2.0
    frozen.close()


def test_a_half_open_wire_is_noticed_by_ping_and_mended_without_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("carcheck_desktop.link.client.http.PING_S", 0.3)
    station, reader = Station(), Reader()
    station.happen(5)
    with (
        served(station) as server,
        Relay(port_of(server)) as relay,
        LinkThread(node="control-1", clock=SystemClock()) as link,
    ):
        link.follow(f"http://127.0.0.1:{relay.port}", reader.box)
        reader.until(lambda: reader.heads == {"service": 5})
        relay.swallows.set()
        station.happen(5)
        reader.until(lambda: bool(reader.of(LinkDown)))
        relay.swallows.clear()
        reader.until(lambda: reader.heads == {"service": 10}, timeout_s=15)
    assert (reader.lost, reader.doubled) == (0, 0)
    assert len(reader.of(FactArrived)) == 5
    assert len(reader.of(SnapshotTaken)) == 1


def test_a_slow_watcher_of_samples_gets_the_newest() -> None:
    async def watch() -> list[float]:
        fan = SampleFan()
        fan.attach(asyncio.get_running_loop())
        with fan.subscribed(asyncio.Event()) as box:
            for tick in range(100):
                fan.publish([LiveSamples("1", float(tick))])
            await asyncio.sleep(0)
            assert box.event.is_set()
            return [float(message.partition('"at_s":')[2].partition(",")[0]) for message in box.messages]

    assert asyncio.run(watch()) == [float(tick) for tick in range(100 - DEPTH, 100)]


def test_facts_published_from_another_thread_while_nobody_serves_are_not_lost() -> None:
    station, reader = Station(), Reader()
    with served(station) as server, LinkThread(node="control-1", clock=SystemClock()) as link:
        port = port_of(server)
        link.follow(server.url, reader.box)
        reader.until(lambda: bool(reader.of(LinkUp)))
        server.stop()
        writer = threading.Thread(target=station.happen, args=(30,))
        writer.start()
        writer.join()
        with served(station, port=port):
            reader.until(lambda: reader.heads == {"service": 30})
    assert (reader.lost, reader.doubled) == (0, 0)


def test_the_ring_never_answers_over_a_hole() -> None:
    """Places 3 and 4 were never published: who stands before them reads from the journal."""

    async def read() -> list[int]:
        station = Station()
        facts = [station.chain.append(large_fact(1)) for _ in range(6)]
        station.ring.publish(facts[:2])
        station.ring.publish(facts[4:])
        places: list[int] = []
        while batch := await station.ring.after(places[-1] if places else 0):
            places += [pos for pos, _ in batch]
        return places

    assert asyncio.run(read()) == [1, 2, 3, 4, 5, 6]


def test_early_readers_really_get_doubles_over_the_wire() -> None:
    """Shows that dropping doubles is the follower's doing and not luck."""

    async def read(url: str) -> list[int]:
        client = LinkClient(url, node="control-1", clock=SystemClock())
        snapshot = await client.snapshot()
        async with aclosing(client.feed(snapshot.pos, snapshot.epoch)) as feed:
            batch = await anext(feed)
        await client.close()
        return [entry.seq - snapshot.heads[entry.node] for _, entry in batch]

    station = Station()
    station.early = 5
    station.happen(20)
    with served(station) as server:
        assert asyncio.run(read(server.url)) == [-4, -3, -2, -1, 0]


def test_a_thread_that_stops_cancels_what_is_open_and_refuses_more() -> None:
    link = LinkThread(node="control-1", clock=SystemClock()).start()
    peer = link.peer("http://127.0.0.1:9")
    waiting = peer.ask(lambda _client: asyncio.sleep(60))
    link.stop()
    link.stop()
    assert waiting.cancelled()
    late = peer.ask(lambda _client: asyncio.sleep(0)).exception(1)
    assert isinstance(late, LinkError)
    assert late.code == "link.client.stopped"


HALF = b"POST /commands/stop_lane HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"


@pytest.mark.parametrize("begun", [b"", b"GET /hand", HALF])
def test_whoever_begins_a_request_and_never_ends_it_is_cut(monkeypatch: pytest.MonkeyPatch, begun: bytes) -> None:
    monkeypatch.setattr(serving, "REQUEST_S", 0.3)
    with served(Station()) as server, socket.create_connection(("127.0.0.1", port_of(server)), timeout=5) as client:
        client.sendall(begun)
        began_s = time.monotonic()
        with suppress(ConnectionResetError):
            assert client.recv(100) == b""
        assert time.monotonic() - began_s < 3.0


def test_a_patient_client_is_not_cut_between_its_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "REQUEST_S", 0.3)
    whole = b"GET /handshake HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    with served(Station()) as server, socket.create_connection(("127.0.0.1", port_of(server)), timeout=5) as client:
        for _ in range(2):
            client.sendall(whole)
            assert client.recv(20).startswith(b"HTTP/1.1 200")
            while not client.recv(65536).endswith(b"}"):
                continue
            time.sleep(0.6)
