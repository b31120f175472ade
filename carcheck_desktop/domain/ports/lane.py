"""What a lane needs of its own process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from carcheck_desktop.domain.facts import Fact
from carcheck_desktop.domain.journal import Entry
from carcheck_desktop.domain.views import VisitView


class LaneJournal(Protocol):
    """A lane process's own journal as its engine writes it: always first, always local."""

    async def record(self, fact: Fact, actor: str, blobs: Sequence[bytes] = ()) -> Entry:
        """Add a fact with its blobs in one commit; durable when it returns.

        Raises `StorageError` when the disk cannot; then nothing of it is stored.
        """
        ...

    async def newest(self, limit: int) -> Sequence[Entry]:
        """Return this node's own newest entries, at most `limit`, in order; for going on after a restart."""
        ...

    def free_bytes(self) -> int | None:
        """Return the free bytes where the journal grows; None when only a server knows."""
        ...


class VisitBook(Protocol):
    """What a lane knows of the open visits, from the service's feed; it may be a moment old."""

    @property
    def tables(self) -> Mapping[str, str]:
        """The hash of each table file that the service works with, as of the last handshake; empty before the first."""
        ...

    @property
    def pay_later(self) -> bool:
        """Say whether a car may be tested before it is paid, as of the last handshake; True before the first."""
        ...

    async def order(self, visit_id: str) -> VisitView | None:
        """Return the visit with vehicle, plan and attempts so far; None when it is not known here."""
        ...

    def is_withdrawn(self, visit_id: str) -> bool:
        """Say whether the visit was given up, as far as is known here; from any thread, never blocks for long."""
        ...
