"""The engine in its own thread, on a real journal: commands from another loop, stop, close, restart."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from carcheck_desktop.app.lane_journal import StoreLaneJournal
from carcheck_desktop.base.clock import ScaledClock
from carcheck_desktop.base.keys import SigningKey
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.commands import Command, Envelope, Reply, StartAttempt, StopLane
from carcheck_desktop.domain.journal import Entry
from carcheck_desktop.domain.views import AttemptState, LaneView
from carcheck_desktop.lanes.engine import Engine
from carcheck_desktop.lanes.judging import StandardsJudge
from carcheck_desktop.lanes.lane import Lane
from carcheck_desktop.lanes.parts import LaneParts
from carcheck_desktop.store import Opening, StoreWriter, open_store
from carcheck_desktop.twin.car import make_car
from carcheck_desktop.twin.people import VirtualDriver
from carcheck_desktop.twin.world import VirtualWorld
from tests.lanes.instruments import Bench, BenchBody, Scale
from tests.lanes.station import PLATE, RULES, Book, Screen, visit

F = TypeVar("F", bound=f.Fact)
KEY = SigningKey.generate()
SPEED = 20.0


class Process:
    """A lane process around a store, as app makes it."""

    def __init__(self, folder: Path, clock: ScaledClock, body: BenchBody) -> None:
        self.clock = clock
        opening = Opening("500100", "训练站", training=True, software="test")
        self.store = open_store(
            folder / "lane.db", node="lane-1", key=KEY, clock=clock, blob_folder=folder / "blobs", opening=opening
        )
        self.driver = VirtualDriver("1", body.world)
        self.entries: list[Entry] = []
        self.writer = StoreWriter(self.store, self._heard)
        self.bench = Bench(body, clock, 0.002 * SPEED)
        parts = LaneParts(
            "1", "lane-1", clock, StoreLaneJournal(self.store, self.writer), Book(visit()), StandardsJudge(RULES),
            Screen(), self.bench, Scale(body.world, clock, 0.002 * SPEED),
        )  # fmt: skip
        self.engine = Engine([parts], clock, lambda: KEY.public_hex)
        self.engine.start()

    def send(self, command: Command) -> Reply:
        now = self.clock.now()
        until = now + timedelta(hours=1)
        token = KEY.token(
            {"sid": "s", "sub": "wang", "role": Role.LANE_CONTROLLER.value, "node": "c", "exp": int(until.timestamp())}
        )
        sent = Envelope(f"c-{time.monotonic_ns()}", token, "control-1", now, now + timedelta(seconds=60), command)
        return asyncio.run(self.engine.execute(sent))

    @property
    def view(self) -> LaneView:
        (view,) = self.engine.views()
        return view

    def until(self, is_so: Callable[[], bool], limit_s: float = 20.0) -> None:
        deadline = time.monotonic() + limit_s
        while not is_so():
            assert time.monotonic() < deadline, self.view
            time.sleep(0.005)

    def close(self) -> None:
        self.engine.close()
        self.writer.close()
        self.store.close()

    def _heard(self, added: list[tuple[int, Entry]]) -> None:
        for _, entry in added:
            self.entries.append(entry)
            fact = entry.fact()
            if isinstance(fact, f.PromptShown):
                self.driver.act(fact.expects, fact.axle, fact.due_s)


@contextmanager
def process(folder: Path, clock: ScaledClock, body: BenchBody) -> Iterator[Process]:
    running = Process(folder, clock, body)
    try:
        yield running
    finally:
        running.close()


def world() -> tuple[ScaledClock, BenchBody]:
    clock = ScaledClock.starting_now(SPEED)
    virtual = VirtualWorld(seed=1)
    virtual.enter("1", make_car(1, PLATE, 1400))
    return clock, BenchBody(virtual, clock)


def test_a_car_is_braked_stopped_and_found_again_after_a_restart(tmp_path: Path) -> None:
    clock, body = world()
    with process(tmp_path, clock, body) as first:
        reply = first.send(StartAttempt("1", "visit-1"))
        assert reply.accepted, reply.refusal
        first.until(lambda: body.starts == 2)
        assert {thread.name for thread in threading.enumerate()} >= {"engine", "writer-lane-1"}
        stopped_at = time.monotonic()
        assert first.send(StopLane("1")).accepted
        assert time.monotonic() - stopped_at < 1.0
        assert not body.is_turning
        assert first.view.stopped
        assert [fact.item for fact in facts(first, f.ItemFinished)] == ["W1", "W2"]
    with process(tmp_path, clock, body) as second:
        assert second.view.stopped
        assert second.view.attempt is not None
        assert second.view.attempt.state is AttemptState.INTERRUPTED
        assert [item.item for item in second.view.attempt.items if item.weighing] == ["W1", "W2"]
        assert second.view.occupied_by == "visit-1"


def test_news_of_devices_from_a_line_thread_are_written_down_in_order(tmp_path: Path) -> None:
    clock, body = world()
    with process(tmp_path, clock, body) as lane:
        for number in range(5):
            lane.engine.device_changed(f.DeviceAttached("1", "bench", "BrakeTester", "m", "m:bench", f"bench {number}"))
        lane.until(lambda: len(facts(lane, f.DeviceAttached)) == 5)
        assert [fact.identity for fact in facts(lane, f.DeviceAttached)] == [f"bench {n}" for n in range(5)]
        lane.until(lambda: [device.identity for device in lane.view.devices] == ["bench 4"])
        assert lane.view.devices[0].problem is None


def test_news_that_cannot_be_taken_in_are_said_and_late_ones_are_nobodys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    clock, body = world()
    news = f.DeviceAttached("1", "bench", "BrakeTester", "m", "m:bench", "bench")

    async def stumble(_lane: Lane, _fact: f.Fact) -> None:
        raise TypeError("a mistake of ours")

    with process(tmp_path, clock, body) as lane:
        monkeypatch.setattr(Lane, "device_changed", stumble)
        lane.engine.device_changed(news)
        lane.until(lambda: "a mistake of ours" in caplog.text)
    lane.engine.device_changed(news)


def facts(lane: Process, kind: type[F]) -> list[F]:
    """Return what of one kind was announced."""
    return [fact for fact in (entry.fact() for entry in lane.entries) if isinstance(fact, kind)]
