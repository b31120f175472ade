"""`main.py verify` over a whole station: a journal that is gone, a key that is gone."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from carcheck_desktop.app.demo_station import write_demo_station
from carcheck_desktop.app.parts import folders_of, key_of, open_service_store, opening_of
from carcheck_desktop.base.clock import SystemClock
from carcheck_desktop.base.station import Station, read_station
from carcheck_desktop.cli import main
from carcheck_desktop.store import open_store


@pytest.fixture
def station(tmp_path: Path) -> Station:
    """A station whose lane has shipped its first entry to the service."""
    station = read_station(write_demo_station(tmp_path))
    journal = folders_of(station).journal("lane-1")
    journal.parent.mkdir(parents=True)
    clock, opening = SystemClock(), opening_of(station)
    lane = open_store(
        journal, node="lane-1", key=key_of(station, "lane-1"), clock=clock, blob_folder=None, opening=opening
    )
    with closing(lane), closing(open_service_store(station, clock)) as service:
        with lane.read() as unit:
            entries = unit.journal.of_node("lane-1")
        with service.begin() as unit:
            for entry in entries:
                unit.journal.take_in(entry)
    return station


def verified(station: Station, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = main(["verify", "--station", str(station.path)])
    return code, capsys.readouterr().err


def test_a_whole_station_is_whole(station: Station, capsys: pytest.CaptureFixture[str]) -> None:
    assert verified(station, capsys) == (0, "")


def test_a_lanes_journal_that_is_gone_is_named(station: Station, capsys: pytest.CaptureFixture[str]) -> None:
    journal = folders_of(station).journal("lane-1")
    for path in journal.parent.glob("journal.db*"):
        path.unlink()
    code, told = verified(station, capsys)
    assert code == 1
    assert str(journal) in told


def test_a_key_that_is_gone_is_said_although_nothing_contradicts_itself(
    station: Station, capsys: pytest.CaptureFixture[str]
) -> None:
    folders_of(station).key("service").unlink()
    code, told = verified(station, capsys)
    assert code == 0
    assert "service" in told
    assert len(told.splitlines()) == 1
