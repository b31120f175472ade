"""The schedule: so many jobs, random faults at every printer, the printing program killed now and then; then the count."""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.report import ROOT, Goal, Result, Table
from carcheck_desktop.app.demo_station import free_ports

JOBS, SPEED = 2000, 40.0
CALM = 200
"""Papers of these that are printed one by one before the faults begin."""
COUNTER = ROOT / "benchmarks" / "print_counter.py"
PLACES = ("pickup", "counter")
LONGEST_S = 3600.0
FAULTS: tuple[tuple[str, float, float], ...] = (
    ("power_off", 0.2, 1.0), ("dies_before_cut", 1.0, 1.5), ("dies_after_cut", 1.0, 1.5), ("stall", 0.1, 2.5),
    ("cover_open", 0.2, 1.0), ("paper_left_dots", 0.5, 1.5), ("paper_out", 0.2, 1.0), ("cutter_error", 0.2, 1.0),
    ("offline", 0.2, 1.0), ("silent", 0.2, 2.5), ("garbage", 0.2, 2.5), ("two_bytes", 0.2, 1.0), ("hangs_up", 0.2, 1.0),
    ("slow", 0.5, 2.0),
)  # fmt: skip
"""Switch of a fake printer, and how long in real seconds until somebody mends it, between and between."""
MENDED = {
    "power_off": False, "dies_before_cut": False, "dies_after_cut": False, "stall": False, "cover_open": False,
    "paper_left_dots": 0.0, "paper_out": False, "cutter_error": False, "offline": False, "silent": False, "garbage": False,
    "two_bytes": False, "hangs_up": False, "slow": False,
}  # fmt: skip
HOW = """A training station's four fake printers (`main.py simulate` at speed {speed:g}: two places with two printers each, one of them
with our process id in its answers, one without) and the program that prints on a database of its own: the service's ledger,
errand and spooler, as a process. {jobs} papers that must be there exactly once are queued. All the while faults are drawn at
random for printers drawn at random, about every {every:g} s: power cut, death just before and just after the cut of a page that
has come whole, stall, cover, paper out and roll ending in mid page, stuck knife, off-line, silence, garbage, two answers for
one, hanging up, half speed; each is mended after a while. The printing program is killed with SIGKILL again and again and
started again. A person, automated, does what the words of a paper in doubt ask for: printer off and on, a look into its tray,
an answer; what is not there is voided and printed again. Before the faults, the first papers are printed one by one; their time
runs from the command's transaction over the durable *printing* to the first byte that the printer has worked on, by the
printer's own log. `print_counter.py`, a program that imports nothing of carcheck and reads only the pages that the printers
cut, counts."""


@dataclass
class Bench:
    """One run in a folder."""

    folder: Path
    jobs: int
    every_s: float
    kills: int
    seed: int
    life_s: tuple[float, float] = (1.5, 5.0)
    faults: Counter[str] = field(default_factory=Counter)
    killed: int = 0

    def go(self) -> dict[str, Any]:
        """Run everything and return what the counter and the journal tell."""
        *ports, link, console = free_ports(6)
        self._station = self.folder / "station.toml"
        self._station.write_text(_station(ports, link), encoding="utf-8")
        self._console = f"http://127.0.0.1:{console}"
        simulate = subprocess.Popen(
            [sys.executable, str(ROOT / "main.py"), "simulate", "--station", str(self._station), "--speed", str(SPEED),
             "--vehicles", "0", "--port", str(console)], stdout=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            self._await_console()
            calm = self._calm()
            began_s = time.monotonic()
            code = self._print_all()
            took_s = time.monotonic() - began_s
        finally:
            simulate.terminate()
            simulate.wait(20)
        trays = sorted(each for each in (self.folder / "data" / "printed").iterdir() if each.is_dir())
        told = subprocess.run(
            [sys.executable, str(COUNTER), "--count", str(self.jobs), *map(str, trays)],
            capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
        facts = _facts(self.folder / "data" / "carcheck.db")
        return {"count": json.loads(told.stdout), "facts": facts, "code": code, "took_s": took_s, "calm": calm}

    def _calm(self) -> list[float]:
        """Print the first papers one by one with nothing wrong; return the milliseconds until the first byte of each."""
        told = self.folder / "calm.json"
        few = min(CALM, self.jobs // 2)
        command = [*self._command(few), "--calm", str(few), "--told", str(told)]
        subprocess.run(command, cwd=ROOT, check=True, timeout=300)
        return [float(each) for each in json.loads(told.read_text(encoding="utf-8"))]

    def _command(self, count: int) -> list[str]:
        return [
            sys.executable, "-m", "benchmarks.prints.press", "--station", str(self._station), "--console",
            self._console, "--count", str(count),
        ]  # fmt: skip

    def _print_all(self) -> int:
        over = threading.Event()
        fiend = threading.Thread(target=self._break_things, args=(over,), daemon=True)
        fiend.start()
        dice = random.Random(self.seed + 1)
        until_s = time.monotonic() + LONGEST_S
        try:
            while time.monotonic() < until_s:
                press = subprocess.Popen(self._command(self.jobs), cwd=ROOT)
                wait_s = dice.uniform(*self.life_s) if self.killed < self.kills else until_s - time.monotonic()
                try:
                    return press.wait(wait_s)
                except subprocess.TimeoutExpired:
                    press.kill()
                    press.wait()
                    self.killed += 1
            return 1
        finally:
            over.set()
            fiend.join()

    def _break_things(self, over: threading.Event) -> None:
        dice = random.Random(self.seed)
        names = list(self._asked("/printers"))
        mending: list[tuple[float, str, str]] = []
        next_s = time.monotonic()
        while not over.wait(0.02):
            now_s = time.monotonic()
            for due in [each for each in mending if each[0] <= now_s]:
                mending.remove(due)
                self._switch(due[1], _mended(due[2]))
            if now_s >= next_s:
                next_s = now_s + dice.expovariate(1.0 / self.every_s)
                fault, least_s, most_s = dice.choice(FAULTS)
                name = dice.choice(names)
                self.faults[fault] += 1
                self._switch(name, {fault: dice.uniform(30.0, 600.0) if fault == "paper_left_dots" else True})
                mending.append((now_s + dice.uniform(least_s, most_s), name, fault))
        for name in names:
            self._switch(name, MENDED)

    def _switch(self, printer: str, switches: dict[str, bool | float]) -> None:
        request = urllib.request.Request(
            f"{self._console}/printers/{printer}", json.dumps(switches).encode(), {"Content-Type": "application/json"}
        )
        urllib.request.urlopen(request, timeout=10).close()

    def _asked(self, path: str) -> dict[str, Any]:
        with urllib.request.urlopen(f"{self._console}{path}", timeout=5) as answer:
            return dict(json.loads(answer.read()))

    def _await_console(self) -> None:
        until_s = time.monotonic() + 30
        while True:
            try:
                self._asked("/clock")
            except OSError:
                if time.monotonic() > until_s:
                    raise
                time.sleep(0.1)
            else:
                return


def _mended(fault: str) -> dict[str, bool | float]:
    """Return the switches that mend a fault with what it led to."""
    more = {"dies_before_cut": "power_off", "dies_after_cut": "power_off", "paper_left_dots": "paper_out"}
    return {each: MENDED[each] for each in (fault, *((more[fault],) if fault in more else ()))}


def _station(ports: list[int], link: int) -> str:
    head = f'[station]\ncode = "5001009"\nname = "打印测试站"\ntraining = true\nprovince = "渝"\n\n[service]\nlink_port = {link}\n'
    printers = [
        f'[[printer]]\nplace = "{PLACES[at // 2]}"\nconnection = "tcp://127.0.0.1:{port}"\n'
        f'profile = "{"default" if at % 2 else "epson_tm_t88"}"\n'
        for at, port in enumerate(ports)
    ]
    return head + "\n".join(printers)


def _facts(database: Path) -> Counter[str]:
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        rows = connection.execute("SELECT kind, count(*) FROM journal WHERE kind LIKE 'paper_%' GROUP BY kind")
        return Counter({str(kind): int(count) for kind, count in rows})


def run(*, quick: bool) -> Result:
    """Print in a folder of its own."""
    jobs, kills, every_s = (60, 2, 0.2) if quick else (JOBS, 40, 0.1)
    with tempfile.TemporaryDirectory(prefix="prints") as folder:
        bench = Bench(Path(folder), jobs, every_s, kills, seed=1)
        found = bench.go()
    count, facts, calm = found["count"], found["facts"], sorted(found["calm"])
    rows = [
        ["papers asked for; good pages in the trays", f"{jobs}; {count['good']}"],
        ["faults", f"{sum(bench.faults.values())}: " + ", ".join(f"{k} {n}" for k, n in sorted(bench.faults.items()))],
        ["kills of the printing program", str(bench.killed)],
        ["papers begun; confirmed by the printer", f"{facts['paper_printing']}; {facts['paper_printed']}"],
        ["papers in doubt, each asked of the person; voided and printed again",
         f"{facts['paper_in_doubt']}; {facts['paper_voided']}"],
        ["times a paper waited and why was written down", str(facts["paper_waits"])],
        ["half pages torn off; strips cut off and marked void", f"{count['torn']}; {count['void_strips']}"],
        ["before the faults, one by one: asked for until the first byte is in the printer, p50; p95",
         f"{calm[len(calm) // 2]:.0f} ms; {calm[len(calm) * 95 // 100]:.0f} ms"],
        ["duration", f"{found['took_s']:.0f} s"],
    ]  # fmt: skip
    goals = [
        Goal("papers lost: 0", str(count["lost"]), count["lost"] == 0),
        Goal("papers doubled: 0", str(count["doubled"]), count["doubled"] == 0),
        Goal("pages spoilt or never asked for: 0", str(len(count["spoilt"]) + len(count["unasked"])),
             not count["spoilt"] and not count["unasked"]),
        Goal("the ledger says that all are out", "yes" if found["code"] == 0 else "no", found["code"] == 0),
    ]  # fmt: skip
    how = HOW.format(speed=SPEED, jobs=jobs, every=every_s)
    return Result(f"{jobs} print jobs (`prints`)", how, [Table(("", ""), rows)], goals, count["details"])
