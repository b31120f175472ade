"""What the commands about papers do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.base.messages import word
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.desk.papers.ledger import papers_of, queue_again, queue_paper, void
from carcheck_desktop.desk.papers.making import MAKERS, USUAL_PLACE, refuse_held
from carcheck_desktop.desk.papers.pages import copies
from carcheck_desktop.domain.commands import AnswerPaper, Reprint, RequestPrint, VoidPaper
from carcheck_desktop.domain.facts import PaperAnswered
from carcheck_desktop.domain.papers import PaperState, PaperView, paper_of

if TYPE_CHECKING:
    from carcheck_desktop.desk.doing import Doer, Doing
    from carcheck_desktop.domain.documents import Document
    from carcheck_desktop.domain.ports import UnitOfWork

SHORTEST_REASON, LONGEST_REASON = 2, 400
LONGEST_PLACE = 32
VOID_SIGN = "V"
"""Before the running number of a void, as it stands on the paper that takes its place."""
VOIDABLE = (PaperState.QUEUED, PaperState.PRINTED, PaperState.FAILED)


def request_print(uow: UnitOfWork, command: RequestPrint, doing: Doing) -> dict[str, Any]:
    """Make a paper of a visit and queue it.

    Raises `RefusedError` for a kind that is not made on request, for one that may not be printed yet, and when it is there.
    """
    visit = uow.visits.get(command.visit_id)
    if visit is None:
        raise RefusedError("desk.papers.unknown_visit", visit=command.visit_id[:60])
    maker = MAKERS.get(command.document)
    if maker is None:
        raise RefusedError("desk.papers.not_on_request", kind=word(command.document).code)
    document = maker(uow, visit, doing)
    place = command.place[:LONGEST_PLACE] or USUAL_PLACE[command.document]
    return {"paper_id": queue_paper(uow, visit.visit_id, document, place, doing.actor, doing.now)}


def answer_paper(uow: UnitOfWork, command: AnswerPaper, doing: Doing) -> dict[str, Any]:
    """Write down what a person saw in the tray; raises `RefusedError` when the paper is not in doubt (any more)."""
    paper = _paper(uow, command.visit_id, command.paper_id)
    if paper.state is not PaperState.IN_DOUBT:
        raise RefusedError("desk.papers.not_in_doubt", number=paper.number or "-", state=word(paper.state).code)
    record(uow, PaperAnswered(command.visit_id, paper.paper_id, command.came_out), actor=doing.actor)
    return {"paper_id": paper.paper_id}


def void_paper(uow: UnitOfWork, command: VoidPaper, doing: Doing) -> dict[str, Any]:
    """Make a paper void; raises `RefusedError` without a reason, and while it is printed, in doubt or void."""
    paper = _to_void(uow, command.visit_id, command.paper_id)
    number = void(uow, command.visit_id, paper.paper_id, _reason(paper, command.reason), doing.actor)
    return {"void_number": number}


def reprint(uow: UnitOfWork, command: Reprint, doing: Doing) -> dict[str, Any]:
    """Void a paper and queue its document again.

    Raises `RefusedError` like `void_paper`, and for what would not be printed now if it were the first: a hold that was placed
    since holds the reprint too.
    """
    paper = _to_void(uow, command.visit_id, command.paper_id)
    reason = _reason(paper, command.reason)
    visit = uow.visits.get(command.visit_id)
    if visit is not None:
        refuse_held(visit, paper.kind, doing)
    number = void(uow, command.visit_id, paper.paper_id, reason, doing.actor)
    place = command.place[:LONGEST_PLACE] or paper.place

    def marked(document: Document) -> Document:
        """Say on it which print it is and which void it takes the place of."""
        if doing.house is None:
            return document
        return copies.reprint(document, paper.copy + 1, f"{VOID_SIGN}{number}", reason, doing.house.say)

    paper_id = queue_again(uow, command.visit_id, paper, place, doing.actor, marked)
    return {"paper_id": paper_id, "void_number": number}


def _paper(uow: UnitOfWork, visit_id: str, paper_id: str) -> PaperView:
    paper = paper_of(papers_of(uow, visit_id), paper_id)
    if paper is None:
        raise RefusedError("desk.papers.unknown_paper", paper=paper_id[:60], visit=visit_id[:60])
    return paper


def _to_void(uow: UnitOfWork, visit_id: str, paper_id: str) -> PaperView:
    paper = _paper(uow, visit_id, paper_id)
    if paper.state is PaperState.IN_DOUBT:
        raise RefusedError("desk.papers.answer_first", number=paper.number or "-", printer=paper.printer or "-")
    if paper.state is PaperState.FAILED and paper.replaced_by:
        raise RefusedError("desk.papers.followed", number=paper.number or "-")
    if paper.state not in VOIDABLE:
        raise RefusedError("desk.papers.not_voidable", number=paper.number or "-", state=word(paper.state).code)
    return paper


def _reason(paper: PaperView, reason: str) -> str:
    given = " ".join(reason.split())
    if len(given) < SHORTEST_REASON or not given.isprintable():
        raise RefusedError("desk.papers.no_reason", number=paper.number or "-", length=len(given))
    return given[:LONGEST_REASON]


DOERS: dict[str, Doer] = {
    RequestPrint.kind: request_print,
    AnswerPaper.kind: answer_paper,
    VoidPaper.kind: void_paper,
    Reprint.kind: reprint,
}
