"""A training station in its own processes, started by its command line alone; nothing of carcheck is imported."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.look.outside.desktop import ended

ROOT = Path(__file__).resolve().parents[3]
CONTROLLER, PIN = "Outsider", "2468"
SPEED = 4
STATION = """
[station]
code = "5001009"
name = "示范机动车检验站"
province = "渝"
language = "zh_CN"
training = true

[database]
url = "carcheck.db"
data = "data"

[service]
link_port = {ports[0]}

[[lane]]
name = "1"
link_port = {ports[1]}

[[lane.device]]
name = "bench"
kind = "BrakeTester"
driver = "carcheck_roller_brake"
port = "{folder}/bench"
place = "1/bench"
baud = 115200
unit = 1

[[lane.device]]
name = "scale"
kind = "AxleScale"
driver = "carcheck_weight"
port = "{folder}/scale"
place = "1/scale"
baud = 38400
unit = 2
"""


@dataclass(frozen=True)
class Outside:
    """A running station: its file, its clock, and how to start one more of its programs."""

    file: Path
    clock: str
    ending: ExitStack
    logs: Path

    def start(self, name: str, *arguments: str, environment: dict[str, str] | None = None) -> None:
        """Start a program that says nothing when it is ready."""
        _start(self.ending, self.logs, name, [name, *_of(self.file), *arguments], environment)


@contextmanager
def station(folder: Path) -> Iterator[Outside]:
    """Start simulation, service and lane; they end with it."""
    file = folder / "station.toml"
    file.write_text(STATION.format(ports=_free_ports(2), folder=folder), encoding="utf-8")
    add = ["user", "add", CONTROLLER, "--role", "lane_controller", *_of(file)]
    subprocess.run(_command(add), input=PIN + "\n", text=True, check=True, cwd=ROOT, capture_output=True, timeout=60)
    with ExitStack() as ending:
        world = ["simulate", *_of(file), "--speed", str(SPEED), "--vehicles", "1"]
        clock = str(_told(_start(ending, folder, "simulate", world))["clock"])
        timed = [*_of(file), "--clock", clock]
        _told(_start(ending, folder, "service", ["service", *timed]))
        _told(_start(ending, folder, "lane", ["lane", "--lane", "1", *timed]))
        yield Outside(file, clock, ending, folder)


def _of(file: Path) -> list[str]:
    return ["--station", str(file)]


def _command(arguments: list[str]) -> list[str]:
    return [sys.executable, str(ROOT / "main.py"), *arguments]


def _start(
    ending: ExitStack, logs: Path, name: str, arguments: list[str], environment: dict[str, str] | None = None
) -> subprocess.Popen[bytes]:
    errors = ending.enter_context((logs / f"{name}.err").open("wb"))
    process = subprocess.Popen(
        _command(arguments), cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, env=environment, start_new_session=True
    )
    if process.stdout is not None:
        ending.callback(process.stdout.close)
    ending.callback(ended, process)
    return process


def _told(process: subprocess.Popen[bytes]) -> dict[str, object]:
    """Return what a program says when it is ready."""
    line = process.stdout.readline() if process.stdout is not None else b""
    if not line:
        raise RuntimeError(f"{process.args!r} ended before it was ready")
    return dict(json.loads(line))


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]
    finally:
        for each in sockets:
            each.close()
