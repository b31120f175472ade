"""An owner takes the car back in mid-lane; a failed car comes again for what failed."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.ending import RecheckView, Withdrawal, WithdrawReason
from carcheck_desktop.domain.verdicts import Outcome
from carcheck_desktop.domain.views import AttemptState, ItemState, VisitView
from tests.lanes.station import Station

AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
GIVEN_UP = Withdrawal(WithdrawReason.OWNER, "", AT, "li")


def withdraw(station: Station) -> None:
    """Let the lane hear that the visit was given up."""
    change(station, withdrawal=GIVEN_UP)


def change(station: Station, **changes: object) -> None:
    visit = station.book.visits["visit-1"]
    station.book.visits["visit-1"] = replace(visit, **changes)  # type: ignore[arg-type]


def ended(station: Station) -> f.AttemptEnded:
    (end,) = station.journal.facts(f.AttemptEnded)
    assert isinstance(end, f.AttemptEnded)
    return end


def is_running(station: Station, item: str) -> bool:
    return any(each.item == item and each.state is ItemState.RUNNING for each in station.attempt.items)


@pytest.mark.parametrize(("item", "done"), [("W1", ["W1"]), ("B1", ["W1", "W2", "B1"])])
def test_the_item_that_runs_is_finished_none_after_it_is_begun_and_the_car_drives_off(
    tmp_path: Path, item: str, done: list[str]
) -> None:
    station = Station(tmp_path)

    async def go() -> None:
        await station.begin()
        await station.until(lambda: is_running(station, item))
        withdraw(station)
        await station.until(lambda: station.state() is not AttemptState.RUNNING)
        await station.close()

    asyncio.run(go())
    assert [each.item for each in station.finished()] == done
    assert (ended(station).end, ended(station).reason) == (f.AttemptEnd.ABORTED, "withdrawn")
    assert station.journal.facts(f.ItemVoided) == []
    assert not station.body.is_turning
    assert station.lane.view.occupied_by is None
    assert station.journal.facts(f.PromptShown)[-1].expects == "driven_off"


def test_a_car_that_is_only_waited_for_is_not_waited_for_any_longer(tmp_path: Path) -> None:
    station = Station(tmp_path)
    station.driver_listens = False

    async def go() -> None:
        await station.begin()
        await station.until(lambda: bool(station.journal.facts(f.PromptShown)))
        withdraw(station)
        await station.until(lambda: station.state() is AttemptState.ABORTED, limit_s=5)
        await station.close()

    asyncio.run(go())
    assert station.finished() == []
    assert ended(station).reason == "withdrawn"


def test_an_interrupted_attempt_that_somebody_lets_go_on_only_lets_the_car_out(tmp_path: Path) -> None:
    station = Station(tmp_path)

    async def go() -> None:
        attempt_id = await station.begin()
        await station.until(lambda: is_running(station, "B1"))
        await station.soon(station.lane.stop("wang", "pc-1"))
        withdraw(station)
        await station.soon(station.lane.release_stop("wang"))
        await station.soon(station.lane.resume_attempt(attempt_id, "wang"))
        await station.until(lambda: station.state() is not AttemptState.RUNNING)
        await station.close()

    asyncio.run(go())
    assert [each.item for each in station.finished()] == ["W1", "W2"]
    assert ended(station).end is f.AttemptEnd.ABORTED


def test_given_up_during_the_last_item_everything_was_measured(tmp_path: Path) -> None:
    station = Station(tmp_path)

    async def go() -> None:
        await station.begin()
        await station.until(lambda: is_running(station, "B0"))
        withdraw(station)
        await station.until(lambda: station.state() is not AttemptState.RUNNING)
        await station.close()

    asyncio.run(go())
    assert ended(station).end is f.AttemptEnd.COMPLETE


def test_a_recheck_measures_only_its_items_and_is_the_next_attempt(tmp_path: Path) -> None:
    station = Station(tmp_path)
    plan = tuple(item for item in station.book.visits["visit-1"].plan if item.item in ("W1", "B1"))
    change(station, recheck=RecheckView(1, plan, AT, "li", attempts_before=3, until=None))

    async def go() -> None:
        await station.begin()
        await station.until(lambda: station.state() is not AttemptState.RUNNING)
        await station.close()

    asyncio.run(go())
    assert [each.item for each in station.finished()] == ["W1", "B1"]
    assert [each.outcome for each in station.finished()] == [Outcome.NOT_JUDGED, Outcome.PASS]
    (started,) = station.journal.facts(f.AttemptStarted)
    assert (started.number, [item.item for item in started.plan]) == (4, ["W1", "B1"])


@pytest.mark.parametrize("changes", [{"conclusion": Outcome.FAIL}, {"withdrawal": GIVEN_UP}, {"ended_at": AT}])
def test_a_visit_that_is_over_comes_onto_no_lane(tmp_path: Path, changes: dict[str, object]) -> None:
    station = Station(tmp_path)
    change(station, **changes)

    async def go() -> None:
        with pytest.raises(RefusedError) as caught:
            await station.begin()
        assert caught.value.code == "lanes.door.nothing_to_do"
        await station.close()

    asyncio.run(go())
    assert isinstance(station.book.visits["visit-1"], VisitView)
    assert station.journal.facts(f.AttemptStarted) == []
