"""What comes before the probe goes in: analyser tight (daily), zeroed and clean (every test), engine warm.

HJ 1237 wants the analyser adjusted before every exhaust test and the leak check on every day.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.devices.api.kinds import GasAction, GasSource
from carcheck_desktop.domain.exhaust import IdlePhase, Preparation
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.lanes.errors import StepError
from carcheck_desktop.lanes.steps.exhaust_seconds import drawing, require_usable, show
from carcheck_desktop.lanes.steps.run import poll_s, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from carcheck_desktop.devices.api.kinds import GasAnalyser, GasCheck, GasReading
    from carcheck_desktop.domain.exhaust import TwoSpeedIdleDemand
    from carcheck_desktop.lanes.steps.run import ItemRun

HANDS_S = 8.0
"""For a person to close the probe, or to open it again."""
PURGE_S = 20.0
PURGES = 6
"""So often a line with HC in it is blown out before somebody must look at it."""
RINSE_S = 15.0
"""Room air through the line until what is read is the line's own."""
ROOM_AIR_BELOW_PERCENT = Decimal(2)
"""CO + CO2 below this: the analyser draws room air."""
WARM_LIMIT_S = 600.0


async def prepared(run: ItemRun, gas: GasAnalyser, demand: TwoSpeedIdleDemand) -> Preparation:
    """See to the analyser and return what was seen; `StepError` names what a person must put right."""
    await _probe_free(run, gas)
    leak_checked_at = await _tight(run, gas)
    _require_passed(await gas.zero())
    zeroed_at = run.clock.now()
    residue_hc_ppm = await _clean(run, gas, demand)
    room = await gas.environment() if gas.abilities.environment else None
    return Preparation(
        leak_checked_at=leak_checked_at,
        zeroed_at=zeroed_at,
        residue_hc_ppm=residue_hc_ppm,
        ambient_C=room.temperature_C if room else None,
        ambient_humidity_percent=room.humidity_percent if room else None,
        ambient_kPa=room.pressure_kPa if room else None,
    )


async def warm(run: ItemRun, gas: GasAnalyser, demand: TwoSpeedIdleDemand) -> None:
    """Wait for a warm engine, raising its speed where it is not; `StepError` when it does not get warm."""
    seen_C: Decimal | None = None
    is_asked = False

    async def look() -> bool:
        nonlocal seen_C, is_asked
        reading = await gas.read()
        show(run, gas, reading, IdlePhase.WARM_UP, 0)
        seen_C = reading.oil_temperature_C
        if seen_C is None:
            raise StepError("lanes.emission.no_oil_temperature", device=gas.name)
        if seen_C < demand.oil_from_C and not is_asked:
            is_asked = True
            await run.prompt("warm_up", 0, Message("lanes.prompt.warm_up", {"from_C": str(demand.oil_from_C)}))
        return seen_C >= demand.oil_from_C

    def too_late() -> StepError:
        return StepError(
            "lanes.timeout.warm_up", seen_C=str(seen_C), from_C=str(demand.oil_from_C), limit_s=int(WARM_LIMIT_S)
        )

    await wait_until(run.clock, look, WARM_LIMIT_S, too_late)


async def probe_out(run: ItemRun, gas: GasAnalyser) -> None:
    """Ask for the probe and wait, as long as it takes, until the analyser draws room air; its pump must draw."""
    await run.prompt("probe_out", 0, Message("lanes.prompt.probe_out"))
    await until(run, gas, is_room_air)
    run.analyser.is_probe_out = True


async def until(run: ItemRun, gas: GasAnalyser, is_so: Callable[[GasReading], bool]) -> None:
    """Look again and again until a reading is so."""
    while not is_so(await gas.read()):
        await run.clock.sleep(poll_s(run.clock))


def is_room_air(seen: GasReading) -> bool:
    """Say whether no exhaust is drawn."""
    return seen.co_percent + seen.co2_percent < ROOM_AIR_BELOW_PERCENT


async def _probe_free(run: ItemRun, gas: GasAnalyser) -> None:
    """See that no test that was cut off left the probe in the pipe: what follows wants clean air."""
    if run.analyser.is_probe_out:
        return
    async with drawing(gas, waits=False):
        await run.clock.sleep(RINSE_S)
        if not is_room_air(await gas.read()):
            await probe_out(run, gas)
    run.analyser.is_probe_out = True


async def _tight(run: ItemRun, gas: GasAnalyser) -> datetime:
    """Return when the line was found tight today; checked now where that was on another day."""
    checked_at = run.analyser.leak_checked_at
    if checked_at is not None and inspection_date(checked_at) == inspection_date(run.clock.now()):
        return checked_at
    run.analyser.leak_checked_at = None
    await run.prompt("probe_closed", 0, Message("lanes.prompt.probe_closed"))
    await run.clock.sleep(HANDS_S)
    _require_passed(await gas.leak_check())
    run.analyser.leak_checked_at = checked_at = run.clock.now()
    await run.prompt("probe_free", 0, Message("lanes.prompt.probe_free"))
    await run.clock.sleep(HANDS_S)
    return checked_at


async def _clean(run: ItemRun, gas: GasAnalyser, demand: TwoSpeedIdleDemand) -> Decimal:
    """Return the HC that room air through the probe shows; blown out first where that is too much."""
    if GasAction.HC_RESIDUE in gas.abilities.actions:
        _require_passed(await gas.hc_residue())
    hc_ppm = await _room_air_hc_ppm(run, gas)
    for _ in range(PURGES):
        if hc_ppm < demand.residue_hc_below_ppm:
            return hc_ppm
        await _blow_out(run, gas)
        hc_ppm = await _room_air_hc_ppm(run, gas)
    if hc_ppm < demand.residue_hc_below_ppm:
        return hc_ppm
    raise StepError(
        "lanes.emission.residue", device=gas.name, hc_ppm=str(hc_ppm), below_ppm=str(demand.residue_hc_below_ppm)
    )


async def _room_air_hc_ppm(run: ItemRun, gas: GasAnalyser) -> Decimal:
    async with drawing(gas):
        await run.clock.sleep(RINSE_S)
        reading = await gas.read()
        require_usable(gas, reading)
        show(run, gas, reading, None, 0)
    return reading.hc_ppm


async def _blow_out(run: ItemRun, gas: GasAnalyser) -> None:
    source = GasSource.BLOW_BACK if GasSource.BLOW_BACK in gas.abilities.sources else GasSource.AMBIENT
    if source in gas.abilities.sources:
        await gas.pump(source)
    await run.clock.sleep(PURGE_S)


def _require_passed(check: GasCheck) -> None:
    if not check.passed and check.problem is not None:
        raise StepError(check.problem.code, **check.problem.params)
