"""Stop, abort and cancellation in every phase: machinery stands, nothing is invented, a person goes on."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from carcheck_desktop.base.errors import RefusedError, StorageError
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.views import AttemptState, ItemState
from tests.lanes.phases import PHASES
from tests.lanes.station import Station

EVERYWHERE = pytest.mark.parametrize("phase", list(PHASES))


async def up_to(station: Station, phase: str) -> str:
    attempt_id = await station.begin()
    await station.until(lambda: PHASES[phase](station))
    return attempt_id


@EVERYWHERE
def test_stop_stands_still_at_once_is_written_afterwards_and_waits_for_a_person(tmp_path: Path, phase: str) -> None:
    station = Station(tmp_path)

    async def go() -> None:
        attempt_id = await up_to(station, phase)
        written_when_told: list[int] = []
        told = station.bench.stop

        async def stop() -> None:
            written_when_told.append(len(station.journal.facts(f.LaneStopped)))
            await told()

        station.bench.stop = stop  # type: ignore[method-assign]
        await station.soon(station.lane.stop("li", "control-1"), limit_s=1.0)
        assert not station.body.is_turning
        assert written_when_told[0] == 0
        assert station.lane.view.stopped
        assert station.state() is AttemptState.INTERRUPTED
        started, done = station.body.starts, len(station.finished())
        await station.clock.advance(60.0)
        assert (station.body.starts, len(station.finished())) == (started, done)
        with pytest.raises(RefusedError, match=r"lanes\.door\.stopped"):
            await station.soon(station.lane.resume_attempt(attempt_id, "wang"))
        await station.soon(station.lane.release_stop("wang"))
        await station.clock.advance(5.0)
        assert station.body.starts == started
        await station.soon(station.lane.resume_attempt(attempt_id, "wang"))
        await station.until(lambda: station.state() is not AttemptState.RUNNING)
        await station.close()

    asyncio.run(go())
    assert station.attempt.problem is None
    assert station.state() is AttemptState.COMPLETE
    assert [each.item for each in station.finished()] == ["W1", "W2", "B1", "B2", "B0"]
    void = station.journal.facts(f.ItemVoided)
    assert all(each.reason.code == "lanes.stopped" and each.will_repeat for each in void)
    (stopped,) = [entry for entry in station.journal.read() if entry.kind == "lane_stopped"]
    assert stopped.actor == "li"


@EVERYWHERE
def test_abort_ends_the_attempt_keeps_results_and_frees_the_lane_when_the_car_is_gone(
    tmp_path: Path, phase: str
) -> None:
    station = Station(tmp_path)

    async def go() -> None:
        attempt_id = await up_to(station, phase)
        done = len(station.finished())
        await station.soon(station.lane.abort_attempt(attempt_id, "发动机熄火", "wang"))
        assert not station.body.is_turning
        assert len(station.finished()) == done
        assert station.state() is AttemptState.ABORTED
        was_on_a_position = station.lane.view.occupied_by is not None
        await station.until(lambda: station.lane.view.occupied_by is None, limit_s=30)
        assert (station.lane.view.prompt is None) or not was_on_a_position
        await station.clock.advance(30.0)
        assert len(station.finished()) == done
        await station.close()

    asyncio.run(go())
    (ended,) = station.journal.facts(f.AttemptEnded)
    assert (ended.end, ended.reason) == (f.AttemptEnd.ABORTED, "发动机熄火")
    assert all(not each.will_repeat for each in station.journal.facts(f.ItemVoided))


@EVERYWHERE
def test_closing_the_program_stops_the_rollers_and_leaves_no_task(tmp_path: Path, phase: str) -> None:
    station = Station(tmp_path)

    async def go() -> None:
        await up_to(station, phase)
        await station.close()
        assert not station.body.is_turning
        left = {task for task in asyncio.all_tasks() if task is not asyncio.current_task()}
        assert not left

    asyncio.run(go())
    assert station.state() is AttemptState.INTERRUPTED
    assert all(each.reason.code == "lanes.closed" for each in station.journal.facts(f.ItemVoided))


def test_stop_needs_no_disk_and_shows_that_it_could_not_be_written(tmp_path: Path) -> None:
    station = Station(tmp_path)

    async def go() -> None:
        attempt_id = await up_to(station, "pedal pressed")
        station.journal.full = True
        await station.soon(station.lane.stop("li", "control-1"), limit_s=1.0)
        assert not station.body.is_turning
        view = station.lane.view
        assert view.stopped
        assert view.stop_reason is not None
        assert view.stop_reason.code == "lanes.stop.unrecorded"
        assert station.state() is AttemptState.INTERRUPTED
        assert station.attempt.problem.code == "lanes.stopped"
        station.journal.full = False
        await station.soon(station.lane.release_stop("li"))
        await station.soon(station.lane.resume_attempt(attempt_id, "wang"))
        await station.until(lambda: station.state() is AttemptState.COMPLETE)
        await station.close()

    asyncio.run(go())
    (void,) = station.journal.facts(f.ItemVoided)
    assert (void.item, void.reason.code) == ("B1", "lanes.stopped")
    assert [each.item for each in station.finished()] == ["W1", "W2", "B1", "B2", "B0"]


def test_a_stop_that_the_bench_did_not_hear_is_said_and_made_up_for_when_it_is_back(tmp_path: Path) -> None:
    station = Station(tmp_path)

    async def go() -> None:
        await up_to(station, "both rollers, drag")
        station.bench.unplugged = True
        await station.soon(station.lane.stop("li", "control-1"), limit_s=2.0)
        (stopped,) = station.journal.facts(f.LaneStopped)
        assert stopped.reason.code == "lanes.stop.unconfirmed"
        stops = station.body.stops
        station.bench.unplugged = False
        back = f.DeviceAttached("1", "bench", "BrakeTester", "memory", "memory:bench", "bench 1")
        await station.soon(station.lane.device_changed(back))
        assert station.body.stops == stops + 1
        await station.close()

    asyncio.run(go())


def test_a_stop_in_the_middle_of_a_start_lets_nothing_begin(tmp_path: Path) -> None:
    station = Station(tmp_path)

    async def go() -> None:
        await station.soon(station.lane.open())
        starting = asyncio.create_task(station.lane.start_attempt("visit-1", "wang"))
        stopping = asyncio.create_task(station.lane.stop("li", "control-1"))
        await station.soon(asyncio.wait({starting, stopping}))
        await station.clock.advance(60.0)
        assert station.body.starts == 0
        assert not station.finished()
        assert station.lane.view.stopped
        await station.close()

    asyncio.run(go())


def test_while_a_bench_takes_its_time_to_confirm_a_stop_the_start_it_came_into_asks_and_moves_nothing(
    tmp_path: Path,
) -> None:
    station = Station(tmp_path)

    async def go() -> None:
        await station.soon(station.lane.open())
        told = station.bench.stop

        async def slow_stop() -> None:
            await told()
            await station.clock.sleep(2.0)

        station.bench.stop = slow_stop  # type: ignore[method-assign]
        starting = asyncio.create_task(station.lane.start_attempt("visit-1", "wang"))
        stopping = asyncio.create_task(station.lane.stop("li", "control-1"))
        await station.soon(asyncio.wait({starting, stopping}))
        assert station.bench.calls == ["stop"]
        assert station.journal.facts(f.PromptShown) == []
        assert station.state() is AttemptState.INTERRUPTED
        await station.close()

    asyncio.run(go())


def test_an_earlier_item_is_repeated_before_the_next_and_its_first_result_stays(tmp_path: Path) -> None:
    station = Station(tmp_path)

    async def go() -> None:
        attempt_id = await up_to(station, "driving onto the bench")
        await station.soon(station.lane.repeat_item(attempt_id, "W2", "wang"))
        with pytest.raises(RefusedError, match="nothing_to_repeat"):
            await station.soon(station.lane.repeat_item(attempt_id, "B1", "wang"))
        await station.until(lambda: station.state() is AttemptState.COMPLETE)
        await station.close()

    asyncio.run(go())
    assert [each.item for each in station.finished()] == ["W1", "W2", "W2", "B1", "B2", "B0"]
    assert len({each.run_id for each in station.finished()}) == 6
    assert next(item.runs for item in station.attempt.items if item.item == "W2") == 2


def test_an_item_can_be_repeated_while_the_car_is_told_to_drive_off(tmp_path: Path) -> None:
    station = Station(tmp_path)

    async def go() -> None:
        attempt_id = await up_to(station, "driving off")
        await station.soon(station.lane.repeat_item(attempt_id, "B0", "wang"))
        await station.until(lambda: station.state() is AttemptState.COMPLETE)
        await station.close()

    asyncio.run(go())
    assert [each.item for each in station.finished()] == ["W1", "W2", "B1", "B2", "B0", "B0"]


def test_a_stop_that_could_not_be_written_down_is_written_before_its_release(tmp_path: Path) -> None:
    station = Station(tmp_path)

    async def go() -> None:
        attempt_id = await up_to(station, "pedal pressed")
        station.journal.full = True
        await station.soon(station.lane.stop("li", "control-1"), limit_s=1.0)
        (cut_off,) = [item for item in station.lane.view.attempt.items if item.item == "B1"]  # type: ignore[union-attr]
        assert cut_off.state is ItemState.VOID
        with pytest.raises(StorageError):
            await station.soon(station.lane.release_stop("wang"))
        assert station.lane.view.stopped
        station.journal.full = False
        await station.soon(station.lane.release_stop("wang"))
        await station.soon(station.lane.resume_attempt(attempt_id, "wang"))
        await station.until(lambda: station.state() is AttemptState.COMPLETE)
        await station.close()

    asyncio.run(go())
    written = [(entry.kind, entry.actor) for entry in station.journal.read() if "stop" in entry.kind]
    assert written == [("lane_stopped", "li"), ("stop_released", "wang")]
