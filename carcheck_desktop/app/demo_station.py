"""The station file of the demonstration: lanes whose instruments are behind ptys or TCP ports, printers, pages for owners."""

from __future__ import annotations

import re
import socket
import sys
from typing import TYPE_CHECKING

from carcheck_desktop.base.data import to_json

if TYPE_CHECKING:
    from pathlib import Path

STATION = """# A training station, written by the demonstration. Nothing here is a real instrument.
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
link_port = {service}

{lanes}[[uplink]]
channel = "vehicle_lookup"
profile = "neutral"
url = "http://127.0.0.1:{authority}"

[[uplink]]
channel = "payment"
profile = "neutral"
url = "http://127.0.0.1:{payment}"

[[uplink]]
channel = "insurance"
profile = "neutral"
url = "http://127.0.0.1:{insurer}"
"""


LANE = """[[lane]]
name = "{name}"
link_port = {link}

[[lane.device]]
name = "bench"
kind = "BrakeTester"
driver = "carcheck_roller_brake"
port = {bench}
place = "{name}/bench"
baud = 115200
unit = 1

[[lane.device]]
name = "scale"
kind = "AxleScale"
driver = "carcheck_weight"
port = {scale}
place = "{name}/scale"
baud = 38400
unit = 2

"""

ANALYSER = """[[lane.device]]
name = "gas"
kind = "GasAnalyser"
driver = "{driver}"
port = {port}
place = "{name}/emission"
baud = 9600

"""

OFFICE = """
[[printer]]
place = "counter"
connection = "tcp://127.0.0.1:{counter}"
profile = "epson_tm_t88"

[[printer]]
place = "counter"
connection = "tcp://127.0.0.1:{beside}"

[[printer]]
place = "pickup"
connection = "tcp://127.0.0.1:{pickup}"
profile = "receipt112"

[[printer]]
place = "labels"
connection = "tcp://127.0.0.1:{labels}"

[web]
port = {web}
address = "http://127.0.0.1:{web}"
"""
"""Two receipt printers of one place stand in for each other; key labels are narrow."""
ANALYSERS = ("nanhua_nha50x", "mingquan_mqw50a")
"""The make of each lane: both are seen at work."""


def write_demo_station(folder: Path, analyser: str = ANALYSERS[0]) -> Path:
    """Write the `station.toml` of one lane without printers into the folder, with free link ports; return its path.

    `analyser` is the make that tests the exhaust; "" for a lane that only weighs and brakes.
    """
    return _write(folder, (analyser,))


def write_whole_station(folder: Path, analysers: tuple[str, ...] = ANALYSERS) -> Path:
    """Write the `station.toml` of a lane for each analyser, with printers and the owner's pages; return its path."""
    names = ("counter", "beside", "pickup", "labels", "web")
    return _write(folder, analysers, OFFICE.format(**dict(zip(names, free_ports(len(names)), strict=True))))


def _write(folder: Path, analysers: tuple[str, ...], more: str = "") -> Path:
    devices = 3 * len(analysers)
    taken = {int(port) for port in re.findall(r":(\d+)\"", more)}
    ports = [port for port in free_ports(4 + devices + len(analysers) + len(taken)) if port not in taken]
    service, authority, insurer, payment = (ports.pop() for _ in range(4))
    lanes = "".join(
        _lane(str(number), analyser, folder, [ports.pop() for _ in range(4)])
        for number, analyser in enumerate(analysers, 1)
    )
    path = folder / "station.toml"
    folder.mkdir(parents=True, exist_ok=True)
    text = STATION.format(
        service=service, lanes=lanes, authority=authority, insurer=insurer, payment=payment
    )  # fmt: skip
    path.write_text(text + more, encoding="utf-8")
    return path


def _lane(name: str, analyser: str, folder: Path, free: list[int]) -> str:
    """Return one lane; the devices of the first one lie where those of a station with one lane always lay."""
    link, *device_ports = free
    if sys.platform == "win32":
        bench, scale, gas = (f"tcp://127.0.0.1:{port}" for port in device_ports)
    else:
        under = folder / "ports" if name == "1" else folder / "ports" / f"lane-{name}"
        bench, scale, gas = (str(under / device) for device in ("bench", "scale", "gas"))
    lane = LANE.format(name=name, link=link, bench=to_json(bench), scale=to_json(scale))
    return lane + (ANALYSER.format(name=name, driver=analyser, port=to_json(gas)) if analyser else "")


def free_ports(count: int) -> list[int]:
    """Return TCP ports of this PC that were free a moment ago."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]
    finally:
        for each in sockets:
            each.close()
