"""What a lane knows of itself after a restart is what its journal says, whatever else stands in it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.fold import fold_lane
from carcheck_desktop.domain.journal import ZERO_HASH, Entry, seal
from carcheck_desktop.domain.ports import LaneJournal
from carcheck_desktop.domain.verdicts import ItemKind
from carcheck_desktop.domain.views import AttemptState, LaneView
from carcheck_desktop.lanes.parts import BENCH, SCALE
from carcheck_desktop.lanes.records import restore
from carcheck_desktop.lanes.records.restore import KINDS, is_enough, last_entries, position_of, restored
from tests.domain.samples import SAMPLES, VEHICLE

AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
BY_KIND = {fact.kind: fact for fact in SAMPLES}


def journal(facts: Sequence[f.Fact], actor: str = "li") -> list[Entry]:
    return [
        seal(fact, node="lane-1", seq=number, at=AT, actor=actor, blobs=(), previous=ZERO_HASH)
        for number, fact in enumerate(facts, 1)
    ]


def started(attempt: int, visit: int) -> f.AttemptStarted:
    fact = BY_KIND["attempt_started"]
    assert isinstance(fact, f.AttemptStarted)
    return replace(fact, attempt_id=f"attempt-{attempt}", visit_id=f"visit-{visit}")


@given(st.lists(st.sampled_from(SAMPLES), max_size=12))
def test_the_view_after_a_restart_is_the_view_before_it_without_prompts_and_instruments(facts: list[f.Fact]) -> None:
    entries = journal(facts)
    seen = LaneView("1", "lane-1")
    for entry in entries:
        if entry.kind in KINDS:
            seen = fold_lane(seen, entry)
    found = restored(entries, "1", "lane-1")
    assert found.view == seen
    assert (found.view.prompt, found.view.devices) == (None, ())


@given(st.lists(st.sampled_from(SAMPLES), max_size=12))
def test_a_lane_learns_nothing_from_what_happened_in_another(facts: list[f.Fact]) -> None:
    found = restored(journal(facts), "2", "lane-1")
    assert found.view == LaneView("2", "lane-1")
    assert (found.positions.held, dict(found.attempts)) == ({}, {})


POSITION_FACTS = [
    kind(f"occupancy-{position}", "1", position, "visit-1", *rest)
    for kind, rest in ((f.OccupancyTaken, ((),)), (f.OccupancyReleased, ()))
    for position in (SCALE, BENCH)
]
STOP_FACTS = [each for each in SAMPLES if isinstance(each, f.LaneStopped | f.StopReleased)]


@given(st.lists(st.sampled_from([*SAMPLES, *POSITION_FACTS]), max_size=40), st.integers(0, 40))
def test_an_end_that_is_enough_tells_the_same_as_the_whole_journal(facts: list[f.Fact], left_out: int) -> None:
    whole = journal(possible(facts))
    end = whole[left_out:]
    if is_enough(end, "1"):
        found, known = restored(end, "1", "lane-1"), restored(whole, "1", "lane-1")
        assert (found.view, found.positions.held) == (known.view, known.positions.held)


def possible(facts: list[f.Fact]) -> list[f.Fact]:
    """Return facts in an order that a lane can write: a car only starts where nobody has stopped the lane."""
    view, found = LaneView("1", "lane-1"), []
    for fact in facts:
        if isinstance(fact, f.AttemptStarted) and view.stopped:
            continue
        view = fold_lane(view, journal([fact])[0])
        found.append(fact)
    return found


def test_a_long_journal_is_read_from_its_end_and_further_back_where_that_does_not_tell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(restore, "LOOK_BACK", 4)
    asked: list[int] = []
    held = [each for each in POSITION_FACTS if isinstance(each, f.OccupancyTaken)]
    entries = journal([started(1, 1), *held, *STOP_FACTS * 3, started(2, 2), *STOP_FACTS])

    class Long:
        async def newest(self, limit: int) -> Sequence[Entry]:
            asked.append(limit)
            return entries[-limit:]

    found = asyncio.run(last_entries(cast("LaneJournal", Long()), "1"))
    assert asked == [4, 16]
    assert restored(found, "1", "lane-1").positions.held.keys() == {SCALE, BENCH}


def test_attempts_are_counted_for_each_car() -> None:
    found = restored(journal([started(1, 1), started(2, 2), started(3, 1)]), "1", "lane-1")
    assert dict(found.attempts) == {"visit-1": 2, "visit-2": 1}
    assert found.positions.plates == {"visit-1": VEHICLE.plate, "visit-2": VEHICLE.plate}


def test_a_position_is_held_after_the_restart_by_whoever_held_it_before() -> None:
    held = [started(1, 1), BY_KIND["occupancy_taken"], BY_KIND["item_started"]]
    found = restored(journal(held), "1", "lane-1")
    assert found.positions.held[BENCH].visit_id == "visit-1"
    assert found.positions.axle == {BENCH: 1}
    free = restored(journal([*held, BY_KIND["occupancy_released"]]), "1", "lane-1")
    assert (free.positions.held, free.positions.axle) == ({}, {})


def test_the_axle_of_the_car_before_is_not_taken_for_this_ones() -> None:
    facts = [started(1, 1), BY_KIND["item_started"], started(2, 2)]
    assert restored(journal(facts), "1", "lane-1").positions.axle == {}


def test_a_stop_outlives_the_process() -> None:
    found = restored(journal([BY_KIND["lane_stopped"]], "li"), "1", "lane-1")
    assert (found.view.stopped, found.view.stopped_by) == (True, "li")
    again = restored(journal([BY_KIND["lane_stopped"], BY_KIND["stop_released"]]), "1", "lane-1")
    assert not again.view.stopped


def test_an_empty_journal_is_an_empty_lane() -> None:
    assert restored([], "1", "lane-1").view == LaneView("1", "lane-1")


def test_an_attempt_that_was_running_is_found_running_so_that_somebody_must_look() -> None:
    attempt = restored(journal([started(1, 1), BY_KIND["item_started"]]), "1", "lane-1").view.attempt
    assert attempt is not None
    assert attempt.state is AttemptState.RUNNING


@pytest.mark.parametrize(
    ("kind", "position"),
    [(ItemKind.AXLE_WEIGHING, SCALE), (ItemKind.SERVICE_BRAKE, BENCH), (ItemKind.PARKING_BRAKE, BENCH)],
)
def test_each_item_has_its_position(kind: ItemKind, position: str) -> None:
    assert position_of(kind) == position
