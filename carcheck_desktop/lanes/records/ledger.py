"""One lane's facts: written first and durably, then folded into the view; nothing is announced before."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from carcheck_desktop.domain.fold import fold_lane

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from carcheck_desktop.domain.facts import Fact
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.ports import LaneJournal
    from carcheck_desktop.domain.views import LaneView


class Ledger:
    """Writes facts of one lane in order and keeps the lane's view.

    A write that was begun is finished even when whoever asked for it is cancelled: the view never
    knows less than the journal once `settle` has returned.
    """

    def __init__(self, journal: LaneJournal, view: LaneView) -> None:
        self._journal = journal
        self._order = asyncio.Lock()
        self._writing: set[asyncio.Task[Entry]] = set()
        self.view = view

    async def record(self, fact: Fact, actor: str, blobs: Sequence[bytes] = ()) -> Entry:
        """Store a fact durably and fold it; raises `StorageError` when the disk cannot."""
        task = asyncio.create_task(self._write(fact, actor, blobs))
        self._writing.add(task)
        task.add_done_callback(self._written)
        return await asyncio.shield(task)

    @asynccontextmanager
    async def at_rest(self) -> AsyncIterator[None]:
        """Hold writes back for a moment: inside, the view and the journal say the same."""
        async with self._order:
            yield

    async def settle(self) -> None:
        """Wait until every write that was begun has ended."""
        while self._writing:
            await asyncio.wait(set(self._writing))

    async def _write(self, fact: Fact, actor: str, blobs: Sequence[bytes]) -> Entry:
        async with self._order:
            entry = await self._journal.record(fact, actor, blobs)
            self.view = fold_lane(self.view, entry)
            return entry

    def _written(self, task: asyncio.Task[Entry]) -> None:
        self._writing.discard(task)
        if not task.cancelled():
            task.exception()  # whoever asked for it gets it; a cancelled asker must not leave it unread
