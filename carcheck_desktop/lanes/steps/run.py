"""What a step may do: prompt, wait by the lane's clock, show live values; and what it is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from carcheck_desktop.lanes.errors import StepError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.base.messages import Message
    from carcheck_desktop.devices.api.kinds import AxleScale, BrakeTester, GasAnalyser
    from carcheck_desktop.domain.exhaust import TwoSpeedIdleDemand
    from carcheck_desktop.domain.verdicts import PlannedItem
    from carcheck_desktop.domain.views import AttemptView
    from carcheck_desktop.lanes.steps.live import LivePublisher

POLL_S = 0.2
"""Seconds between two looks at a slow value."""
POLL_REAL_S = 0.02
"""Real seconds that a wire needs between two looks, however fast the clock runs."""


class Prompter(Protocol):
    """Shows the driver an instruction; durable and on the feed when it returns."""

    async def __call__(self, expects: str, axle: int, message: Message, due_s: float | None = None) -> float:
        """Show it and return the lane-clock second it counts from (now, unless `due_s` is given)."""
        ...


@dataclass
class AnalyserMemory:
    """What a lane remembers of its analyser from one car to the next, until its process ends.

    `is_probe_out`: the probe was seen out of the pipe, and nobody was asked to put it in since.
    """

    leak_checked_at: datetime | None = None
    is_probe_out: bool = False


@dataclass(frozen=True, slots=True)
class ItemRun:
    """One run of one item: whose, on what, with which instruments.

    `axle` counts from 1. `stays` says that the next item is done on the same axle, so that it is
    left on the rollers. `attempt` is the view at the item's start.
    """

    attempt: AttemptView
    item: PlannedItem
    axle: int
    run_id: str
    stays: bool
    clock: Clock
    bench: BrakeTester | None
    scale: AxleScale | None
    prompt: Prompter
    live: LivePublisher
    gas: GasAnalyser | None = None
    demand: TwoSpeedIdleDemand | None = None
    analyser: AnalyserMemory = field(default_factory=AnalyserMemory)

    def need_bench(self) -> BrakeTester:
        """Return the bench; `StepError` where none is installed."""
        if self.bench is None:
            raise StepError("lanes.no_bench", axle=self.axle)
        return self.bench

    def need_scale(self) -> AxleScale:
        """Return the scale; `StepError` where none is installed."""
        if self.scale is None:
            raise StepError("lanes.no_scale", axle=self.axle)
        return self.scale

    def need_gas(self) -> tuple[GasAnalyser, TwoSpeedIdleDemand]:
        """Return the analyser and what is demanded; `StepError` where none is installed or nothing is."""
        if self.gas is None or self.demand is None:
            raise StepError("lanes.no_analyser", item=self.item.item)
        return self.gas, self.demand


def poll_s(clock: Clock) -> float:
    """Return the lane-clock seconds between two looks at a slow value."""
    return max(POLL_S, POLL_REAL_S * clock.speed)


async def wait_until(
    clock: Clock, look: Callable[[], Awaitable[bool]], limit_s: float, too_late: Callable[[], StepError]
) -> None:
    """Look again and again until it is so; raise what `too_late` makes after `limit_s`."""
    deadline_s = clock.monotonic() + limit_s
    while not await look():
        if clock.monotonic() >= deadline_s:
            raise too_late()
        await clock.sleep(poll_s(clock))
