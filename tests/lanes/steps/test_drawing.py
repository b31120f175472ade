"""The pump of an analyser is told to stop on every way out; only where the next thing is waited for does nobody wait for its answer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import pytest

from carcheck_desktop.devices.api.kinds import GasSource
from carcheck_desktop.lanes.steps.exhaust_seconds import drawing

if TYPE_CHECKING:
    from carcheck_desktop.devices.api.kinds import GasAnalyser


@dataclass
class SlowToAnswer:
    """An analyser whose line takes what it is told in order; the answer to a stop comes when `answers` is set."""

    name: str = "gas"
    told: list[str] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    answers: asyncio.Event = field(default_factory=asyncio.Event)

    async def pump(self, source: GasSource) -> None:
        self.told.append(source.value)
        if source is GasSource.OFF:
            await self.answers.wait()
        self.answered.append(source.value)

    async def zero(self) -> None:
        self.told.append("zero")


def handle(gas: SlowToAnswer) -> GasAnalyser:
    return cast("GasAnalyser", gas)


def test_the_next_thing_does_not_wait_for_the_pumps_answer_and_does_not_overtake_it() -> None:
    async def scene() -> None:
        gas = SlowToAnswer()
        async with drawing(handle(gas), waits=False):
            pass
        await gas.zero()
        assert gas.told == ["sample", "off", "zero"]
        assert gas.answered == ["sample"]
        gas.answers.set()
        await asyncio.sleep(0.01)
        assert gas.answered == ["sample", "off"]

    asyncio.run(asyncio.wait_for(scene(), 5))


@pytest.mark.parametrize(("waits", "fails"), [(True, False), (True, True), (False, True)])
def test_an_error_and_whoever_wants_it_wait_until_the_pump_is_off(*, waits: bool, fails: bool) -> None:
    async def use(gas: SlowToAnswer) -> None:
        async with drawing(handle(gas), waits=waits):
            if fails:
                raise ValueError("low flow")

    async def scene() -> None:
        gas = SlowToAnswer()
        using = asyncio.create_task(use(gas))
        await asyncio.sleep(0.02)
        assert not using.done()
        assert gas.told == ["sample", "off"]
        gas.answers.set()
        (outcome,) = await asyncio.gather(using, return_exceptions=True)
        assert isinstance(outcome, ValueError) is fails
        assert gas.answered == ["sample", "off"]

    asyncio.run(asyncio.wait_for(scene(), 5))


def test_a_stop_while_it_draws_waits_until_the_pump_is_off() -> None:
    async def use(gas: SlowToAnswer) -> None:
        async with drawing(handle(gas), waits=False):
            await asyncio.Event().wait()

    async def scene() -> None:
        gas = SlowToAnswer()
        using = asyncio.create_task(use(gas))
        await asyncio.sleep(0.01)
        using.cancel()
        await asyncio.sleep(0.01)
        assert not using.done()
        gas.answers.set()
        with pytest.raises(asyncio.CancelledError):
            await using
        assert gas.answered == ["sample", "off"]

    asyncio.run(asyncio.wait_for(scene(), 5))
