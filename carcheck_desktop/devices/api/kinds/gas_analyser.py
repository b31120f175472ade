"""The five-gas exhaust analyser, written from Nanhua NHA-50x (single bytes) and Mingquan MQW-50A (frames).

Concentrations are exact: CO, CO2 and O2 in % vol, HC (as n-hexane) and NO in 10⁻⁶ vol. Small negative
values of a freshly zeroed analyser are kept as they came. What a limit makes of them is not here.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain.measurements import InstrumentUsed, Origin


class AnalyserState(StrEnum):
    """What the analyser does; `BUSY` is any other action of its own, `UNKNOWN` a code that no source names."""

    READY = "ready"
    MEASURING = "measuring"
    WARMING_UP = "warming_up"
    ZEROING = "zeroing"
    LEAK_CHECK = "leak_check"
    BUSY = "busy"
    UNKNOWN = "unknown"


class GasSource(StrEnum):
    """What the pump draws: exhaust through the probe, room air past it, or nothing (pump off).

    `BLOW_BACK` blows air out through the probe.
    """

    SAMPLE = "sample"
    AMBIENT = "ambient"
    BLOW_BACK = "blow_back"
    OFF = "off"


class GasAction(StrEnum):
    """Actions that take the analyser a while, that end by themselves and that it judges by itself."""

    ZERO = "zero"
    LEAK_CHECK = "leak_check"
    HC_RESIDUE = "hc_residue"


class GasProgress(StrEnum):
    """How far an action is."""

    RUNNING = "running"
    PASSED = "passed"
    FAILED = "failed"


class GasFlag(StrEnum):
    """What an analyser says beside its values; each has words as the problem `devices.gas.<flag>`.

    `LOW_FLOW`, `PUMP_OFF`, `LEAK`, `ZERO_FAILED`, `RESIDUE` and `SENSOR_FAULT` forbid the use of values that
    come with them; `ZERO_WANTED` and the aged cells are advice. `LEAK`, `ZERO_FAILED` and `RESIDUE` stay until the
    same action passes.
    """

    LOW_FLOW = "low_flow"
    PUMP_OFF = "pump_off"
    LEAK = "leak"
    ZERO_FAILED = "zero_failed"
    ZERO_WANTED = "zero_wanted"
    RESIDUE = "residue"
    SENSOR_FAULT = "sensor_fault"
    O2_CELL_AGED = "o2_cell_aged"
    NO_CELL_AGED = "no_cell_aged"


FORBIDDING = frozenset(GasFlag) - {GasFlag.ZERO_WANTED, GasFlag.O2_CELL_AGED, GasFlag.NO_CELL_AGED}
"""Flags with which values must not be used."""


@dataclass(frozen=True, slots=True)
class GasAnalyserAbilities:
    """What a make of analyser can do; a step adapts or refuses, never pretends.

    `actions` it carries out and judges by itself: where `HC_RESIDUE` is missing the lane reads HC while
    room air comes through the probe. `sources` its pump can draw. `tells_*`: which of the optional
    values its readings carry. `environment`: it measures room temperature, pressure and humidity.
    `warm_up_left`: it says how long warming up still takes. `interval_ms` between readings worth taking.
    """

    actions: frozenset[GasAction]
    sources: frozenset[GasSource]
    tells_no: bool
    tells_lambda: bool
    tells_engine_speed: bool
    tells_oil_temperature: bool
    tells_low_flow: bool
    environment: bool
    warm_up_left: bool
    interval_ms: int


@dataclass(frozen=True, slots=True)
class GasAnalyserStatus:
    """What an analyser says of itself; None where the make does not tell.

    `code` is the answer in hex, as evidence.
    """

    state: AnalyserState
    pump_on: bool | None
    warm_up_left_s: int | None
    flags: frozenset[GasFlag]
    code: str

    @property
    def is_ready(self) -> bool:
        """Whether readings mean something: warm, and no action of its own under way."""
        return self.state in (AnalyserState.READY, AnalyserState.MEASURING)


@dataclass(frozen=True, slots=True)
class GasReading:
    """One second's worth of exhaust, as the analyser gave it; None where the make does not tell.

    `lambda_value` is the analyser's own excess-air figure. `engine_speed_rpm` and `oil_temperature_C` come
    from its own pickups.
    """

    co_percent: Decimal
    co2_percent: Decimal
    hc_ppm: Decimal
    o2_percent: Decimal
    no_ppm: Decimal | None
    lambda_value: Decimal | None
    engine_speed_rpm: Decimal | None
    oil_temperature_C: Decimal | None
    flags: frozenset[GasFlag]

    @property
    def is_usable(self) -> bool:
        """Whether no flag forbids the use of the values."""
        return not self.flags & FORBIDDING


@dataclass(frozen=True, slots=True)
class GasEnvironment:
    """Room air as the analyser measures it: °C, kPa, % relative humidity."""

    temperature_C: Decimal
    pressure_kPa: Decimal
    humidity_percent: Decimal


@dataclass(frozen=True, slots=True)
class GasCheck:
    """What came of an action: `problem` says why it did not pass."""

    action: GasAction
    passed: bool
    problem: Problem | None


class GasAnalyserDriver(Protocol):
    """A gas analyser's driver: blocking, called by its line's thread; no call waits for an action's end."""

    abilities: GasAnalyserAbilities

    def status(self) -> GasAnalyserStatus:
        """Ask the analyser how it is; answers in every state."""
        ...

    def read(self) -> GasReading:
        """Return what it measures now; raises `AnalyserNotReadyError` while it warms up or does something else."""
        ...

    def environment(self) -> GasEnvironment:
        """Return room air; raises `DeviceError` where the make does not measure it."""
        ...

    def pump(self, source: GasSource) -> None:
        """Draw from a source; returns when the analyser has accepted it. `OFF` ends an action, too."""
        ...

    def begin(self, action: GasAction) -> None:
        """Start an action; raises `DeviceError` if it is refused."""
        ...

    def progress(self, action: GasAction) -> GasProgress:
        """Say how far the action is that was begun last; each end is told once."""
        ...


class GasAnalyser(Protocol):
    """What a step awaits: the same analyser behind its line.

    Every method raises `DeviceError` with a diagnosis when the analyser does not answer as it should.
    """

    name: str
    abilities: GasAnalyserAbilities
    instrument: InstrumentUsed
    origin: Origin

    @property
    def wire_bytes(self) -> int:
        """Bytes sent and received on the analyser's line so far."""
        ...

    async def status(self) -> GasAnalyserStatus:
        """Ask the analyser how it is; answers in every state."""
        ...

    async def read(self) -> GasReading:
        """Return what it measures now; raises `AnalyserNotReadyError` (`devices.gas.not_ready`) when it cannot."""
        ...

    async def environment(self) -> GasEnvironment:
        """Return room air; raises `devices.gas.cannot` without that ability."""
        ...

    async def pump(self, source: GasSource) -> None:
        """Draw from a source, or stop pump and action with `OFF`."""
        ...

    async def zero(self) -> GasCheck:
        """Zero the analyser and return when that has ended; the probe must be in clean air."""
        ...

    async def leak_check(self) -> GasCheck:
        """Check the sample line for leaks with the probe closed; return when that has ended."""
        ...

    async def hc_residue(self) -> GasCheck:
        """Have the analyser check its line for HC residue; raises `devices.gas.cannot` without that ability."""
        ...

    async def carry_out(self, action: GasAction) -> GasCheck:
        """Carry out any action of the make's abilities; cancelling stops it at the analyser."""
        ...

    def problem_of(self, flag: GasFlag) -> Problem:
        """Return a flag as a problem that names this analyser, with cause, evidence and next step."""
        ...
