"""The lock that refuses a second opener of the same database, and tells who holds it.

SQLite: an operating system's lock on `<database>.lock`, gone with the process that held it.
PostgreSQL: a session's advisory lock on the connection that writes, gone with that connection.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from typing import TYPE_CHECKING, BinaryIO

from sqlalchemy import text

from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.store.engine.failures import file_error

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.engine import Connection

    from carcheck_desktop.store.engine.place import Place

LOCK_NUMBER = 0x63_61_72_63_68_65_63_6B
"""The advisory lock's number: `carcheck` in ASCII."""
BYTE_FAR_OUT = 1 << 30
"""Windows locks bytes against readers too, so the locked one lies beyond what is written."""

HOLDER = text(
    "SELECT a.application_name, a.pid FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid "
    "WHERE l.locktype = 'advisory' AND l.granted AND l.database = "
    "(SELECT oid FROM pg_database WHERE datname = current_database()) "
    "AND l.classid = :high AND l.objid = :low"
)


def holder_name(node: str) -> str:
    """Return how this process names itself to whoever asks who holds the database."""
    return f"carcheck {node} pid {os.getpid()} {socket.gethostname()}"[:63]


class FileLock:
    """The operating system's lock on a file beside an SQLite database."""

    def __init__(self, database: Path, holder: str) -> None:
        self.path = database.with_name(database.name + ".lock")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file: BinaryIO = self.path.open("a+b")
        except OSError as error:
            raise file_error(self.path, error) from error
        if not _lock(self._file):
            held_by = self._holder()
            self._file.close()
            raise RefusedError("store.lock.held", database=database, holder=held_by)
        self._file.truncate(0)
        self._file.write(json.dumps({"holder": holder}).encode())
        self._file.flush()

    def release(self) -> None:
        """Let go; the file stays, because removing it would race with the next opener."""
        self._file.close()

    def _holder(self) -> str:
        self._file.seek(0)
        try:
            return str(json.loads(self._file.read())["holder"])
        except (ValueError, KeyError, TypeError):
            return "?"


def take_advisory_lock(connection: Connection, place: Place) -> None:
    """Take the database's advisory lock for the life of this connection, or say who has it."""
    taken = connection.execute(text("SELECT pg_try_advisory_lock(:number)"), {"number": LOCK_NUMBER}).scalar_one()
    parts = {"high": LOCK_NUMBER >> 32, "low": LOCK_NUMBER & 0xFFFF_FFFF}
    row = None if taken else connection.execute(HOLDER, parts).first()
    connection.commit()
    if not taken:
        raise RefusedError("store.lock.held", database=place.shown, holder=row[0] if row else "?")


if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> bool:
        file.seek(BYTE_FAR_OUT)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _lock(file: BinaryIO) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
