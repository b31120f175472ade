"""The service's errand for money by scanned code: hears what is asked for and follows each payment to its end.

One task a payment, in one event loop of one thread; what a task does is in `app.following`. What is recorded is all it
goes by: after a crash it reads the rows and asks the provider before anything else.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from concurrent.futures import Future
from datetime import timedelta
from typing import TYPE_CHECKING

from carcheck_desktop.app.following import USUAL, FollowedPayment, Means, Tempo, Which
from carcheck_desktop.base.errors import CarcheckError
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.payment import GIVING_BACK, OPEN, PaymentState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.desk.cash.scans import Scans
    from carcheck_desktop.desk.papers.house import House
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.ports import PaymentProvider, Store, Writer

log = logging.getLogger(__name__)

HEARD = frozenset({f.PaymentRequested.kind, f.PaymentCancelAsked.kind, f.RefundRequested.kind})
WATCHED_AFTER_START = timedelta(hours=1)
"""How long ago a payment may have been closed to be looked at again after a restart."""


class CollectThread:
    """Hears what was committed, asks the provider, records what came of it."""

    def __init__(
        self,
        store: Store,
        provider: PaymentProvider,
        scans: Scans,
        clock: Clock,
        house: House | None = None,
        tempo: Tempo = USUAL,
    ) -> None:
        self._store = store
        self._provider = provider
        self._scans = scans
        self._clock = clock
        self._house = house
        self._tempo = tempo
        self._heard: queue.SimpleQueue[Which] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._end: asyncio.Event
        self._means: Means
        self._followed: dict[Which, tuple[FollowedPayment, asyncio.Task[None]]] = {}

    def hear(self, facts: Sequence[tuple[int, Entry]]) -> None:
        """Take committed facts; called by the writer's thread, never blocks."""
        for _, entry in facts:
            fact = entry.fact() if entry.kind in HEARD else None
            if isinstance(fact, f.PaymentFact):
                self._heard.put(Which(fact.visit_id, fact.payment_id))
        with self._lock:
            if self._loop is not None and not self._heard.empty():
                self._loop.call_soon_threadsafe(self._take_heard)

    def start(self, writer: Writer) -> None:
        """Begin with what is unfinished; facts heard before are not lost."""
        self._means = Means(
            self._store, writer, self._provider, self._scans, self._clock, self._house, self._tempo
        )  # fmt: skip
        ready: Future[None] = Future()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._collect(ready)), name="payments", daemon=True
        )  # fmt: skip
        self._thread.start()
        ready.result()

    def close(self) -> None:
        """End the thread; whatever is unfinished is gone on with after the next start."""
        with self._lock:
            loop, self._loop = self._loop, None
        if loop is not None:
            loop.call_soon_threadsafe(self._end.set)
        if self._thread is not None:
            self._thread.join()

    async def _collect(self, ready: Future[None]) -> None:
        self._end = asyncio.Event()
        with self._lock:
            self._loop = asyncio.get_running_loop()
        try:
            for which in await asyncio.to_thread(self._unfinished):
                self._begin(which)
        except CarcheckError:
            log.exception("unfinished payments could not be read; new ones are still asked for")
        self._take_heard()
        ready.set_result(None)
        await self._end.wait()
        tasks = [task for _, task in self._followed.values()]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
        await self._provider.close()

    def _unfinished(self) -> list[Which]:
        """Return what the rows say is not settled, and what was closed a short while ago."""
        since = self._clock.now() - WATCHED_AFTER_START
        with self._store.read() as uow:
            found = (*uow.visits.unfinished(), *uow.visits.open_ones())
        visits = {visit.visit_id: visit for visit in found}.values()
        return [
            Which(visit.visit_id, payment.payment_id)
            for visit in visits
            for payment in visit.payments
            if payment.state in OPEN | GIVING_BACK
            or (payment.state is PaymentState.CANCELLED and (payment.changed_at or payment.at) >= since)
        ]

    def _take_heard(self) -> None:
        while not self._heard.empty():
            self._begin(self._heard.get())

    def _begin(self, which: Which) -> None:
        """Wake the task of a payment, or make one."""
        if self._end.is_set():
            return
        if which in self._followed:
            self._followed[which][0].woken.set()
            return
        followed = FollowedPayment(which, self._means)
        task = asyncio.get_running_loop().create_task(followed.follow(), name=which.payment_id)
        self._followed[which] = (followed, task)
        task.add_done_callback(lambda done: self._ended(which, done))

    def _ended(self, which: Which, task: asyncio.Task[None]) -> None:
        followed, _ = self._followed.pop(which)
        if task.cancelled():
            return
        if (error := task.exception()) is not None:
            log.error("payment %s is not followed any more", which.payment_id, exc_info=error)
        elif followed.woken.is_set():  # something was heard at its very end
            self._begin(which)
