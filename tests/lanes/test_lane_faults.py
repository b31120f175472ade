"""What breaks in the middle: the cause is said, rollers stand, nothing is recorded, the item comes again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.measurements import StopReason
from carcheck_desktop.domain.views import AttemptState
from carcheck_desktop.twin.car import Actuation
from tests.lanes.phases import PHASES
from tests.lanes.station import Station


def broken_and_mended(
    folder: Path, phase: str, breaks: Callable[[Station], None], mends: Callable[[Station], None]
) -> Station:
    """Break something in a phase, wait for the interruption, mend it, let a person resume."""
    station = Station(folder)

    async def go() -> None:
        attempt_id = await station.begin()
        await station.until(lambda: PHASES[phase](station))
        done = len(station.finished())
        breaks(station)
        await station.until(lambda: station.state() is AttemptState.INTERRUPTED, limit_s=200)
        await station.clock.advance(4.0)
        assert not station.body.is_turning
        started = station.body.starts
        await station.clock.advance(60.0)
        assert station.body.starts == started
        assert len(station.finished()) == done
        mends(station)
        await station.soon(station.lane.resume_attempt(attempt_id, "wang"))
        await station.until(lambda: station.state() is not AttemptState.RUNNING)
        await station.close()

    asyncio.run(go())
    assert station.state() is AttemptState.COMPLETE, station.attempt.problem
    assert [each.item for each in station.finished()] == ["W1", "W2", "B1", "B2", "B0"]
    return station


def pull(station: Station) -> None:
    station.bench.unplugged = station.scale.unplugged = True


def plug(station: Station) -> None:
    station.bench.unplugged = station.scale.unplugged = False


@pytest.mark.parametrize("phase", [phase for phase in PHASES if phase != "driving off"])
def test_a_pulled_line_voids_the_item_and_it_is_repeated_after_the_replug(tmp_path: Path, phase: str) -> None:
    station = broken_and_mended(tmp_path, phase, pull, plug)
    voided = station.journal.facts(f.ItemVoided)
    assert {each.reason.code for each in voided} <= {"devices.no_reply"}
    (interrupted,) = station.journal.facts(f.AttemptInterrupted)
    assert interrupted.reason.code == "devices.no_reply"
    runs = {each.run_id for each in station.finished()}
    assert not runs & {each.run_id for each in voided}


def test_the_cause_of_a_pulled_line_is_known_within_a_second(tmp_path: Path) -> None:
    station = Station(tmp_path)

    async def go() -> None:
        await station.begin()
        await station.until(lambda: PHASES["pedal pressed"](station))
        pull(station)
        pulled_s = station.clock.monotonic()
        await station.until(lambda: station.state() is AttemptState.INTERRUPTED)
        assert station.clock.monotonic() - pulled_s < 1.0
        assert station.attempt.problem.code == "devices.no_reply"
        await station.close()

    asyncio.run(go())


def test_a_bench_that_gives_up_with_an_error_gives_no_result(tmp_path: Path) -> None:
    def breaks(station: Station) -> None:
        station.body.error = "left pulse fault"
        station.body.halt(StopReason.DEVICE_ERROR)

    station = broken_and_mended(tmp_path, "pedal pressed", breaks, lambda _: None)
    (void,) = station.journal.facts(f.ItemVoided)
    assert void.reason.code == "lanes.brake.device_error"
    assert void.reason.params["error"] == "left pulse fault"


def test_a_driver_who_brakes_during_the_drag_gives_no_result(tmp_path: Path) -> None:
    def breaks(station: Station) -> None:
        station.world.press_pedal("1", Actuation(station.clock.monotonic(), 0.5))

    station = broken_and_mended(tmp_path, "both rollers, drag", breaks, lambda s: s.world.release("1", 0.0))
    (void,) = station.journal.facts(f.ItemVoided)
    assert void.reason.code == "lanes.brake.ended_early"


def test_a_bench_whose_time_is_over_before_the_driver_could_press_fully_gives_no_result(tmp_path: Path) -> None:
    def breaks(station: Station) -> None:
        station.body.halt(StopReason.TIME_OUT)

    station = broken_and_mended(tmp_path, "pedal pressed", breaks, lambda _: None)
    (void,) = station.journal.facts(f.ItemVoided)
    assert void.reason.code == "lanes.brake.asked_late"
    assert float(str(void.reason.params["had_s"])) < float(str(void.reason.params["needed_s"]))


def test_a_bench_that_forgets_its_test_gives_no_result(tmp_path: Path) -> None:
    def breaks(station: Station) -> None:
        del station.body.samples[5:]

    station = broken_and_mended(tmp_path, "pedal pressed", breaks, lambda _: None)
    (void,) = station.journal.facts(f.ItemVoided)
    assert void.reason.code == "lanes.brake.other_test"


def test_pads_that_never_settle_are_said_with_the_last_reading(tmp_path: Path) -> None:
    def breaks(station: Station) -> None:
        station.scale.never_stable = True

    def mends(station: Station) -> None:
        station.scale.never_stable = False

    station = broken_and_mended(tmp_path, "weighing", breaks, mends)
    (void,) = station.journal.facts(f.ItemVoided)
    assert void.reason.code == "lanes.timeout.weighing"
    assert int(void.reason.params["left_kg"]) > 300


def test_a_driver_who_does_not_come_is_waited_for_and_then_said(tmp_path: Path) -> None:
    station = Station(tmp_path)
    station.driver_listens = False

    async def go() -> None:
        await station.begin()
        await station.until(lambda: station.state() is AttemptState.INTERRUPTED, limit_s=130)
        await station.close()

    asyncio.run(go())
    assert station.attempt.problem.code == "lanes.timeout.axle_on_scale"
    assert not station.journal.facts(f.ItemStarted, f.OccupancyTaken)


def test_a_full_disk_stops_the_lane_before_the_next_item_and_says_so(tmp_path: Path) -> None:
    def breaks(station: Station) -> None:
        station.journal.free = 150_000_000

    def mends(station: Station) -> None:
        station.journal.free = 10**12

    station = Station(tmp_path)

    async def go() -> None:
        attempt_id = await station.begin()
        await station.until(lambda: PHASES["pedal pressed"](station))
        breaks(station)
        await station.until(lambda: station.state() is AttemptState.INTERRUPTED)
        assert [each.item for each in station.finished()] == ["W1", "W2", "B1"]
        assert station.attempt.problem.code == "lanes.disk_full"
        assert station.attempt.problem.params == {"free_mb": 150, "needed_mb": 200}
        mends(station)
        await station.soon(station.lane.resume_attempt(attempt_id, "wang"))
        await station.until(lambda: station.state() is AttemptState.COMPLETE)
        await station.close()

    asyncio.run(go())
    assert not station.journal.facts(f.ItemVoided)


def test_a_disk_that_refuses_a_result_loses_the_run_never_the_truth(tmp_path: Path) -> None:
    def breaks(station: Station) -> None:
        station.journal.full = True

    def mends(station: Station) -> None:
        station.journal.full = False

    station = broken_and_mended(tmp_path, "pedal pressed", breaks, mends)
    (void,) = station.journal.facts(f.ItemVoided)
    (interrupted,) = station.journal.facts(f.AttemptInterrupted)
    assert void.reason.code == interrupted.reason.code == "store.disk.full"


def test_an_error_nobody_thought_of_stops_the_lane_and_is_shown(tmp_path: Path) -> None:
    def breaks(station: Station) -> None:
        def bad(_: int) -> None:
            raise ZeroDivisionError("by zero")

        station.bench.fetch_curve = bad  # type: ignore[assignment]

    station = broken_and_mended(tmp_path, "pedal pressed", breaks, lambda s: delattr(s.bench, "fetch_curve"))
    (void,) = station.journal.facts(f.ItemVoided)
    assert void.reason.code == "lanes.unexpected"
    assert void.reason.params["error"] == "ZeroDivisionError"


def test_a_handle_that_cancels_itself_does_not_pass_for_a_stop(tmp_path: Path) -> None:
    def breaks(station: Station) -> None:
        def bad(_: int) -> None:
            raise asyncio.CancelledError

        station.bench.fetch_curve = bad  # type: ignore[assignment]

    station = broken_and_mended(tmp_path, "pedal pressed", breaks, lambda s: delattr(s.bench, "fetch_curve"))
    (void,) = station.journal.facts(f.ItemVoided)
    assert void.reason.code == "lanes.unexpected"


def test_devices_come_and_go_once_a_change_and_a_lost_one_refuses_movement(tmp_path: Path) -> None:
    station = Station(tmp_path)
    lost = f.DeviceLost("1", "bench", "BrakeTester", "memory", "memory:bench", station_problem())
    back = f.DeviceAttached("1", "bench", "BrakeTester", "memory", "memory:bench", "bench 1")

    async def go() -> None:
        await station.soon(station.lane.open())
        for fact in (back, back, lost, lost, back, back):
            await station.soon(station.lane.device_changed(fact))
            if fact is lost:
                with pytest.raises(RefusedError, match="device_lost"):
                    await station.soon(station.lane.start_attempt("visit-1", "wang"))
        await station.close()

    asyncio.run(go())
    assert station.journal.facts(f.DeviceAttached, f.DeviceLost) == [back, lost, back]


def station_problem() -> Problem:
    return Problem("devices.no_reply", {"device": "bench", "port": "memory:bench", "waited_ms": 500})
