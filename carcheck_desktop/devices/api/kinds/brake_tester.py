"""The roller brake tester, written from carcheck's own Modbus convention and Jiangxing's "41 LEN CMD" frames.

Forces are whole daN as benches give them.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from carcheck_desktop.domain.measurements import InstrumentUsed, Origin, StopReason


class Side(StrEnum):
    """Left or right, seen in driving direction."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class BrakeTesterAbilities:
    """What a make of roller brake tester can do; a step adapts or refuses, never pretends.

    `separate_start`: left and right rollers start on their own; `confirmed_stop`: the bench says
    that it stopped; without it the station must wire `stop_output`. `lock_state`: it reports which
    wheel locked. `device_clock`: samples are numbered and timed by the bench. `weighs`: it has a
    scale of its own. `interval_ms` between samples.
    """

    separate_start: bool
    confirmed_stop: bool
    lock_state: bool
    device_clock: bool
    weighs: bool
    interval_ms: int


@dataclass(frozen=True, slots=True)
class BrakeTesterStatus:
    """What a bench says of itself in one answer; None where the make does not tell."""

    vehicle_in: bool | None
    lift_up: bool | None
    left_running: bool | None
    right_running: bool | None
    is_testing: bool
    stop_reason: StopReason
    error: str | None


@dataclass(frozen=True, slots=True)
class CurveBlock:
    """Samples of the running or last test that were not fetched before.

    `first` is the number of the first sample here (the test's first is 1). `lost` are numbers of
    samples that can never be fetched any more. `newest` is the number of the newest sample the
    bench has and `device_time_ms` the bench's own time of it, None where it has no clock. `ended` is
    set when the bench has finished the test and all samples are here.
    """

    first: int
    left_daN: tuple[int, ...]
    right_daN: tuple[int, ...]
    lost: tuple[int, ...]
    newest: int
    device_time_ms: int | None
    ended: bool


class BrakeTesterDriver(Protocol):
    """A roller brake tester's driver: blocking, called by its line's thread."""

    abilities: BrakeTesterAbilities

    def status(self) -> BrakeTesterStatus:
        """Ask the bench how it is."""
        ...

    def lift(self, *, up: bool) -> None:
        """Raise or lower the lift; returns when the bench has accepted it."""
        ...

    def start(self, side: Side | None) -> None:
        """Start the rollers of one side, or of both with None; raises `DeviceError` if refused."""
        ...

    def stop(self) -> None:
        """Stop all rollers; returns when the bench acknowledged, or as sure as the make can be."""
        ...

    def keep_alive(self) -> None:
        """Tell the bench that its host lives."""
        ...

    def fetch_curve(self, after: int) -> CurveBlock:
        """Return the samples with numbers above `after`."""
        ...


class BrakeTester(Protocol):
    """What a step awaits: the same bench behind its line, with priorities and deadlines.

    Every method raises `DeviceError` with a diagnosis when the bench does not answer as it should.
    """

    name: str
    abilities: BrakeTesterAbilities
    instrument: InstrumentUsed
    origin: Origin

    @property
    def wire_bytes(self) -> int:
        """Bytes sent and received on the bench's line so far."""
        ...

    async def status(self) -> BrakeTesterStatus:
        """Ask the bench how it is."""
        ...

    async def lift(self, *, up: bool) -> None:
        """Raise or lower the lift."""
        ...

    async def start(self, side: Side | None) -> None:
        """Start the rollers of one side or both; only inside `rolling()`."""
        ...

    async def stop(self) -> None:
        """Stop all rollers, ahead of everything else on the line, and cut the stop output if any."""
        ...

    async def fetch_curve(self, after: int) -> CurveBlock:
        """Return the samples with numbers above `after`."""
        ...

    def rolling(self) -> AbstractAsyncContextManager[None]:
        """Enter before rollers may turn.

        Keeps the bench's watchdog fed while the engine lives and stops the rollers on every way out,
        cancellation and exceptions included. Raises `DeviceError` at once where a make has no confirmed stop and no stop output is wired.
        """
        ...
