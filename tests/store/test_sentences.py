"""Whatever the database's own driver says becomes one sentence that names the place and what to do."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.exc import ArgumentError, OperationalError

from carcheck_desktop.base.catalogues import LANGUAGES, Catalogue
from carcheck_desktop.base.errors import CarcheckError, RefusedError, StorageError, UsageError
from carcheck_desktop.store.backup import backup
from carcheck_desktop.store.engine.failures import file_error, storage_error, storage_errors
from carcheck_desktop.store.engine.place import place_of
from tests.store.conftest import Database
from tests.store.facts import whole_visit

FILE = place_of("/var/lib/carcheck/carcheck.db")
SERVER = place_of("postgresql://carcheck:secret@db.example/station")


def sqlite_error(code: int, name: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("the driver's own words")
    error.sqlite_errorcode, error.sqlite_errorname = code, name
    return error


class ServerError(Exception):
    """What the server's driver raises."""

    def __init__(self, sqlstate: str | None) -> None:
        super().__init__("server\n  says  no")
        self.sqlstate = sqlstate


def assert_readable(error: CarcheckError) -> None:
    for language in LANGUAGES:
        lines = Catalogue(language).lines(error.problem)
        assert all(line and "{" not in line and error.code not in line for line in lines)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (sqlite3.SQLITE_FULL, "store.disk.full"),
        (sqlite3.SQLITE_IOERR, "store.disk.failed"),
        (sqlite3.SQLITE_IOERR | (3 << 8), "store.disk.failed"),
        (sqlite3.SQLITE_BUSY, "store.database.busy"),
        (sqlite3.SQLITE_BUSY | (2 << 8), "store.database.busy"),
        (sqlite3.SQLITE_LOCKED, "store.database.busy"),
        (sqlite3.SQLITE_CORRUPT, "store.database.damaged"),
        (sqlite3.SQLITE_NOTADB, "store.database.damaged"),
        (sqlite3.SQLITE_ERROR, "store.database.failed"),
        (sqlite3.SQLITE_READONLY, "store.database.failed"),
    ],
)
def test_each_trouble_of_a_file_has_its_own_sentence(code: int, said: str) -> None:
    error = sqlite_error(code, "SQLITE_X")
    for seen in (error, OperationalError("INSERT", {}, error)):
        found = storage_error(FILE, seen)
        assert found.code == said
        assert str(FILE.path) in str(found.problem.params)
        assert_readable(found)


@pytest.mark.parametrize(
    ("sqlstate", "said"),
    [("53100", "store.disk.full_at_server"), ("08006", "store.database.failed"), (None, "store.database.failed")],
)
def test_a_server_is_named_without_its_password_and_in_one_line(sqlstate: str | None, said: str) -> None:
    found = storage_error(SERVER, OperationalError("INSERT", {}, ServerError(sqlstate)))
    assert found.code == said
    assert "secret" not in str(found.problem.params)
    assert found.problem.params["detail"] == "server says no"
    assert_readable(found)


def test_an_error_without_a_code_is_still_one_of_the_house() -> None:
    for error in (sqlite3.ProgrammingError("closed"), ArgumentError("no")):
        with pytest.raises(StorageError) as caught, storage_errors(FILE):
            raise error
        assert caught.value.code == "store.database.failed"
        assert caught.value.__cause__ is error


def test_a_mistake_of_ours_is_not_called_a_trouble_of_the_database() -> None:
    with pytest.raises(ZeroDivisionError), storage_errors(FILE):
        raise ZeroDivisionError


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "store.disk.full"),
        (errno.EDQUOT, "store.disk.full"),
        (errno.EACCES, "store.disk.failed"),
        (errno.EROFS, "store.disk.failed"),
    ],
)
def test_a_file_that_cannot_be_written_says_whether_there_is_room(tmp_path: Path, number: int, said: str) -> None:
    found = file_error(tmp_path / "blob", OSError(number, "the system's words"))
    assert found.code == said
    assert found.problem.params["path"] == str(tmp_path / "blob")
    assert_readable(found)


@pytest.mark.parametrize("text", ["mysql://db/carcheck", "sqlite://", "://", "http://db/carcheck"])
def test_a_place_that_is_no_database_of_ours_is_refused(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        place_of(text)
    assert caught.value.code == "store.place.unknown"
    assert_readable(caught.value)


def test_a_file_is_the_same_place_however_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "carcheck.db"
    assert place_of(path) == place_of(str(path)) == place_of(f"sqlite:///{path}")
    assert place_of(path).is_sqlite
    assert not SERVER.is_sqlite


# -- backup ----------------------------------------------------------------------------------------


def damage(source: Database) -> None:
    path = Path(source.where)
    for each in path.parent.glob(f"{path.name}*"):
        each.unlink()
    path.write_bytes(b"certainly no database " * 1000)


def take_blobs_away(source: Database) -> None:
    assert source.blob_folder is not None
    blob = next(path for path in source.blob_folder.rglob("*") if path.is_file())
    blob.unlink()
    blob.mkdir()


@pytest.mark.parametrize("trouble", [damage, take_blobs_away])
def test_a_backup_that_breaks_off_leaves_no_half_copy_behind(
    sqlite: Database, tmp_path: Path, trouble: Callable[[Database], None]
) -> None:
    store = sqlite.open()
    with store.begin() as uow:
        whole_visit(uow, "visit-1")
    store.close()
    trouble(sqlite)
    with pytest.raises(StorageError) as caught:
        backup(sqlite.where, tmp_path / "copy", blob_folder=sqlite.blob_folder)
    assert not (tmp_path / "copy").exists()
    assert_readable(caught.value)


def test_a_backup_of_nothing_and_of_a_server_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as missing:
        backup(tmp_path / "none.db", tmp_path / "copy", blob_folder=None)
    with pytest.raises(RefusedError) as server:
        backup("postgresql://carcheck:secret@db/x", tmp_path / "copy", blob_folder=None)
    assert (missing.value.code, server.value.code) == ("store.place.missing", "store.backup.postgresql")
    assert "secret" not in str(server.value.problem.params)
    assert not (tmp_path / "copy").exists()
