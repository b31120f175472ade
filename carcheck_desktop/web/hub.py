"""Who is told when a visit changed: pages wait here, the writer's thread wakes them and never waits."""

from __future__ import annotations

import asyncio
import threading
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_OF_ONE = 6
"""So many pages of one ticket follow it at once; one more asks from time to time instead."""
MOST_OF_ALL = 400


class Hub:
    """Pages that are open now, by visit; made before the loop runs, used from the loop but for `changed`."""

    def __init__(self) -> None:
        self.is_closed = False
        self._lock = threading.Lock()
        self._waiting: dict[str, set[tuple[asyncio.AbstractEventLoop, asyncio.Event]]] = defaultdict(set)

    def changed(self, visit_ids: Iterable[str]) -> None:
        """Wake the pages of these visits; from any thread, never blocks."""
        with self._lock:
            woken = [pair for visit_id in set(visit_ids) for pair in self._waiting.get(visit_id, ())]
        self._wake(woken)

    def close(self) -> None:
        """Let every page go: the server ends, and the pages connect again when there is one."""
        with self._lock:
            self.is_closed = True
            woken = [pair for each in self._waiting.values() for pair in each]
        self._wake(woken)

    def _wake(self, woken: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]]) -> None:
        for loop, event in woken:
            if not loop.is_closed():
                loop.call_soon_threadsafe(event.set)

    def enter(self, visit_id: str) -> asyncio.Event | None:
        """Begin to follow a visit; None when too many do."""
        pair = (asyncio.get_running_loop(), asyncio.Event())
        with self._lock:
            of_all = sum(len(each) for each in self._waiting.values())
            if of_all >= MOST_OF_ALL or len(self._waiting.get(visit_id, ())) >= MOST_OF_ONE:
                return None
            self._waiting[visit_id].add(pair)
        return pair[1]

    def leave(self, visit_id: str, event: asyncio.Event) -> None:
        """Follow no longer."""
        with self._lock:
            left = {pair for pair in self._waiting.get(visit_id, ()) if pair[1] is not event}
            if left:
                self._waiting[visit_id] = left
            else:
                self._waiting.pop(visit_id, None)
