"""Starts the two programs in turn and takes the moments that they print."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.machine import Spread, middle, ms, ratio
from benchmarks.painted.service import fill, serving
from benchmarks.report import ROOT, Goal, Result, Table
from carcheck_desktop.app.demo_station import write_demo_station
from carcheck_desktop.base.station import read_station

HERE = Path(__file__).resolve().parent
GOAL = 4.0
WAITING = 20
BARE, PAINTED, USABLE = "bare PySide6 window, painted", "control window, first paint", "**control window, usable**"
HOW = """From before the process is started to a paint, without a display, in interleaved rounds after one for nothing. The peer is
a program of PySide6 alone that shows a label in a window of the same size. Usable means: the control window of a real station
file has signed on to a running service and painted its snapshot ({waiting} waiting cars); keys are taken from then on."""


def run(*, quick: bool) -> Result:
    """Start both again and again."""
    rounds = 2 if quick else 15
    with tempfile.TemporaryDirectory() as folder:
        station = write_demo_station(Path(folder))
        with serving(Path(folder), read_station(station).link_port) as service:
            fill(service, WAITING, measured=False)
            found = [_round(station) for _ in range(rounds + 1)][1:]
    rows = []
    for name in (BARE, PAINTED, USABLE):
        spread = Spread.of([each[name] for each in found])
        rows.append([name, ms(spread.p50), ms(spread.sorted_s[0]), ms(spread.sorted_s[-1]), ratio(_times(found, name))])
    table = Table(("", "p50 ms", "best", "worst", "times bare"), rows)
    usable = _times(found, USABLE)
    goal = Goal(f"first usable window: ≤ {GOAL:g} × a bare PySide6 window", f"{ratio(usable)} ×", usable <= GOAL)
    return Result("The first usable window (`window`)", HOW.format(waiting=WAITING), [table], [goal])


def _times(found: Sequence[dict[str, float]], name: str) -> float:
    return middle([each[name] / each[BARE] for each in found])


def _round(station: Path) -> dict[str, float]:
    bare = _moments([str(HERE / "bare.py")])
    ours = _moments([str(HERE / "watched.py"), str(station)])
    return {BARE: bare[-1], PAINTED: ours[0], USABLE: ours[-1]}


def _moments(program: Sequence[str]) -> list[float]:
    """Run a program to its end; return the seconds from its start to each line it printed."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    environment.pop(
        "PYTHONDONTWRITEBYTECODE", None
    )  # the round for nothing leaves compiled modules, as any first start does
    began_s = time.monotonic()
    done = subprocess.run(
        [sys.executable, *program], capture_output=True, text=True, check=False, timeout=60, env=environment, cwd=ROOT
    )
    moments = [float(line.split()[-1]) - began_s for line in done.stdout.splitlines()]
    if not moments or done.returncode:
        raise RuntimeError(done.stderr or f"{program[0]} told nothing")
    return moments
