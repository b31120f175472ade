"""The tables of a lane: those that the service told of, also when the lane's own disk holds others."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from carcheck_desktop.app import table_files
from carcheck_desktop.app.lane_tables import LaneTables
from carcheck_desktop.app.parts import TABLES
from carcheck_desktop.app.table_files import contents, hashes
from carcheck_desktop.base.data import digest_of
from carcheck_desktop.lanes.judging import StandardsJudge
from tests.desk.tables.test_custody import SAFETY, eased
from tests.standards.old_tables import PETROL, old


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "standards"
    shutil.copytree(TABLES, made)
    for function in (table_files.on_disk, table_files.contents):
        monkeypatch.setattr(function, "__defaults__", (made,))
    return made


def test_a_lane_that_starts_on_a_changed_disk_judges_by_the_tables_of_its_last_handshake(
    disk: Path, tmp_path: Path
) -> None:
    told = hashes(contents())
    LaneTables(tmp_path / "kept").first(told)
    (disk / SAFETY).write_bytes(eased())
    tables = LaneTables(tmp_path / "kept")
    assert tables.first(told).safety.table_hash == told[SAFETY]
    assert tables.files == told


def test_a_copy_that_was_tampered_with_is_not_used(disk: Path, tmp_path: Path) -> None:
    told = hashes(contents())
    LaneTables(tmp_path / "kept").first(told)
    (tmp_path / "kept" / f"{told[SAFETY]}.toml").write_bytes(eased())
    (disk / SAFETY).write_bytes(eased())
    assert LaneTables(tmp_path / "kept").find(told) is None


def test_before_the_first_handshake_a_lane_goes_by_its_own_disk(disk: Path, tmp_path: Path) -> None:
    assert LaneTables(tmp_path / "kept").first({}).safety.table_hash == digest_of((disk / SAFETY).read_bytes())


def test_a_lane_follows_an_approval_with_its_next_car_when_it_has_the_file(disk: Path, tmp_path: Path) -> None:
    told = hashes(contents())
    tables = LaneTables(tmp_path / "kept")
    judge = StandardsJudge(tables.first(told), tables.find)
    approved = {**told, SAFETY: digest_of(eased())}
    judge.follow(approved)
    assert told[SAFETY] in judge.hashes.values()
    (disk / SAFETY).write_bytes(eased())
    judge.follow(approved)
    assert approved[SAFETY] in judge.hashes.values()


def keep(folder: Path, content: bytes) -> str:
    """Lay a table beside a lane's journal as its last handshake left it."""
    folder.mkdir()
    digest = digest_of(content)
    (folder / f"{digest}.toml").write_bytes(content)
    return digest


def test_after_an_upgrade_a_lane_begins_with_the_releases_table_where_its_last_one_lacks_something(
    disk: Path, tmp_path: Path
) -> None:
    told = hashes(contents())
    tables = LaneTables(tmp_path / "kept")
    rules = tables.first({**told, PETROL: keep(tmp_path / "kept", old(PETROL))})
    assert tables.files == told
    assert rules.emission is not None
    assert rules.emission.lacking == ()


def test_a_lane_judges_by_an_old_table_as_long_as_the_service_works_with_it(disk: Path, tmp_path: Path) -> None:
    told = {**hashes(contents()), PETROL: keep(tmp_path / "kept", old(PETROL))}
    (disk / PETROL).write_bytes(old(PETROL))
    tables = LaneTables(tmp_path / "kept")
    rules = tables.first(told)
    assert tables.files == told
    assert rules.emission is not None
    assert rules.emission.lacking == ("setting natural_gas_hc",)
    assert tables.find(told) is not None
