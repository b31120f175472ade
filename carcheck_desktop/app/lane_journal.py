"""A lane's own journal: what its engine writes to and its shipper reads from."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carcheck_desktop.domain.facts import Fact
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.ports import UnitOfWork
    from carcheck_desktop.store.opening import SqlStore
    from carcheck_desktop.store.writer import StoreWriter


class StoreLaneJournal:
    """Fulfils `domain.ports.LaneJournal` and `JournalSource` on an SQLite file."""

    def __init__(self, store: SqlStore, writer: StoreWriter) -> None:
        self._store = store
        self._writer = writer

    @property
    def node(self) -> str:
        """Whose journal it is."""
        return self._store.node

    async def record(self, fact: Fact, actor: str, blobs: Sequence[bytes] = ()) -> Entry:
        """Add a fact with its blobs in one commit; durable when it returns."""

        def work(uow: UnitOfWork) -> Entry:
            digests = [uow.blobs.put(content) for content in blobs]
            return uow.journal.append(fact, actor=actor, blobs=digests)

        return await self._writer.acall(work)

    async def newest(self, limit: int) -> Sequence[Entry]:
        """Return this node's own newest entries, at most `limit`, in order."""
        return await asyncio.to_thread(self._newest, limit)

    def free_bytes(self) -> int | None:
        """Return the free bytes where the journal grows."""
        return self._store.free_bytes()

    def of_node(self, after_seq: int, limit: int) -> list[Entry]:
        """Return this node's entries after `after_seq`, in order."""
        with self._store.read() as uow:
            return uow.journal.of_node(self.node, after_seq, limit)

    def blob(self, digest: str) -> bytes | None:
        """Return a blob's content, or None when it is not here."""
        with self._store.read() as uow:
            return uow.blobs.get(digest)

    def heads(self) -> tuple[str, int, dict[str, int]]:
        """Return epoch, place and heads of one reading transaction."""
        with self._store.read() as uow:
            return uow.epoch, uow.journal.position(), uow.journal.heads()

    def _newest(self, limit: int) -> list[Entry]:
        with self._store.read() as uow:
            head = uow.journal.heads().get(self.node, 0)
            return uow.journal.of_node(self.node, max(0, head - limit), limit)
