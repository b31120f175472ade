"""Curves, photos and clips by SHA-256: as files in a folder (service), as rows (a lane's journal).

As rows they are in the same commit as the entry that names them. As files they are durable before
the entry: a file without an entry is harmless, an entry without its file cannot be.
"""

from __future__ import annotations

import itertools
import os
import re
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select, text

from carcheck_desktop.base.data import digest_of
from carcheck_desktop.base.errors import DataError
from carcheck_desktop.store.engine.failures import file_error
from carcheck_desktop.store.engine.hot import run, write
from carcheck_desktop.store.tables.models import blob

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.engine import Connection

DIGEST = re.compile(r"[0-9a-f]{64}")
_number = itertools.count()

ADD = text("INSERT INTO blob (digest, size, content) VALUES (:digest, :size, :content) ON CONFLICT DO NOTHING")
SIZE = select(blob.c.size).where(blob.c.digest == bindparam("wanted"))
CONTENT = select(blob.c.content).where(blob.c.digest == bindparam("wanted"))


def is_digest(text: str) -> bool:
    """Say whether the text is a SHA-256 in lower-case hexadecimal, and so safe as a file name."""
    return DIGEST.fullmatch(text) is not None


class FileBlobs:
    """Contents as files: `<folder>/<first two digits>/<the other 62>`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path_of(self, digest: str) -> Path:
        """Return where the content of this digest lies; raise `DataError` if it is no digest."""
        if not is_digest(digest):
            raise DataError("store.blobs.no_digest", digest=digest)
        return self.folder / digest[:2] / digest[2:]

    def put(self, content: bytes) -> str:
        """Write, fsync and rename into place; raise `StorageError` when the disk cannot."""
        digest = digest_of(content)
        path = self.path_of(digest)
        if path.exists():
            return digest
        beside = path.with_name(f".{path.name}.{os.getpid()}.{next(_number)}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_durably(beside, content)
            place_durably(beside, path)
        except OSError as error:
            beside.unlink(missing_ok=True)
            raise file_error(path, error) from error
        return digest

    def get(self, digest: str) -> bytes | None:
        """Return the content, None when it is not here; raise `DataError` when it was changed."""
        path = self.path_of(digest)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise file_error(path, error) from error
        return _checked(digest, content, str(path))

    def has(self, digest: str) -> bool:
        """Say whether a file of this digest is here."""
        return self.path_of(digest).exists()

    def all(self) -> Iterator[str]:
        """Yield the digests of all files here."""
        for folder in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
            for path in sorted(folder.iterdir()):
                if is_digest(folder.name + path.name):
                    yield folder.name + path.name


class RowBlobs:
    """Contents as rows of the database, in the transaction of the given connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._added: set[str] = set()

    def put(self, content: bytes) -> str:
        """Add a row unless it is there; durable when the unit of work commits."""
        digest = digest_of(content)
        write(self._connection, ADD, {"digest": digest, "size": len(content), "content": content})
        self._added.add(digest)
        return digest

    def get(self, digest: str) -> bytes | None:
        """Return the content, None when it is not here; raise `DataError` when it was changed."""
        row = self._connection.execute(CONTENT, {"wanted": digest}).first()
        return None if row is None else _checked(digest, bytes(row[0]), "blob")

    def has(self, digest: str) -> bool:
        """Say whether a row of this digest is here."""
        if digest in self._added:
            return True
        return run(self._connection, SIZE, {"wanted": digest}).first() is not None


def place_durably(beside: Path, path: Path) -> None:
    """Rename a written and fsynced file into place so that the name survives a power cut."""
    beside.replace(path)
    _sync_folder(path.parent)
    _sync_folder(path.parent.parent)


def _write_durably(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows has no handle to sync a folder with; NTFS journals the rename
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _checked(digest: str, content: bytes, where: str) -> bytes:
    found = digest_of(content)
    if found != digest:
        raise DataError("store.blobs.changed", digest=digest, found=found, where=where)
    return content
