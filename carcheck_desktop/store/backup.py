"""A plain copy of a store while it runs: the SQLite database, its file of heads, its blobs."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import RefusedError, StorageError
from carcheck_desktop.store.blobs import FileBlobs
from carcheck_desktop.store.engine.connect import make_private
from carcheck_desktop.store.engine.failures import file_error
from carcheck_desktop.store.engine.place import place_of
from carcheck_desktop.store.tables.heads import heads_path

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Backup:
    """What was copied: the database's new place, the newest entry in it, and how many blobs."""

    database: Path
    blob_folder: Path | None
    position: int
    blobs: int


def backup(database: str | Path, target: Path, *, blob_folder: Path | None) -> Backup:
    """Copy a store into the new or empty folder `target`; works while a service runs.

    Raises `RefusedError` for PostgreSQL (use `pg_dump`) and for a folder with something in it,
    `StorageError` when something cannot be read or written; an unfinished copy is removed.
    """
    place = place_of(database)
    if place.path is None:
        raise RefusedError("store.backup.postgresql", database=place.shown)
    if not place.path.is_file():
        raise StorageError("store.place.missing", database=place.shown)
    if target.exists() and any(target.iterdir()):
        raise RefusedError("store.backup.not_empty", folder=target)
    try:
        target.mkdir(parents=True, exist_ok=True)
        heads = heads_path(place, blob_folder)
        if heads is not None and heads.exists():
            shutil.copyfile(heads, target / heads.name)  # before the database: heads are never ahead of entries
        copy = target / place.path.name
        make_private(copy)
        position = _copy_database(place.path, copy)
        blobs = 0 if blob_folder is None else _copy_blobs(blob_folder, target / "blobs")
    except (OSError, sqlite3.Error) as error:
        shutil.rmtree(target, ignore_errors=True)
        if isinstance(error, OSError):
            raise file_error(target, error) from error
        raise StorageError("store.backup.failed", folder=target, detail=error) from error
    return Backup(copy, None if blob_folder is None else target / "blobs", position, blobs)


def _copy_database(source: Path, copy: Path) -> int:
    """Copy one moment of a database with SQLite's own backup; return its newest place."""
    with (
        closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as reading,
        closing(sqlite3.connect(copy)) as writing,
    ):
        reading.execute("PRAGMA busy_timeout=10000")
        reading.backup(writing)
        return int(writing.execute("SELECT COALESCE(MAX(pos), 0) FROM journal").fetchone()[0])


def _copy_blobs(source: Path, target: Path) -> int:
    """Copy every whole blob; those that an entry names were there before the entry."""
    count = 0
    blobs, copies = FileBlobs(source), FileBlobs(target)
    for digest in blobs.all():
        copy = copies.path_of(digest)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(blobs.path_of(digest), copy)
        count += 1
    return count
