"""The one thread that writes: work is done in the order it was handed in, one transaction each.

After each commit `on_commit` hears what was added, in commit order and without a gap; then whoever
waits gets the result. An error goes to whoever handed the work in; the thread goes on.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from concurrent.futures import Future
from concurrent.futures import TimeoutError as WaitedTooLongError
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from carcheck_desktop.base.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.ports import UnitOfWork
    from carcheck_desktop.store.opening import SqlStore

T = TypeVar("T")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Job:
    work: Callable[[UnitOfWork], Any]
    done: Future[Any]


class StoreWriter:
    """The writer of one store; `close` it before the store."""

    def __init__(self, store: SqlStore, on_commit: Callable[[list[tuple[int, Entry]]], None] | None = None) -> None:
        self._store = store
        self._on_commit = on_commit
        with store.read() as unit:
            self._announced = unit.journal.position()
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._gate = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name=f"writer-{store.node}", daemon=True)
        self._thread.start()

    def call(self, work: Callable[[UnitOfWork], T], timeout_s: float = 30.0) -> T:
        """Do `work` in a transaction and wait; raises what it raised. Never from an event loop.

        `StorageError` after `timeout_s`: work not yet begun is then not done at all; of work
        already begun the outcome is unknown, and only a repeat with the same command id is safe.
        """
        job = self._hand_in(work)
        try:
            result: T = job.result(timeout_s)
        except WaitedTooLongError as error:
            if job.done() and not job.cancelled():
                raise  # the work itself timed out on something
            begun = not job.cancel()
            raise StorageError("store.writer.slow", waited_s=timeout_s, begun=begun) from error
        return result

    async def acall(self, work: Callable[[UnitOfWork], T]) -> T:
        """Do `work` in a transaction and await it from an event loop; raises what it raised."""
        result: T = await asyncio.wrap_future(self._hand_in(work))
        return result

    def close(self) -> None:
        """Finish what was handed in, then end the thread; later work is refused."""
        with self._gate:
            if self._closed:
                return
            self._closed = True
            self._jobs.put(None)
        self._thread.join()

    def _hand_in(self, work: Callable[[UnitOfWork], T]) -> Future[T]:
        job = _Job(work, Future())
        with self._gate:
            if self._closed:
                raise StorageError("store.writer.closed", database=self._store.place.shown)
            self._jobs.put(job)
        return job.done

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            if job.done.set_running_or_notify_cancel():
                self._do(job)

    def _do(self, job: _Job) -> None:
        try:
            with self._store.begin() as unit:
                result = job.work(unit)
        except BaseException as error:  # not swallowed: whoever waits for the work gets it
            job.done.set_exception(error)
            return
        if unit.added:
            self._announce(unit.added)
        job.done.set_result(result)

    def _announce(self, added: list[tuple[int, Entry]]) -> None:
        """Tell what was added, and before it what a commit of unknown outcome had left behind."""
        try:
            if added[0][0] > self._announced + 1:
                missed = added[0][0] - self._announced - 1
                added = [*self._store.backlog(self._announced, missed), *added]
            self._announced = added[-1][0]
            if self._on_commit is not None:
                self._on_commit(added)
        except Exception:  # the edge of the writing thread: the commit stands, the thread must live
            log.exception("what was committed up to %s could not be announced", self._announced)
