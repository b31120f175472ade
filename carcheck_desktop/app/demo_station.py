"""The station file of the demonstration: one lane whose instruments are behind ptys or TCP ports."""

from __future__ import annotations

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

[[lane]]
name = "1"
link_port = {lane}

[[lane.device]]
name = "bench"
kind = "BrakeTester"
driver = "carcheck_roller_brake"
port = {bench}
place = "1/bench"
baud = 115200
unit = 1

[[lane.device]]
name = "scale"
kind = "AxleScale"
driver = "carcheck_weight"
port = {scale}
place = "1/scale"
baud = 38400
unit = 2

[[uplink]]
channel = "vehicle_lookup"
profile = "neutral"
url = "http://127.0.0.1:{authority}"
"""


def write_demo_station(folder: Path) -> Path:
    """Write `station.toml` into the folder with free link ports; return its path."""
    service, lane, authority, *device_ports = free_ports(5)
    if sys.platform == "win32":
        bench, scale = (f"tcp://127.0.0.1:{port}" for port in device_ports)
    else:
        bench, scale = (str(folder / "ports" / name) for name in ("bench", "scale"))
    path = folder / "station.toml"
    folder.mkdir(parents=True, exist_ok=True)
    text = STATION.format(service=service, lane=lane, authority=authority, bench=to_json(bench), scale=to_json(scale))
    path.write_text(text, encoding="utf-8")
    return path


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
