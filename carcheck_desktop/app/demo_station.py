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

{analyser}
[[uplink]]
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


ANALYSER = """[[lane.device]]
name = "gas"
kind = "GasAnalyser"
driver = "{driver}"
port = {port}
place = "1/emission"
baud = 9600
"""


def write_demo_station(folder: Path, analyser: str = "nanhua_nha50x") -> Path:
    """Write `station.toml` into the folder with free link ports; return its path.

    `analyser` is the make that tests the exhaust; "" for a lane that only weighs and brakes.
    """
    service, lane, authority, insurer, payment, *device_ports = free_ports(8)
    if sys.platform == "win32":
        bench, scale, gas = (f"tcp://127.0.0.1:{port}" for port in device_ports)
    else:
        bench, scale, gas = (str(folder / "ports" / name) for name in ("bench", "scale", "gas"))
    path = folder / "station.toml"
    folder.mkdir(parents=True, exist_ok=True)
    text = STATION.format(
        service=service,
        lane=lane,
        authority=authority,
        insurer=insurer,
        payment=payment,
        bench=to_json(bench),
        scale=to_json(scale),
        analyser=ANALYSER.format(driver=analyser, port=to_json(gas)) if analyser else "",
    )
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
