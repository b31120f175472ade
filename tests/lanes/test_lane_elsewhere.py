"""A car that was in a lane before, items that no lane can do, an attempt aborted while the disk was full."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.facts import AttemptStarted
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import ItemKind, PlannedItem
from carcheck_desktop.domain.views import AttemptState, AttemptView
from tests.lanes.station import START, Station, vehicle, visit


def attempt(number: int, lane: str, state: AttemptState) -> AttemptView:
    return AttemptView(
        f"attempt-{number}", "visit-1", lane, number, vehicle(), InspectionKind.IN_USE, "e", "h", START, (), state=state
    )


def station_after(folder: Path, *attempts: tuple[str, AttemptState]) -> Station:
    """Return a lane that knows what became of the car in these lanes before."""
    station = Station(folder)
    seen = tuple(attempt(number, lane, state) for number, (lane, state) in enumerate(attempts, 1))
    station.book.visits["visit-1"] = replace(visit(), attempts=seen)
    return station


@pytest.mark.parametrize("state", [AttemptState.RUNNING, AttemptState.INTERRUPTED])
def test_a_car_that_is_in_another_lane_is_not_taken_and_nothing_is_written(tmp_path: Path, state: AttemptState) -> None:
    station = station_after(tmp_path, ("2", state))

    async def go() -> None:
        with pytest.raises(RefusedError) as caught:
            await station.begin()
        assert caught.value.code == "lanes.door.in_other_lane"
        assert caught.value.problem.params["other"] == "2"
        await station.close()

    asyncio.run(go())
    assert station.journal.read() == []
    assert station.bench.calls == []


@pytest.mark.parametrize(
    ("before", "number"),
    [
        ((), 1),
        ((("2", AttemptState.ABORTED),), 2),
        ((("2", AttemptState.COMPLETE), ("1", AttemptState.ABORTED)), 3),
    ],
)
def test_attempts_are_counted_over_all_lanes(
    tmp_path: Path, before: tuple[tuple[str, AttemptState], ...], number: int
) -> None:
    station = station_after(tmp_path, *before)

    async def go() -> None:
        await station.begin()
        await station.close()

    asyncio.run(go())
    assert [fact.number for fact in station.journal.facts(AttemptStarted)] == [number]


def test_an_item_over_several_axles_is_said_to_be_none_of_this_lanes_and_nothing_turns(tmp_path: Path) -> None:
    station = Station(tmp_path)
    over_all = PlannedItem("B0", ItemKind.PARKING_BRAKE, 0, Message("standards.plan.parking"))
    station.book.visits["visit-1"] = replace(visit(), plan=(over_all,))

    async def go() -> None:
        await station.begin()
        await station.until(lambda: station.state() is AttemptState.INTERRUPTED)
        await station.close()

    asyncio.run(go())
    assert station.attempt.problem.code == "lanes.several_axles"
    assert station.body.starts == 0


def test_an_attempt_that_was_aborted_after_a_full_disk_is_shown_as_aborted(tmp_path: Path) -> None:
    station = Station(tmp_path)

    async def go() -> None:
        attempt_id = await station.begin()
        await station.until(lambda: station.lane.view.running_item == "W1")
        station.journal.full = station.scale.unplugged = True
        await station.until(lambda: station.state() is AttemptState.INTERRUPTED)
        station.journal.full = False
        await station.soon(station.lane.abort_attempt(attempt_id, "home", "wang"))
        assert station.state() is AttemptState.ABORTED
        await station.close()

    asyncio.run(go())
