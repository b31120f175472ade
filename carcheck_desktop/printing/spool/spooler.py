"""The queues: one a place, one thread a printer, another printer of the place only for what surely did not come out.

Whoever hands a page in is never kept waiting. A page is tried at the first printer that is well, in the order of the station
file; a printer that is not well is looked at again until it is, and meanwhile the others of its place print. Of a page in doubt
nothing is repeated here, unless it may be there twice (`Job.is_repeatable`).
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from carcheck_desktop.base.errors import CarcheckError
from carcheck_desktop.printing.spool.outcomes import Asking, Dropped, InDoubt, NotPrinted, Printed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from carcheck_desktop.base.messages import Problem
    from carcheck_desktop.base.station_printers import StationPrinter
    from carcheck_desktop.printing.spool.outcomes import Outcome, Printer, Rendered

log = logging.getLogger(__name__)
RETRY_S = 1.0
"""Real seconds between two looks at a printer that was not well."""
GRACE_S = 5.0
"""How long closing waits for pages that are being printed: what ends in that time is no doubt."""
MOST_REPEATS = 3


@dataclass(frozen=True, slots=True)
class Job:
    """One page for one place; `render` makes it for the printer that takes it, in that printer's thread."""

    paper_id: str
    place: str
    render: Callable[[StationPrinter], Rendered]
    is_repeatable: bool = False


class Listener(Protocol):
    """Who is told; called by the printers' threads, one page is never told of by two at once."""

    def begin(self, job: Job, printer: str) -> bool:
        """Write down that the page goes to this printer now; False when it is not wanted any more."""
        ...

    def waiting(self, job: Job, printer: str, problem: Problem | None, *, begun: bool) -> None:
        """Hear from who has the page why nothing goes on (None: it does again); `begun`: some of it is at the printer."""
        ...

    def nobody_prints(self, job: Job, printer: str, problem: Problem) -> None:
        """Hear why the first page of a queue is not begun: no printer of its place is well; it may have been begun meanwhile."""
        ...

    def printed(self, paper_id: str, printer: str) -> None:
        """Hear that a page is out; also of one that was in doubt, when its printer says so late."""
        ...

    def in_doubt(self, job: Job, printer: str, problem: Problem, *, again: bool) -> None:
        """Hear that nobody knows; `again`: it may be there twice and is printed once more."""
        ...

    def failed(self, job: Job, problem: Problem) -> None:
        """Hear that nothing came out and nothing will: the page cannot be made, or nobody prints for this place."""
        ...


@dataclass
class _Queue:
    """The pages of one place and who is well there; everything under `changed`."""

    printers: Sequence[Printer]
    changed: threading.Condition = field(default_factory=threading.Condition)
    jobs: deque[Job] = field(default_factory=deque)
    repeats: dict[str, int] = field(default_factory=dict)
    unwell: dict[int, Problem] = field(default_factory=dict)
    is_stopped: bool = False

    def may_take(self, rank: int) -> bool:
        """Say whether this printer's turn has come: all before it are not well."""
        return bool(self.jobs) and not self.is_stopped and all(each in self.unwell for each in range(rank))


class Spooler:
    """All printers of a station at work; `start` and `close` once, everything else from any thread at any time."""

    def __init__(
        self, places: Mapping[str, Sequence[Printer]], listener: Listener, *, retry_s: float = RETRY_S
    ) -> None:
        self._listener = listener
        self._retry_s = retry_s
        self._queues = {place: _Queue(printers) for place, printers in places.items()}
        self._closing = threading.Event()
        self._closed_s = 0.0
        self._threads = [
            threading.Thread(target=self._work, args=(queue, rank), name=f"print {each.settings.name}", daemon=True)
            for queue in self._queues.values()
            for rank, each in enumerate(queue.printers)
        ]

    @property
    def places(self) -> tuple[str, ...]:
        """Every place that has a printer."""
        return tuple(self._queues)

    def start(self) -> None:
        """Begin to print."""
        for thread in self._threads:
            thread.start()

    def hand_in(self, job: Job) -> bool:
        """Take a page to be printed; False when no printer is for its place. Never waits."""
        queue = self._queues.get(job.place)
        if queue is None:
            return False
        with queue.changed:
            queue.jobs.append(job)
            queue.changed.notify_all()
        return True

    def take_back(self, paper_id: str) -> bool:
        """Take a page out of its queue; False when it is not there (any more)."""
        for queue in self._queues.values():
            with queue.changed:
                found = next((job for job in queue.jobs if job.paper_id == paper_id), None)
                if found is not None:
                    queue.jobs.remove(found)
                    return True
        return False

    def waiting_pages(self, place: str) -> int:
        """Return how many pages have not begun."""
        queue = self._queues.get(place)
        return 0 if queue is None else len(queue.jobs)

    def troubles(self) -> dict[str, Problem]:
        """Return every printer that is not well, by its name, with why."""
        found: dict[str, Problem] = {}
        for queue in self._queues.values():
            with queue.changed:
                found |= {queue.printers[rank].settings.name: problem for rank, problem in queue.unwell.items()}
        return found

    def stop(self, place: str) -> None:
        """Begin no more pages at a place; what is being printed goes on."""
        self._set_stopped(place, is_stopped=True)

    def resume(self, place: str) -> None:
        """Go on at a place."""
        self._set_stopped(place, is_stopped=False)

    def close(self) -> None:
        """Begin nothing more, wait a little for what is being printed, end the threads. Pages that wait are forgotten here."""
        self._closed_s = time.monotonic()
        self._closing.set()
        for queue in self._queues.values():
            with queue.changed:
                queue.changed.notify_all()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    def _set_stopped(self, place: str, *, is_stopped: bool) -> None:
        queue = self._queues.get(place)
        if queue is not None:
            with queue.changed:
                queue.is_stopped = is_stopped
                queue.changed.notify_all()

    def _work(self, queue: _Queue, rank: int) -> None:
        while not self._closing.is_set():
            try:
                self._turn(queue, rank)
            except Exception:  # the edge of a printer's thread: it is said, and the other pages are printed
                log.exception("%s: a page could not be followed", queue.printers[rank].settings.name)
                self._closing.wait(self._retry_s)

    def _turn(self, queue: _Queue, rank: int) -> None:
        if rank in queue.unwell and not self._look_again(queue, rank):
            return
        with queue.changed:
            while not self._closing.is_set() and not queue.may_take(rank):
                queue.changed.wait(self._retry_s)
            if self._closing.is_set():
                return
            job = queue.jobs.popleft()
        self._print(queue, rank, job)

    def _look_again(self, queue: _Queue, rank: int) -> bool:
        """Look at a printer that was not well; say whether it is now."""
        if self._closing.wait(self._retry_s):
            return False
        problem = queue.printers[rank].look()
        with queue.changed:
            if problem is None:
                queue.unwell.pop(rank, None)
            else:
                queue.unwell[rank] = problem
            head = queue.jobs[0] if queue.jobs and len(queue.unwell) == len(queue.printers) else None
            queue.changed.notify_all()
        if head is not None and problem is not None:
            self._listener.nobody_prints(head, queue.printers[rank].settings.name, problem)
        return problem is None

    def _print(self, queue: _Queue, rank: int, job: Job) -> None:
        printer, name = queue.printers[rank], queue.printers[rank].settings.name
        try:
            page = job.render(printer.settings)
        except CarcheckError as error:
            self._listener.failed(job, error.problem)
            return
        asking = Asking(
            begin=lambda: self._listener.begin(job, name),
            waiting=lambda problem, begun: self._waits(queue, rank, job, problem, begun=begun),
            late=lambda paper_id: self._listener.printed(paper_id, name),
            is_closing=lambda: self._closing.is_set() and time.monotonic() - self._closed_s > GRACE_S,
        )
        try:
            outcome = printer.print_page(job.paper_id, page, asking)
        except CarcheckError:  # what had to be written down before the first byte could not be
            log.exception("%s: paper %s was not begun", name, job.paper_id)
            self._back(queue, [job])
            self._closing.wait(self._retry_s)
            return
        self._follow(queue, rank, job, outcome)

    def _follow(self, queue: _Queue, rank: int, job: Job, outcome: Outcome) -> None:
        name = queue.printers[rank].settings.name
        if isinstance(outcome, NotPrinted):
            with queue.changed:
                queue.unwell[rank] = outcome.problem
            self._listener.waiting(job, name, outcome.problem, begun=False)
            self._back(queue, [job])
            return
        with queue.changed:
            queue.unwell.pop(rank, None)
            queue.changed.notify_all()
        if isinstance(outcome, Printed):
            queue.repeats.pop(job.paper_id, None)
            self._listener.printed(job.paper_id, name)
        elif isinstance(outcome, InDoubt):
            self._doubt(queue, rank, job, outcome.problem)
        elif isinstance(outcome, Dropped):
            log.info("%s: paper %s was not wanted any more", name, job.paper_id)

    def _doubt(self, queue: _Queue, rank: int, job: Job, problem: Problem) -> None:
        name = queue.printers[rank].settings.name
        with queue.changed:
            queue.unwell[rank] = problem
            count = queue.repeats[job.paper_id] = queue.repeats.get(job.paper_id, 0) + 1
        is_again = job.is_repeatable and count <= MOST_REPEATS
        self._listener.in_doubt(job, name, problem, again=is_again)
        if is_again:
            self._back(queue, [job])
        else:
            queue.repeats.pop(job.paper_id, None)

    def _waits(self, queue: _Queue, rank: int, job: Job, problem: Problem | None, *, begun: bool) -> None:
        """While a page waits in a printer, the others of the place take the next ones."""
        with queue.changed:
            if problem is None:
                queue.unwell.pop(rank, None)
            else:
                queue.unwell[rank] = problem
            queue.changed.notify_all()
        self._listener.waiting(job, queue.printers[rank].settings.name, problem, begun=begun)

    def _back(self, queue: _Queue, jobs: Iterable[Job]) -> None:
        with queue.changed:
            queue.jobs.extendleft(reversed(list(jobs)))
            queue.changed.notify_all()
