"""Live samples for the screen: a few newest messages wait for each client, older ones are dropped."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from carcheck_desktop.link.wire import encode_samples

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from carcheck_desktop.domain.live import LiveSamples

DEPTH = 6
"""Messages kept for a client that is slower than the ticks."""


@dataclass(eq=False)
class SampleBox:
    """What waits for one client."""

    event: asyncio.Event
    messages: deque[str] = field(default_factory=lambda: deque(maxlen=DEPTH))


class SampleFan:
    """Hands each tick's samples to every client; implements `domain.ports.SampleSink`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._boxes: list[SampleBox] = []
        self._loop: asyncio.AbstractEventLoop | None = None

    def publish(self, samples: Sequence[LiveSamples]) -> None:
        """Take one tick of all lanes; costs nothing while nobody looks."""
        if not self._boxes:
            return
        message = encode_samples(samples)
        with self._lock:
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._spread, message)

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to serve clients on this loop."""
        with self._lock:
            self._loop = loop

    def detach(self) -> None:
        """Stop serving: the loop is about to end."""
        with self._lock:
            self._loop = None

    @contextmanager
    def subscribed(self, event: asyncio.Event) -> Iterator[SampleBox]:
        """Give a box that fills from now on; `event` is set with every message."""
        box = SampleBox(event)
        self._boxes.append(box)
        try:
            yield box
        finally:
            self._boxes.remove(box)

    def _spread(self, message: str) -> None:
        for box in self._boxes:
            box.messages.append(message)
            box.event.set()
