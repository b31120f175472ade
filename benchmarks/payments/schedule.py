"""The run: a provider that fails, a service that is killed, clerks who go on, and a count by somebody else."""

from __future__ import annotations

import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks.payments.clerks import DUE_FEN, PEOPLE, PIN, Clerks, Heard, listening
from benchmarks.report import ROOT, Goal, Result, Table
from carcheck_desktop.app.demo_station import write_demo_station
from carcheck_desktop.app.operations import add_persons
from carcheck_desktop.base.station import Station, read_station
from carcheck_desktop.domain.commands import AddUser

SEED, HANDS = 11, 10
KILL_EVERY_S = 12.0
READY_S, SETTLE_S = 60.0, 120.0
LAST_LOOK_S = 26.0
"""Closed orders are looked at again 2, 7 and 22 s after their closing; customers confirm after 3 s."""
HOW = """{count} cars are taken in and paid by scanned code at a real service process; the provider is a process of its own, asked
over HTTP, that loses, doubles and delays answers, sends HTML, 503 and other shapes, takes a wrong sum, lets customers confirm late,
say no, or pay after the order was closed, and at times is not there at all. {hands} clerks scan a new code whenever a payment came
to nothing, and some call payments off. The service is killed with `kill -9` every {kill:.0f} s and started again. Counted by
`benchmarks/payment_counter.py`, which reads the provider's ledger and the service's feed and imports nothing of carcheck."""


class Station500:
    """The service process of one training station, which may be killed at any moment."""

    def __init__(self, folder: Path) -> None:
        path = write_demo_station(folder)
        text = path.read_text(encoding="utf-8")
        kept = [part for part in re.split(r"(?m)^(?=\[\[uplink)", text) if "uplink" not in part or '"payment"' in part]
        path.write_text("".join(kept), encoding="utf-8")
        self.station: Station = read_station(path)
        add_persons(self.station, [AddUser(name, role, PIN) for name, role in PEOPLE])
        self._log = folder / "service.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self.kills = 0

    def start(self) -> None:
        """Start the service; returns when it answers. One that ends by itself (its port is taken) is started again."""
        with self._lock:
            until_s = time.monotonic() + READY_S
            while not _answers(f"{self.station.service_url}/handshake"):
                if self._process is None or self._process.poll() is not None:
                    self._process = self._spawned()
                assert time.monotonic() < until_s, f"the service does not answer: {self._log.read_text()[-2000:]}"
                time.sleep(0.05)

    def _spawned(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "main.py", "service", "--station", str(self.station.path)]
        with self._log.open("ab") as log:
            return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=log)

    def kill(self) -> None:
        """Kill the service without a word and start it again."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        self.kills += 1
        self.start()

    def end(self) -> None:
        """Tell the service to end."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(30)


def run(*, quick: bool) -> Result:
    """Measure; quick: few payments, one kill."""
    count = 24 if quick else 500
    with tempfile.TemporaryDirectory() as folder, ExitStack() as held:
        station = Station500(Path(folder) / "station")
        ledger = Path(folder) / "ledger.jsonl"
        ledger.touch()
        uplink = station.station.uplink("payment")
        assert uplink is not None
        provider = _provider(uplink.port, ledger)
        held.callback(_end, provider)
        station.start()
        held.callback(station.end)
        heard = listening(station.station.service_url)
        clerks = Clerks(station.station.service_url, SEED, heard)
        over = threading.Event()
        killer = threading.Thread(target=_kill, args=(station, over, 4.0 if quick else KILL_EVERY_S))
        killer.start()
        began_s = time.monotonic()
        try:
            clerks.take(count, HANDS)
        finally:
            over.set()
            killer.join()
        spent_s = time.monotonic() - began_s
        provider.send_signal(signal.SIGUSR1)
        _settle(heard, uplink.url)
        found = _counted(station.station.service_url, ledger)
    return _told(count, spent_s, station.kills, found, heard)


def _settle(heard: Heard, provider_url: str) -> None:
    """Wait until nothing is on its way any more, and let every late customer press his button."""
    time.sleep(LAST_LOOK_S)
    ask = urllib.request.Request(f"{provider_url}/payment", b'{"method":"ping"}')
    urllib.request.urlopen(ask, timeout=10).close()
    until_s = time.monotonic() + SETTLE_S
    while heard.unsettled() and time.monotonic() < until_s:
        time.sleep(0.1)


def _kill(station: Station500, over: threading.Event, every_s: float) -> None:
    while not over.wait(every_s):
        station.kill()


def _provider(port: int, ledger: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benchmarks.payments.provider", str(port), str(ledger), str(SEED)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "listening"
    return process


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    process.wait(30)
    if process.stdout is not None:
        process.stdout.close()


def _counted(url: str, ledger: Path) -> dict[str, Any]:
    command = [sys.executable, str(ROOT / "benchmarks" / "payment_counter.py"), "--url", url, "--ledger", str(ledger)]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ledger.parent, env=environment)
    counted: dict[str, Any] = json.loads(done.stdout)
    return counted


def _answers(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=2).close()
    except (OSError, urllib.error.URLError):
        return False
    return True


def _told(count: int, spent_s: float, kills: int, found: dict[str, Any], heard: Heard) -> Result:
    plain = [heard.known_s[each] - heard.asked_s[each] for each in heard.known_s if each not in heard.doubted]
    doubtful = [heard.known_s[each] - heard.asked_s[each] for each in heard.known_s if each in heard.doubted]
    facts, faults = found["facts"], found["faults"]
    rows = [
        ("cars taken in; paid exactly once, at the provider too", f"{found['visits']}; {found['visits_paid_exactly']}"),
        ("orders that reached the provider; charges", f"{found['orders_asked']}; {found['charges']}"),
        ("answers in doubt; orders closed; refused", "; ".join(
            str(facts.get(kind, 0)) for kind in ("payment_uncertain", "payment_cancelled", "payment_refused"))),
        ("orders given back by rule (late, or a wrong sum)", f"{found['orders_given_back']} (￥{found['given_back'] / 100:.2f})"),
        ("faults", ", ".join(f"{kind} {number}" for kind, number in sorted(faults.items()))),
        ("service killed", str(kills)),
        ("code scanned until its end is known, no doubt: median, 95 %", _spread(plain)),
        ("the same when it was in doubt: median, longest", _longest(doubtful)),
        ("duration", f"{spent_s:.0f} s"),
    ]  # fmt: skip
    wrong = {name: found[name] for name in ("charged_twice", "asked_twice", "paid_too_much")}
    goals = [
        Goal("charged, asked for or paid twice: 0", ", ".join(map(str, wrong.values())), not any(wrong.values())),
        Goal("money at the provider that the journal does not know: 0", str(found["lost"]), found["lost"] == 0),
        Goal("money in the journal that the provider does not have: 0", str(found["invented"]), found["invented"] == 0),
        Goal(f"every car paid exactly ￥{DUE_FEN / 100:.2f}", str(found["visits_paid_exactly"]),
             found["visits_paid_exactly"] == found["visits"] == count),
        Goal("receipt numbers doubled or missing: 0", str(found["receipts_doubled_or_missing"]),
             found["receipts_doubled_or_missing"] == 0),
        Goal("payments without an end: 0", str(heard.unsettled()), heard.unsettled() == 0),
    ]  # fmt: skip
    how = HOW.format(count=count, hands=HANDS, kill=KILL_EVERY_S)
    table = Table(("", "found"), rows)
    return Result("Payments at a provider that fails (`payments`)", how, (table,), goals, found["details"])


def _spread(values: list[float]) -> str:
    if len(values) < 2:
        return "-"
    return f"{statistics.median(values) * 1000:.0f} ms, {statistics.quantiles(values, n=20)[-1] * 1000:.0f} ms"


def _longest(values: list[float]) -> str:
    return f"{statistics.median(values):.1f} s, {max(values):.1f} s" if values else "-"
