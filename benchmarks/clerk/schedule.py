"""The run: a desktop without a screen, a training station, cars that were inspected before and cars that were not."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.ending import PLACES, Office
from benchmarks.machine import ms
from benchmarks.report import ROOT, Goal, Result, Table
from benchmarks.training import CLERK, PIN, TrainingStation
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.twin.authority.registry import vin_of
from tests.look.outside.desktop import desktop, missing
from tests.look.outside.tree import GoneError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carcheck_desktop.domain.vehicle import Vehicle
    from carcheck_desktop.domain.views import VisitView
    from carcheck_desktop.twin.scenario import Arrival

CARS, QUICK_CARS = 20, 2
UNKNOWN, QUICK_UNKNOWN = 5, 1
SPEED = 20.0
INSPECTED_S, CLERK_S = 120.0, 900.0
MOST_KEYS, MOST_WAITED_S = 12, 2.0
MEANT = {
    "查询": "look up", "核对无误": "compared", "已告知并同意": "told and agreed", "确认受理": "open the visit", "收款": "take the money",
}  # fmt: skip
HOW = """The counter window of `main.py counter` (1366 × 768, zh_CN) on an X server without a screen, with a real service, two receipt
printers, the simulated register and a price list, each a process of its own. {count} cars are taken in over the link, paid, inspected on
the lane (speed {speed:g}), signed for, their papers printed, key and licence handed back and their visits closed, each by the command of whoever
does it, for a car whose visit has not ended is not taken in again; all of them passed. Then lane and day are still, and a scripted clerk takes the
same cars in once more, {count} that were never here but are registered, and {unknown} of which nobody knows anything: their licence is typed, and
the presenter's name in Latin letters, since no input method is measured here. `clerk_counter.py`, a program that imports nothing of
carcheck, presses keys through the X server and reads the accessibility tree: from the empty question for a plate to the window's offer
of the next car, ￥120.00 paid in cash exactly. A wait runs from a key to the moment the next one is taken, including what the window
stands still on purpose: before a visit is opened and before money it takes no Enter within 500 ms of the last one nor within 300 ms of
its answer, elsewhere none within 150 ms of a change of the next action."""


def run(*, quick: bool) -> Result:
    """Measure; raise `SystemExit` with what is missing where no such desktop can be had."""
    if why_not := missing():
        raise SystemExit(why_not)
    count, unknown = (QUICK_CARS, QUICK_UNKNOWN) if quick else (CARS, UNKNOWN)
    with tempfile.TemporaryDirectory(prefix="clerk") as folder:
        found = _measured(Path(folder), count, unknown)
    return _told(count, unknown, found)


def _measured(folder: Path, count: int, unknown: int) -> dict[str, Any]:
    with (
        TrainingStation(folder / "station", SPEED, 4 * count, printers=PLACES) as here,
        desktop(folder) as screen,
    ):
        passing = [car for car in here.sound_cars(4 * count) if car.mended is None]
        known, new = passing[:count], passing[count : 2 * count]
        office = Office(here)
        for car in known:
            visit_id = here.take_in(car)
            office.receive(car, visit_id)
            here.inspect(visit_id, within_s=INSPECTED_S)
            _require_passed(office.end(car, visit_id))
        here.lane.terminate()
        here.lane.wait()
        licences = folder / "licences.json"
        licences.write_text(json.dumps(unknown_cars(passing[:unknown])), encoding="utf-8")
        here.start("counter", "--clock", here.clock_url, "--lang", "zh_CN", environment=screen.environment)
        cars = ["--known", *_plates(known), "--new", *_plates(new), "--licences", str(licences)]
        return _counted(screen.environment, cars)


def _require_passed(visit: VisitView) -> None:
    """A car that failed would be offered its recheck, which is another errand."""
    if visit.conclusion is not Outcome.PASS:
        raise RuntimeError(f"{visit.vehicle.plate}: {visit.conclusion}")


def _plates(cars: Sequence[Arrival]) -> list[str]:
    return [car.vehicle.plate for car in cars]


def unknown_cars(like: Sequence[Arrival]) -> dict[str, dict[str, str]]:
    """Return plates that nobody registered with what stands in their licences: built like some cars, each with a VIN of its own."""
    plates = [f"{car.vehicle.plate[:2]}M{1001 + at}" for at, car in enumerate(like)]
    return {plate: _licence(car.vehicle, plate) for plate, car in zip(plates, like, strict=True)}


def _licence(car: Vehicle, plate: str) -> dict[str, str]:
    """Return what a clerk types of a licence: texts, days as digits, the letter of a choice; and who brings the car."""
    return {
        "vin": vin_of(random.Random(f"licence:{plate}"), car.manufactured_on.year),
        "vehicle_type": car.vehicle_type, "use_code": car.use_code, "fuel": car.fuel,
        "registered_on": f"{car.registered_on:%Y%m%d}", "manufactured_on": f"{car.manufactured_on:%Y%m%d}",
        "seats": str(car.seats), "axles": str(car.axles), "curb_mass_kg": str(car.curb_mass_kg),
        "total_mass_kg": str(car.total_mass_kg), "presenter": "Wang Jianjun",
    }  # fmt: skip


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


def _told(count: int, unknown: int, found: dict[str, Any]) -> Result:
    kinds = {
        "known": "a car that was here before",
        "new": "a registered car that was never here",
        "unknown": "a car that nobody knows",
    }
    rows = [
        (
            name, str(found[kind]["intakes"]), _range(found[kind]["keys"]), _typed(found[kind]["typed"]),
            ms(found[kind]["waited_s"]["p50"]), ms(found[kind]["waited_s"]["p95"]), ms(found[kind]["stood_s"]["p50"]),
        )
        for kind, name in kinds.items()
    ]  # fmt: skip
    spreads = found["known"]["a_wait_s"].items()
    waits = [(_in_english(name), ms(spread["p50"]), ms(spread["p95"])) for name, spread in spreads]
    known, wasted = found["known"], sum(found[kind]["wasted"] for kind in kinds)
    where = [f"({each})" for kind in kinds for each in found[kind]["wasted_at"]]
    goals = [
        Goal(f"known car, from the empty question to paid: ≤ {MOST_KEYS} keystrokes", str(known["keys"]["most"]),
             known["keys"]["most"] <= MOST_KEYS),
        Goal(f"known car, all waiting together, p95: ≤ {MOST_WAITED_S:g} s", f"{known['waited_s']['p95']:.2f} s",
             known["waited_s"]["p95"] <= MOST_WAITED_S),
        Goal("keys that came to nothing: 0", " ".join([str(wasted), *where]), wasted == 0),
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
    how = HOW.format(count=count, unknown=unknown, speed=SPEED)
    tables = (Table(columns, rows), Table(("known car, wait after", "p50 ms", "p95 ms"), waits))
    return Result("A clerk takes cars in (`clerk`)", how, tables, goals)


def _in_english(name: str) -> str:
    """Return what the wait was after, with the window's word and what it means."""
    return next((f"{name} ({meant})" for word, meant in MEANT.items() if word in name), name)


def _range(keys: dict[str, int]) -> str:
    return str(keys["most"]) if keys["most"] == keys["least"] else f"{keys['least']} to {keys['most']}"


def _typed(fields: dict[str, int]) -> str:
    return f"{sum(fields.values())}: " + ", ".join(f"{name} {count}" for name, count in fields.items())
