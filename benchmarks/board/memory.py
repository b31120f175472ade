"""A screen of the hall beside a whole simulated station at speed 20: does its memory grow?"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.report import ROOT, Goal, Result, Table
from carcheck_desktop.app.demo import DemoWish, prepare, start_processes

SPEED = 20.0
SAMPLE_S = 10.0
SETTLE_SHARE = 0.2
"""The beginning is not counted: caches of painted plates and texts fill there."""
GROWTH_GOAL_MB = 5.0
CARS_PER_MIN = 12
HOW = """`main.py hall` (3840 × 2160, without a display) beside the demonstration's station at speed {speed:g} for {minutes:g} minutes,
resident memory of its process every {sample:g} s. The slope is that of a straight line through the samples after the first fifth."""


def soak(minutes: float) -> Result:
    """Run for so many real minutes and tell how the memory went."""
    samples: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        wish = DemoWish(round(minutes * CARS_PER_MIN) + 20, SPEED, 1, Path(folder), "zh_CN", analyser="nanhua_nha50x")
        running = start_processes(wish, prepare(wish))
        try:
            command = [
                sys.executable, str(ROOT / "main.py"), "hall", "--station", str(Path(folder) / "station.toml"),
                "--clock", running.clock_url,
            ]  # fmt: skip
            environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen:size=3840x2160"}
            with subprocess.Popen(command, cwd=ROOT, env=environment) as hall:
                try:
                    samples = _watch(hall, minutes)
                finally:
                    hall.terminate()
                    hall.wait(20)
        finally:
            running.children.end()
    return _result(minutes, samples)


def _watch(hall: subprocess.Popen[bytes], minutes: float) -> list[tuple[float, float]]:
    """Return (minute, megabytes) every ten seconds; the process must live all the time."""
    began_s = time.monotonic()
    samples = []
    while (passed_s := time.monotonic() - began_s) < minutes * 60:
        time.sleep(min(SAMPLE_S, max(0.1, minutes * 60 - passed_s)))
        assert hall.poll() is None, f"the hall ended with {hall.returncode}"
        samples.append(((time.monotonic() - began_s) / 60, resident_mb(hall.pid)))
        print(f"{samples[-1][0]:.1f} min  {samples[-1][1]:.1f} MB", file=sys.stderr, flush=True)
    return samples


def resident_mb(pid: int) -> float:
    """Return what a process holds in memory (Linux)."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def slope_per_h(samples: list[tuple[float, float]]) -> float:
    """Return the growth in megabytes an hour: least squares through the samples after the first fifth."""
    counted = samples[int(len(samples) * SETTLE_SHARE) :]
    count = len(counted)
    middle_x = sum(x for x, _ in counted) / count
    middle_y = sum(y for _, y in counted) / count
    over = sum((x - middle_x) ** 2 for x, _ in counted)
    return 60 * sum((x - middle_x) * (y - middle_y) for x, y in counted) / over if over else 0.0


def _result(minutes: float, samples: list[tuple[float, float]]) -> Result:
    grown = slope_per_h(samples)
    marks = [samples[round((len(samples) - 1) * part / 4)] for part in range(5)]
    rows = [[f"{at:.1f}", f"{held:.1f}"] for at, held in marks]
    return Result(
        "The hall board for an hour (`board_soak`)",
        HOW.format(speed=SPEED, minutes=minutes, sample=SAMPLE_S),
        [Table(("minute", "MB"), rows)],
        [Goal(f"growth: < {GROWTH_GOAL_MB:g} MB an hour", f"{grown:.1f} MB an hour", grown < GROWTH_GOAL_MB)],
        [
            f"{len(samples)} samples, least {min(y for _, y in samples):.1f} MB, most {max(y for _, y in samples):.1f} MB"
        ],
    )
