"""Cars with exhaust for tests of gas analysers, and what a reading looks like in golden files."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from carcheck_desktop.devices.api import GasAnalyserStatus, GasFlag, GasReading, GasState
from tests.drivers.wire import Car

IDLING = GasState(0.40, 14.2, 60.0, 0.8, 120.0, 780.0, 88.0, probe_in=True)
SMOKY = GasState(4.5, 10.5, 1800.0, 1.5, 60.0, 850.0, 85.0, probe_in=True)
PROBE_OUT = GasState(0.40, 14.2, 60.0, 0.8, 120.0, 780.0, 88.0, probe_in=False)


def car(state: GasState = IDLING) -> Car:
    """A car whose exhaust does not change."""
    return Car(exhaust=lambda _at_s: state)


def as_golden(reading: GasReading) -> dict[str, Any]:
    """A reading as golden files write it."""
    return {
        **{name: None if value is None else str(value) for name, value in values_of(reading).items()},
        "flags": sorted(reading.flags),
    }


def values_of(reading: GasReading) -> Mapping[str, Decimal | None]:
    return {name: getattr(reading, name) for name in GasReading.__slots__ if name != "flags"}


def status_of(status: GasAnalyserStatus) -> dict[str, Any]:
    return {"state": status.state.value, "pump_on": status.pump_on, "flags": sorted(status.flags)}


def forbids(*flags: GasFlag) -> bool:
    """Whether a reading with these flags is refused."""
    zero = Decimal(0)
    return not GasReading(zero, zero, zero, zero, None, None, None, None, frozenset(flags)).is_usable
