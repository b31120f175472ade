"""Exhaust second by second: each reading recorded with its phase, speed bands held without a gap, shown live."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from decimal import Decimal
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import CarcheckError
from carcheck_desktop.devices.api.kinds import FORBIDDING, GasSource
from carcheck_desktop.domain.exhaust import ExhaustRecord, ExhaustSecond, IdleEnd, IdlePhase, PhaseSpan
from carcheck_desktop.domain.live import LiveReading
from carcheck_desktop.lanes.background import in_background
from carcheck_desktop.lanes.errors import StepError
from carcheck_desktop.standards.emission.idle import given_up, in_band
from carcheck_desktop.standards.emission.judging import LONGEST_GAP_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from carcheck_desktop.devices.api.kinds import GasAnalyser, GasReading
    from carcheck_desktop.domain.exhaust import TwoSpeedIdleDemand
    from carcheck_desktop.lanes.steps.run import ItemRun

log = logging.getLogger(__name__)
EVERY_S = 1.0
STEADY_LIMIT_S = 240.0
"""For a phase to be held without a gap, tries included."""
PHASES = tuple(IdlePhase)
THOUSANDTH = Decimal("0.001")


class GivenUpError(Exception):
    """The test cannot count any more and is over; what was recorded is kept."""

    def __init__(self, end: IdleEnd) -> None:
        super().__init__(end.value)
        self.end = end


@asynccontextmanager
async def drawing(gas: GasAnalyser, *, waits: bool = True) -> AsyncIterator[None]:
    """Draw through the probe inside; the pump is off on every way out, also when nobody waits for it any more.

    `waits=False`: at the end of what went well the stop is only on its way, because somebody waits for what comes next and
    a one-byte protocol ends its answer by silence. The line does what it is told in order, so that nothing overtakes it.
    """
    await gas.pump(GasSource.SAMPLE)
    went_well = False
    try:
        yield
        went_well = True
    finally:
        stopping = in_background(_pump_off(gas), f"pump of {gas.name}")
        await (asyncio.sleep(0) if went_well and not waits else asyncio.shield(stopping))


async def _pump_off(gas: GasAnalyser) -> None:
    try:
        await gas.pump(GasSource.OFF)
    except CarcheckError as error:
        log.warning("the pump of %s was not told to stop: %s", gas.name, error)


class Seconds:
    """The record of one test while it grows, and the phases that were held."""

    def __init__(self, run: ItemRun, gas: GasAnalyser, demand: TwoSpeedIdleDemand) -> None:
        self.demand = demand
        self._run = run
        self._gas = gas
        self._taken: list[ExhaustSecond] = []
        self._spans: list[PhaseSpan] = []
        self._next_s = run.clock.monotonic()

    def record(self) -> ExhaustRecord:
        """Return every second so far."""
        return ExhaustRecord(tuple(self._taken))

    def spans(self) -> tuple[PhaseSpan, ...]:
        """Return the phases that were held or gone through."""
        return tuple(self._spans)

    def dwells(self) -> dict[str, Decimal]:
        """Return how long each demanded phase really was, from the second before its first one on."""
        found: dict[str, Decimal] = {}
        for span in self._spans:
            if self.demand.of(span.phase).duration_s and span.start:
                began_s = self._taken[span.start - 1].at_s
                found[span.phase.value] = self._taken[span.end - 1].at_s - began_s
        return found

    async def until_in_band(self, phase: IdlePhase, limit_s: float) -> None:
        """Record until the engine speed lies in the phase's band; `StepError` when that takes too long."""
        wanted = self.demand.of(phase)

        def too_late(seen: ExhaustSecond) -> StepError:
            low, high = wanted.low_rpm or 0, wanted.high_rpm or 0
            return StepError("lanes.timeout.engine_speed", low=low, high=high, rpm=seen.rpm, limit_s=int(limit_s))

        await self._until(phase, lambda seen: seen.is_steady, limit_s, too_late)

    async def until_exhaust(self, phase: IdlePhase, limit_s: float) -> None:
        """Record until undiluted exhaust is seen: the probe is in the pipe; `StepError` when that takes too long."""
        least = self.demand.dilution_percent

        def too_late(seen: ExhaustSecond) -> StepError:
            percent = str(seen.co_percent + seen.co2_percent)
            return StepError("lanes.timeout.probe_in", percent=percent, least=str(least), limit_s=int(limit_s))

        await self._until(phase, lambda seen: seen.co_percent + seen.co2_percent >= least, limit_s, too_late)

    async def hold(self, phase: IdlePhase) -> None:
        """Record as many seconds in a row with the engine speed in its band as the phase asks for.

        A second outside the band, or one that was missed, begins the count anew; `StepError` when it does not end.
        """
        wanted = self.demand.of(phase)
        deadline_s = self._run.clock.monotonic() + STEADY_LIMIT_S
        start = len(self._taken)
        while len(self._taken) - start < wanted.duration_s:
            before = self._taken[-1].at_s if self._taken else None
            seen = await self._take(phase, wanted.duration_s - (len(self._taken) - start))
            if not seen.is_steady:
                start = len(self._taken)
            elif before is not None and seen.at_s - before > LONGEST_GAP_S:
                start = len(self._taken) - 1
            if self._run.clock.monotonic() > deadline_s:
                low, high = wanted.low_rpm or 0, wanted.high_rpm or 0
                raise StepError(
                    "lanes.emission.not_held", low=low, high=high, rpm=seen.rpm, limit_s=int(STEADY_LIMIT_S)
                )
        self._spans.append(PhaseSpan(phase, start, len(self._taken)))

    async def _until(
        self,
        phase: IdlePhase,
        is_so: Callable[[ExhaustSecond], bool],
        limit_s: float,
        too_late: Callable[[ExhaustSecond], StepError],
    ) -> None:
        start, deadline_s = len(self._taken), self._run.clock.monotonic() + limit_s
        while not is_so(seen := await self._take(phase, 0)):
            if self._run.clock.monotonic() > deadline_s:
                raise too_late(seen)
        self._spans.append(PhaseSpan(phase, start, len(self._taken)))

    async def _take(self, phase: IdlePhase, left_s: int) -> ExhaustSecond:
        """Take the next second down and show it; raise `GivenUpError` when it ends the test, `StepError` on an alarm."""
        clock = self._run.clock
        await clock.sleep_until(self._next_s)
        reading = await self._gas.read()
        now_s = clock.monotonic()
        self._next_s = max(self._next_s + EVERY_S, now_s + EVERY_S / 10)
        require_usable(self._gas, reading)
        second = self._second(phase, reading, now_s)
        self._taken.append(second)
        show(self._run, self._gas, reading, phase, left_s)
        ended = given_up(self.demand, second)
        if ended is not None:
            raise GivenUpError(ended)
        return second

    def _second(self, phase: IdlePhase, reading: GasReading, now_s: float) -> ExhaustSecond:
        if reading.engine_speed_rpm is None:
            raise StepError("lanes.emission.no_engine_speed", device=self._gas.name)
        rpm, wanted = int(reading.engine_speed_rpm), self.demand.of(phase)
        return ExhaustSecond(
            number=len(self._taken) + 1,
            at=self._run.clock.now(),
            at_s=Decimal(str(now_s)).quantize(THOUSANDTH),
            phase=phase,
            co_percent=reading.co_percent,
            co2_percent=reading.co2_percent,
            hc_ppm=reading.hc_ppm,
            o2_percent=reading.o2_percent,
            no_ppm=reading.no_ppm,
            lambda_=reading.lambda_value,
            rpm=rpm,
            oil_C=reading.oil_temperature_C,
            is_steady=in_band(rpm, wanted.low_rpm, wanted.high_rpm),
        )


def require_usable(gas: GasAnalyser, reading: GasReading) -> None:
    """Raise `StepError` with the analyser's own alarm where it forbids the use of its values."""
    alarms = sorted(reading.flags & FORBIDDING)
    if alarms:
        problem = gas.problem_of(alarms[0])
        raise StepError(problem.code, **problem.params)


def show(run: ItemRun, gas: GasAnalyser, reading: GasReading, phase: IdlePhase | None, left_s: int) -> None:
    """Show a reading on the screen, with the phase (its number among `IdlePhase`) and what is left of it."""
    values = {
        "co_percent": (reading.co_percent, "%"),
        "co2_percent": (reading.co2_percent, "%"),
        "hc_ppm": (reading.hc_ppm, "10⁻⁶"),
        "o2_percent": (reading.o2_percent, "%"),
        "lambda": (reading.lambda_value, ""),
        "rpm": (reading.engine_speed_rpm, "r/min"),
        "oil_C": (reading.oil_temperature_C, "°C"),
        "phase": (None if phase is None else Decimal(PHASES.index(phase)), ""),
        "left_s": (Decimal(left_s), "s"),
    }
    run.live.readings(
        *(
            LiveReading(gas.name, point, None if value is None else float(value), unit, "good", gas.origin)
            for point, (value, unit) in values.items()
        )
    )
