"""Commits facts one by one and waits for the board to paint each; asks for the snapshot of a full day."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.machine import Spread, ms
from benchmarks.painted.service import MeasuredService, Waiter, fill, run_of, serving
from benchmarks.report import ROOT, Result, Table
from carcheck_desktop.base.clock import SystemClock
from carcheck_desktop.domain.views import VisitView
from carcheck_desktop.link.client.asking import LinkClient

VISITS = 200
PAINT_LIMIT_S = 10.0
HOW = """A real service (SQLite, feed, HTTP and WebSocket) with {visits} visits of a whole attempt each; the real hall board in
another process, 1920 × 1080, painted by Qt without a display. A fact begins or ends an item of one car on the board; the time
is from its commit to the end of the row's paint. One fact at a time, after pauses that are drawn at random so that they do
not keep step with the board's 30 ms timer."""


def run(*, quick: bool) -> Result:
    """Measure the paints, then the snapshot."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as service:
        visits = fill(service, VISITS, measured=True)
        with _board(service.url) as board:
            paints = _paints(service, board, visits[0], 30 if quick else 400)
        snapshots, size = asyncio.run(_snapshots(service.url, 5 if quick else 50))
    rows = [
        ["fact committed → painted in another process", str(len(paints.sorted_s)), *_three(paints)],
        [f"snapshot of {VISITS} visits, asked and decoded ({size / 1e6:.2f} MB)", str(len(snapshots.sorted_s)), *_three(snapshots)],
    ]  # fmt: skip
    table = Table(("", "times", "p50 ms", "p99 ms", "worst ms"), rows)
    return Result("A fact until it is painted (`painted`)", HOW.format(visits=VISITS), [table], [])


def _three(spread: Spread) -> list[str]:
    return [ms(spread.p50), ms(spread.p99), ms(spread.sorted_s[-1])]


@contextmanager
def _board(url: str) -> Iterator[Waiter]:
    command = [sys.executable, "-m", "benchmarks.painted.board", url]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    waiter = Waiter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment) as process:

        def read() -> None:
            assert process.stdout is not None
            for line in process.stdout:
                waiter.add(*json.loads(line))

        reader = threading.Thread(target=read, daemon=True)
        reader.start()
        try:
            yield waiter
        finally:
            process.send_signal(signal.SIGTERM)
            reader.join(10)


def _paints(service: MeasuredService, board: Waiter, visit: VisitView, count: int) -> Spread:
    """Run the items of one car again and again; each fact changes what its row shows."""
    dice = random.Random(1)
    items = [item for item in visit.plan for _ in (0, 1)]
    took: list[float] = []
    assert board.first_after(visit.visit_id, 0.0, 60.0) is not None, "the car is not on the board's first page"
    for number in range(count + 4):
        item = items[number % len(items)]
        fact = run_of(visit, item, 2 + number // 2)[number % 2]
        time.sleep(dice.uniform(0.03, 0.09))
        board.forget()
        committed_s = service.commit(fact)
        seen = board.first_after(visit.visit_id, committed_s, PAINT_LIMIT_S)
        assert seen is not None, f"{fact.kind} was not painted"
        if number >= 4:
            took.append(seen[0] - committed_s)
    return Spread.of(took)


async def _snapshots(url: str, count: int) -> tuple[Spread, int]:
    client = LinkClient(url, node="bench", clock=SystemClock())
    took = []
    try:
        for _ in range(count):
            began_s = time.monotonic()
            snapshot = await client.snapshot()
            took.append(time.monotonic() - began_s)
        assert len(snapshot.visits) == VISITS
        assert all(visit.attempts for visit in snapshot.visits)
    finally:
        await client.close()
    return Spread.of(took), _size(url)


def _size(url: str) -> int:
    with urllib.request.urlopen(f"{url}/snapshot", timeout=30) as answer:
        return len(answer.read())
