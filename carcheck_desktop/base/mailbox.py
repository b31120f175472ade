"""A thread-safe letter box between a worker thread and a loop or a window.

Facts are never merged or dropped; of the samples of one key only the newest stays, or what a given
`merge` makes of both. Whoever empties the box does so in one call, in its own thread. `on_first` is
called by the thread that puts, outside the lock, when the box was empty before.
"""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

Fact = TypeVar("Fact")
Sample = TypeVar("Sample")


class Mailbox(Generic[Fact, Sample]):
    """Two compartments: an ordered one for facts, a newest-wins one for samples.

    `merge(old, new)` says what is left of a sample that nobody has fetched when the next one comes;
    without it only the new one is.
    """

    def __init__(
        self, on_first: Callable[[], None] | None = None, merge: Callable[[Sample, Sample], Sample] | None = None
    ) -> None:
        self._lock = threading.Lock()
        self._facts: deque[Fact] = deque()
        self._samples: dict[Hashable, Sample] = {}
        self._on_first = on_first
        self._merge = merge

    def put(self, fact: Fact) -> None:
        """Add a fact; it stays until drained."""
        with self._lock:
            is_first = not self._facts and not self._samples
            self._facts.append(fact)
        self._wake(is_first)

    def put_sample(self, key: Hashable, sample: Sample) -> None:
        """Add a sample; an older one of the same key is forgotten or merged into it."""
        with self._lock:
            is_first = not self._facts and not self._samples
            waiting = self._samples.get(key)
            if self._merge is not None and waiting is not None:
                sample = self._merge(waiting, sample)
            self._samples[key] = sample
        self._wake(is_first)

    def drain(self) -> tuple[list[Fact], dict[Hashable, Sample]]:
        """Return and forget all facts in order and what is left of the samples of each key."""
        with self._lock:
            facts, self._facts = list(self._facts), deque()
            samples, self._samples = self._samples, {}
        return facts, samples

    def _wake(self, is_first: bool) -> None:
        if is_first and self._on_first is not None:
            self._on_first()
