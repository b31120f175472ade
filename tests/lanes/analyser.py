"""An exhaust analyser in memory that really behaves: its body is the simulators' own, all time is the clock's."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DeviceError
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.devices.api.gas_bench import GasBench, GasFaults
from carcheck_desktop.devices.api.kinds import (
    GasAction,
    GasAnalyserAbilities,
    GasAnalyserStatus,
    GasCheck,
    GasEnvironment,
    GasFlag,
    GasReading,
    GasSource,
)
from carcheck_desktop.domain.measurements import InstrumentUsed, Origin

if TYPE_CHECKING:
    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.twin.world import VirtualWorld

STEP_S = 0.1
FAILED = {
    GasAction.ZERO: GasFlag.ZERO_FAILED, GasAction.LEAK_CHECK: GasFlag.LEAK, GasAction.HC_RESIDUE: GasFlag.RESIDUE
}  # fmt: skip


@dataclass
class AnalyserBody:
    """One analyser's body with its faults, stepped to the clock's now at every look."""

    world: VirtualWorld
    clock: Clock
    place: str = "1/emission"
    faults: GasFaults = field(default_factory=GasFaults)
    number: int = 0

    def __post_init__(self) -> None:
        self.bench = GasBench(self.world, self.place, self.faults, STEP_S, warm_up_s=60.0)

    def step(self) -> GasBench:
        while (self.number + 1) * STEP_S <= self.clock.monotonic():
            self.number += 1
            self.bench.step(self.number * STEP_S, self.number)
        return self.bench


class Analyser:
    """One process's handle on the body; `latency_s` each way."""

    def __init__(self, body: AnalyserBody, clock: Clock, latency_s: float = 0.005) -> None:
        self.name = "gas"
        self.body = body
        self.clock = clock
        self.latency_s = latency_s
        self.abilities = GasAnalyserAbilities(
            frozenset((GasAction.ZERO, GasAction.LEAK_CHECK)), frozenset(GasSource), tells_no=True, tells_lambda=True,
            tells_engine_speed=True, tells_oil_temperature=True, tells_low_flow=True, environment=True,
            warm_up_left=True, interval_ms=500,
        )  # fmt: skip
        self.instrument = InstrumentUsed("gas", "memory", "1", "memory:gas")
        self.origin = Origin.SIMULATOR
        self.wire_bytes = 0
        self.is_dead = False
        self.unplugged = False
        self.actions: list[GasAction] = []

    async def _exchange(self) -> GasBench:
        await self.clock.sleep(self.latency_s)
        if self.is_dead:
            await asyncio.Event().wait()
        if self.unplugged:
            raise DeviceError("devices.no_reply", device=self.name, port="memory:gas", waited_ms=500)
        self.wire_bytes += 22
        return self.body.step()

    async def status(self) -> GasAnalyserStatus:
        bench = await self._exchange()
        return GasAnalyserStatus(bench.state, bench.pump_on, None, frozenset(bench.failed), "00")

    async def read(self) -> GasReading:
        bench = await self._exchange()
        flags = {*bench.failed, *((GasFlag.LOW_FLOW,) if bench.has_low_flow else ())}

        def exact(value: float, places: str) -> Decimal:
            return Decimal(str(value)).quantize(Decimal(places))

        shown = bench.shown
        return GasReading(
            exact(shown.co, "0.01"), exact(shown.co2, "0.01"), exact(shown.hc, "1"), exact(shown.o2, "0.01"),
            exact(shown.no, "1"), exact(bench.lambda_value(), "0.01"), exact(bench.engine_speed_rpm, "1"),
            exact(bench.oil_temperature_C, "0.1"), frozenset(flags),
        )  # fmt: skip

    async def environment(self) -> GasEnvironment:
        await self._exchange()
        return GasEnvironment(Decimal("23.5"), Decimal("99.2"), Decimal("45.0"))

    async def pump(self, source: GasSource) -> None:
        bench = await self._exchange()
        assert bench.pump(source)

    async def zero(self) -> GasCheck:
        return await self.carry_out(GasAction.ZERO)

    async def leak_check(self) -> GasCheck:
        return await self.carry_out(GasAction.LEAK_CHECK)

    async def hc_residue(self) -> GasCheck:
        return await self.carry_out(GasAction.HC_RESIDUE)

    async def carry_out(self, action: GasAction) -> GasCheck:
        self.actions.append(action)
        assert (await self._exchange()).begin(action)
        while (bench := await self._exchange()).outcome is None:
            await self.clock.sleep(0.25)
        passed = bench.outcome[1]
        return GasCheck(action, passed, None if passed else self.problem_of(FAILED[action]))

    def problem_of(self, flag: GasFlag) -> Problem:
        return Problem(f"devices.gas.{flag.value}", {"device": self.name, "port": "memory:gas"})
