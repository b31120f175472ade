"""A station of four processes that may be shot at any moment: each is started again at once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.kills.rollers import Standstill, await_standstill
from benchmarks.report import ROOT
from carcheck_desktop.app.demo import DemoWish, prepare
from carcheck_desktop.app.demo_station import free_ports
from carcheck_desktop.app.parts import folders_of
from carcheck_desktop.app.world_clock import CLOCK_FILE, KeptClock
from carcheck_desktop.base.data import from_json
from carcheck_desktop.base.station import read_station
from carcheck_desktop.devices.api import Side
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.twin.car import Car
from carcheck_desktop.twin.scenario import arrivals

READY_S = 60.0
END_S = 20.0
DAN_PER_KG = 0.98
NO_CLOCK = 2
PROCESSES: tuple[str, ...] = ("service", "lane", "simulate", "window")


class StationUnderFire:
    """Starts and kills the processes of one training station in `folder`."""

    def __init__(self, folder: Path, *, seed: int, speed: float, vehicles: int) -> None:
        self._wish = DemoWish(vehicles, speed, seed, folder, "zh_CN", analyser="")
        self.file = prepare(self._wish)
        self.station = read_station(self.file)
        (console,) = free_ports(1)
        self.clock_url = f"http://127.0.0.1:{console}"
        self._commands = self._command_lines(console)
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._lock = threading.RLock()
        self._is_over = False
        self.kills: Counter[str] = Counter()
        self.own_ends: Counter[str] = Counter()
        self.last_words: list[str] = []
        self.standstills: list[Standstill] = []
        self._nurse = threading.Thread(target=self._look_after, daemon=True)

    @property
    def feeds(self) -> tuple[str, str]:
        """The addresses of service and lane."""
        return self.station.service_url, f"http://127.0.0.1:{self.station.lanes[0].link_port}"

    def start(self) -> None:
        """Start the virtual world, then everything else; returns when the lane answers."""
        self._spawn("simulate")
        answered(f"{self.clock_url}/clock")
        for name in ("service", "lane", "window"):
            self._spawn(name)
        for url in self.feeds:
            answered(f"{url}/handshake")
        self._nurse.start()

    def kill(self, name: str) -> bool:
        """Kill a process without a word; False when it is not there just now."""
        with self._lock:
            process = self._running.get(name)
            if process is None or process.poll() is not None:
                return False
            del self._running[name]
            process.kill()
        process.wait()
        self.kills[name] += 1
        threading.Thread(target=self._start_again, args=(name,), daemon=True).start()
        return True

    def end(self) -> dict[str, int]:
        """Tell everything to end; return the exit codes."""
        with self._lock:
            self._is_over = True
            running = dict(self._running)
        codes: dict[str, int] = {}
        for name in ("window", "lane", "service", "simulate"):
            if name in running:
                codes[name] = _ended(running[name])
        return codes

    def heads(self) -> tuple[int, int] | None:
        """Return how many facts of the lane the service has, and the lane itself; None while one does not answer."""
        node = self.station.lanes[0].node
        service, lane = self.feeds
        try:
            here = int(asked(f"{service}/heads").get(node, 0))
            return here, int(asked(f"{lane}/snapshot")["heads"].get(node, 0))
        except (OSError, ValueError):
            return None

    def snapshot_visits(self) -> list[dict[str, Any]]:
        """Return the visits as the service shows them."""
        return list(asked(f"{self.station.service_url}/snapshot")["visits"])

    def truth(self) -> dict[str, dict[str, dict[str, Sequence[float]]]]:
        """Return what only the virtual world knows: each plate's wheels by axle."""
        kept = from_json((folders_of(self.station).data / CLOCK_FILE).read_bytes(), KeptClock)
        wish, day = self._wish, inspection_date(kept.epoch)
        return {
            arrival.vehicle.plate: {str(axle): _axle(arrival.car, axle) for axle in (1, 2)}
            for arrival in arrivals(wish.seed, wish.vehicles, self.station.province, day)
        }

    def _command_lines(self, console: int) -> dict[str, list[str]]:
        wish, clock = self._wish, ["--clock", self.clock_url]
        day = ["--speed", str(wish.speed), "--seed", str(wish.seed), "--vehicles", str(wish.vehicles)]
        return {
            "simulate": ["simulate", *day, "--port", str(console)],
            "service": ["service", *clock],
            "lane": ["lane", "--lane", self.station.lanes[0].name, *clock],
            "window": ["control", *clock, "--lang", "en"],
        }

    def _spawn(self, name: str) -> None:
        with self._lock:
            if self._is_over:
                return
            command = [sys.executable, str(ROOT / "main.py"), *self._commands[name], "--station", str(self.file)]
            environment = {**os.environ, "PYTHONUTF8": "1", "QT_QPA_PLATFORM": "offscreen"}
            logs = folders_of(self.station).logs
            logs.mkdir(parents=True, exist_ok=True)
            with (logs / f"{name}.out").open("ab") as out:
                self._running[name] = subprocess.Popen(
                    command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, env=environment
                )

    def _start_again(self, name: str) -> None:
        if name == "lane":
            bench = next(device for device in self.station.lanes[0].devices if device.kind == "BrakeTester")
            self.standstills.append(await_standstill(Path(bench.port)))
        self._spawn(name)

    def _look_after(self) -> None:
        """Start again what ended by itself, as when the clock was not served while it started."""
        while True:
            time.sleep(0.2)
            with self._lock:
                if self._is_over:  # told to end meanwhile: what is gone now has not ended by itself
                    return
                gone = [name for name, process in self._running.items() if process.poll() is not None]
                for name in gone:
                    self._note_end(name, self._running[name].returncode)
                    self._spawn(name)

    def _note_end(self, name: str, code: int) -> None:
        """Count an end by itself; 2 is a clock that was not served just then, anything else leaves its last words."""
        self.own_ends[f"{name} exit {code}"] += 1
        if code != NO_CLOCK:
            said = (folders_of(self.station).logs / f"{name}.out").read_text(encoding="utf-8", errors="replace")
            self.last_words.append(f"{name} ended with {code}: {said.splitlines()[-1:]}")


def _axle(car: Car, axle: int) -> dict[str, Sequence[float]]:
    wheels = [car.wheel(axle, side) for side in Side]
    grips = [wheel.adhesion * wheel.load_kg * DAN_PER_KG for wheel in wheels]
    return {
        "load_kg": [wheel.load_kg for wheel in wheels],
        "drag_daN": [wheel.drag_daN for wheel in wheels],
        "grip_daN": grips,
        "lever_daN": [min(w.lever_gain_daN + w.drag_daN, grip) for w, grip in zip(wheels, grips, strict=True)],
    }


def _ended(process: subprocess.Popen[bytes]) -> int:
    process.send_signal(signal.SIGTERM)
    try:
        return process.wait(END_S)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def asked(url: str) -> dict[str, Any]:
    """Return the JSON that a GET answers."""
    with urllib.request.urlopen(url, timeout=10) as answer:
        return dict(json.loads(answer.read()))


def answered(url: str) -> None:
    """Wait until somebody answers there."""
    until_s = time.monotonic() + READY_S
    while True:
        try:
            asked(url)
        except OSError:
            if time.monotonic() > until_s:
                raise
            time.sleep(0.1)
        else:
            return
