"""What the command line does with a station's files while no window is open: show, verify, back up, migrate."""

from __future__ import annotations

import shutil
import stat
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from carcheck_desktop.app.demo_station import write_demo_station
from carcheck_desktop.app.operations import add_person, back_up, migrate_station, record_of_visit, verify_station
from carcheck_desktop.app.parts import (
    Folders,
    database_of,
    folders_of,
    key_of,
    load_tables,
    open_service_store,
    opening_of,
)
from carcheck_desktop.app.service import Service
from carcheck_desktop.app.table_files import contents, hashes
from carcheck_desktop.base.clock import SystemClock
from carcheck_desktop.base.errors import CarcheckError, RefusedError, StorageError, UsageError
from carcheck_desktop.base.station import Station, read_station
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.access import Role
from carcheck_desktop.store.opening import open_store
from tests.store.facts import CAR, whole_visit


@pytest.fixture
def station(tmp_path: Path) -> Station:
    """A station whose database holds one car with one measured item."""
    station = read_station(write_demo_station(tmp_path))
    with closing(open_service_store(station, SystemClock())) as store, store.begin() as uow:
        whole_visit(uow, "visit-1")
    return station


@pytest.fixture
def folders(station: Station) -> Folders:
    return folders_of(station)


def lane_journal(station: Station, *facts: f.Fact) -> Path:
    """Write facts into the journal of the station's lane, as its process does."""
    path = folders_of(station).journal("lane-1")
    path.parent.mkdir(parents=True, exist_ok=True)
    store = open_store(
        path, node="lane-1", key=key_of(station, "lane-1"), clock=SystemClock(), blob_folder=None,
        opening=opening_of(station),
    )  # fmt: skip
    with closing(store), store.begin() as uow:
        for fact in facts:
            uow.journal.append(fact, actor="li")
    return path


def curve_files(folders: Folders) -> list[Path]:
    return [path for path in folders.blobs.rglob("*") if path.is_file() and len(path.name) == 62]


@pytest.mark.parametrize("wanted", ["visit-1", CAR.plate])
def test_a_visit_is_shown_by_its_number_or_its_plate_when_no_service_runs(station: Station, wanted: str) -> None:
    record = record_of_visit(station, wanted)
    assert record.visit.visit_id == "visit-1"
    assert [entry.kind for entry in record.entries] == [
        "visit_opened", "attempt_started", "item_started", "item_finished",
    ]  # fmt: skip
    assert len(record.curves) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a user's folders from others by itself")
def test_what_a_station_writes_is_for_its_own_account_only(station: Station) -> None:
    assert stat.S_IMODE(station.data.stat().st_mode) == 0o700


def test_while_a_service_runs_it_is_asked_and_says_the_same(station: Station) -> None:
    alone = record_of_visit(station, "visit-1")
    service = Service(station, SystemClock())
    try:
        served = record_of_visit(station, "visit-1")
        kept = tuple(entry for entry in served.entries if entry.kind != "estimate_given")
        # a service that begins gives estimates at once
        assert replace(served, entries=kept, visit=replace(served.visit, estimate=alone.visit.estimate)) == alone
        with pytest.raises(CarcheckError) as caught:
            record_of_visit(station, "渝A99999")
        assert "渝A99999" in str(caught.value.problem.params)
    finally:
        service.close()


def test_nothing_is_shown_where_nothing_was_ever_recorded(tmp_path: Path) -> None:
    station = read_station(write_demo_station(tmp_path))
    with pytest.raises(StorageError) as caught:
        record_of_visit(station, "visit-1")
    assert caught.value.code == "store.place.missing"


def test_a_curve_that_is_gone_is_said_and_not_left_out(station: Station, folders: Folders) -> None:
    for path in curve_files(folders):
        path.unlink()
    with pytest.raises(CarcheckError) as caught:
        record_of_visit(station, "visit-1")
    assert caught.value.code == "desk.front.curve_missing"


def test_verify_looks_at_the_service_and_at_every_lane_that_is_on_this_pc(station: Station) -> None:
    assert set(verify_station(station)) == {"service"}
    lane_journal(station, f.StopReleased("1"))
    reports = verify_station(station)
    assert set(reports) == {"service", "lane-1"}
    assert all(report.is_whole for report in reports.values())


def test_verify_finds_the_changed_curve(station: Station, folders: Folders) -> None:
    [path] = curve_files(folders)
    path.chmod(0o600)
    content = bytearray(path.read_bytes())
    content[40] ^= 1
    path.write_bytes(content)
    report = verify_station(station)["service"]
    assert not report.is_whole
    assert any(path.parent.name + path.name in str(finding.params) for finding in report.findings)


def test_verify_holds_the_station_against_the_key_that_is_in_its_folder(station: Station, folders: Folders) -> None:
    folders.key("service").unlink()
    key_of(station, "service")
    assert not verify_station(station)["service"].is_whole


def test_verify_changes_nothing(station: Station, folders: Folders) -> None:
    def seen() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in folders.data.rglob("*") if path.suffix in (".db", ".key", ".jsonl")}

    before = seen()
    verify_station(station)
    assert seen() == before


def test_a_backup_is_a_whole_station_of_its_own(station: Station, tmp_path: Path) -> None:
    done = back_up(station, tmp_path / "copy")
    assert done.blobs == 1
    shutil.rmtree(station.data / "blobs")
    Path(database_of(station)).unlink()
    shutil.copyfile(done.database, database_of(station))
    assert done.blob_folder is not None
    shutil.copytree(done.blob_folder, station.data / "blobs")
    assert record_of_visit(station, CAR.plate).visit.visit_id == "visit-1"


def test_a_backup_goes_into_no_folder_that_holds_something(station: Station, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(RefusedError):
        back_up(station, tmp_path / "copy")
    assert [path.name for path in (tmp_path / "copy").iterdir()] == ["letter.txt"]


def test_migrating_names_every_database_and_changes_nothing_that_is_new(station: Station) -> None:
    lane_journal(station, f.StopReleased("1"))
    done = migrate_station(station)
    assert set(done) == {"service", "lane-1"}
    assert all(before == after != "" for before, after in done.values())


def test_migrating_makes_the_database_of_a_new_station(tmp_path: Path) -> None:
    station = read_station(write_demo_station(tmp_path))
    before, after = migrate_station(station)["service"]
    assert before != after
    add_person(station, "li", Role.CLERK, "2468")
    assert verify_station(station)["service"].is_whole


def test_a_file_that_is_no_database_is_named(station: Station) -> None:
    Path(database_of(station)).write_bytes(b"certainly no database " * 100)
    for operation in (
        lambda: record_of_visit(station, "visit-1"),
        lambda: add_person(station, "li", Role.CLERK, "2468"),
    ):
        with pytest.raises(CarcheckError) as caught:
            operation()
        assert "carcheck.db" in str(caught.value.problem.params)


def test_the_journal_of_another_station_is_not_taken_for_ones_own(station: Station) -> None:
    text = station.path.read_text(encoding="utf-8").replace('code = "5001009"', 'code = "5009999"')
    station.path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        add_person(read_station(station.path), "li", Role.CLERK, "2468")
    assert caught.value.code == "store.identity.other_station"


def test_training_records_never_become_real_ones(station: Station) -> None:
    text = station.path.read_text(encoding="utf-8").replace("training = true", "training = false")
    text = text.partition("[[uplink]]")[0]  # which is a simulation, and refused by itself
    station.path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        add_person(read_station(station.path), "li", Role.CLERK, "2468")
    assert caught.value.code == "store.identity.other_training"


def test_the_key_of_a_node_is_made_once(station: Station) -> None:
    assert key_of(station, "lane-1").public_hex == key_of(station, "lane-1").public_hex
    assert key_of(station, "lane-1").public_hex != key_of(station, "service").public_hex


def test_a_database_may_be_a_server(station: Station) -> None:
    text = station.path.read_text(encoding="utf-8").replace('url = "carcheck.db"', 'url = "postgresql://db/carcheck"')
    station.path.write_text(text, encoding="utf-8")
    assert database_of(read_station(station.path)) == "postgresql://db/carcheck"


def test_the_tables_that_ship_with_the_program_are_readable_and_named_by_their_hash() -> None:
    tables = load_tables()
    found = hashes(contents())
    assert sorted(found.values()) == sorted(tables.every_hash.values())
    assert set(tables.hashes) == {"GB 38900-2020", "GB 18285-2018"}
    assert {found["gb38900-2020.toml"], found["gb18285-2018.toml"]} == set(tables.hashes.values())
