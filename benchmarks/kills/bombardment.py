"""The schedule: so many kills at uniformly random instants, then peace, the count, and the verification."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.kills.rollers import SLACK_S, WATCHDOG_S, Standstill
from benchmarks.kills.station import PROCESSES, StationUnderFire
from benchmarks.kills.watchdog import starve
from benchmarks.report import ROOT, Goal, Result, Table

KILLS, EVERY_S, SPEED = 200, 3.0, 20.0
COUNTER = ROOT / "benchmarks" / "feed_counter.py"
PEACE_S = 120.0
HOW = """A training station of four processes (service, lane, simulation, control window) at speed {speed:g}; cars keep coming. {kills}
times, at instants drawn uniformly from {duration:.0f} s, one of the four drawn at random is killed with SIGKILL and started
again at once, even while it still starts. `feed_counter.py`, a program that imports nothing of carcheck and sees only the two
feeds, writes down every fact announced and in the end reads the service's feed from its first place. Every item result is
held against loads, drags and grip of the car its plate belongs to, which only the virtual world knows. After every death of
the lane the bench itself is asked over its serial line, before the lane is started again, until its motors are off; and because
a test is over sooner than a watchdog acts at this speed, the lane is also killed just as rollers begin to turn at speed 2."""


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What was found after the last kill."""

    kills: Counter[str]
    own_ends: Counter[str]
    count: dict[str, Any]
    standstills: list[Standstill]
    is_verified: bool
    findings: str
    exit_codes: dict[str, int]
    duration_s: float
    went_on: bool
    last_words: list[str]

    @property
    def late(self) -> int:
        """Count the lanes whose death left rollers turning beyond the watchdog's time."""
        return sum(each.is_late for each in self.standstills)


def run(*, quick: bool) -> Result:
    """Bombard a station in a folder of its own."""
    kills = 15 if quick else KILLS
    with tempfile.TemporaryDirectory(prefix="kills") as folder:
        found = bombard(Path(folder) / "many", kills=kills, every_s=2.0 if quick else EVERY_S, seed=1)
        starved = starve(Path(folder) / "slow", times=1 if quick else 5, seed=2)
    count = found.count
    turning = [each for each in found.standstills if each.was_turning]
    longest_s = max((each.turned_s or 0.0 for each in turning), default=0.0)
    by_watchdog = [each for each in starved if each.was_turning and each.by_watchdog]
    waited_s = max((each.turned_s or 0.0 for each in starved), default=0.0)
    rows = [
        ["kills", ", ".join(f"{name} {found.kills[name]}" for name in PROCESSES)],
        ["facts announced on any feed", str(count["announced"])],
        ["facts in the service's journal", str(count["kept"])],
        ["item results checked against their car", str(count["results"])],
        ["share of foreign cars that a result would also fit", f"{count['foreign_would_pass']:.1%}"],
        ["visits concluded, items voided, attempts interrupted",
         f"{count['concluded']}, {count['voided']}, {count['interrupted']}"],
        ["lanes killed while rollers turned; longest until the motors were off", f"{len(turning)}; {longest_s:.2f} s"],
        ["lane killed at the first sample of a slow test: stopped by the bench's watchdog; longest until the motors were off",
         f"{len(by_watchdog)} of {len(starved)}; {waited_s:.2f} s"],
        ["processes that ended by themselves", ", ".join(f"{k} ×{n}" for k, n in found.own_ends.items()) or "none"],
        ["duration", f"{found.duration_s:.0f} s"],
    ]  # fmt: skip
    goals = [
        _zero("announced facts lost", count["lost"]),
        _zero("facts or results doubled, places or numbers missing", count["doubled"] + count["gaps"]),
        _zero("results of a wrong car", count["wrong_car"]),
        _zero(f"rollers turning {WATCHDOG_S + SLACK_S:g} s after the lane's death", found.late),
        Goal(
            "`main.py verify` finds everything whole",
            "whole" if found.is_verified else found.findings,
            found.is_verified,
        ),
        Goal("cars are inspected again after the last kill", "yes" if found.went_on else "no", found.went_on),
    ]
    how = HOW.format(speed=SPEED, kills=kills, duration=kills * (2.0 if quick else EVERY_S))
    return Result(
        f"{kills} × kill -9 (`kills`)", how, [Table(("", ""), rows)], goals, [*count["details"], *found.last_words[:10]]
    )


def _zero(what: str, found: int) -> Goal:
    return Goal(f"{what}: 0", str(found), found == 0)


def bombard(folder: Path, *, kills: int, every_s: float, seed: int) -> Aftermath:
    """Kill, wait for peace, count, end, verify."""
    began_s = time.monotonic()
    station = StationUnderFire(folder, seed=seed, speed=SPEED, vehicles=20 + kills)
    seen, truth = folder / "seen.jsonl", folder / "truth.json"
    watching = None
    try:
        station.start()
        truth.write_text(json.dumps(station.truth(), ensure_ascii=False), encoding="utf-8")
        urls = [part for url in station.feeds for part in ("--url", url)]
        watching = subprocess.Popen([sys.executable, str(COUNTER), "watch", *urls, "--seen", str(seen)])
        _fire(station, kills, every_s, random.Random(seed))
        went_on = _peace(station)
        watching.send_signal(signal.SIGTERM)
        watching.wait(10)
        _shipped(station)
        told = subprocess.run(
            [sys.executable, str(COUNTER), "check", "--url", station.feeds[0], "--seen", str(seen), "--truth", str(truth)],
            capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        if not told.stdout:
            raise RuntimeError(told.stderr)
    finally:
        if watching is not None and watching.poll() is None:
            watching.kill()
        codes = station.end()
    verified = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "verify", "--station", str(station.file)],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    duration_s = time.monotonic() - began_s
    return Aftermath(
        station.kills, station.own_ends, json.loads(told.stdout), station.standstills, verified.returncode == 0,
        verified.stderr.strip(), codes, duration_s, went_on, station.last_words,
    )  # fmt: skip


def _fire(station: StationUnderFire, kills: int, every_s: float, dice: random.Random) -> None:
    """Kill at sorted uniform instants; who is not there just now leaves its turn to another."""
    instants = sorted(dice.uniform(0.0, kills * every_s) for _ in range(kills))
    began_s = time.monotonic()
    for instant_s in instants:
        time.sleep(max(0.0, began_s + instant_s - time.monotonic()))
        order = dice.sample(PROCESSES, len(PROCESSES))
        until_s = time.monotonic() + 10
        while not any(station.kill(name) for name in order) and time.monotonic() < until_s:
            time.sleep(0.05)


def _peace(station: StationUnderFire) -> bool:
    """Wait until another visit is concluded after the last kill; say whether that came."""
    until_s = time.monotonic() + PEACE_S
    before: int | None = None
    while time.monotonic() < until_s:
        time.sleep(0.5)
        try:
            concluded = _concluded(station)
        except (OSError, ValueError):
            continue
        if before is None:
            before = concluded
        if concluded > before:
            return True
    return False


def _shipped(station: StationUnderFire) -> None:
    """Wait until the service has what the lane had when the counter stopped hearing."""
    until_s = time.monotonic() + PEACE_S
    announced: int | None = None
    while time.monotonic() < until_s:  # beyond it the count will say what is missing
        heads = station.heads()
        if heads is not None:
            announced = heads[1] if announced is None else announced
            if heads[0] >= announced:
                return
        time.sleep(0.2)


def _concluded(station: StationUnderFire) -> int:
    return sum(visit["conclusion"] is not None for visit in station.snapshot_visits())
