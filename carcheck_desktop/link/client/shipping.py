"""Ships one node's journal to the service: exactly once, in order, blobs first, never giving up.

The receiver's heads are the only memory of how far it came, so nothing has to be remembered here.
After every trouble the heads are asked again, and the last entry that the receiver knows is sent
once more: if its own journal does not have it, or has another one, that is said and nothing is
skipped.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from carcheck_desktop.base.data import to_json
from carcheck_desktop.base.errors import CarcheckError, LinkError, StorageError
from carcheck_desktop.link.client.pauses import Pauses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carcheck_desktop.base.messages import Problem
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.ports import JournalSource
    from carcheck_desktop.link.client.asking import LinkClient

log = logging.getLogger(__name__)

BATCH = 200
BATCH_CHARS = 2 * 1024 * 1024
LOOK_AGAIN_S = 1.0
"""How often the journal is looked at although nobody woke the shipper."""


class Shipper:
    """Ships `source`'s entries through `client`; `run` never ends by itself."""

    def __init__(self, client: LinkClient, source: JournalSource, loop: asyncio.AbstractEventLoop) -> None:
        self.shipped = 0
        """The last sequence number the service is known to have."""
        self.problem: Problem | None = None
        """Why shipping does not go on at the moment, if it does not."""
        self._client = client
        self._source = source
        self._loop = loop
        self._new = asyncio.Event()
        self._pauses = Pauses()

    def wake(self) -> None:
        """Say that there are new entries; from any thread, also after the end."""
        try:
            self._loop.call_soon_threadsafe(self._new.set)
        except RuntimeError:  # the loop is closed: the next start ships them
            return

    def fail(self, problem: Problem) -> None:
        """Record why the task ended."""
        self.problem = problem

    async def run(self) -> None:
        """Ship for ever; cancel the task to end."""
        while True:
            try:
                await self._ship()
            except CarcheckError as error:
                if self.problem is None or self.problem.code != error.code:
                    log.warning("shipping the journal waits: %s", error)
                self.problem = error.problem
            await asyncio.sleep(self._pauses.next())

    async def _ship(self) -> None:
        """Ask the heads, then send what is new until something goes wrong."""
        after = max(0, (await self._client.heads()).get(self._source.node, 0) - 1)
        known = after + 1 if after else 0
        while True:
            self._new.clear()
            entries = await asyncio.to_thread(self._source.of_node, after, BATCH)
            if not entries and known > after:
                raise StorageError("link.ship.other_journal", node=self._source.node, head=known)
            if entries:
                after = await self._send(_one_request(entries))
                known = after
                continue
            self.problem = None
            self._pauses.reset()
            await self._wait()

    async def _send(self, entries: Sequence[Entry]) -> int:
        for entry in entries:
            for digest in entry.blobs:
                await self._send_blob(digest)
        result = await self._client.ship(entries)
        self.shipped = result.heads.get(self._source.node, 0)
        if result.refusal is not None:
            error = StorageError(result.refusal.code)
            error.problem = result.refusal
            raise error
        if self.shipped < entries[-1].seq:
            raise LinkError("link.ship.not_taken", node=self._source.node, sent=entries[-1].seq, head=self.shipped)
        self._pauses.reset()
        return entries[-1].seq

    async def _send_blob(self, digest: str) -> None:
        if (await self._client.blob_state(digest)).done:
            return
        content = await asyncio.to_thread(self._source.blob, digest)
        if content is None:
            raise StorageError("link.ship.blob_missing", node=self._source.node, digest=digest[:12])
        await self._client.put_blob(content)

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(LOOK_AGAIN_S):
                await self._new.wait()
        except TimeoutError:
            return


def _one_request(entries: Sequence[Entry]) -> list[Entry]:
    """Return as many of the first entries as fit into one request, at least one."""
    chosen: list[Entry] = []
    length = 0
    for entry in entries:
        length += len(to_json(entry))
        if chosen and length > BATCH_CHARS:
            break
        chosen.append(entry)
    return chosen
