"""What goes wrong in earnest: a killed writer, a full disk, a limit, a clock set back."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.base.data import from_json
from carcheck_desktop.base.errors import RefusedError, StorageError
from carcheck_desktop.domain.facts import StopReleased
from carcheck_desktop.domain.journal import SignedHead
from carcheck_desktop.store import StoreWriter, backup, verify
from carcheck_desktop.store.blobs import FileBlobs
from carcheck_desktop.store.tables import heads as heads_room
from tests.store.conftest import Database
from tests.store.facts import curve, whole_visit

resource = pytest.importorskip("resource", reason="limits and SIGKILL are of POSIX")

KILLED = """
import sys
from pathlib import Path
from carcheck_desktop.base.clock import SystemClock
from carcheck_desktop.base.keys import SigningKey
from carcheck_desktop.domain.facts import StopReleased
from carcheck_desktop.store import Opening, StoreWriter, open_store

folder = Path(sys.argv[1])
store = open_store(
    folder / "lane.sqlite", node="lane-1", key=SigningKey.load_or_create(folder / "key"), clock=SystemClock(),
    blob_folder=None, opening=Opening("1", "x", True, "0"),
)
writer = StoreWriter(store, lambda added: print(*(entry.seq for _, entry in added), flush=True))
number = 0
while True:
    number += 1
    def work(unit):
        digest = unit.blobs.put(b"%d-" % number + bytes(4000))
        for _ in range(1 + number % 3):
            unit.journal.append(StopReleased("1"), actor="x", blobs=(digest,))
    writer.call(work)
"""


def test_a_killed_writer_has_stored_all_it_announced_and_half_of_nothing(tmp_path: Path) -> None:
    chance = random.Random(1)
    announced = 0
    deadline = time.monotonic() + 4.0
    for _ in range(4):
        if time.monotonic() > deadline:
            break
        with subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            announced = max(announced, int(process.stdout.readline().split()[-1]))
            time.sleep(chance.uniform(0.0, 0.15))
            process.send_signal(signal.SIGKILL)
            rest = process.stdout.read().decode().split()  # the last line may be torn
            whole = rest[:-1]
            announced = max([announced, *map(int, whole)])
        report = verify(tmp_path / "lane.sqlite", blob_folder=None)
        assert report.is_whole, report.findings
        assert report.nodes["lane-1"] >= announced
    assert announced > 10


@contextmanager
def tiny_database(database: Database, writer: StoreWriter) -> Iterator[None]:
    """Let SQLite find the disk full as soon as the file would grow."""
    connection = database.opened[0]._connected()
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    connection.rollback()
    yield
    connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    connection.rollback()


def until_full(writer: StoreWriter) -> None:
    """Record visits until the store refuses."""
    for number in range(200):
        writer.call(partial(whole_visit, visit_id=f"visit-{number}"))


def test_a_full_disk_refuses_whole_results_and_the_writer_goes_on_when_there_is_room(
    sqlite: Database,
) -> None:
    store = sqlite.open(blob_folder=None)
    sqlite.blob_folder = None
    heard: list[int] = []
    writer = StoreWriter(store, lambda added: heard.extend(place for place, _ in added))
    with closing(writer):
        with tiny_database(sqlite, writer):
            with pytest.raises(StorageError) as full:
                until_full(writer)
            stored = list(heard)
            with pytest.raises(StorageError):
                writer.call(lambda unit: whole_visit(unit, "visit-x"))
        assert full.value.code == "store.disk.full"
        assert full.value.problem.params["detail"] == "SQLITE_FULL"
        assert int(full.value.problem.params["free_bytes"]) > 0
        assert heard == stored
        with store.read() as unit:
            assert unit.journal.position() == max(stored, default=1)
            assert unit.visits.get("visit-x") is None
        writer.call(lambda unit: whole_visit(unit, "visit-y"))
    assert sqlite.verify().is_whole


LIMITED = """
import resource, sys
from pathlib import Path
from carcheck_desktop.base.clock import SystemClock
from carcheck_desktop.base.errors import StorageError
from carcheck_desktop.base.keys import SigningKey
from carcheck_desktop.domain.facts import StopReleased
from carcheck_desktop.store import Opening, StoreWriter, open_store

folder = Path(sys.argv[1])
store = open_store(
    folder / "lane.sqlite", node="lane-1", key=SigningKey.generate(), clock=SystemClock(),
    blob_folder=None, opening=Opening("1", "x", True, "0"),
)
writer = StoreWriter(store)
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, hard))
done = 1
def work(unit):
    digest = unit.blobs.put(b"%d-" % done + bytes(20_000))
    unit.journal.append(StopReleased("1"), actor="x", blobs=(digest,))
try:
    while True:
        writer.call(work)
        done += 1
except StorageError as error:
    print(error.code, flush=True)
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
writer.call(work)
done += 1
writer.close()
store.close()
print(done)
"""


def test_a_write_that_the_system_refuses_leaves_a_whole_journal(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path)], capture_output=True, text=True, check=False, timeout=30
    )
    assert done.returncode == 0, done.stderr
    code, count = done.stdout.split()
    assert code in {"store.disk.failed", "store.disk.full"}
    report = verify(tmp_path / "lane.sqlite", blob_folder=None)
    assert report.is_whole
    assert report.entries == int(count)


def test_a_photo_that_does_not_fit_is_refused_and_leaves_no_piece(tmp_path: Path) -> None:
    blobs = FileBlobs(tmp_path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(StorageError) as refused:
            blobs.put(os.urandom(200_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert refused.value.code == "store.disk.failed"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_order_stays_right_when_the_clock_is_set_back_by_a_day(database: Database) -> None:
    store = database.open()
    for step in (timedelta(), timedelta(days=-1), timedelta(days=2)):
        database.clock.set_back_or_forward(step)
        with store.begin() as unit:
            unit.journal.append(StopReleased("1"), actor="x")
    with store.read() as unit:
        entries = unit.journal.of_node("service", 1)
    assert [entry.seq for entry in entries] == [2, 3, 4]
    assert entries[1].at < entries[0].at < entries[2].at
    assert database.verify().is_whole


def test_a_torn_line_of_heads_is_mended_at_the_next_opening(sqlite: Database) -> None:
    sqlite.open().close()
    with sqlite.heads_file.open("ab") as file:
        file.write(b'{"node":"serv')
    with sqlite.open().begin() as unit:
        unit.journal.append(StopReleased("1"), actor="x")
    heads = [from_json(line, SignedHead) for line in sqlite.heads_file.read_bytes().splitlines()]
    assert [head.pos for head in heads] == [1, 2]


def test_the_file_of_heads_stays_small_and_keeps_each_days_last(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heads_room, "LARGEST_BYTES", 6000)
    monkeypatch.setattr(heads_room, "KEPT_LINES", 3)
    store = sqlite.open()
    for _ in range(60):
        sqlite.clock.set_back_or_forward(timedelta(hours=6))
        with store.begin() as unit:
            unit.journal.append(StopReleased("1"), actor="x")
    heads = [from_json(line, SignedHead) for line in sqlite.heads_file.read_bytes().splitlines()]
    assert sqlite.heads_file.stat().st_size < 9000
    assert heads[-1].pos == 61
    assert len({head.at.date() for head in heads}) >= 15
    assert sqlite.verify().is_whole


def test_a_file_of_heads_that_cannot_be_replaced_is_written_on_and_no_other_file_is(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heads_room, "LARGEST_BYTES", 2000)
    monkeypatch.setattr(heads_room, "KEPT_LINES", 3)
    store = sqlite.open()
    refused: list[Path] = []

    def refuse(path: Path, _target: Path) -> None:
        refused.append(path)
        raise PermissionError(13, "somebody reads it")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refuse)
        for _ in range(10):
            with store.begin() as unit:
                unit.journal.append(StopReleased("1"), actor="x")
    assert refused
    stranger = sqlite.heads_file.with_name("stranger")
    with stranger.open("wb"), store.begin() as unit:
        unit.journal.append(StopReleased("1"), actor="x")
    assert stranger.stat().st_size == 0
    heads = [from_json(line, SignedHead) for line in sqlite.heads_file.read_bytes().splitlines()]
    assert heads[-1].pos == 12
    assert sqlite.verify().is_whole


def test_a_backup_of_a_running_store_is_whole_and_opens_elsewhere(sqlite: Database, tmp_path: Path) -> None:
    store = sqlite.open()
    with store.begin() as unit:
        digest = whole_visit(unit, "visit-1")
    made = backup(sqlite.where, tmp_path / "copy", blob_folder=sqlite.blob_folder)
    with store.begin() as unit:
        whole_visit(unit, "visit-2")
    assert (made.position, made.blobs) == (5, 1)
    report = verify(made.database, blob_folder=made.blob_folder)
    assert report.is_whole
    assert report.entries == 5
    assert made.blob_folder is not None
    assert FileBlobs(made.blob_folder).get(digest) == curve()
    store.close()
    sqlite.where, sqlite.blob_folder = str(made.database), made.blob_folder
    with sqlite.open().begin() as unit:
        assert unit.epoch == store.epoch
        assert unit.journal.append(StopReleased("1"), actor="x").seq == 6
    assert sqlite.verify().is_whole


def test_a_backup_never_writes_over_anything(sqlite: Database, tmp_path: Path) -> None:
    sqlite.open()
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "letter").write_text("mine")
    with pytest.raises(RefusedError) as refused:
        backup(sqlite.where, tmp_path / "copy", blob_folder=None)
    assert refused.value.code == "store.backup.not_empty"
    with pytest.raises(StorageError):
        backup(tmp_path / "none.sqlite", tmp_path / "other", blob_folder=None)
    assert not (tmp_path / "other").exists()


def test_a_backup_of_postgresql_names_the_tool_for_it(tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as refused:
        backup("postgresql://carcheck@db.example/station", tmp_path / "copy", blob_folder=None)
    assert "pg_dump" in Catalogue("en").text(refused.value.problem.next_step)
