"""The faces of the wire that a driver sees; the line behind them owns port, deadlines and wire log."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from carcheck_desktop.devices.api.points import Area
from carcheck_desktop.devices.api.readings import Value
from carcheck_desktop.domain.measurements import Origin


class Transport(Protocol):
    """Bytes to and from one port. Moments are real monotonic seconds that only `deadline` makes."""

    def deadline(self, timeout_s: float) -> float:
        """Return the moment `timeout_s` real seconds from now."""
        ...

    def write(self, data: bytes) -> None:
        """Send all bytes; raises `DeviceError` when the port is gone."""
        ...

    def read_some(self, deadline: float) -> bytes:
        """Return what has come, waiting for at least one byte; empty when the deadline passes first."""
        ...

    def purge(self) -> bytes:
        """Take away and return what has come and nobody asked for; never waits."""
        ...

    def drain(self, silence_s: float, limit_s: float) -> bytes:
        """Read until nothing comes for `silence_s`, at most `limit_s`; return what was thrown away."""
        ...

    def report_foreign(self, data: bytes, why: str) -> None:
        """Count and log bytes or frames that are no answer to anything asked."""
        ...


class ModbusMaster(Protocol):
    """Requests to units on one line; bits are 0 and 1. Raises the errors of `api.errors`."""

    def read(self, unit: int, area: Area, address: int, count: int) -> list[int]:
        """Read words or bits (FC 01 to 04); a lost or garbled answer is asked for once more."""
        ...

    def write(self, unit: int, area: Area, address: int, values: Sequence[int]) -> None:
        """Write one word or bit (FC 06, 05), or several words (FC 16) in one request; never repeated."""
        ...


@dataclass(frozen=True, slots=True)
class DeviceContext:
    """Everything a driver is made of.

    `name` as station.toml calls the device; `port` as people know it; `unit` the Modbus unit;
    `place` where in the lane it stands; `options` validated and complete; `now` the wall clock for
    readings; `real_s` monotonic real seconds for watchdogs and heartbeats.
    """

    name: str
    port: str
    unit: int
    place: str
    origin: Origin
    transport: Transport
    modbus: ModbusMaster
    now: Callable[[], datetime]
    real_s: Callable[[], float]
    options: Mapping[str, Value | str] = field(default_factory=dict)
