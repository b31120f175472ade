"""The service's thread that asks insurers: at intake, and again for as long as a visit waits for its policy.

The lane never waits for it: what it finds are facts of the visit, and `domain.holds` says what they hold.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
import time
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import CarcheckError
from carcheck_desktop.desk.insurance.answers import asked_every_s, heard, unheard
from carcheck_desktop.desk.ledger import SYSTEM, record
from carcheck_desktop.domain.station import inspection_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.base.messages import Problem
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.ports import Insurer, InsurerAnswer, Store, UnitOfWork, Writer
    from carcheck_desktop.domain.vehicle import Vehicle
    from carcheck_desktop.domain.views import VisitView

log = logging.getLogger(__name__)

TELLING = frozenset({
    "visit_opened", "visit_corrected", "visit_concluded", "visit_closed", "visit_withdrawn", "recheck_opened",
    "insurance_found", "insurance_missing", "insurance_unanswered", "insurance_declared",
})  # fmt: skip
"""Facts after which it is thought over anew who is asked about, and how often."""
AT_ONCE = 4
"""Questions under way together."""
LONGEST_SLEEP_S = 1.0


class InsuranceThread:
    """Hears what was committed, asks, and records what came as ordinary facts; without an insurer it does nothing."""

    def __init__(self, store: Store, clock: Clock, insurer: Insurer | None) -> None:
        self._store = store
        self._clock = clock
        self._insurer = insurer
        self._heard: queue.SimpleQueue[Sequence[tuple[int, Entry]]] = queue.SimpleQueue()
        self._waiting: dict[str, float] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._news: asyncio.Event | None = None
        self._end = False
        self._thread: threading.Thread | None = None

    def hear(self, facts: Sequence[tuple[int, Entry]]) -> None:
        """Take committed facts; called by the writer's thread, never blocks."""
        if self._insurer is not None and any(entry.kind in TELLING for _, entry in facts):
            self._heard.put(facts)
            self._wake()

    def start(self, writer: Writer) -> None:
        """Begin with the visits that are here; facts heard before are not lost."""
        if self._insurer is not None:
            self._thread = threading.Thread(
                target=asyncio.run, args=(self._run(self._insurer, writer),), name="insurance", daemon=True
            )
            self._thread.start()

    def close(self) -> None:
        """End the thread; a question that is under way is given up, what is being written is finished."""
        self._end = True
        self._wake()
        if self._thread is not None:
            self._thread.join()

    def _wake(self) -> None:
        loop, news = self._loop, self._news
        if loop is None or news is None:
            return
        try:
            loop.call_soon_threadsafe(news.set)
        except RuntimeError:
            return  # the thread has just ended

    async def _run(self, insurer: Insurer, writer: Writer) -> None:
        self._news, self._loop = asyncio.Event(), asyncio.get_running_loop()
        try:
            with self._store.read() as uow:
                self._waiting = {visit.visit_id: 0.0 for visit in uow.visits.unfinished()}
            while not self._end:
                await self._look(insurer, writer)
                await self._sleep()
        except CarcheckError:
            log.exception("insurers are not asked: what is recorded could not be read")
        finally:
            await insurer.close()

    async def _look(self, insurer: Insurer, writer: Writer) -> None:
        try:
            self._take_news()
            await self._ask_all(insurer, writer)
        except CarcheckError:
            log.exception("insurers could not be asked; the next look tries again")

    def _take_news(self) -> None:
        while not self._heard.empty():
            for _, entry in self._heard.get():
                if entry.kind in TELLING:
                    self._think_over(entry.subject, entry.kind)

    def _think_over(self, visit_id: str, kind: str) -> None:
        """Set when a visit is asked about next: at once after its intake, a correction or its conclusion."""
        visit = self._visit(visit_id)
        every_s = asked_every_s(visit, self._clock.now()) if visit is not None else None
        if every_s is None:
            self._waiting.pop(visit_id, None)
            return
        is_new = kind in ("visit_opened", "visit_corrected", "visit_concluded", "recheck_opened")
        due_s = time.monotonic() + (0.0 if is_new else every_s)
        self._waiting[visit_id] = min(due_s, self._waiting.get(visit_id, due_s))

    async def _ask_all(self, insurer: Insurer, writer: Writer) -> None:
        now_s = time.monotonic()
        due = [visit_id for visit_id, at_s in self._waiting.items() if at_s <= now_s]
        for first in range(0, len(due), AT_ONCE):
            some = due[first : first + AT_ONCE]
            await asyncio.gather(*(self._ask(visit_id, insurer, writer) for visit_id in some))
            if self._end:
                return

    async def _ask(self, visit_id: str, insurer: Insurer, writer: Writer) -> None:
        visit = self._visit(visit_id)
        every_s = asked_every_s(visit, self._clock.now()) if visit is not None else None
        if visit is None or every_s is None:
            self._waiting.pop(visit_id, None)
            return
        self._waiting[visit_id] = time.monotonic() + every_s
        answer, problem = await _answer_of(insurer, visit.vehicle)
        try:
            await writer.acall(lambda uow: self._record(uow, visit, answer, problem, insurer.source))
        except CarcheckError:
            log.exception("what the insurer said of %s could not be recorded; it is asked again", visit_id)

    def _record(
        self, uow: UnitOfWork, asked: VisitView, answer: InsurerAnswer | None, problem: Problem | None, source: str
    ) -> None:
        visit = uow.visits.get(asked.visit_id)
        if visit is None or visit.vehicle != asked.vehicle:
            return  # corrected meanwhile: the answer is about another car
        if answer is not None:
            fact = heard(visit, answer, source, inspection_date(self._clock.now()))
        else:
            fact = unheard(visit, problem, source) if problem is not None else None
        if fact is not None:
            record(uow, fact, actor=SYSTEM)

    async def _sleep(self) -> None:
        if self._news is None:
            return
        dues = list(self._waiting.values())
        left_s = max(0.0, min(dues) - time.monotonic()) if dues else LONGEST_SLEEP_S
        try:
            await asyncio.wait_for(self._news.wait(), min(left_s, LONGEST_SLEEP_S))
        except TimeoutError:
            return
        self._news.clear()

    def _visit(self, visit_id: str) -> VisitView | None:
        with self._store.read() as uow:
            return uow.visits.get(visit_id)


async def _answer_of(insurer: Insurer, vehicle: Vehicle) -> tuple[InsurerAnswer | None, Problem | None]:
    """Return what came of a question: an answer, or why there is none."""
    try:
        return await insurer.policies(vehicle), None
    except CarcheckError as error:
        return None, error.problem
