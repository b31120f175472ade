"""The lane dies in the very moment when rollers begin to turn, slowly enough that only the bench's watchdog can end it."""

from __future__ import annotations

import json
import time
from pathlib import Path

from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from benchmarks.kills.rollers import Standstill
from benchmarks.kills.station import StationUnderFire

SPEED = 2.0
"""A test lasts for at least four real seconds at this speed: longer than the watchdog waits."""
TURNING_S = 180.0
STOPPED_S = 20.0


def starve(folder: Path, *, times: int, seed: int) -> list[Standstill]:
    """Kill the lane at the first sample of so many tests; return what the bench did."""
    station = StationUnderFire(folder, seed=seed, speed=SPEED, vehicles=2)
    try:
        station.start()
        for _ in range(times):
            before = len(station.standstills)
            _await_samples(station.feeds[1])
            station.kill("lane")
            until_s = time.monotonic() + STOPPED_S
            while len(station.standstills) == before and time.monotonic() < until_s:
                time.sleep(0.05)
    finally:
        station.end()
    return station.standstills


def _await_samples(lane_url: str) -> None:
    """Return when the lane shows the first samples of a test."""
    until_s = time.monotonic() + TURNING_S
    while time.monotonic() < until_s:
        try:
            with connect(lane_url.replace("http://", "ws://") + "/samples", proxy=None, compression=None) as socket:
                while time.monotonic() < until_s:
                    ticks = json.loads(socket.recv(timeout=max(0.1, until_s - time.monotonic())))
                    if any(tick["curve"] is not None and tick["curve"]["first"] <= 50 for tick in ticks):
                        return
        except (OSError, WebSocketException):
            time.sleep(0.1)
    raise TimeoutError("no rollers turned")
