"""What waits for a line: jobs by urgency, each with its future. No port and no device lives here."""

from __future__ import annotations

import queue
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from enum import IntEnum

from carcheck_desktop.base.errors import DeviceError
from carcheck_desktop.devices.machinery.lines.health import Attachment

PATIENCE_S = 2.0
"""A job that has waited so long in the queue is refused instead of being done late."""


class Priority(IntEnum):
    """Smaller goes first."""

    STOP = 0
    KEEP_ALIVE = 1
    COMMAND = 2
    READ = 3
    POLL = 4


URGENT = (Priority.STOP, Priority.KEEP_ALIVE, Priority.COMMAND)


class Job:
    """A function for the line's thread and the future of its outcome."""

    __slots__ = ("attachment", "expires_s", "future", "priority", "work")

    def __init__(
        self, attachment: Attachment | None, priority: Priority, work: Callable[[], object], patience_s: float
    ) -> None:
        self.attachment = attachment
        self.priority = priority
        self.work = work
        self.expires_s = time.monotonic() + patience_s
        self.future: Future[object] = Future()

    @property
    def is_too_late(self) -> bool:
        """Whether it has waited too long; a stop never has."""
        return self.priority is not Priority.STOP and time.monotonic() > self.expires_s


class JobQueue:
    """Put from any thread, taken by the line's; the most urgent first, each urgency in order."""

    def __init__(self) -> None:
        self._waiting: tuple[deque[Job], ...] = tuple(deque() for _ in Priority)
        self._wake: queue.SimpleQueue[None] = queue.SimpleQueue()

    def put(self, job: Job) -> None:
        """Add a job and wake the line."""
        self._waiting[job.priority].append(job)
        self._wake.put(None)

    def wake(self) -> None:
        """End a `take` that waits."""
        self._wake.put(None)

    def take(self, timeout_s: float) -> Job | None:
        """Return the most urgent job, waiting for one; None when none came or somebody woke the line."""
        try:
            self._wake.get(timeout=timeout_s)
        except queue.Empty:
            return None
        return self._pop()

    def has_urgent(self) -> bool:
        """Whether something waits that is more than a read."""
        return any(self._waiting[priority] for priority in URGENT)

    def refuse_all(self, error: DeviceError) -> None:
        """Answer everything that waits with an error."""
        while (job := self._pop()) is not None:
            if job.future.set_running_or_notify_cancel():
                job.future.set_exception(error)

    def _pop(self) -> Job | None:
        for waiting in self._waiting:
            if waiting:
                return waiting.popleft()
        return None
