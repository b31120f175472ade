"""Whole training days over real processes, sockets and serial lines, for the tests of this folder."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from carcheck_desktop.app.demo import DemoWish, Running, prepare, start_processes, through
from carcheck_desktop.app.summary import visit_summary
from carcheck_desktop.base.clock import SystemClock
from carcheck_desktop.base.station import Station, read_station
from carcheck_desktop.domain.ports import VisitRecord
from carcheck_desktop.domain.station import Snapshot
from carcheck_desktop.link.client.thread import LinkThread


@dataclass(frozen=True)
class Day:
    """A finished day: its folder, every visit's record in order of intake, the exit codes."""

    folder: Path
    station: Station
    records: list[VisitRecord]
    exit_codes: dict[str, int]

    @property
    def summaries(self) -> list[dict[str, Any]]:
        """What `summary.json` says of each visit."""
        return [visit_summary(record) for record in self.records]


def run_day(folder: Path, *, vehicles: int, speed: float, seed: int, limit_s: float) -> Day:
    """Run a training day to its end in processes of its own."""
    wish = DemoWish(vehicles, speed, seed, folder, "zh_CN")
    return run_station(start_processes(wish, prepare(wish)), folder, vehicles, limit_s)


def run_station(running: Running, folder: Path, vehicles: int, limit_s: float) -> Day:
    """Look on until so many cars are through (where nobody works at the office: concluded), then end every process."""
    try:
        with LinkThread(node="test", clock=SystemClock()) as links:
            peer = links.peer(running.station.service_url)

            def snapshot() -> Snapshot:
                return peer.ask(lambda client: client.snapshot()).result(30)

            def are_done() -> bool:
                return (through(running) if running.station.printers else concluded(snapshot())) >= vehicles

            wait_for(are_done, limit_s, running.children.require_all)
            visits = sorted(snapshot().visits, key=lambda visit: visit.opened_at)
            ids = [visit.visit_id for visit in visits]
            records = [peer.ask(lambda client, one=one: client.visit(one)).result(30) for one in ids]  # type: ignore[misc]
    finally:
        codes = running.children.end()
    return Day(folder, read_station(folder / "station.toml"), records, codes)


def concluded(snapshot: Snapshot) -> int:
    """Return how many visits are concluded."""
    return sum(visit.conclusion is not None for visit in snapshot.visits)


def wait_for(is_so: Callable[[], bool], limit_s: float, check: Callable[[], None] = lambda: None) -> None:
    """Wait for something that other processes do; fail after `limit_s` real seconds."""
    deadline_s = time.monotonic() + limit_s
    while not is_so():
        check()
        assert time.monotonic() < deadline_s, f"did not happen within {limit_s} s"
        time.sleep(0.1)
