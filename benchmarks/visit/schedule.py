"""The run: cars over a lane at the speed of life, a witness between the lane and its instruments."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.machine import ms
from benchmarks.report import ROOT, Goal, Result, Table
from benchmarks.training import TrainingStation
from carcheck_desktop.app.demo_station import free_ports

CARS = 3
SPEED = 1.0
INSPECTED_S, ENDS_S = 900.0, 20.0
LOWEST_SHARE, LONGEST_STEP_S = 0.01, 0.150
ANALYSER = "nanhua_nha50x"
COUNTER = "benchmarks.visit_counter"
HOW = """Cars ({count}) go over a lane at speed 1{exhaust}, driven by the virtual driver, at a real service and a real lane. Between the
lane and every instrument stands `visit_counter.py`, a program that imports nothing of carcheck: it passes the bytes on, writes
down when each request and each answer came, and hears the lane's feed as a window does. Software's time is what passes from the last
byte of the answer that decided something, or from the fact before, until the next fact is heard outside, and from a fact to
the request that follows from it at once: judging, the journal with its fsync, the feed, the link. Not software: answers that
are waited for, drivers, dwell times; prompts that come by the clock; work beside a running measurement. A step
is everything from the end of one item to the end of the next one."""


class WatchedStation(TrainingStation):
    """A station whose instruments are behind a witness."""

    def wire(self) -> Path:
        """Let the lane call the witness, and the witness the world."""
        near = self.path.read_text(encoding="utf-8")
        names = re.findall(r'(?m)^port = "(.+)"$', near)
        far, wires = near, []
        for name, near_port, far_port in zip(names, free_ports(len(names)), free_ports(len(names)), strict=True):
            near = near.replace(f'"{name}"', f'"tcp://127.0.0.1:{near_port}"')
            far = far.replace(f'"{name}"', f'"tcp://127.0.0.1:{far_port}"')
            wires += ["--wire", f"{near_port}:{far_port}"]
        self.path.write_text(near, encoding="utf-8")
        path = self.path.with_name("world.toml")
        path.write_text(far, encoding="utf-8")
        self.seen = self.folder / "seen.jsonl"
        lane = f"http://127.0.0.1:{self.station.lanes[0].link_port}"
        command = [sys.executable, "-m", COUNTER, "watch", "--lane", lane, *wires, "--seen", str(self.seen)]
        self.witness = subprocess.Popen(command, cwd=ROOT, env=plain(), stdout=subprocess.PIPE)
        self.ending.callback(self.end_witness)
        if self.witness.stdout is None or not self.witness.stdout.readline():
            raise RuntimeError("the witness did not begin")
        return path

    def end_witness(self) -> None:
        """Let the witness write down what it saw."""
        self.witness.terminate()
        self.witness.wait(ENDS_S)
        if self.witness.stdout is not None:
            self.witness.stdout.close()


def plain() -> dict[str, str]:
    """Return the environment without a way to what is measured."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}


def run(*, quick: bool) -> Result:
    """Measure; quick: one car, no exhaust."""
    count, analyser = (1, "") if quick else (CARS, ANALYSER)
    with tempfile.TemporaryDirectory(prefix="visit") as folder:
        with WatchedStation(Path(folder) / "station", SPEED, 2 * count + 4, analyser=analyser) as here:
            for car in here.sound_cars(count):
                here.inspect(here.take_in(car), within_s=INSPECTED_S)
        found = counted(here.seen)
    return _told(found, bool(analyser))


def counted(seen: Path) -> dict[str, Any]:
    """Return what the counter makes of the witness's rows."""
    command = [sys.executable, "-m", COUNTER, "count", "--seen", str(seen)]
    done = subprocess.run(command, cwd=ROOT, env=plain(), capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def _told(found: dict[str, Any], has_exhaust: bool) -> Result:
    step, cars = found["step_s"], found["cars"]
    late_s = found["waits"] * found["look_s"] / 2
    rows = [
        ("cars; steps", f"{cars}; {found['steps']}"),
        ("a car's time on the lane", f"{found['on_lane_s'] / cars:.1f} s"),
        ("of it software", f"{found['software_s'] / cars * 1000:.0f} ms"),
        ("software a step p50, p95, worst", f"{ms(step['p50'])}, {ms(step['p95'])}, {ms(step['worst'])} ms"),
        ("not counted: prompts after which an instrument has to see the driver's doing; looks are so far apart, p50",
         f"{found['waits'] / cars:.0f} a car; {ms(found['look_s'])} ms"),
        ("software and half the time between two looks for each of them", f"{(found['software_s'] + late_s) / found['on_lane_s']:.2%}"),
    ]  # fmt: skip
    parts = [
        (name, str(part["times"]), ms(part["p50"]), ms(part["worst"]))
        for name, part in list(found["parts_s"].items())[:12]
    ]
    goals = [
        Goal("software's share of the time on the lane: < 1 %", f"{found['share']:.2%}", found["share"] < LOWEST_SHARE),
        Goal("software a step, p95: < 150 ms", f"{ms(step['p95'])} ms", step["p95"] < LONGEST_STEP_S),
    ]
    how = HOW.format(
        count=cars, exhaust=" with weighing, brakes and exhaust" if has_exhaust else ", weighing and brakes only"
    )
    tables = (Table(("", "found"), rows), Table(("what was done", "times", "p50 ms", "worst ms"), parts))
    return Result("Software on the lane (`visit`)", how, tables, goals)
