"""The run: a desktop without a screen, a training station, cars that were inspected before and cars that were not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.machine import ms
from benchmarks.report import ROOT, Goal, Result, Table
from benchmarks.training import CLERK, PIN, TrainingStation
from tests.look.outside.desktop import desktop, missing
from tests.look.outside.tree import GoneError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carcheck_desktop.twin.scenario import Arrival

CARS, QUICK_CARS = 20, 2
SPEED = 20.0
INSPECTED_S, CLERK_S = 120.0, 900.0
MOST_KEYS, MOST_WAITED_S = 12, 2.0
MEANT = {
    "查询": "look up", "核对无误": "compared", "已告知并同意": "told and agreed", "确认受理": "open the visit", "收款": "take the money",
}  # fmt: skip
HOW = """The counter window of `main.py counter` (1366 × 768, zh_CN) on an X server without a screen, with a real service, the simulated
register and a price list, each a process of its own. {count} cars are taken in over the link and inspected on the lane (speed
{speed:g}) until their visits are concluded; then lane and day are still, and a scripted clerk takes the same cars in once more, and
{count} that were never here but are registered. `clerk_counter.py`, a program that imports nothing of carcheck, presses keys through the X server
and reads the accessibility tree: from the empty question for a plate to the window's offer of the next car, ￥120.00 paid in
cash exactly. A wait runs from a key to the moment the next one is taken, the half second included for which the window does
not take Enter before a visit is opened and before money (and the 150 ms at every other change of the next action)."""


def run(*, quick: bool) -> Result:
    """Measure; raise `SystemExit` with what is missing where no such desktop can be had."""
    if why_not := missing():
        raise SystemExit(why_not)
    count = QUICK_CARS if quick else CARS
    with tempfile.TemporaryDirectory(prefix="clerk") as folder:
        found = _measured(Path(folder), count)
    return _told(count, found)


def _measured(folder: Path, count: int) -> dict[str, Any]:
    with TrainingStation(folder / "station", SPEED, 4 * count) as here, desktop(folder) as screen:
        sound = here.sound_cars(2 * count)
        known, new = sound[:count], sound[count : 2 * count]
        for car in known:
            here.inspect(here.take_in(car), within_s=INSPECTED_S)
        here.lane.terminate()
        here.lane.wait()
        here.start("counter", "--clock", here.clock_url, "--lang", "zh_CN", environment=screen.environment)
        return _counted(screen.environment, ["--known", *_plates(known), "--new", *_plates(new)])


def _plates(cars: Sequence[Arrival]) -> list[str]:
    return [car.vehicle.plate for car in cars]


def _counted(environment: dict[str, str], plates: list[str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.clerk_counter", "--user", CLERK, "--pin", PIN, *plates]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=CLERK_S,
        check=False,
    )
    if done.returncode:
        raise GoneError(done.stderr)
    return dict(json.loads(done.stdout))


def _told(count: int, found: dict[str, Any]) -> Result:
    kinds = {"known": "a car that was here before", "new": "a registered car that was never here"}
    rows = [
        (
            name, str(found[kind]["intakes"]), _range(found[kind]["keys"]), _typed(found[kind]["typed"]),
            ms(found[kind]["waited_s"]["p50"]), ms(found[kind]["waited_s"]["p95"]), ms(found[kind]["stood_s"]["p50"]),
        )
        for kind, name in kinds.items()
    ]  # fmt: skip
    waits = [(name, ms(spread["p50"]), ms(spread["p95"])) for name, spread in found["known"]["a_wait_s"].items()]
    known, wasted = found["known"], sum(found[kind]["wasted"] for kind in kinds)
    goals = [
        Goal(f"known car, from the empty question to paid: ≤ {MOST_KEYS} keystrokes", str(known["keys"]["most"]),
             known["keys"]["most"] <= MOST_KEYS),
        Goal(f"known car, all waiting together, p95: ≤ {MOST_WAITED_S:g} s", f"{known['waited_s']['p95']:.2f} s",
             known["waited_s"]["p95"] <= MOST_WAITED_S),
        Goal("keys that came to nothing: 0", str(wasted), wasted == 0),
    ]  # fmt: skip
    columns = (
        "",
        "intakes",
        "keystrokes",
        "characters typed by field",
        "waiting p50 ms",
        "p95 ms",
        "of it stood still on purpose, p50 ms",
    )
    how = HOW.format(count=count, speed=SPEED)
    tables = (Table(columns, rows), Table(("known car, wait after", "p50 ms", "p95 ms"), waits))
    return Result("A clerk takes cars in (`clerk`)", how, tables, goals)


def _in_english(name: str) -> str:
    """Return what the wait was after, with the window's word and what it means."""
    return next((f"{name} ({meant})" for word, meant in MEANT.items() if word in name), name)


def _range(keys: dict[str, int]) -> str:
    return str(keys["most"]) if keys["most"] == keys["least"] else f"{keys['least']} to {keys['most']}"


def _typed(fields: dict[str, int]) -> str:
    return f"{sum(fields.values())}: " + ", ".join(f"{name} {count}" for name, count in fields.items())
