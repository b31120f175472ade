"""The lift is raised for a car that drives on or off: in front of the real driver and its simulator."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

import pytest

from carcheck_desktop.devices.api.errors import RefusedByDeviceError
from carcheck_desktop.lanes.steps.arriving import raise_lift
from drivers.carcheck_roller_brake import DRIVER
from tests.drivers.wire import Rig, rig

if TYPE_CHECKING:
    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.devices.api.kinds import BrakeTester, BrakeTesterStatus


class Bench:
    """The driver as the lane calls it, and the lane's clock, which is the bench's own.

    `asked` counts the commands to the lift; `is_sent_meanwhile`: the last item's own command lands behind the next look.
    """

    speed = 1.0

    def __init__(self, stand: Rig) -> None:
        self.stand = stand
        self.asked = 0
        self.is_sent_meanwhile = False

    async def status(self) -> BrakeTesterStatus:
        seen: BrakeTesterStatus = self.stand.driver.status()
        if self.is_sent_meanwhile:
            self.is_sent_meanwhile = False
            self.stand.driver.lift(up=True)
        return seen

    async def lift(self, *, up: bool) -> None:
        self.asked += 1
        self.stand.driver.lift(up=up)

    def monotonic(self) -> float:
        return self.stand.clock.at_s

    async def sleep(self, seconds: float) -> None:
        self.stand.go_on(seconds)


def lowered() -> Bench:
    bench = Bench(rig(DRIVER.offers["BrakeTester"]))
    bench.stand.driver.identify()
    bench.stand.driver.lift(up=False)
    bench.stand.go_on(3.0)
    return bench


def raised(bench: Bench) -> None:
    asyncio.run(raise_lift(cast("BrakeTester", bench), cast("Clock", bench)))


def test_a_lift_that_was_sent_up_a_moment_ago_is_waited_for_and_not_an_error() -> None:
    bench = lowered()
    bench.is_sent_meanwhile = True
    raised(bench)
    assert bench.stand.driver.status().lift_up
    assert bench.asked == 1


def test_a_lift_that_is_down_is_sent_up_and_one_that_is_up_is_left_alone() -> None:
    bench = lowered()
    raised(bench)
    bench.stand.go_on(3.0)
    raised(bench)
    assert bench.asked == 1


def test_a_bench_that_goes_on_refusing_is_told() -> None:
    bench = lowered()
    bench.stand.driver.keep_alive()
    bench.stand.simulator.machine.bench.lift_jammed = True
    bench.stand.driver.lift(up=True)
    with pytest.raises(RefusedByDeviceError, match="error_pending"):
        raised(bench)
    assert bench.asked == 2
