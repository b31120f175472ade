"""`verify` across the wire: what the service says a lane wrote is what the lane wrote."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from carcheck_desktop.base.catalogues import LANGUAGES, Catalogue
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain.facts import StopReleased
from carcheck_desktop.domain.journal import seal
from carcheck_desktop.store import SqlStore
from carcheck_desktop.store.checking.agreement import disagreement
from tests.store.conftest import Database

MakeDatabase = Callable[[str, bool], Database]


def stop_released(lane: SqlStore, times: int = 1) -> None:
    for _ in range(times):
        with lane.begin() as unit:
            unit.journal.append(StopReleased("1"), actor="wang")


def ship(lane: SqlStore, service: SqlStore) -> None:
    with lane.read() as unit:
        entries = unit.journal.of_node("lane-1")
    with service.begin() as unit:
        for entry in entries:
            unit.journal.take_in(entry)


@pytest.fixture
def lane(make_database: MakeDatabase) -> Database:
    return make_database("sqlite", False)


@pytest.fixture(params=["sqlite", "postgresql"])
def service(request: pytest.FixtureRequest, make_database: MakeDatabase) -> Database:
    return make_database(request.param, True)


def asked(service: Database, lane: Database) -> Problem | None:
    """Compare the two, and find words in every language for what is found."""
    problem = disagreement(service.where, lane.where, "lane-1")
    for language in LANGUAGES:
        for line in Catalogue(language).lines(problem) if problem is not None else ():
            assert "{" not in line
            assert "store." not in line
    return problem


def test_a_lane_may_be_ahead_of_the_service(service: Database, lane: Database) -> None:
    here, there = lane.open("lane-1"), service.open()
    stop_released(here, 3)
    ship(here, there)
    stop_released(here, 2)
    assert asked(service, lane) is None


def test_an_entry_that_the_lane_never_wrote_is_named(service: Database, lane: Database) -> None:
    here, there = lane.open("lane-1"), service.open()
    stop_released(here)
    ship(here, there)
    with here.read() as unit:
        last = unit.journal.of_node("lane-1")[-1]
    forged = seal(
        StopReleased("1"), node="lane-1", seq=last.seq + 1, at=last.at, actor="zhao", blobs=(), previous=last.hash
    )
    with there.begin() as unit:
        assert unit.journal.take_in(forged)
    assert service.verify().is_whole
    for _ in range(2):  # also when the lane has written something else under that number since
        problem = asked(service, lane)
        assert problem is not None
        assert (problem.params["seq"], problem.params["found"]) == (last.seq + 1, forged.hash)
        stop_released(here)


def test_an_old_copy_of_a_lanes_journal_is_named(service: Database, lane: Database, tmp_path: Path) -> None:
    here, there = lane.open("lane-1"), service.open()
    stop_released(here)
    old = tmp_path / "old.db"
    here.close()
    shutil.copyfile(lane.where, old)
    again = lane.open("lane-1")
    stop_released(again)
    ship(again, there)
    again.close()
    shutil.copyfile(old, lane.where)
    problem = asked(service, lane)
    assert problem is not None
    assert problem.params["expected"] == "-"
