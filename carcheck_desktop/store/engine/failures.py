"""The database's errors as errors of the house: disk full, busy, gone, damaged."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from carcheck_desktop.base.errors import StorageError
from carcheck_desktop.store.engine.disk import free_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from carcheck_desktop.store.engine.place import Place

SQLSTATE_DISK_FULL = "53100"


@contextmanager
def storage_errors(place: Place) -> Iterator[None]:
    """Turn errors of the database driver into `StorageError` with cause, evidence and next step."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise storage_error(place, error) from error


def storage_error(place: Place, error: SQLAlchemyError | sqlite3.Error) -> StorageError:
    """Return the error of the house for one of the driver's."""
    original = error.orig if isinstance(error, DBAPIError) else error
    where = {"database": place.shown, "detail": " ".join(str(original).split())}
    if isinstance(original, sqlite3.Error):
        return _sqlite_error(place, original, where)
    if getattr(original, "sqlstate", None) == SQLSTATE_DISK_FULL:
        return StorageError("store.disk.full_at_server", **where)
    return StorageError("store.database.failed", **where)


def _sqlite_error(place: Place, error: sqlite3.Error, where: dict[str, str]) -> StorageError:
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    name = getattr(error, "sqlite_errorname", None) or type(error).__name__
    free = free_bytes(place.path or Path())
    if code == sqlite3.SQLITE_FULL:
        return StorageError("store.disk.full", path=place.shown, free_bytes=free, detail=name)
    if code == sqlite3.SQLITE_IOERR:
        return StorageError("store.disk.failed", path=place.shown, free_bytes=free, detail=name)
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return StorageError("store.database.busy", **where)
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return StorageError("store.database.damaged", **where)
    return StorageError("store.database.failed", **where)


def file_error(path: Path, error: OSError) -> StorageError:
    """Return the error of the house for a file that could not be read or written."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        detail = errno.errorcode[error.errno]
        return StorageError("store.disk.full", path=path, free_bytes=free_bytes(path), detail=detail)
    detail = error.strerror or str(error)
    return StorageError("store.disk.failed", path=path, free_bytes=free_bytes(path), detail=detail)
