"""Starts the three windows in turn, while six lanes brake, and puts their frames side by side."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks.machine import Spread, middle, ms, ratio
from benchmarks.report import ROOT, Goal, Result, Table

ROUNDS, WHOLE_S = 3, 20.0
QUICK_S = 4.0
WANTED_FPS = 24.0
OURS, GRAPH, THIN, PAINTER = (
    "**control window, six lanes at a glance**",
    "bare pyqtgraph, six plots",
    "bare pyqtgraph, hairlines without smoothing",
    "bare QPainter, six plots",
)
HOW = """The control window of `main.py control` in a process of its own at 1920 × 1080, without a display, in the overview: six lanes in
a brake test, 25 batches a second and lane (100 samples a second and wheel) over the real link from another process, a new run on
a lane every two seconds. The peers draw the same six growing curves from their own memory at 25 frames a second: no link, no words,
no lists. A frame is all that the window repaints within a tick of 40 ms (25 a second at most); {rounds} interleaved rounds of {seconds:g} s
after {warm:g} s of warming up. A frame is taken by the clock and by the processor time of the painting thread: the first holds
for a machine as loaded as this one was, the second for the program."""


@dataclass(frozen=True, slots=True)
class Found:
    """One window in one round: its frames by the clock and by the processor, its share of a core, frames a second."""

    frames: Spread
    worked: Spread
    cpu: float
    fps: float


def run(*, quick: bool) -> Result:
    """Measure and compare."""
    from benchmarks.control.watching import WARM_S

    rounds, seconds = (1, QUICK_S) if quick else (ROUNDS, WHOLE_S)
    found: dict[str, list[Found]] = {OURS: [], GRAPH: [], THIN: [], PAINTER: []}
    with _lanes() as url:
        for _ in range(rounds):
            found[OURS].append(_watched("benchmarks.control.window", url, seconds))
            found[GRAPH].append(_watched("benchmarks.control.bare", "pyqtgraph", seconds))
            found[THIN].append(_watched("benchmarks.control.bare", "thin", seconds))
            found[PAINTER].append(_watched("benchmarks.control.bare", "painter", seconds))
    how = HOW.format(rounds=rounds, seconds=seconds, warm=WARM_S)
    return Result("Six lanes of live curves (`control`)", how, [_table(found)], _goals(found), NOTES)


NOTES = (
    "Processor share is of one core, all threads of the window's process, the link's included; the peers have no link.",
    "The control window draws only what was added to a curve; a bare plot draws the whole curve again.",
)


def _table(found: dict[str, list[Found]]) -> Table:
    rows = []
    for name, rounds in found.items():
        frames = Spread.together([each.frames for each in rounds])
        share, fps = middle([each.cpu for each in rounds]), middle([each.fps for each in rounds])
        worked = Spread.together([each.worked for each in rounds])
        by_clock, by_processor = [ms(frames.p50), ms(frames.p99)], [ms(worked.p50), ms(worked.p99)]
        rows.append([name, *by_processor, *by_clock, f"{fps:.1f}", f"{share:.0%}"])
    heads = ("", "frame p50 ms of processor", "p99", "frame p50 ms by the clock", "p99", "frames/s", "of one core")
    return Table(heads, rows)


def _goals(found: dict[str, list[Found]]) -> list[Goal]:
    def times(other: str, p99: bool) -> float:
        pairs = zip(found[OURS], found[other], strict=True)
        if p99:
            return middle([one.worked.p99 / peer.worked.p99 for one, peer in pairs])
        return middle([one.cpu / peer.cpu for one, peer in pairs])

    frame, cpu = times(GRAPH, p99=True), times(GRAPH, p99=False)
    fps = middle([each.fps for each in found[OURS]])
    return [
        Goal("frame p99, processor time: ≤ 1 × bare pyqtgraph", f"{ratio(frame)} ×", frame <= 1),
        Goal("processor: ≤ 1 × bare pyqtgraph", f"{ratio(cpu)} ×", cpu <= 1),
        Goal(f"frames a second: ≥ {WANTED_FPS:g}", f"{fps:.1f}", fps >= WANTED_FPS),
    ]


@contextmanager
def _lanes() -> Iterator[str]:
    """Run the far end and give its address."""
    command = [sys.executable, "-m", "benchmarks.control.feeding"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def _watched(module: str, given: str, seconds: float) -> Found:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", module, given, str(seconds)],
        capture_output=True, text=True, check=False, timeout=seconds + 60, env=environment, cwd=ROOT,
    )  # fmt: skip
    if done.returncode or not done.stdout:
        raise RuntimeError(done.stderr or f"{module} told nothing")
    told = json.loads(done.stdout.splitlines()[-1])
    frames, worked = Spread.of(told["frames"]), Spread.of(told["worked"])
    return Found(frames, worked, told["cpu"], len(told["frames"]) / told["passed"])
