"""The service's errand to the printers: hears what is queued, prints it, and writes down what came of it.

Before the first byte goes out it is durable that a paper is being printed. What this program was printing when it ended is in doubt
at the next start and asked of a person; only papers that may be there twice are printed again by themselves.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import CarcheckError, DataError, StorageError
from carcheck_desktop.base.messages import Problem, params_of
from carcheck_desktop.base.station_printers import ConnectionKind
from carcheck_desktop.desk.papers import ledger
from carcheck_desktop.domain.documents import Cut, Document, DocumentKind, Drawer, Width, document_from_json
from carcheck_desktop.domain.facts import DrawerOpened, PaperQueued, PaperVoided
from carcheck_desktop.domain.papers import REPEATABLE, PaperState
from carcheck_desktop.printing.spool.outcomes import Rendered
from carcheck_desktop.printing.spool.spooler import Job, Spooler

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from carcheck_desktop.base.station_printers import StationPrinter
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.ports import Store, UnitOfWork, Writer
    from carcheck_desktop.printing.spool.outcomes import Printer

log = logging.getLogger(__name__)
PAUSE_S = 1.0
"""Real seconds until what could not be written down is tried again."""
KICK_GOOD_S = 5.0
"""Real seconds after which a drawer that was to be opened stays shut: nobody stands in front of it any more."""
DRAWER_PLACE = "counter"


class PrintErrand:
    """Prints what the ledger has queued; fulfils `printing.spool.spooler.Listener` for its own spooler."""

    def __init__(self, store: Store, places: Mapping[str, Sequence[Printer]]) -> None:
        self._store = store
        self.spooler = Spooler(places, self)
        self._printers = {each.settings.name: each for printers in places.values() for each in printers}
        self._visits: dict[str, str] = {}
        self._said: dict[str, tuple[str, bool]] = {}
        self._kicks: dict[str, float] = {}
        """Drawers to be opened, which are no papers, with the moment in which it was asked for."""
        self._heard: queue.SimpleQueue[Entry | None] = queue.SimpleQueue()
        self._writer: Writer | None = None
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="papers", daemon=True)

    def hear(self, facts: Sequence[tuple[int, Entry]]) -> None:
        """Take committed facts; called by the writer's thread, never blocks."""
        for _, entry in facts:
            if entry.kind in (PaperQueued.kind, PaperVoided.kind, DrawerOpened.kind):
                self._heard.put(entry)

    def start(self, writer: Writer) -> None:
        """Begin; facts heard before are not lost."""
        self._writer = writer
        self._thread.start()

    def close(self) -> None:
        """Begin no more pages, wait a little for those that are being printed, end the threads."""
        self._closing.set()
        self._heard.put(None)
        if self._thread.ident is not None:
            self._thread.join()
            self.spooler.close()

    def _run(self) -> None:
        while not self._closing.is_set():
            try:
                self._take_up()
                break
            except CarcheckError:
                log.exception("the papers that are not out could not be read; trying again")
                self._closing.wait(PAUSE_S)
        self.spooler.start()
        while (entry := self._heard.get()) is not None:
            try:
                self._follow(entry)
            except CarcheckError:
                log.exception("a paper could not be queued: %s", entry.subject)

    def _take_up(self) -> None:
        """Go on with what is recorded as not out: queued is queued, printing is in doubt."""
        if self._writer is None:
            return
        with self._store.read() as uow:
            waiting = list(ledger.open_papers(uow))
        for visit_id, paper in waiting:
            if paper.state is PaperState.PRINTING:
                self._writer.call(partial(ledger.doubt_after_restart, visit_id=visit_id, paper=paper))
                if paper.printer in self._printers:
                    self._printers[paper.printer].expect_remains()
            if paper.state is PaperState.QUEUED or paper.is_repeatable:
                self._hand_in(visit_id, paper.paper_id, paper.kind, paper.digest, paper.place)
            else:
                self._visits[paper.paper_id] = visit_id

    def _follow(self, entry: Entry) -> None:
        fact = entry.fact()
        if isinstance(fact, PaperVoided):
            self.spooler.take_back(fact.paper_id)
        elif isinstance(fact, PaperQueued):
            self._hand_in(fact.visit_id, fact.paper_id, fact.document, fact.digest, fact.place)
        elif isinstance(fact, DrawerOpened):
            self._kick(entry.hash)

    def _kick(self, key: str) -> None:
        """Open the drawer by the receipt printer, now or not at all."""
        self._kicks[key] = time.monotonic()
        if not self.spooler.hand_in(Job(key, DRAWER_PLACE, _kick_of, is_repeatable=True)):
            log.warning("no printer at the counter opens the drawer")

    def _hand_in(self, visit_id: str, paper_id: str, kind: DocumentKind, digest: str, place: str) -> None:
        if paper_id in self._visits:
            return  # read at the start and heard of as well
        self._visits[paper_id] = visit_id
        job = Job(paper_id, place, partial(self._render, digest), kind in REPEATABLE)
        if not self.spooler.hand_in(job):
            known = ", ".join(self.spooler.places) or "-"
            self.failed(job, Problem("desk.papers.no_printer", params_of({"place": place, "known": known})))

    def _render(self, digest: str, printer: StationPrinter) -> Rendered:
        """Make the page for one printer; a folder gets A4 pages as PDF, a roll the same lines as wide as it is."""
        from carcheck_desktop.app.papers import render_document

        with self._store.read() as uow:
            stored = uow.blobs.get(digest)
        if stored is None:
            raise DataError("desk.papers.document_gone", digest=digest[:16])
        document = document_from_json(stored)
        if printer.kind is ConnectionKind.FILE and document.width is Width.A4:
            return Rendered(render_document(document, "pdf").content, "pdf")
        if document.width is Width.A4:
            document = replace(document, width=Width.RECEIPT80, blocks=(*document.blocks, Cut()))
        return Rendered(render_document(document, "escpos", printer.profile).content)

    # -- what the printers' threads tell -------------------------------------------------------------------------------

    def begin(self, job: Job, printer: str) -> bool:
        """Make it durable that the page goes to this printer; False when it is void."""
        self._said.pop(job.paper_id, None)
        if self._writer is None:
            return False
        if job.paper_id in self._kicks:
            return time.monotonic() - self._kicks[job.paper_id] < KICK_GOOD_S
        visit_id = self._visits[job.paper_id]
        return self._writer.call(partial(ledger.begin, visit_id=visit_id, paper_id=job.paper_id, printer=printer))

    def waiting(self, job: Job, printer: str, problem: Problem | None, *, begun: bool) -> None:
        """Write down why a page does not come out, once for each reason."""
        if job.paper_id in self._kicks:
            return
        said, visit_id = self._said.get(job.paper_id), self._visits[job.paper_id]
        if problem is None:
            if self._said.pop(job.paper_id, None) is not None:
                self._surely(lambda uow: ledger.goes_on(uow, visit_id, job.paper_id, printer))
            return
        if said == (problem.code, begun):
            return
        self._said[job.paper_id] = (problem.code, begun)
        self._surely(lambda uow: ledger.waits(uow, visit_id, job.paper_id, printer, problem, begun=begun))

    def nobody_prints(self, job: Job, printer: str, problem: Problem) -> None:
        """Write down why a page is not begun, unless it was begun meanwhile."""
        visit_id = self._visits[job.paper_id]
        if self._said.get(job.paper_id) != (problem.code, False):
            self._said[job.paper_id] = (problem.code, False)
            self._surely(lambda uow: ledger.queued_waits(uow, visit_id, job.paper_id, printer, problem))

    def printed(self, paper_id: str, printer: str) -> None:
        """Write down that a page is out."""
        if paper_id in self._kicks:
            return
        visit_id = self._visits[paper_id]
        self._surely(lambda uow: ledger.is_out(uow, visit_id, paper_id, printer))

    def in_doubt(self, job: Job, printer: str, problem: Problem, *, again: bool) -> None:
        """Write down that nobody knows; a ticket that is printed again needs nobody's answer."""
        log.warning("paper %s is in doubt at %s: %s%s", job.paper_id, printer, problem.code, ", again" if again else "")
        if job.paper_id in self._kicks:
            return
        visit_id = self._visits[job.paper_id]
        self._surely(lambda uow: ledger.in_doubt(uow, visit_id, job.paper_id, printer, problem))

    def failed(self, job: Job, problem: Problem) -> None:
        """Write down that nothing came out and nothing will."""
        if job.paper_id in self._kicks:
            return
        visit_id = self._visits[job.paper_id]
        self._surely(lambda uow: ledger.fails(uow, visit_id, job.paper_id, problem))

    def _surely(self, work: Callable[[UnitOfWork], object]) -> None:
        """Write down what happened at a printer, as often as it takes; what cannot be before the end is in doubt afterwards."""
        while self._writer is not None:
            try:
                self._writer.call(work)
            except StorageError:
                log.exception("what became of a paper could not be written down; trying again")
                if self._closing.wait(PAUSE_S):
                    return
            else:
                return


def _kick_of(printer: StationPrinter) -> Rendered:
    """Return what opens a drawer and prints nothing."""
    from carcheck_desktop.app.papers import render_document

    kick = Document(DocumentKind.PRINT_TEST, "", "zh_CN", Width.RECEIPT80, (Drawer(),), simulated=False, title="")
    return Rendered(render_document(kick, "escpos", printer.profile).content)
