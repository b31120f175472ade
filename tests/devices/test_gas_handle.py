"""A gas analyser behind its line, awaited as a step does, over a real wire to its simulator."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from carcheck_desktop.base.catalogues import LANGUAGES, Catalogue
from carcheck_desktop.devices.api import (
    DeviceError,
    GasAction,
    GasFlag,
    GasSource,
    Origin,
)
from carcheck_desktop.devices.api.gas_bench import GasFaults
from carcheck_desktop.devices.machinery import gas_handle
from carcheck_desktop.devices.machinery.gas_handle import GasAnalyserHandle
from carcheck_desktop.devices.machinery.registry import DeviceConfig, Instruments, Surroundings
from carcheck_desktop.devices.machinery.serving import SimulatedInstruments
from tests.devices.plant import free_tcp, utc, wait_until
from tests.drivers.exhaust import car

SPEED = 100.0
MAKES = ["nanhua_nha50x", "mingquan_mqw50a"]
each_make = pytest.mark.parametrize("make", MAKES)


@dataclass
class Stand:
    """One analyser with its far end at a hundredfold speed."""

    handle: GasAnalyserHandle
    faults: GasFaults


@contextmanager
def standing(make: str, now_s: Callable[[], float], **options: object) -> Iterator[Stand]:
    configs = [DeviceConfig("analyser", "GasAnalyser", make, free_tcp(), place="brake", options=options)]
    far = SimulatedInstruments(configs, car(), now_s)
    far.start()
    told: list[object] = []
    near = Instruments(configs, Surroundings(True, told.append, utc, None))
    near.start()
    try:
        handle = near.gas_analysers["analyser"]
        wait_until(lambda: handle.attachment.is_attached)
        faults = far.faults["analyser"]
        assert isinstance(faults, GasFaults)
        yield Stand(handle, faults)
    finally:
        near.close()
        far.close()


def fast() -> float:
    return time.monotonic() * SPEED


@pytest.fixture(autouse=True)
def asks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gas_handle, "ASK_AGAIN_S", 0.05)


@each_make
def test_a_step_zeroes_draws_and_reads(make: str) -> None:
    async def story(one: Stand) -> None:
        assert (await one.handle.zero()).passed
        assert (await one.handle.leak_check()).passed
        await one.handle.pump(GasSource.SAMPLE)
        await asyncio.sleep(0.2)
        reading = await one.handle.read()
        assert float(reading.co2_percent) == pytest.approx(14.2, abs=0.2)
        assert reading.is_usable
        assert 100 < (await one.handle.environment()).pressure_kPa < 103
        assert (await one.handle.status()).is_ready

    with standing(make, fast) as one:
        assert one.handle.origin is Origin.SIMULATOR
        assert one.handle.instrument.driver == make
        asyncio.run(story(one))
        assert one.handle.wire_bytes > 0


@each_make
def test_a_check_that_fails_says_what_to_do_in_both_languages(make: str) -> None:
    with standing(make, fast) as one:
        one.faults.leak = one.faults.zero_fails = True
        for action in (GasAction.ZERO, GasAction.LEAK_CHECK):
            check = asyncio.run(one.handle.carry_out(action))
            assert not check.passed
            assert check.problem is not None
            assert check.problem.code == {"zero": "devices.gas.zero_failed", "leak_check": "devices.gas.leak"}[action]
            for language in LANGUAGES:
                assert "{" not in "".join(Catalogue(language).lines(check.problem))


@each_make
def test_a_cancelled_action_is_stopped_at_the_analyser(make: str) -> None:
    async def story(one: Stand) -> None:
        task = asyncio.create_task(one.handle.zero())
        await asyncio.sleep(0.15)
        assert not (await one.handle.status()).is_ready
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await one.handle.status()).is_ready

    with standing(make, time.monotonic) as one:
        asyncio.run(story(one))


@each_make
def test_an_action_that_does_not_end_is_stopped_and_named(make: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gas_handle, "LONGEST_S", 0.3)

    async def story(one: Stand) -> None:
        with pytest.raises(DeviceError) as endless:
            await one.handle.leak_check()
        assert endless.value.code == "devices.gas.does_not_end"
        assert (await one.handle.status()).is_ready

    with standing(make, time.monotonic) as one:
        asyncio.run(story(one))


def test_what_a_make_cannot_is_refused_before_the_wire() -> None:
    async def refused(work: Callable[[], object]) -> str:
        with pytest.raises(DeviceError) as error:
            await work()  # type: ignore[misc]
        return error.value.code

    with standing("nanhua_nha50x", fast, variant="nha501a") as one:
        handle = one.handle
        works: list[Callable[[], object]] = [
            handle.leak_check, handle.hc_residue, handle.environment, lambda: handle.pump(GasSource.BLOW_BACK),
        ]  # fmt: skip
        assert {asyncio.run(refused(work)) for work in works} == {"devices.gas.cannot"}
        assert asyncio.run(handle.zero()).passed


def test_every_flag_is_a_problem_with_words() -> None:
    with standing("mingquan_mqw50a", fast) as one:
        for flag in GasFlag:
            problem = one.handle.problem_of(flag)
            for language in LANGUAGES:
                words = Catalogue(language)
                assert all(words.knows(f"{problem.code}.{part}") for part in ("cause", "evidence", "next"))
                assert "analyser" in words.lines(problem)[1]
