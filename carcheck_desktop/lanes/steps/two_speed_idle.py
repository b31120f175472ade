"""Two-speed idle (双怠速法) of a petrol car: item DB, GB 18285-2018 annex A.

Analyser ready and clean, engine warm; 70 % of the rated speed for 30 s; probe in; high idle, 15 s to settle and
30 s to sample; idle, 15 s and 30 s; probe out. One record a second from the first acceleration to the last second
of idle. Exhaust that is diluted or an engine that stalls ends the test at once, and such a test is recorded: that
it does not count is for standards to say.
"""

from __future__ import annotations

import logging
from decimal import Decimal
from typing import TYPE_CHECKING

from carcheck_desktop.base.data import digest_of, to_json
from carcheck_desktop.base.errors import CarcheckError
from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.exhaust import IdleEnd, IdlePhase, TwoSpeedIdleRun
from carcheck_desktop.domain.measurements import Effort
from carcheck_desktop.lanes.parts import Measured
from carcheck_desktop.lanes.steps.exhaust_seconds import GivenUpError, Seconds, drawing
from carcheck_desktop.lanes.steps.preparing_analyser import prepared, probe_out, until, warm

if TYPE_CHECKING:
    from carcheck_desktop.devices.api.kinds import GasAnalyser, GasReading
    from carcheck_desktop.domain.exhaust import TwoSpeedIdleDemand
    from carcheck_desktop.lanes.steps.run import ItemRun

log = logging.getLogger(__name__)
PROBE_LIMIT_S = 120.0
"""For the probe to be put in and the gas to come through the line."""
PEDAL_LIMIT_S = 60.0
"""For an engine speed to be reached."""
TENTH = Decimal("0.1")


async def two_speed_idle(run: ItemRun) -> Measured:
    """Prepare, measure, record every second; returns also a test that was given up, with how it ended.

    Raises `StepError` for what a person must put right first: analyser not tight, not clean or blocked, engine
    cold, probe not seen in the pipe, engine speed not held.
    """
    gas, demand = run.need_gas()
    began_s, bytes_before = run.clock.monotonic(), gas.wire_bytes
    preparation = await prepared(run, gas, demand)
    await warm(run, gas, demand)
    # the first thing that is asked of the driver needs no pump: it comes on while a foot goes down
    await run.prompt("rev_fast", 0, _asked("lanes.prompt.rev_fast", demand, IdlePhase.HOLD))
    async with drawing(gas, waits=False):
        seconds = Seconds(run, gas, demand)
        end = await _test(run, seconds)
        await _let_go(run, gas, demand, end)
        wire_bytes = gas.wire_bytes - bytes_before
    record = seconds.record()
    blob = to_json(record).encode()
    idle = TwoSpeedIdleRun(demand, preparation, seconds.spans(), end, digest_of(blob))
    effort = Effort(
        samples=len(record.seconds),
        lost_samples=0,
        wire_bytes=wire_bytes,
        duration_s=Decimal(str(run.clock.monotonic() - began_s)).quantize(TENTH),
        dwell_s=seconds.dwells(),
    )
    return Measured(gas.origin, (gas.instrument,), effort, blob=blob, two_speed_idle=idle, exhaust=record)


async def _test(run: ItemRun, seconds: Seconds) -> IdleEnd:
    try:
        await seconds.until_in_band(IdlePhase.ACCELERATE, PEDAL_LIMIT_S)
        await seconds.hold(IdlePhase.HOLD)
        run.analyser.is_probe_out = False
        await run.prompt("probe_in", 0, Message("lanes.prompt.probe_in"))
        await seconds.until_exhaust(IdlePhase.PROBE_IN, PROBE_LIMIT_S)
        await run.prompt("rev_high", 0, _asked("lanes.prompt.rev_high", seconds.demand, IdlePhase.HIGH_SAMPLE))
        await seconds.until_in_band(IdlePhase.HIGH_RISE, PEDAL_LIMIT_S)
        await seconds.hold(IdlePhase.HIGH_SETTLE)
        await seconds.hold(IdlePhase.HIGH_SAMPLE)
        await run.prompt("rev_idle", 0, Message("lanes.prompt.rev_idle"))
        await seconds.until_in_band(IdlePhase.IDLE_FALL, PEDAL_LIMIT_S)
        await seconds.hold(IdlePhase.IDLE_SETTLE)
        await seconds.hold(IdlePhase.IDLE_SAMPLE)
    except GivenUpError as reason:
        return reason.end
    return IdleEnd.WHOLE


async def _let_go(run: ItemRun, gas: GasAnalyser, demand: TwoSpeedIdleDemand, end: IdleEnd) -> None:
    """Wait, as long as it takes, until the probe is out and the engine runs: a car that leaves with it tears the hose.

    What was measured stands whatever the analyser says from here on.
    """

    def is_running(seen: GasReading) -> bool:
        return seen.engine_speed_rpm is None or seen.engine_speed_rpm >= demand.stall_rpm

    try:
        await probe_out(run, gas)
        if end is IdleEnd.STALLED:
            await run.prompt("start_engine", 0, Message("lanes.prompt.start_engine"))
            await until(run, gas, is_running)
    except CarcheckError as error:
        log.warning("lane: nobody saw the probe out of the pipe: %s", error)


def _asked(code: str, demand: TwoSpeedIdleDemand, phase: IdlePhase) -> Message:
    wanted = demand.of(phase)
    return Message(code, {"low": wanted.low_rpm or 0, "high": wanted.high_rpm or 0, "duration_s": wanted.duration_s})
