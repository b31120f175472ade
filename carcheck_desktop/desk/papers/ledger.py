"""The print ledger: the one way to have a document printed, and what became of it, written down by whoever prints.

A paper in doubt goes nowhere by itself: only a person's answer moves it, or the printer's own late word.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.base.ids import new_id
from carcheck_desktop.base.messages import Problem, params_of, word
from carcheck_desktop.desk.ledger import SYSTEM, record
from carcheck_desktop.domain.documents import document_from_json, document_to_json
from carcheck_desktop.domain.facts import (
    PaperFailed,
    PaperInDoubt,
    PaperPrinted,
    PaperPrinting,
    PaperQueued,
    PaperVoided,
    PaperWaits,
)
from carcheck_desktop.domain.folding.papers import folded_papers
from carcheck_desktop.domain.numbers import VOIDS
from carcheck_desktop.domain.papers import REPEATABLE, PaperState, PaperView, paper_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from carcheck_desktop.domain.documents import Document
    from carcheck_desktop.domain.ports import UnitOfWork

    Mark = Callable[[Document], Document]

log = logging.getLogger(__name__)


def queue_paper(uow: UnitOfWork, visit_id: str, document: Document, place: str, actor: str, now: datetime) -> str:  # noqa: ARG001 - the entry has the time
    """Have a document printed at a place; return the paper's id.

    Keeps the document as a blob. Raises `RefusedError` when a paper of this number that must not be there twice is out, on its
    way or in doubt: it is printed again by voiding it first. One that surely did not come out is simply followed by the next.
    """
    before = None
    if document.kind not in REPEATABLE:
        before = next((each for each in reversed(papers_of(uow, visit_id)) if _is_same(each, document)), None)
        if before is not None and before.state is not PaperState.FAILED:
            raise RefusedError("desk.papers.there_already", number=before.number, state=word(before.state).code)
    return _queued(uow, visit_id, document, place, actor, before)


def _is_same(paper: PaperView, document: Document) -> bool:
    is_void = paper.state is PaperState.VOIDED
    return (paper.kind, paper.number) == (document.kind, document.number) and not is_void


def queue_again(
    uow: UnitOfWork, visit_id: str, paper: PaperView, place: str, actor: str, mark: Mark = lambda document: document
) -> str:
    """Queue the first document of a voided paper once more; return the new paper's id.

    `mark` says on it that it is a reprint. Raises `RefusedError` when the document is not here.
    """
    papers = papers_of(uow, visit_id)
    first: PaperView = paper
    while first.replaces and (earlier := paper_of(papers, first.replaces)) is not None:
        first = earlier
    stored = uow.blobs.get(first.digest)
    if stored is None:
        raise RefusedError("desk.papers.document_gone", digest=first.digest[:16])
    return _queued(uow, visit_id, mark(document_from_json(stored)), place, actor, paper)


def _queued(
    uow: UnitOfWork, visit_id: str, document: Document, place: str, actor: str, before: PaperView | None
) -> str:
    digest = uow.blobs.put(document_to_json(document).encode())
    copy, replaces = (before.copy + 1, before.paper_id) if before is not None else (1, "")
    fact = PaperQueued(visit_id, new_id("paper"), document.kind, document.number, digest, place, copy, replaces)
    record(uow, fact, actor=actor, blobs=(digest,))
    return fact.paper_id


def void(uow: UnitOfWork, visit_id: str, paper_id: str, reason: str, actor: str) -> int:
    """Make a paper void; return the number of the void."""
    number = uow.numbers.next(VOIDS)
    record(uow, PaperVoided(visit_id, paper_id, number, reason), actor=actor)
    return number


def papers_of(uow: UnitOfWork, visit_id: str) -> tuple[PaperView, ...]:
    """Return the papers of a visit; from the journal for a car that is not taken in yet, or was noted before it was.

    The view of such a visit begins with its intake, and its ticket may still be on its way then.
    """
    visit = uow.visits.get(visit_id)
    if visit is not None and visit.arrived_at is None:
        return visit.papers
    papers: tuple[PaperView, ...] = ()
    for entry in uow.journal.of_subject(visit_id):
        papers = folded_papers(papers, entry)
    return papers


def open_papers(uow: UnitOfWork) -> Iterator[tuple[str, PaperView]]:
    """Return every paper that is still to come out or in doubt, with its visit, the oldest first."""
    found: list[tuple[str, PaperView]] = []
    for visit in uow.visits.unfinished():
        found += [(visit.visit_id, each) for each in papers_of(uow, visit.visit_id) if each.is_open]
    for arrival in uow.arrivals.open_ones():
        found += [(arrival.visit_id, each) for each in papers_of(uow, arrival.visit_id) if each.is_open]
    yield from sorted(found, key=lambda each: each[1].queued_at)


# -- what the printers' errand writes down ----------------------------------------------------------------------------


def begin(uow: UnitOfWork, visit_id: str, paper_id: str, printer: str) -> bool:
    """Write down that a printer gets the first byte next; False when the paper is not wanted any more."""
    paper = paper_of(papers_of(uow, visit_id), paper_id)
    if paper is None:
        log.error("paper %s of %s is in no ledger", paper_id, visit_id)
        return False
    may = paper.state in (PaperState.QUEUED, PaperState.PRINTING)
    if not may and not (paper.is_repeatable and paper.state is PaperState.IN_DOUBT):
        return False
    record(uow, PaperPrinting(visit_id, paper_id, printer), actor=SYSTEM)
    return True


def waits(uow: UnitOfWork, visit_id: str, paper_id: str, printer: str, problem: Problem, *, begun: bool) -> None:
    """Write down why a paper does not come out just now."""
    if _is_in(uow, visit_id, paper_id, (PaperState.QUEUED, PaperState.PRINTING)):
        record(uow, PaperWaits(visit_id, paper_id, printer, problem, begun), actor=SYSTEM)


def queued_waits(uow: UnitOfWork, visit_id: str, paper_id: str, printer: str, problem: Problem) -> None:
    """Write down why nobody begins a paper; nothing when somebody has: then it must not look as if it were only queued."""
    if _is_in(uow, visit_id, paper_id, (PaperState.QUEUED,)):
        record(uow, PaperWaits(visit_id, paper_id, printer, problem, begun=False), actor=SYSTEM)


def goes_on(uow: UnitOfWork, visit_id: str, paper_id: str, printer: str) -> None:
    """Write down that a paper that waited in a printer goes on."""
    if _is_in(uow, visit_id, paper_id, (PaperState.PRINTING,)):
        record(uow, PaperPrinting(visit_id, paper_id, printer), actor=SYSTEM)


def is_out(uow: UnitOfWork, visit_id: str, paper_id: str, printer: str) -> bool:
    """Write down that the printer says a paper is out; False when a person answered otherwise before."""
    if not _is_in(uow, visit_id, paper_id, (PaperState.QUEUED, PaperState.PRINTING, PaperState.IN_DOUBT)):
        log.warning("paper %s: its printer says late that it is out; the ledger was closed", paper_id)
        return False
    record(uow, PaperPrinted(visit_id, paper_id, printer), actor=SYSTEM)
    return True


def in_doubt(uow: UnitOfWork, visit_id: str, paper_id: str, printer: str, problem: Problem) -> None:
    """Write down that nobody knows."""
    if _is_in(uow, visit_id, paper_id, (PaperState.QUEUED, PaperState.PRINTING)):
        record(uow, PaperInDoubt(visit_id, paper_id, printer, problem), actor=SYSTEM)


def fails(uow: UnitOfWork, visit_id: str, paper_id: str, problem: Problem) -> None:
    """Write down that a paper surely did not come out and will not."""
    if _is_in(uow, visit_id, paper_id, (PaperState.QUEUED,)):
        record(uow, PaperFailed(visit_id, paper_id, problem), actor=SYSTEM)


def doubt_after_restart(uow: UnitOfWork, visit_id: str, paper: PaperView) -> None:
    """A paper that was being printed when this program ended is in doubt, whatever the printer did meanwhile."""
    problem = Problem("desk.papers.restarted", params_of({"printer": paper.printer, "number": paper.number or "-"}))
    in_doubt(uow, visit_id, paper.paper_id, paper.printer, problem)


def _is_in(uow: UnitOfWork, visit_id: str, paper_id: str, states: tuple[PaperState, ...]) -> bool:
    paper = paper_of(papers_of(uow, visit_id), paper_id)
    return paper is not None and paper.state in states
