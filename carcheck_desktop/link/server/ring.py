"""One ring of encoded facts for all clients of a process; a client is only a place in it.

The ring never has a hole: where the places do not follow on each other it starts afresh, and
whoever is behind its first fact reads from the journal.
"""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING

from carcheck_desktop.link.wire import FEED_BATCH, FEED_BATCH_CHARS, encode_fact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.ports import Feed

Encoded = tuple[int, str]


class FactRing:
    """The newest facts of this process.

    `publish` may be called before, while and after a server runs on it, from one thread; the rest
    belongs to the server's loop.
    """

    def __init__(self, feed: Feed, size: int = 2048) -> None:
        self._feed = feed
        self._lock = threading.Lock()
        self._ring: deque[Encoded] = deque(maxlen=size)
        self._waiting: set[asyncio.Event] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    def publish(self, facts: Sequence[tuple[int, Entry]]) -> None:
        """Take committed facts in the order of their places and wake the clients."""
        encoded = [(pos, encode_fact(pos, entry)) for pos, entry in facts]
        with self._lock:
            for fact in encoded:
                if self._ring and fact[0] != self._ring[-1][0] + 1:
                    self._ring.clear()
                self._ring.append(fact)
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._wake)

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to wake clients on this loop."""
        with self._lock:
            self._loop = loop

    def detach(self) -> None:
        """Stop waking clients: the loop is about to end."""
        with self._lock:
            self._loop = None

    @contextmanager
    def listening(self, event: asyncio.Event) -> Iterator[None]:
        """Set `event` whenever there are new facts."""
        self._waiting.add(event)
        try:
            yield
        finally:
            self._waiting.discard(event)

    async def after(self, pos: int) -> list[Encoded]:
        """Return the next facts after a place, at most one message of them; empty if none yet."""
        with self._lock:
            if self._ring and self._ring[0][0] <= pos + 1:
                start = pos + 1 - self._ring[0][0]
                return _one_message(itertools.islice(self._ring, start, start + FEED_BATCH))
        return await asyncio.to_thread(self._stored, pos)

    def _stored(self, pos: int) -> list[Encoded]:
        stored = self._feed.backlog(pos, FEED_BATCH)
        return _one_message((place, encode_fact(place, entry)) for place, entry in stored)

    def _wake(self) -> None:
        for event in self._waiting:
            event.set()


def _one_message(facts: Iterator[Encoded]) -> list[Encoded]:
    batch: list[Encoded] = []
    length = 0
    for fact in facts:
        length += len(fact[1])
        if batch and length > FEED_BATCH_CHARS:
            break
        batch.append(fact)
    return batch
