"""Time as an argument: the station's clock, a scaled one for training, a virtual one for tests.

Dwell times, physics and schedules ask a `Clock`. Wire deadlines and watchdogs are real time and
do not come through here.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What the rooms may know of time."""

    speed: float

    def now(self) -> datetime:
        """Return the date and time in UTC; it may jump when the PC's clock is set."""
        ...

    def monotonic(self) -> float:
        """Return seconds that only ever grow, unaffected by setting the PC's clock."""
        ...

    async def sleep_until(self, moment_s: float) -> None:
        """Wait until `monotonic()` has reached `moment_s`."""
        ...

    async def sleep(self, duration_s: float) -> None:
        """Wait for `duration_s` seconds of this clock."""
        ...


class SystemClock:
    """The PC's own clock."""

    speed = 1.0

    def now(self) -> datetime:
        """Return the PC's date and time in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return the PC's monotonic seconds."""
        return time.monotonic()

    async def sleep_until(self, moment_s: float) -> None:
        """Wait until the monotonic moment."""
        await asyncio.sleep(max(0.0, moment_s - self.monotonic()))

    async def sleep(self, duration_s: float) -> None:
        """Wait for real seconds."""
        await self.sleep_until(self.monotonic() + duration_s)


class ScaledClock:
    """A clock that runs `speed` times as fast as the PC's, counted from a shared epoch.

    Every process of a training station that is given the same `epoch` and `speed` agrees on the
    time, because both are anchored to the PC's monotonic clock, which all processes share.
    """

    def __init__(self, speed: float, epoch: datetime, epoch_monotonic_s: float) -> None:
        self.speed = speed
        self.epoch = epoch
        self.epoch_monotonic_s = epoch_monotonic_s

    @classmethod
    def starting_now(cls, speed: float) -> ScaledClock:
        """Return a clock whose epoch is this moment."""
        return cls(speed, datetime.now(UTC), time.monotonic())

    def now(self) -> datetime:
        """Return the epoch plus the scaled time since."""
        return self.epoch + timedelta(seconds=self.monotonic())

    def monotonic(self) -> float:
        """Return scaled seconds since the epoch."""
        return (time.monotonic() - self.epoch_monotonic_s) * self.speed

    async def sleep_until(self, moment_s: float) -> None:
        """Wait until the scaled moment."""
        await asyncio.sleep(max(0.0, (moment_s - self.monotonic()) / self.speed))

    async def sleep(self, duration_s: float) -> None:
        """Wait for scaled seconds."""
        await self.sleep_until(self.monotonic() + duration_s)


class VirtualClock:
    """A clock that stands still until `advance` moves it; for tests that take no time."""

    speed = 1.0

    def __init__(self, start: datetime | None = None) -> None:
        self._start = start or datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
        self._elapsed_s = 0.0
        self._jump = timedelta()
        self._order = itertools.count()
        self._waiting: list[tuple[float, int, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        """Return the start plus what was advanced and set."""
        return self._start + timedelta(seconds=self._elapsed_s) + self._jump

    def monotonic(self) -> float:
        """Return the seconds advanced so far."""
        return self._elapsed_s

    def set_back_or_forward(self, jump: timedelta) -> None:
        """Set the wall clock without touching the monotonic one, as a person or NTP does."""
        self._jump += jump

    async def sleep_until(self, moment_s: float) -> None:
        """Wait until somebody advances the clock to the moment."""
        if moment_s <= self._elapsed_s:
            await asyncio.sleep(0)
            return
        waiter = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (moment_s, next(self._order), waiter))
        await waiter

    async def sleep(self, duration_s: float) -> None:
        """Wait until the clock was advanced by `duration_s`."""
        await self.sleep_until(self._elapsed_s + duration_s)

    async def advance(self, duration_s: float) -> None:
        """Move on, waking each sleeper at its own moment and letting it run."""
        target_s = self._elapsed_s + duration_s
        await _let_run()
        while self._waiting and self._waiting[0][0] <= target_s:
            moment_s, _, waiter = heapq.heappop(self._waiting)
            self._elapsed_s = max(self._elapsed_s, moment_s)
            if not waiter.done():
                waiter.set_result(None)
            await _let_run()
        self._elapsed_s = target_s
        await _let_run()


async def _let_run(rounds: int = 20) -> None:
    """Let the others run until nobody is ready any more, but not for ever."""
    ready = getattr(asyncio.get_running_loop(), "_ready", True)  # the loop says so nowhere else; without it: all rounds
    for _ in range(rounds):
        await asyncio.sleep(0)
        if not ready:
            return
