"""The open database of one process: `open_store`, its units of work, its identity.

One lock, one writing connection, any number of readers. Everything that is written goes through
`begin`, normally by way of the `Writer`.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import insert

from carcheck_desktop.base.errors import UsageError
from carcheck_desktop.base.ids import new_id
from carcheck_desktop.domain.facts import JournalOpened
from carcheck_desktop.domain.journal import SignedHead, head_content
from carcheck_desktop.store.blobs import FileBlobs
from carcheck_desktop.store.engine.connect import make_private, reading_engine, writing_engine
from carcheck_desktop.store.engine.disk import free_bytes
from carcheck_desktop.store.engine.failures import storage_errors
from carcheck_desktop.store.engine.locks import FileLock, holder_name, take_advisory_lock
from carcheck_desktop.store.engine.place import place_of
from carcheck_desktop.store.schema import NOTHING, require_schema, schema_of, upgrade
from carcheck_desktop.store.tables import heads
from carcheck_desktop.store.tables.journal import stored_head
from carcheck_desktop.store.tables.models import about, stored_epoch
from carcheck_desktop.store.unit import Owner, SqlUnitOfWork

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.engine import Connection

    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.base.keys import SigningKey
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.ports import UnitOfWork
    from carcheck_desktop.store.engine.place import Place
    from carcheck_desktop.store.tables.journal import Head

IDENTITY = {
    "node": "store.identity.other_node",
    "station_code": "store.identity.other_station",
    "training": "store.identity.other_training",
    "public_key": "store.identity.other_key",
}
"""What of the first entry must agree with whoever opens the journal, and what is said if it does not."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What the first entry of a journal says for ever: whose it is, and whether it is training."""

    station_code: str
    station_name: str
    training: bool
    software: str


class SqlStore:
    """The database of one process; made by `open_store`."""

    def __init__(self, place: Place, node: str, key: SigningKey, clock: Clock, blob_folder: Path | None) -> None:
        self.place = place
        self.node = node
        self.blobs = FileBlobs(blob_folder) if blob_folder is not None else None
        self.key = key
        self.clock = clock
        self._owner = Owner(node, clock, key, self.blobs)
        self.epoch = ""
        self._public_key = key.public_hex
        self._holder = holder_name(node)
        self._lock = FileLock(place.path, self._holder) if place.path is not None else None
        self._writing = writing_engine(place, self._holder)
        self._reading = reading_engine(place, self._holder)
        self._one_writer = threading.Lock()
        self._writing_thread: int | None = None
        self._connection: Connection | None = None
        self._head: Head | None = None
        self._heads_file: heads.HeadsFile | None = None

    @contextmanager
    def begin(self) -> Iterator[SqlUnitOfWork]:
        """Open a writing transaction; commits on a clean exit, rolls back on an error.

        Raises `StorageError` when the database cannot; then nothing of it is stored.
        """
        if self._writing_thread == threading.get_ident():
            raise RuntimeError("a unit of work was begun inside another one")
        with self._one_writer:
            self._writing_thread = threading.get_ident()
            try:
                with storage_errors(self.place):
                    yield from self._unit()
            finally:
                self._writing_thread = None

    @contextmanager
    def read(self) -> Iterator[UnitOfWork]:
        """Open one consistent reading transaction."""
        with storage_errors(self.place), self._reading.connect() as connection:  # begins by itself, ends in rollback
            yield SqlUnitOfWork(connection, self._owner, self.epoch, None)

    def backlog(self, position: int, limit: int = 500) -> list[tuple[int, Entry]]:
        """Return stored entries after `position` (blocking; call in a thread)."""
        with self.read() as unit:
            return unit.journal.after(position, limit)

    def latest(self) -> SignedHead | None:
        """Return the newest signed head."""
        with storage_errors(self.place), self._reading.connect() as connection:
            return heads.stored_head(connection)

    @property
    def folder(self) -> Path | None:
        """The folder whose disk the store grows on; None when only a server knows."""
        if self.place.path is not None:
            return self.place.path.parent
        return self.blobs.folder if self.blobs is not None else None

    def free_bytes(self) -> int | None:
        """Return the free bytes where the store grows; None when only a server knows."""
        return None if self.folder is None else free_bytes(self.folder)

    def close(self) -> None:
        """Let go of the database; what was committed stays."""
        with self._one_writer:
            if self._connection is not None:
                self._connection.close()
            self._connection = None
            self._reading.dispose()
            self._writing.dispose()
            if self._heads_file is not None:
                self._heads_file.close()
                self._heads_file = None
            if self._lock is not None:
                self._lock.release()

    def prepare(self, opening: Opening) -> None:
        """Make the schema of an empty database, check identity, write the first entry if new."""
        if self.place.path is not None:
            make_private(self.place.path)
        with storage_errors(self.place):
            connection = self._connected()
            is_new = schema_of(connection) == NOTHING
            connection.rollback()
            if is_new:
                upgrade(connection)
            require_schema(connection, self.place)
            connection.rollback()
        path = heads.heads_path(self.place, self.blobs.folder if self.blobs is not None else None)
        self._heads_file = heads.HeadsFile(path) if path is not None else None
        with self.begin() as unit:
            self.epoch = stored_epoch(self._connected()) or self._new_epoch(self._connected())
            if unit.journal.position() == 0:
                unit.journal.append(self._opened(opening), actor=self.node)
            first = unit.journal.after(0, 1)[0][1].fact()
        self._require_identity(first, opening)

    def _unit(self) -> Iterator[SqlUnitOfWork]:
        connection = self._connected()
        before, self._head = self._head, None  # unsure until the commit is known to have succeeded
        with connection.begin():
            if before is None:
                before = stored_head(connection)
            unit = SqlUnitOfWork(connection, self._owner, self.epoch, before.copy())
            yield unit
            head = unit.own_journal.head or before
            signed = None
            if unit.added:
                signed = self._signed(head)
                heads.put_head(connection, signed, is_first=before.pos == 0)
        self._head = head
        if signed is not None and self._heads_file is not None:
            self._heads_file.append(signed)

    def _signed(self, head: Head) -> SignedHead:
        content = head_content(self.node, head.pos, head.chain)
        return SignedHead(self.node, head.pos, head.chain, self.clock.now(), self._public_key, self.key.sign(content))

    def _connected(self) -> Connection:
        if self._connection is not None and not self._connection.invalidated:
            return self._connection
        if self._connection is not None:
            self._connection.close()
        self._head = None
        connection = self._writing.connect()
        try:
            if self._lock is None:
                take_advisory_lock(connection, self.place)
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        return connection

    def _new_epoch(self, connection: Connection) -> str:
        epoch = new_id("epoch")
        connection.execute(insert(about), {"name": "epoch", "value": epoch})
        return epoch

    def _opened(self, opening: Opening) -> JournalOpened:
        return JournalOpened(
            node=self.node,
            station_code=opening.station_code,
            station_name=opening.station_name,
            training=opening.training,
            public_key=self._public_key,
            software=opening.software,
        )

    def _require_identity(self, first: object, opening: Opening) -> None:
        if not isinstance(first, JournalOpened):
            raise UsageError("store.identity.no_opening", database=self.place.shown)
        wanted = self._opened(opening)
        for name, code in IDENTITY.items():
            stored, given = getattr(first, name), getattr(wanted, name)
            if stored != given:
                raise UsageError(code, database=self.place.shown, stored=stored, given=given)


def open_store(
    database: str | Path, *, node: str, key: SigningKey, clock: Clock, blob_folder: Path | None, opening: Opening
) -> SqlStore:
    """Open a database (an SQLite file or `postgresql://…`) for this process alone.

    An empty or missing one is created with the newest schema; an older one is refused with
    `UsageError` naming `main.py migrate`. `RefusedError` names who has it open already;
    `UsageError` says that it belongs to another node or station, to training, or to another key.
    Without `blob_folder` contents are rows of the database, in one commit with their entries.
    """
    store = SqlStore(place_of(database), node, key, clock, blob_folder)
    try:
        store.prepare(opening)
    except BaseException:
        store.close()
        raise
    return store
