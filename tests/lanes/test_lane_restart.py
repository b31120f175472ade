"""kill -9 at any moment: the journal knows what was, nothing starts by itself, a person goes on."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.views import AttemptState, ItemState
from carcheck_desktop.twin.world import VirtualWorld
from tests.lanes.phases import PHASES
from tests.lanes.station import PLATE, Station


async def killed(station: Station, phase: str) -> str:
    attempt_id = await station.begin()
    await station.until(lambda: PHASES[phase](station))
    await station.kill()
    return attempt_id


@pytest.mark.parametrize("phase", list(PHASES))
def test_after_a_kill_finished_items_stay_the_running_one_is_void_and_a_person_resumes(
    tmp_path: Path, phase: str
) -> None:
    station = Station(tmp_path)

    async def go() -> None:
        attempt_id = await killed(station, phase)
        before = station.journal.read()
        await station.restart()
        assert station.journal.read()[: len(before)] == before
        assert not station.body.is_turning
        assert station.state() is AttemptState.INTERRUPTED
        assert station.attempt.problem.code == "lanes.restarted"
        assert not [item for item in station.attempt.items if item.state is ItemState.RUNNING]
        started = station.body.starts
        await station.clock.advance(30.0)
        assert station.body.starts == started
        await station.soon(station.lane.resume_attempt(attempt_id, "zhao"))
        await station.until(lambda: station.state() is not AttemptState.RUNNING)
        await station.close()

    asyncio.run(go())
    assert station.state() is AttemptState.COMPLETE, station.attempt.problem
    assert [each.item for each in station.finished()] == ["W1", "W2", "B1", "B2", "B0"]
    assert not {each.run_id for each in station.finished()} & {
        each.run_id for each in station.journal.facts(f.ItemVoided)
    }


def test_a_bench_that_turns_while_nobody_lives_stops_by_itself(tmp_path: Path) -> None:
    station = Station(tmp_path)

    async def go() -> None:
        await killed(station, "pedal asked for")
        assert station.body.is_turning
        await station.clock.advance(3.1)
        assert not station.body.is_turning

    asyncio.run(go())


def test_a_lane_opens_although_its_line_is_not_open_yet_and_the_stop_waits_for_the_line(tmp_path: Path) -> None:
    station = Station(tmp_path)

    async def go() -> None:
        await killed(station, "pedal asked for")
        station.boot()
        told, line_opens = station.bench.stop, asyncio.Event()

        async def stop() -> None:
            await line_opens.wait()
            await told()

        station.bench.stop = stop  # type: ignore[method-assign]
        await station.soon(station.lane.open(), limit_s=0.5)
        assert station.state() is AttemptState.INTERRUPTED
        stops = station.body.stops
        line_opens.set()
        await station.clock.advance(0.01)
        assert station.body.stops == stops + 1
        await station.close()

    asyncio.run(go())


def test_news_of_devices_before_the_lane_is_open_wait_for_it(tmp_path: Path) -> None:
    station = Station(tmp_path)

    async def go() -> None:
        fact = f.DeviceAttached("1", "bench", "BrakeTester", "memory", "memory:bench", "bench 1")
        early = asyncio.create_task(station.lane.device_changed(fact))
        await station.clock.advance(0.1)
        await station.soon(station.lane.open())
        await early
        assert [device.device for device in station.lane.view.devices] == ["bench"]
        await station.close()

    asyncio.run(go())


def test_occupancy_goes_on_after_a_kill(tmp_path: Path) -> None:
    station = Station(tmp_path)

    async def go() -> None:
        attempt_id = await killed(station, "pedal pressed")
        await station.restart()
        assert station.lane.view.occupied_by == "visit-1"
        with pytest.raises(RefusedError, match="lane_busy"):
            await station.soon(station.lane.start_attempt("visit-1", "wang"))
        await station.soon(station.lane.resume_attempt(attempt_id, "zhao"))
        await station.until(lambda: station.state() is AttemptState.COMPLETE)
        await station.close()

    asyncio.run(go())
    assert len(station.journal.facts(f.OccupancyTaken)) == len(station.journal.facts(f.OccupancyReleased)) == 2


def test_a_stop_outlives_the_process(tmp_path: Path) -> None:
    station = Station(tmp_path)

    async def go() -> None:
        await station.begin()
        await station.until(lambda: PHASES["weighing"](station))
        await station.soon(station.lane.stop("li", "control-1"))
        await station.kill()
        await station.restart()
        assert station.lane.view.stopped
        assert station.lane.view.stopped_by == "li"
        await station.close()

    asyncio.run(go())


def test_two_claims_on_one_position_stop_the_lane_with_a_question(tmp_path: Path) -> None:
    """The first car's attempt was ended, but it still stands on the rollers when the next is begun."""
    station = Station(tmp_path)
    station.another_car("visit-2", "渝AZZ99Z")

    async def go() -> None:
        attempt_id = await station.begin()
        await station.until(lambda: PHASES["pedal pressed"](station))
        station.driver_listens = False
        await station.soon(station.lane.abort_attempt(attempt_id, "驾驶人离开", "wang"))
        station.driver_listens = True  # the second car's driver, in a world where only that car is
        station.scale.world = station.driver.world = other = VirtualWorld(seed=2)
        other.enter("1", station.car)
        second = await station.soon(station.lane.start_attempt("visit-2", "wang"))
        await station.until(lambda: station.state() is AttemptState.INTERRUPTED, limit_s=100)
        assert station.attempt.problem.code == "lanes.two_claims_bench"
        assert station.attempt.problem.params == {"held_by": PLATE, "claimed_by": "渝AZZ99Z"}
        starts = station.body.starts
        assert [each.item for each in station.finished()] == ["W1", "W2", "W1", "W2"]
        await station.soon(station.lane.resume_attempt(second, "wang"))
        await station.until(lambda: station.lane.view.running_item == "B1")
        assert station.body.starts == starts
        (taken,) = [each for each in station.journal.facts(f.OccupancyTaken) if each.visit_id == "visit-2"][1:]
        assert taken.position == "bench"
        await station.close()

    asyncio.run(go())
    assert not [each for each in station.finished() if each.visit_id == "visit-2" and each.item.startswith("B")]


def test_the_next_attempt_of_a_visit_has_the_next_number(tmp_path: Path) -> None:
    station = Station(tmp_path)

    async def go() -> None:
        attempt_id = await station.begin()
        await station.soon(station.lane.abort_attempt(attempt_id, "test", "wang"))
        await station.kill()
        await station.restart()
        await station.soon(station.lane.start_attempt("visit-1", "wang"))
        await station.close()

    asyncio.run(go())
    assert [each.number for each in station.journal.facts(f.AttemptStarted)] == [1, 2]
