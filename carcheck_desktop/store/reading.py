"""One look at a database that belongs to another process, or to none that runs; never writes."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.base.clock import SystemClock
from carcheck_desktop.base.errors import StorageError
from carcheck_desktop.base.keys import SigningKey
from carcheck_desktop.store.blobs import FileBlobs, RowBlobs
from carcheck_desktop.store.engine.connect import place_of, strange_reading_engine
from carcheck_desktop.store.engine.failures import storage_errors
from carcheck_desktop.store.engine.locks import holder_name
from carcheck_desktop.store.journal import SqlJournal
from carcheck_desktop.store.repositories import SqlDoneCommands, SqlUsers, SqlVisits
from carcheck_desktop.store.schema import require_schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.engine import Connection

    from carcheck_desktop.domain.ports import Blobs, DoneCommands, Journal, UnitOfWork, Users, Visits


@dataclass(frozen=True, slots=True)
class ReadingUnit:
    """One reading transaction; the connection itself refuses to write."""

    journal: Journal
    visits: Visits
    users: Users
    done: DoneCommands
    blobs: Blobs
    epoch: str = ""


@contextmanager
def reading(database: str | Path, *, blob_folder: Path | None) -> Iterator[UnitOfWork]:
    """Open one consistent look at a database, whoever has it open.

    Raises `StorageError` when it is not there or cannot be read, `UsageError` for another schema.
    """
    place = place_of(database)
    if place.path is not None and not place.path.is_file():
        raise StorageError("store.place.missing", database=place.shown)
    engine = strange_reading_engine(place, holder_name("reader"))
    try:
        with storage_errors(place), engine.connect() as connection, connection.begin():
            require_schema(connection, place)
            yield _unit(connection, blob_folder)
    finally:
        engine.dispose()


def _unit(connection: Connection, blob_folder: Path | None) -> UnitOfWork:
    blobs: Blobs = RowBlobs(connection) if blob_folder is None else FileBlobs(blob_folder)
    clock = SystemClock()
    return ReadingUnit(
        journal=SqlJournal(connection, "", clock, blobs, None),
        visits=SqlVisits(connection, clock),
        users=SqlUsers(connection, SigningKey.generate()),  # signs nothing: nothing can be written
        done=SqlDoneCommands(connection),
        blobs=blobs,
    )
