"""The way of an axle onto a position and of the car off the lane, each seen by an instrument.

Which axle stands there is never guessed: between two axles the position must be seen empty, but
for the first arrival after a person let the lane go on, who has looked at the car.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.devices.api.errors import RefusedByDeviceError
from carcheck_desktop.domain.live import LiveReading
from carcheck_desktop.lanes.errors import StepError
from carcheck_desktop.lanes.parts import BENCH, EMISSION, SCALE
from carcheck_desktop.lanes.steps.run import poll_s, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.devices.api.kinds import AxleScale, BrakeTester, GasAnalyser, WheelLoads
    from carcheck_desktop.lanes.parts import LaneParts
    from carcheck_desktop.lanes.steps.live import LivePublisher
    from carcheck_desktop.lanes.steps.run import Prompter

EMPTY_BELOW_KG = Decimal(50)
"""Both pads together: below this nobody stands on the scale (the lightest axle has several times that)."""
ENGINE_RUNS_RPM = 300
"""From this engine speed on the analyser's pickup sees a car that runs."""
STEADY_S = 1.0
"""How long an axle must be seen in place before it counts."""
ARRIVE_LIMIT_S = 120.0
RECALLED_STEADY_S = 8.0
"""The same for a driver who had just been sent somewhere else and may still be about to go there."""
RAISE_LIMIT_S = 5.0
"""So long a lift may move that somebody else has just sent (a whole way takes two to three seconds)."""
MOVED_UNSEEN_S = 20.0
"""After a restart a driver may have moved to the next axle unseen; who still stands after this did."""


@dataclass
class Arrival:
    """One way onto a position: `expected` is the axle, `last` the one last seen there if any.

    `is_vouched`: a person let the lane go on and has looked at the car. `is_recalled`: the driver was
    on the way to somewhere else. `left` is called when the position is seen empty, `check` before
    each look (it may raise to give the way up).
    """

    clock: Clock
    prompt: Prompter
    live: LivePublisher
    expected: int
    last: int | None
    is_vouched: bool
    is_recalled: bool
    left: Callable[[], None]
    check: Callable[[], None]

    def needs_prompt(self, *, is_occupied: bool) -> bool:
        """Say whether the driver must be asked, because the axle does not stand there to stay."""
        return self.is_recalled or self.last != self.expected or not is_occupied


class _Watch:
    """Decides from looks at a position when the expected axle stands there."""

    def __init__(self, arrival: Arrival) -> None:
        self._arrival = arrival
        self._began_s = arrival.clock.monotonic()
        self._steady_since_s: float | None = None
        self._was_empty = arrival.last in (None, arrival.expected)
        self._steady_s = RECALLED_STEADY_S if arrival.is_recalled else STEADY_S
        self.looks = 0

    def is_there(self, *, occupied: bool) -> bool:
        now_s = self._arrival.clock.monotonic()
        self.looks += 1
        if not occupied:
            self._was_empty = True
            self._steady_since_s = None
            self._arrival.left()
            return False
        if self._steady_since_s is None:
            self._steady_since_s = now_s
        unseen = self._arrival.is_vouched and now_s - self._began_s >= MOVED_UNSEEN_S
        return (self._was_empty or unseen) and now_s - self._steady_since_s >= self._steady_s


async def arrive_on_scale(arrival: Arrival, scale: AxleScale) -> Message:
    """Prompt an axle onto the scale and return the evidence that it stands there.

    Raises `StepError` when it is not seen there in time.
    """
    seen = await scale.loads()
    if arrival.needs_prompt(is_occupied=_total(seen) >= EMPTY_BELOW_KG):
        await arrival.prompt("axle_on_scale", arrival.expected, _drive("lanes.prompt.axle_on_scale", arrival))
    watch = _Watch(arrival)

    async def look() -> bool:
        nonlocal seen
        arrival.check()
        seen = await scale.loads()
        show_loads(arrival.live, scale, seen)
        return watch.is_there(occupied=_total(seen) >= EMPTY_BELOW_KG)

    def too_late() -> StepError:
        return StepError(
            "lanes.timeout.axle_on_scale", axle=arrival.expected, limit_s=int(ARRIVE_LIMIT_S), seen_kg=_total(seen)
        )

    await wait_until(arrival.clock, look, ARRIVE_LIMIT_S, too_late)
    return Message("lanes.evidence.weight", {"device": scale.name, "kg": str(_total(seen))})


async def arrive_on_bench(arrival: Arrival, bench: BrakeTester) -> Message:
    """Prompt an axle onto the rollers and return the evidence that it stands there.

    Raises `StepError` when it is not seen there in time, or when the bench cannot see a vehicle.
    """
    is_in = await _vehicle_in(bench)
    if arrival.needs_prompt(is_occupied=is_in):
        await raise_lift(bench, arrival.clock)
        await arrival.prompt("axle_on_bench", arrival.expected, _drive("lanes.prompt.axle_on_bench", arrival))
    watch = _Watch(arrival)

    async def look() -> bool:
        arrival.check()
        return watch.is_there(occupied=await _vehicle_in(bench))

    def too_late() -> StepError:
        return StepError(
            "lanes.timeout.axle_on_bench", axle=arrival.expected, limit_s=int(ARRIVE_LIMIT_S), looks=watch.looks
        )

    await wait_until(arrival.clock, look, ARRIVE_LIMIT_S, too_late)
    return Message("lanes.evidence.light_barrier", {"device": bench.name})


async def raise_lift(bench: BrakeTester, clock: Clock) -> None:
    """Raise the lift so that an axle can drive on or off; never while rollers turn.

    A bench that takes no command, because the lift is on its way already, is given the time for it
    and asked once more; raises `RefusedByDeviceError` when it does not take that either.
    """
    status = await bench.status()
    if status.left_running or status.right_running:
        await bench.stop()
    if status.lift_up:
        return
    try:
        await bench.lift(up=True)
    except RefusedByDeviceError:
        if not await _comes_up(bench, clock):
            await bench.lift(up=True)


async def _comes_up(bench: BrakeTester, clock: Clock) -> bool:
    until_s = clock.monotonic() + RAISE_LIMIT_S
    while clock.monotonic() < until_s:
        await clock.sleep(poll_s(clock))
        if (await bench.status()).lift_up:
            return True
    return False


async def arrive_at_analyser(arrival: Arrival, gas: GasAnalyser) -> Message:
    """Prompt the car to the analyser and return the evidence: its pickup on the engine sees it run.

    Raises `StepError` when that is not seen in time, or when the analyser has no pickup.
    """
    rpm = await _engine_speed(gas)
    if arrival.needs_prompt(is_occupied=rpm >= ENGINE_RUNS_RPM):
        await arrival.prompt("at_emission", arrival.expected, Message("lanes.prompt.at_emission"))
    watch = _Watch(arrival)

    async def look() -> bool:
        nonlocal rpm
        arrival.check()
        rpm = await _engine_speed(gas)
        return watch.is_there(occupied=rpm >= ENGINE_RUNS_RPM)

    def too_late() -> StepError:
        return StepError("lanes.timeout.at_emission", device=gas.name, limit_s=int(ARRIVE_LIMIT_S), rpm=rpm)

    await wait_until(arrival.clock, look, ARRIVE_LIMIT_S, too_late)
    return Message("lanes.evidence.engine_speed", {"device": gas.name, "rpm": rpm})


async def is_clear(position: str, parts: LaneParts) -> bool:
    """Say whether an instrument sees nobody at the position; False where none can tell."""
    if position == SCALE and parts.scale is not None:
        return _total(await parts.scale.loads()) < EMPTY_BELOW_KG
    if position == BENCH and parts.bench is not None:
        return (await parts.bench.status()).vehicle_in is False
    if position == EMISSION and parts.gas is not None:
        return await _engine_speed(parts.gas) < ENGINE_RUNS_RPM
    return False


async def _engine_speed(gas: GasAnalyser) -> int:
    seen = (await gas.read()).engine_speed_rpm
    if seen is None:
        raise StepError("lanes.emission.no_engine_speed", device=gas.name)
    return int(seen)


def show_loads(live: LivePublisher, scale: AxleScale, loads: WheelLoads) -> None:
    """Show both pads on the screen."""

    def reading(point: str, value: Decimal) -> LiveReading:
        return LiveReading(scale.name, point, float(value), "kg", "good", scale.origin)

    live.readings(reading("left_kg", loads.left_kg), reading("right_kg", loads.right_kg))


def _drive(code: str, arrival: Arrival) -> Message:
    return Message(code, {"axle": arrival.expected})


async def _vehicle_in(bench: BrakeTester) -> bool:
    status = await bench.status()
    if status.vehicle_in is None:
        raise StepError("lanes.bench_blind", device=bench.name)
    return status.vehicle_in


def _total(loads: WheelLoads) -> Decimal:
    return loads.left_kg + loads.right_kg
