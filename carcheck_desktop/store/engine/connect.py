"""The connections to a database; no tables here.

SQLite: WAL, synchronous=FULL, BEGIN IMMEDIATE for the writer and plain BEGIN for readers, because
SQLAlchemy's own transactions lose updates there. PostgreSQL: one snapshot a reading transaction.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL

from carcheck_desktop.store.engine.failures import file_error

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.engine import Connection, Engine
    from sqlalchemy.engine.interfaces import DBAPIConnection

    from carcheck_desktop.store.engine.place import Place

BUSY_MS = 10_000
SQLITE_RECIPE = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}")
SQLITE_READING = (f"busy_timeout={BUSY_MS}", "query_only=ON")


def make_private(path: Path) -> None:
    """Create an empty database file that only its owner reads, because it holds hashes of PINs.

    SQLite gives the files beside it the same rights. Raises `StorageError`.
    """
    try:
        path.touch(mode=0o600)
    except OSError as error:
        raise file_error(path, error) from error


def writing_engine(place: Place, application: str) -> Engine:
    """Return the engine of the one writer; on SQLite a transaction takes the write lock at once."""
    if place.is_sqlite:
        return _sqlite(place.url, SQLITE_RECIPE, "BEGIN IMMEDIATE")
    return create_engine(
        place.url, pool_size=1, max_overflow=0, connect_args={"application_name": application, "connect_timeout": 10}
    )


def reading_engine(place: Place, application: str) -> Engine:
    """Return the engine of readers: every transaction sees one moment and cannot write."""
    if place.is_sqlite:
        return _sqlite(place.url, (*SQLITE_RECIPE[:3], *SQLITE_READING), "BEGIN")
    return _postgres_reading(place, application)


def strange_reading_engine(place: Place, application: str) -> Engine:
    """Return an engine for looking at a database that may be in use, without touching it at all.

    An SQLite file on a medium that cannot be written (and without a -wal file) is read as it lies.
    """
    if place.path is None:
        return _postgres_reading(place, application)
    mode = "mode=ro"
    if not place.path.with_name(place.path.name + "-wal").exists() and not _is_writable(place.path.parent):
        mode = "immutable=1"
    url = URL.create("sqlite", database=f"{place.path.as_uri()}?{mode}", query={"uri": "true"})
    return _sqlite(url, SQLITE_READING, "BEGIN")


def _is_writable(folder: Path) -> bool:
    return os.access(folder, os.W_OK)


def _postgres_reading(place: Place, application: str) -> Engine:
    engine = create_engine(
        place.url,
        pool_pre_ping=True,
        isolation_level="REPEATABLE READ",
        connect_args={"application_name": application, "connect_timeout": 10},
    )
    return engine.execution_options(postgresql_readonly=True)


def _sqlite(url: URL, pragmas: tuple[str, ...], begin: str) -> Engine:
    engine = create_engine(url, paramstyle="named")

    @event.listens_for(engine, "connect")
    def _connected(dbapi: DBAPIConnection, _record: object) -> None:
        dbapi.isolation_level = None  # BEGIN is ours to send
        cursor = dbapi.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        connection.connection.cursor().execute(begin)  # the driver itself: this stands before every commit

    return engine
