"""Clocks: a scaled one that processes agree on, a virtual one that costs no time."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from carcheck_desktop.base.clock import ScaledClock, SystemClock, VirtualClock


def test_two_scaled_clocks_of_one_epoch_agree() -> None:
    first = ScaledClock.starting_now(20.0)
    second = ScaledClock(first.speed, first.epoch, first.epoch_monotonic_s)
    before = first.monotonic()
    between = second.monotonic()
    assert before <= between <= first.monotonic()


def test_a_scaled_clock_sleeps_scaled_seconds() -> None:
    clock = ScaledClock.starting_now(200.0)
    start = clock.monotonic()
    asyncio.run(clock.sleep(4.0))
    assert clock.monotonic() - start >= 4.0


def test_system_clock_is_utc() -> None:
    assert SystemClock().now().utcoffset() == timedelta(0)


def test_sleepers_of_a_virtual_clock_wake_in_order_at_their_own_moment() -> None:
    clock = VirtualClock()
    woken: list[tuple[str, float]] = []

    async def sleeper(name: str, duration_s: float) -> None:
        await clock.sleep(duration_s)
        woken.append((name, clock.monotonic()))

    async def scene() -> None:
        tasks = [asyncio.create_task(sleeper("late", 3.0)), asyncio.create_task(sleeper("early", 1.0))]
        await clock.advance(10.0)
        await asyncio.gather(*tasks)

    asyncio.run(scene())
    assert woken == [("early", 1.0), ("late", 3.0)]


def test_setting_the_wall_clock_leaves_durations_alone() -> None:
    clock = VirtualClock()
    before, started_s = clock.now(), clock.monotonic()
    clock.set_back_or_forward(timedelta(days=-1))
    assert clock.now() - before == timedelta(days=-1)
    assert clock.monotonic() == started_s


@pytest.mark.parametrize("duration_s", [0.0, -1.0])
def test_sleeping_for_nothing_returns_at_once(duration_s: float) -> None:
    asyncio.run(VirtualClock().sleep(duration_s))
