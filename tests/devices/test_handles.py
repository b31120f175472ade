"""Handles: rollers stop on every way out, the contactor is cut, a hung engine starves the watchdog."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from carcheck_desktop.base.errors import DeviceError
from carcheck_desktop.devices.api import (
    BrakeTesterAbilities,
    BrakeTesterStatus,
    CurveBlock,
    InstrumentUsed,
    NoReplyError,
    Origin,
    Side,
    StopReason,
)
from carcheck_desktop.devices.machinery.handles import BrakeTesterHandle, DigitalIoHandle
from carcheck_desktop.devices.machinery.lines.health import Attachment
from carcheck_desktop.devices.machinery.lines.line import Line
from carcheck_desktop.devices.machinery.rolling import StopFailedError, StopOutput
from tests.devices.plant import pty_settings, served, simulator, utc


class Bench:
    """A bench driver that only remembers, and fails where a test wants it to."""

    def __init__(self, *, confirmed_stop: bool = True) -> None:
        self.abilities = BrakeTesterAbilities(True, confirmed_stop, True, True, False, 10)
        self.said: list[str] = []
        self.failing: set[str] = set()
        self.turning = False
        self.turns_on = False

    def _do(self, what: str) -> None:
        self.said.append(what)
        if what in self.failing:
            raise NoReplyError("bench", "port", 0.2)

    def identify(self) -> str:
        return "bench"

    def check_health(self) -> None:
        return

    def status(self) -> BrakeTesterStatus:
        turning = self.turning or self.turns_on
        return BrakeTesterStatus(True, False, turning, turning, turning, StopReason.NONE, None)

    def lift(self, *, up: bool) -> None:
        self._do(f"lift {up}")

    def start(self, side: Side | None) -> None:
        self._do("start")
        self.turning = True

    def stop(self) -> None:
        self._do("stop")
        self.turning = False

    def keep_alive(self) -> None:
        self._do("alive")

    def fetch_curve(self, after: int) -> CurveBlock:
        time.sleep(0.02)
        return CurveBlock(after + 1, (1,), (1,), (), after + 1, 0, ended=False)


class Io:
    """An I/O driver that remembers."""

    def __init__(self) -> None:
        self.switched: list[tuple[int, bool]] = []
        self.failing = False
        self.answers: list[Sequence[bool]] = []

    def identify(self) -> str:
        return "io"

    def check_health(self) -> None:
        return

    def inputs(self) -> Sequence[bool]:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def set_output(self, channel: int, *, on: bool) -> None:
        if self.failing:
            raise NoReplyError("io", "port", 0.2)
        self.switched.append((channel, on))


class Plant:
    """Both behind one open line."""

    def __init__(self, line: Line, *, confirmed_stop: bool = True) -> None:
        self.bench = Bench(confirmed_stop=confirmed_stop)
        self.io = Io()
        used = InstrumentUsed("x", "x", "1", line.settings.name)
        self.attachments = [Attachment(name, driver, lambda _: None, utc) for name, driver in self._drivers()]
        for one in self.attachments:
            line.attach(one)
        self.tester = BrakeTesterHandle(line, self.attachments[0], self.bench, used, Origin.SIMULATOR)
        self.outputs = DigitalIoHandle(line, self.attachments[1], self.io, used, Origin.SIMULATOR)

    def _drivers(self) -> tuple[tuple[str, Bench | Io], ...]:
        return (("bench", self.bench), ("io", self.io))

    def wire_contactor(self) -> None:
        self.tester.stop_output = StopOutput(self.outputs, 3)


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    settings = pty_settings(tmp_path)
    with served(settings, {1: simulator()}):
        one = Line(settings)
        yield one
        one.close()


@pytest.fixture
def plant(line: Line) -> Plant:
    made = Plant(line)
    line.start()
    return made


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work)


@asynccontextmanager
async def turning(plant: Plant) -> AsyncIterator[None]:
    async with plant.tester.rolling():
        await plant.tester.start(None)
        yield


def test_rollers_stop_after_success(plant: Plant) -> None:
    async def item() -> None:
        async with turning(plant):
            assert plant.bench.turning
        assert not plant.bench.turning

    run(item())
    assert plant.bench.said == ["alive", "start", "stop"]


def test_rollers_stop_after_a_mistake_in_the_step(plant: Plant) -> None:
    async def item() -> None:
        async with turning(plant):
            raise KeyError("a mistake")

    with pytest.raises(KeyError):
        run(item())
    assert plant.bench.said[-1] == "stop"


def test_rollers_stop_when_the_step_is_cancelled_again_and_again(plant: Plant) -> None:
    async def item(reached: asyncio.Event) -> None:
        async with turning(plant):
            reached.set()
            await asyncio.sleep(10)

    async def engine() -> None:
        reached = asyncio.Event()
        task = asyncio.create_task(item(reached))
        await reached.wait()
        for _ in range(5):
            task.cancel()
            await asyncio.sleep(0)
        with pytest.raises(asyncio.CancelledError):
            await task

    run(engine())
    assert plant.bench.said[-1] == "stop"
    assert not plant.bench.turning


def test_a_stop_goes_ahead_of_a_queue_of_reads(plant: Plant) -> None:
    async def item() -> None:
        async with plant.tester.rolling():
            await plant.tester.start(None)
            reads = [asyncio.ensure_future(plant.tester.fetch_curve(number)) for number in range(40)]
            await asyncio.sleep(0.03)
            begun_s = time.monotonic()
            await plant.tester.stop()
            assert time.monotonic() - begun_s < 0.3
            assert sum(read.done() for read in reads) < 20
            for read in reads:
                read.cancel()

    run(item())


def test_rollers_start_only_inside_the_guard(plant: Plant) -> None:
    async def item() -> None:
        await plant.tester.start(None)

    with pytest.raises(DeviceError) as refused:
        run(item())
    assert refused.value.code == "devices.not_rolling"
    assert plant.bench.said == []


def test_rollers_cannot_be_started_after_the_guard_was_left(plant: Plant) -> None:
    async def item() -> None:
        async with turning(plant):
            pass
        with pytest.raises(DeviceError):
            await plant.tester.start(None)

    run(item())


def test_a_bench_without_confirmed_stop_needs_a_contactor(line: Line) -> None:
    plant = Plant(line, confirmed_stop=False)
    line.start()

    async def refused() -> None:
        async with turning(plant):
            pass

    with pytest.raises(DeviceError) as error:
        run(refused())
    assert error.value.code == "devices.no_stop_output"
    assert plant.bench.said == []
    plant.wire_contactor()
    run(refused())
    assert plant.io.switched == [(3, True), (3, False)]


def test_the_contactor_is_held_while_rolling_and_cut_on_every_way_out(plant: Plant) -> None:
    plant.wire_contactor()

    async def item() -> None:
        async with turning(plant):
            await asyncio.sleep(1.2)
            raise KeyError("a mistake")

    with pytest.raises(KeyError):
        run(item())
    assert plant.io.switched == [(3, True), (3, True), (3, True), (3, False)]
    assert plant.bench.said.count("alive") == 3


def test_a_hung_engine_feeds_nothing(plant: Plant) -> None:
    async def item() -> None:
        async with turning(plant):
            before = plant.bench.said.count("alive")
            time.sleep(1.3)  # noqa: ASYNC251 - the hang itself
            assert plant.bench.said.count("alive") == before

    run(item())


def test_a_stop_that_fails_cuts_the_contactor_and_raises(plant: Plant) -> None:
    plant.wire_contactor()
    plant.bench.failing = {"stop"}

    async def item() -> None:
        async with turning(plant):
            pass

    with pytest.raises(StopFailedError) as failed:
        run(item())
    assert plant.io.switched[-1] == (3, False)
    assert failed.value.problem.params["output"] == "cut"
    assert plant.bench.said.count("stop") == 2


@pytest.mark.parametrize(("is_wired", "told"), [(True, NoReplyError), (False, StopFailedError)])
def test_a_bench_lost_in_mid_test_is_the_cause_told_unless_nothing_cut_its_motors(
    plant: Plant, is_wired: bool, told: type[DeviceError]
) -> None:
    if is_wired:
        plant.wire_contactor()

    async def item() -> None:
        async with turning(plant):
            plant.bench.failing = {"stop", "lift True"}
            await plant.tester.lift(up=True)

    with pytest.raises(DeviceError) as error:
        run(item())
    assert type(error.value) is told
    assert plant.bench.said[-1] == "stop"
    assert plant.io.switched[-1:] == ([(3, False)] if is_wired else [])


def test_motors_that_still_turn_after_the_stop_are_an_alarm(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("carcheck_desktop.devices.machinery.rolling.STANDSTILL_S", 0.3)
    plant.bench.turns_on = True

    async def item() -> None:
        async with turning(plant):
            pass

    with pytest.raises(StopFailedError, match="still_turning"):
        run(item())


def test_an_unconfirmed_bench_whose_contactor_cannot_be_cut_is_an_alarm(line: Line) -> None:
    plant = Plant(line, confirmed_stop=False)
    plant.wire_contactor()
    line.start()

    async def item() -> None:
        async with turning(plant):
            plant.io.failing = True

    with pytest.raises(StopFailedError):
        run(item())


def test_a_bench_that_cannot_be_fed_ends_the_step_with_its_cause(plant: Plant) -> None:
    async def item() -> None:
        async with turning(plant):
            plant.bench.failing = {"alive"}
            await asyncio.sleep(10)

    with pytest.raises(NoReplyError):
        run(item())
    assert plant.bench.said[-1] == "stop"


def test_a_bench_that_does_not_answer_at_the_door_is_told_and_nothing_turned(plant: Plant) -> None:
    plant.wire_contactor()
    plant.bench.failing = {"alive"}

    async def item() -> None:
        async with turning(plant):
            raise AssertionError("entered")

    with pytest.raises(NoReplyError):
        run(item())
    assert "start" not in plant.bench.said
    assert plant.io.switched == [(3, True), (3, False)]


def test_a_bench_that_comes_back_after_a_failed_stop_is_stopped_first(plant: Plant) -> None:
    plant.bench.failing = {"stop"}

    async def item() -> None:
        async with turning(plant):
            pass

    with pytest.raises(StopFailedError):
        run(item())
    plant.bench.failing = set()
    plant.bench.said.clear()
    end_s = time.monotonic() + 4
    while not plant.attachments[0].is_attached and time.monotonic() < end_s:
        time.sleep(0.01)
    assert plant.bench.said == ["stop"]


def test_inputs_are_believed_when_two_reads_agree(plant: Plant) -> None:
    plant.io.answers = [(False,), (True,), (False,), (False,), (True,)]

    async def look() -> None:
        assert list(await plant.outputs.inputs()) == [False]

    run(look())


def test_inputs_that_never_agree_are_an_error(plant: Plant) -> None:
    plant.io.answers = [(number % 2 == 0,) for number in range(30)]

    async def look() -> None:
        await plant.outputs.inputs()

    with pytest.raises(DeviceError, match="inputs_flutter"):
        run(look())
