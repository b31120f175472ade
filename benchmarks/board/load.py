"""Ten changes a second on a 4K board of 60 cars: how long a changed car takes to paint, the processor, fact to pixel."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.machine import Spread, ms, ratio
from benchmarks.painted.service import MeasuredService, fill, run_of, serving
from benchmarks.report import ROOT, Goal, Result, Table
from carcheck_desktop.domain.views import VisitView

CARS = 60
SIZE = (3840, 2160)
CHANGES_PER_S = 10.0
PAINT_GOAL_S = 0.008
START_LIMIT_S = 60.0
HOW = """A real service with {cars} cars on their lanes; a real screen of the hall in another process, 3840 × 2160, painted by Qt
without a display, in the dense form, several cars side by side. Ten facts a second begin or end an item of a car that is on the page, one car after the
other. A paint is Qt's `paintEvent` of the row that changed; the peer is the same process painting the whole board, measured at
the end of the same run. The processor is that of the screen's process, the link included, with and without changes."""


@dataclass
class Screen:
    """What the screen's process said so far."""

    process: subprocess.Popen[str]
    painted: list[tuple[float, str, float, float]] = field(default_factory=list)
    used: list[tuple[float, float, int]] = field(default_factory=list)
    whole: list[tuple[float, float]] = field(default_factory=list)
    more: threading.Condition = field(default_factory=threading.Condition)

    def read(self) -> None:
        """Take in lines until the process ends."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            kind, *rest = json.loads(line)
            with self.more:
                if kind == "painted":
                    moment, visit, _where, _progress, took_s, own_s = rest
                    self.painted.append((moment, visit, took_s, own_s))
                elif kind == "used":
                    self.used.append((rest[0], rest[1], rest[2]))
                else:
                    self.whole.append((rest[0], rest[1]))
                self.more.notify_all()

    def wait_for_cars(self, limit_s: float) -> list[str]:
        """Return the cars of the page once it stands still."""
        until_s = time.monotonic() + limit_s
        with self.more:
            while not self.painted and time.monotonic() < until_s:
                self.more.wait(1)
        time.sleep(2)
        with self.more:
            assert self.painted, "the board shows no car"
            return list(dict.fromkeys(visit for _, visit, _, _ in self.painted))

    def processor_share(self, since_s: float, until_s: float) -> float:
        """Return the part of one core that was used between two moments."""
        within = [each for each in self.used if since_s <= each[0] <= until_s]
        assert len(within) > 1, "too short to tell"
        return (within[-1][1] - within[0][1]) / (within[-1][0] - within[0][0])


@contextmanager
def screen(url: str) -> Iterator[Screen]:
    """Run a screen of the hall; at its end it has told everything."""
    command = [sys.executable, "-m", "benchmarks.board.screen", url, *map(str, SIZE)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment) as process:
        made = Screen(process)
        reader = threading.Thread(target=made.read, daemon=True)
        reader.start()
        try:
            yield made
        finally:
            process.send_signal(signal.SIGTERM)
            reader.join(30)


def run(*, quick: bool) -> Result:
    """Measure an idle board, then a busy one, then whole repaints."""
    changes, idle_s = (40, 4.0) if quick else (600, 20.0)
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as service:
        visits = {visit.visit_id: visit for visit in fill(service, CARS, measured=True)}
        with screen(service.url) as board:
            shown = [visits[car] for car in board.wait_for_cars(START_LIMIT_S)]
            began_s = time.monotonic()
            time.sleep(idle_s)
            busy_s = time.monotonic()
            latencies, paints, own = _changes(service, board, shown, changes)
            end_s = time.monotonic()
            idle, busy = board.processor_share(began_s, busy_s), board.processor_share(busy_s, end_s)
    whole = Spread.of([took_s for took_s, _ in board.whole])
    return _result(len(shown), (paints, own, whole, latencies), (idle, busy))


def _changes(
    service: MeasuredService, board: Screen, shown: list[VisitView], count: int
) -> tuple[Spread, Spread, Spread]:
    """Commit facts at their pace; return commit to paint, and the paints: by the clock, and the thread's own time."""
    committed: list[tuple[float, str]] = []
    board.painted.clear()
    began_s = time.monotonic()
    for number in range(count):
        visit = shown[number % len(shown)]
        turn = number // len(shown)
        item = visit.plan[(turn // 2) % len(visit.plan)]
        time.sleep(max(0.0, began_s + number / CHANGES_PER_S - time.monotonic()))
        committed.append((service.commit(run_of(visit, item, 10 + turn // 2)[turn % 2]), visit.visit_id))
    time.sleep(1.0)
    with board.more:
        painted = list(board.painted)
    latencies = []
    for committed_s, visit_id in committed:
        seen = next((moment for moment, car, _, _ in painted if car == visit_id and moment >= committed_s), None)
        assert seen is not None, f"a change of {visit_id} was not painted"
        latencies.append(seen - committed_s)
    took, own = [took_s for *_, took_s, _ in painted], [own_s for *_, own_s in painted]
    return Spread.of(latencies), Spread.of(took), Spread.of(own)


def _result(shown: int, spreads: tuple[Spread, Spread, Spread, Spread], shares: tuple[float, float]) -> Result:
    paints, own, whole, latencies = spreads
    rows = [
        ["paint of a car that changed", str(len(paints.sorted_s)), *_three(paints)],
        ["the same, processor time of the thread alone", str(len(own.sorted_s)), *_three(own)],
        ["paint of the whole board (what painting everything costs)", str(len(whole.sorted_s)), *_three(whole)],
        ["fact committed → painted in another process", str(len(latencies.sorted_s)), *_three(latencies)],
    ]
    idle, busy = shares
    used = [["idle", f"{idle:.1%}"], ["ten changes a second", f"{busy:.1%}"]]
    times = whole.p50 / paints.p50
    return Result(
        "The hall board at 4K (`board`)",
        HOW.format(cars=CARS),
        [Table(("", "times", "p50 ms", "p99 ms", "worst ms"), rows), Table(("the screen's process", "of one core"), used)],
        [Goal(f"paint of a changed car, p99: < {PAINT_GOAL_S * 1000:g} ms", f"{ms(paints.p99)} ms", paints.p99 < PAINT_GOAL_S)],
        [f"{shown} of {CARS} cars are on the page; painting everything at every change would take {ratio(times)} × as long."],
    )  # fmt: skip


def _three(spread: Spread) -> list[str]:
    return [ms(spread.p50), ms(spread.p99), ms(spread.sorted_s[-1])]
