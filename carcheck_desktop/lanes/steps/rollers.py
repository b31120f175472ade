"""An axle on the rollers, as service and parking brake share it: GB 38900 annex D, bench sequence.

Release, lift down, left rollers, then right ones, rolling drag, the prompt, every sample until the
bench ends the test (a wheel locked, time-out). What the dwell times are is counted in the bench's own
samples, so that they are the same however fast the clock runs and however late a block is fetched.
"""

from __future__ import annotations

import asyncio
import math
from contextlib import asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from carcheck_desktop.base.messages import Message
from carcheck_desktop.devices.api.kinds import Side
from carcheck_desktop.domain.live import LiveCurve
from carcheck_desktop.domain.measurements import Curve, Effort, StopReason
from carcheck_desktop.lanes.errors import StepError
from carcheck_desktop.lanes.steps.curve_recorder import CurveRecorder
from carcheck_desktop.lanes.steps.device_time import DeviceTime
from carcheck_desktop.lanes.steps.run import wait_until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine

    from carcheck_desktop.devices.api.kinds import BrakeTester, BrakeTesterStatus, CurveBlock
    from carcheck_desktop.lanes.steps.run import ItemRun

RELEASE_S = 3.0
"""From "release everything" until the rollers start: time to take foot and hand away."""
START_GAP_S = 0.3
"""Between the left motor and the right one, so that the inrush currents do not add up."""
RUN_UP_S = 1.5
"""From the first sample until both sides run and their drag may be measured."""
RUN_UP_GRID_S = 0.5
"""A run-up that took longer is extended to the next multiple of this."""
DRAG_S = 3.0
"""Rolling drag before the pedal, both sides running (阻滞力 3 s)."""
ACT_S = 5.0
"""What a driver is given at least to answer the prompt and press fully, where no wheel locks before."""
LEAD_REAL_S = 0.1
"""The prompt is put down this much real time before it is due, so that it is on screen by then."""
FETCH_REAL_S = 0.15
RING_S = 10.0
"""What a bench keeps at least; four fetches fit in, whatever the speed of the clock."""
LIFT_S = 5.0
LIFT_LIMIT_S = 15.0
END_LIMIT_S = 30.0
START_LIMIT_S = 5.0
HUNDREDTH = Decimal("0.01")
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Ask:
    """What the driver is asked to do while the rollers turn: the word and the sentence for it."""

    expects: str
    code: str


@dataclass(frozen=True, slots=True)
class RollerRecord:
    """What one run recorded: the whole curve, where the prompt was, the mean drag before it."""

    curve: Curve
    press_index: int
    drag_left_daN: Decimal
    drag_right_daN: Decimal
    stop_reason: StopReason
    effort: Effort


@dataclass(frozen=True, slots=True)
class _Plan:
    """Indices on the curve and the lane-clock second of the prompt."""

    run_up_index: int
    press_index: int
    due_s: float


class _Test:
    """One test of the bench while it runs: fetching, the two clocks, what is known so far."""

    def __init__(self, run: ItemRun, bench: BrakeTester) -> None:
        self.run = run
        self.bench = bench
        self.recorder = CurveRecorder(bench.abilities.interval_ms)
        self.time = DeviceTime()
        self.first_seen = asyncio.Event()
        self.first_device_s = 0.0
        self.started_s = (0.0, 0.0)
        self.both_on_s = 0.0

    @property
    def interval_s(self) -> float:
        return self.recorder.interval_ms / 1000

    async def fetch_until_ended(self) -> None:
        """Fetch in time for the ring; at once again while the bench has more than one answer holds."""
        clock = self.run.clock
        period_s = min(FETCH_REAL_S * clock.speed, RING_S / 4)
        while True:
            asked_s = clock.monotonic()
            block = await self._fetch(asked_s)
            if block.ended:
                break
            is_behind = self.recorder.newest < block.newest
            await clock.sleep_until(asked_s if is_behind else asked_s + (period_s if block.newest else period_s / 8))
        self.run.live.flush()

    async def _fetch(self, asked_s: float) -> CurveBlock:
        shown = self.recorder.newest
        block = await self.bench.fetch_curve(shown)
        self.recorder.add(block)
        if block.newest > 0:
            self._note_time(asked_s, block.newest, block.device_time_ms)
            self._show(shown)
        return block

    def _note_time(self, asked_s: float, newest: int, device_time_ms: int | None) -> None:
        """Without a clock of its own the bench's time is counted in its samples."""
        since_first_s = (newest - 1) * self.interval_s
        device_s = since_first_s if device_time_ms is None else device_time_ms / 1000
        self.time.note_block(asked_s, self.run.clock.monotonic(), device_s, self.interval_s)
        self.first_device_s = device_s - since_first_s
        self.first_seen.set()

    def _show(self, since: int) -> None:
        left, right = self.recorder.since(since)
        if left:
            run = self.run
            curve = LiveCurve(run.item.item, run.run_id, since + 1, self.recorder.interval_ms, left, right)
            run.live.curve(curve)

    def motor_on_s(self) -> float:
        """Return the lane-clock second of the first sample, never outside the start command."""
        asked_s, accepted_s = self.started_s
        return min(max(self.first_device_s + self.time.offset_s(), asked_s), accepted_s)

    def plan(self) -> _Plan:
        """Return where the prompt is: whole dwell times after the first sample."""
        motor_on_s = self.motor_on_s()
        took_s = self.both_on_s - motor_on_s
        run_up_s = RUN_UP_S if took_s <= RUN_UP_S else math.ceil(took_s / RUN_UP_GRID_S) * RUN_UP_GRID_S
        run_up_index = round(run_up_s / self.interval_s)
        press_index = run_up_index + round(DRAG_S / self.interval_s)
        return _Plan(run_up_index, press_index, motor_on_s + run_up_s + DRAG_S)


async def measure_on_rollers(run: ItemRun, ask: Ask) -> RollerRecord:
    """Take one axle through the whole sequence and return what was recorded.

    Raises `StepError` when the bench ends the test before the driver was asked, gives it up
    with an error, or never ends it; `DeviceError` when it does not answer. The rollers have been
    told to stop on every way out.
    """
    bench = run.need_bench()
    clock = run.clock
    began_s, bytes_before = clock.monotonic(), bench.wire_bytes
    async with bench.rolling():
        test = _Test(run, bench)
        await _make_ready(run, test)
        await _start(run, test)
        async with _fetching(test) as fetching:
            plan = await _ask_driver(run, test, ask, fetching)
            await _until_ended(run, test, plan, fetching)
        status = await bench.status()
        _require_counts(bench, status, test, plan)
    await run.prompt("release", run.axle, Message("lanes.prompt.release", {"axle": run.axle}))
    if not run.stays:
        await bench.lift(up=True)
    curve = test.recorder.curve()
    drag_left_daN, drag_right_daN = test.recorder.mean_daN(plan.run_up_index, plan.press_index)
    effort = Effort(
        samples=len(curve.left_daN) - len(curve.lost),
        lost_samples=len(curve.lost),
        wire_bytes=bench.wire_bytes - bytes_before,
        duration_s=Decimal(str(clock.monotonic() - began_s)).quantize(TENTH),
        dwell_s=_dwells(test, plan),
    )
    return RollerRecord(curve, plan.press_index, drag_left_daN, drag_right_daN, status.stop_reason, effort)


async def _make_ready(run: ItemRun, test: _Test) -> None:
    """Let the driver release everything and lower the lift, so that the wheels rest on the rollers."""
    bench, clock = test.bench, run.clock
    asked_s = await run.prompt("release", run.axle, Message("lanes.prompt.neutral", {"axle": run.axle}))
    status = await _timed_status(test)
    if status.vehicle_in is False:
        raise StepError("lanes.brake.no_axle", axle=run.axle, device=bench.name)
    if status.lift_up is not False:
        await bench.lift(up=False)
        await _lowered(run, test, can_tell=status.lift_up is not None)
    await clock.sleep_until(asked_s + RELEASE_S)
    if (await _timed_status(test)).vehicle_in is False:
        raise StepError("lanes.brake.no_axle", axle=run.axle, device=bench.name)


async def _lowered(run: ItemRun, test: _Test, *, can_tell: bool) -> None:
    if not can_tell:
        await run.clock.sleep(LIFT_S)
        return

    async def look() -> bool:
        return (await _timed_status(test)).lift_up is False

    def too_late() -> StepError:
        return StepError("lanes.timeout.lift_down", device=test.bench.name, limit_s=int(LIFT_LIMIT_S))

    await wait_until(run.clock, look, LIFT_LIMIT_S, too_late)


async def _timed_status(test: _Test) -> BrakeTesterStatus:
    asked_s = test.run.clock.monotonic()
    status = await test.bench.status()
    test.time.note_exchange(test.run.clock.monotonic() - asked_s)
    return status


async def _start(run: ItemRun, test: _Test) -> None:
    """Start left, then right; both at once where the make cannot start them on their own."""
    bench, clock = test.bench, run.clock
    is_separate = bench.abilities.separate_start
    asked_s = clock.monotonic()
    await bench.start(Side.LEFT if is_separate else None)
    test.started_s = (asked_s, clock.monotonic())
    if is_separate:
        await clock.sleep_until(asked_s + START_GAP_S)
        await bench.start(Side.RIGHT)
    test.both_on_s = clock.monotonic()


@asynccontextmanager
async def _fetching(test: _Test) -> AsyncIterator[asyncio.Task[None]]:
    """Fetch in the background; the task is over when the block is left, whichever way."""
    task = asyncio.create_task(test.fetch_until_ended(), name=f"curve of {test.run.run_id}")
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _ask_driver(run: ItemRun, test: _Test, ask: Ask, fetching: asyncio.Task[None]) -> _Plan:
    """Wait for the drag dwell, then prompt at the exact moment, whatever the fetching does."""
    clock = run.clock
    limit_s = clock.monotonic() + START_LIMIT_S
    await _unless_over(fetching, test.first_seen.wait(), clock.sleep_until(limit_s))
    if not test.first_seen.is_set():
        raise StepError("lanes.timeout.first_sample", device=test.bench.name, limit_s=int(START_LIMIT_S))
    lead_s = min(DRAG_S, LEAD_REAL_S * clock.speed)
    plan = test.plan()
    await _unless_over(fetching, clock.sleep_until(plan.due_s - lead_s))
    plan = test.plan()
    if not fetching.done():
        await run.prompt(ask.expects, run.axle, Message(ask.code, {"axle": run.axle}), plan.due_s)
    return plan


async def _until_ended(run: ItemRun, test: _Test, plan: _Plan, fetching: asyncio.Task[None]) -> None:
    clock = run.clock
    await _unless_over(fetching, clock.sleep_until(plan.due_s + END_LIMIT_S))
    if not fetching.done():
        raise StepError(
            "lanes.timeout.test_end", device=test.bench.name, limit_s=int(END_LIMIT_S), samples=test.recorder.newest
        )


async def _unless_over(fetching: asyncio.Task[None], *waits: Coroutine[Any, Any, object]) -> None:
    """Wait for the first of `waits`, or until fetching has ended; raises what ended it, if an error."""
    tasks = [asyncio.create_task(wait) for wait in waits]
    try:
        await asyncio.wait({fetching, *tasks}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    if fetching.done():
        fetching.result()


def _require_counts(bench: BrakeTester, status: BrakeTesterStatus, test: _Test, plan: _Plan) -> None:
    """Refuse a test that the bench broke off, or that was over before the driver could have pressed."""
    if status.stop_reason is StopReason.DEVICE_ERROR:
        raise StepError("lanes.brake.device_error", device=bench.name, error=status.error or "-")
    if status.stop_reason is StopReason.HOST_SILENT:
        raise StepError("lanes.brake.host_silent", device=bench.name)
    if test.recorder.newest <= plan.press_index:
        raise StepError("lanes.brake.ended_early", samples=test.recorder.newest, needed=plan.press_index + 1)
    had_s = (test.recorder.newest - plan.press_index) * test.interval_s
    if status.stop_reason is StopReason.TIME_OUT and had_s < ACT_S:
        raise StepError("lanes.brake.asked_late", device=bench.name, had_s=f"{had_s:.1f}", needed_s=f"{ACT_S:.1f}")


def _dwells(test: _Test, plan: _Plan) -> dict[str, Decimal]:
    """Return the dwell times as the bench's samples count them."""

    def counted(samples: int) -> Decimal:
        return (Decimal(samples * test.recorder.interval_ms) / 1000).quantize(HUNDREDTH)

    return {"run_up": counted(plan.run_up_index), "drag": counted(plan.press_index - plan.run_up_index)}
