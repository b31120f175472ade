"""Instruments in memory that really behave: rollers that turn and lock, pads that settle, a wire that breaks.

The bodies live in the virtual world of `twin` and outlast the process that uses them; a handle is
that process's side of the wire and dies with it. All time is the clock's.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DeviceError
from carcheck_desktop.devices.api.kinds import (
    BrakeTesterAbilities,
    BrakeTesterStatus,
    CurveBlock,
    Side,
    WheelLoads,
)
from carcheck_desktop.devices.api.physics import RollerSide
from carcheck_desktop.domain.measurements import InstrumentUsed, Origin, StopReason

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.twin.world import VirtualWorld

STEP_S = 0.01
TIME_OUT_S = 10.0
WATCHDOG_S = 3.0
SLIP_PERCENT = 25.0
RING = 1000


@dataclass
class BenchBody:
    """A bench with motors, lift, ring and watchdog; stepped to the clock's now at every look."""

    world: VirtualWorld
    clock: Clock
    place: str = "1/bench"
    lift_up: bool = True
    sides: dict[Side, RollerSide] = field(default_factory=lambda: {side: RollerSide() for side in Side})
    samples: list[tuple[int, int]] = field(default_factory=list)
    reason: StopReason = StopReason.NONE
    error: str | None = None
    started_s: float | None = None
    heard_s: float = 0.0
    starts: int = 0
    stops: int = 0
    at_s: float = 0.0

    @property
    def is_turning(self) -> bool:
        self.step()
        return any(side.motor_on for side in self.sides.values())

    def step(self) -> None:
        while self.at_s + STEP_S <= self.clock.monotonic():
            self.at_s += STEP_S
            self._step()

    def _step(self) -> None:
        is_testing = any(side.motor_on for side in self.sides.values())
        for name, side in self.sides.items():
            wheel = None if self.lift_up else self.world.wheel(self.place, name, self.at_s)
            side.step(STEP_S, wheel)
        if not is_testing:
            return
        self.samples.append((round(self.sides[Side.LEFT].force_daN), round(self.sides[Side.RIGHT].force_daN)))
        locked = [name for name, side in self.sides.items() if side.slip_percent >= SLIP_PERCENT]
        if locked:
            both = StopReason.BOTH_LOCKED
            single = {Side.LEFT: StopReason.LEFT_LOCKED, Side.RIGHT: StopReason.RIGHT_LOCKED}
            self.halt(both if len(locked) == 2 else single[locked[0]])
        elif self.started_s is not None and self.at_s - self.started_s >= TIME_OUT_S:
            self.halt(StopReason.TIME_OUT)
        elif self.at_s - self.heard_s >= WATCHDOG_S:
            self.halt(StopReason.HOST_SILENT)

    def halt(self, reason: StopReason) -> None:
        if any(side.motor_on for side in self.sides.values()):
            self.reason = reason
        for side in self.sides.values():
            side.motor_on = False

    def start(self, side: Side | None) -> None:
        self.step()
        if not self.is_turning:
            self.samples, self.reason, self.started_s = [], StopReason.NONE, self.at_s
        for name in Side if side is None else (side,):
            self.sides[name].motor_on = True
        self.starts += 1


class Bench:
    """One process's handle on a bench body; `latency_s` each way, `kill` makes it a dead process's."""

    def __init__(self, body: BenchBody, clock: Clock, latency_s: float = 0.005, **abilities: bool) -> None:
        self.name = "bench"
        self.body = body
        self.clock = clock
        self.latency_s = latency_s
        able = {
            "separate_start": True,
            "confirmed_stop": True,
            "lock_state": True,
            "device_clock": True,
            "weighs": False,
        }
        self.abilities = BrakeTesterAbilities(**{**able, **abilities}, interval_ms=10)
        self.instrument = InstrumentUsed("bench", "memory", "1", "memory:bench")
        self.origin = Origin.SIMULATOR
        self.wire_bytes = 0
        self.unplugged = False
        self.fail_on: str | None = None
        self.is_dead = False
        self.is_rolling = False
        self.calls: list[str] = []

    async def _exchange(self, call: str) -> None:
        self.calls.append(call)
        await self.clock.sleep(self.latency_s)
        if self.is_dead:
            await asyncio.Event().wait()
        if self.unplugged or self.fail_on == call:
            raise DeviceError("devices.no_reply", device=self.name, port="memory:bench", waited_ms=500)
        self.wire_bytes += 25
        if self.is_rolling:
            self.body.heard_s = self.clock.monotonic()
        self.body.step()

    async def status(self) -> BrakeTesterStatus:
        await self._exchange("status")
        body = self.body
        answer = BrakeTesterStatus(
            vehicle_in=body.world.is_occupied(body.place, body.at_s),
            lift_up=body.lift_up,
            left_running=body.sides[Side.LEFT].motor_on,
            right_running=body.sides[Side.RIGHT].motor_on,
            is_testing=body.is_turning,
            stop_reason=body.reason,
            error=body.error,
        )
        await self.clock.sleep(self.latency_s)
        return answer

    async def lift(self, *, up: bool) -> None:
        await self._exchange("lift")
        if self.body.is_turning:
            raise AssertionError("the lift moved while the rollers turned")
        self.body.lift_up = up
        await self.clock.sleep(self.latency_s)

    async def start(self, side: Side | None) -> None:
        if not self.is_rolling:
            raise AssertionError("started outside rolling()")
        await self._exchange("start")
        self.body.start(side)
        await self.clock.sleep(self.latency_s)

    async def stop(self) -> None:
        self.calls.append("stop")
        if self.is_dead:
            await asyncio.Event().wait()
        if self.unplugged:
            raise DeviceError("devices.no_reply", device=self.name, port="memory:bench", waited_ms=500)
        self.body.step()
        self.body.halt(StopReason.HOST_COMMAND)
        self.body.stops += 1

    async def fetch_curve(self, after: int) -> CurveBlock:
        await self._exchange("fetch_curve")
        body = self.body
        newest = len(body.samples)
        first = max(after + 1, newest - RING + 1)
        pairs = body.samples[first - 1 : newest]
        ended = not body.is_turning
        time_ms = round(body.at_s * 1000) if newest else None
        await self.clock.sleep(self.latency_s)
        return CurveBlock(
            first=first,
            left_daN=tuple(left for left, _ in pairs),
            right_daN=tuple(right for _, right in pairs),
            lost=tuple(range(after + 1, first)),
            newest=newest,
            device_time_ms=time_ms if self.abilities.device_clock else None,
            ended=ended,
        )

    @asynccontextmanager
    async def rolling(self) -> AsyncIterator[None]:
        if not self.abilities.confirmed_stop:
            raise DeviceError("devices.no_stop_output", device=self.name, port="memory:bench")
        self.body.heard_s = self.clock.monotonic()
        self.is_rolling = True
        try:
            yield
        finally:
            self.is_rolling = False
            if not self.is_dead:
                await self.stop()


class Scale:
    """One process's handle on the pads; they settle a second after an axle has come."""

    def __init__(self, world: VirtualWorld, clock: Clock, latency_s: float = 0.005) -> None:
        self.name = "scale"
        self.world = world
        self.clock = clock
        self.latency_s = latency_s
        self.instrument = InstrumentUsed("scale", "memory", "1", "memory:scale")
        self.origin = Origin.SIMULATOR
        self.wire_bytes = 0
        self.unplugged = False
        self.is_dead = False
        self.never_stable = False

    async def loads(self) -> WheelLoads:
        await self.clock.sleep(self.latency_s)
        if self.is_dead:
            await asyncio.Event().wait()
        if self.unplugged:
            raise DeviceError("devices.no_reply", device=self.name, port="memory:scale", waited_ms=500)
        self.wire_bytes += 40
        now_s = self.clock.monotonic()
        left, right = (self._load(side, now_s) for side in (Side.LEFT, Side.RIGHT))
        is_stable = (left, right) == (self._load(Side.LEFT, now_s - 1.0), self._load(Side.RIGHT, now_s - 1.0))
        return WheelLoads(left, right, stable=is_stable and not self.never_stable)

    async def zero(self) -> None:
        await self.clock.sleep(self.latency_s)

    def _load(self, side: Side, at_s: float) -> Decimal:
        wheel = self.world.wheel("1/scale", side, at_s)
        return Decimal(0) if wheel is None else Decimal(round(wheel.load_kg))
