"""One look at a database that belongs to another process, or to none that runs; never writes."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from carcheck_desktop.base.clock import SystemClock
from carcheck_desktop.base.errors import StorageError
from carcheck_desktop.store.blobs import FileBlobs
from carcheck_desktop.store.engine.connect import strange_reading_engine
from carcheck_desktop.store.engine.failures import storage_errors
from carcheck_desktop.store.engine.locks import holder_name
from carcheck_desktop.store.engine.place import place_of
from carcheck_desktop.store.schema import require_schema
from carcheck_desktop.store.tables.models import stored_epoch
from carcheck_desktop.store.unit import Owner, SqlUnitOfWork

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from carcheck_desktop.domain.ports import UnitOfWork


@contextmanager
def reading(database: str | Path, *, blob_folder: Path | None) -> Iterator[UnitOfWork]:
    """Open one consistent look at a database, whoever has it open.

    Raises `StorageError` when it is not there or cannot be read, `UsageError` for another schema.
    """
    place = place_of(database)
    if place.path is not None and not place.path.is_file():
        raise StorageError("store.place.missing", database=place.shown)
    files = FileBlobs(blob_folder) if blob_folder is not None else None
    engine = strange_reading_engine(place, holder_name("reader"))
    try:
        with storage_errors(place), engine.connect() as connection:  # never committed: nothing is written
            require_schema(connection, place)
            owner = Owner("", SystemClock(), None, files)
            yield SqlUnitOfWork(connection, owner, stored_epoch(connection) or "", None)
    finally:
        engine.dispose()
