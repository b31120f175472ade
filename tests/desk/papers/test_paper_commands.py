"""Commands about papers at the door: what came out is said once, voids and reprints have a number and a reason."""

from __future__ import annotations

from typing import Any

import pytest

from carcheck_desktop.base.messages import Problem
from carcheck_desktop.desk.papers import ledger
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.commands import AnswerPaper, Command, Reprint, RequestPrint, VoidPaper
from carcheck_desktop.domain.documents import Document, DocumentKind, Width, text_line
from carcheck_desktop.domain.papers import ConfirmedBy, PaperState, PaperView, paper_of
from tests.desk.conftest import DeskUnderTest

PROBLEM = Problem("printing.spool.lost", {"printer": "pickup"})


class Papers:
    """A visit with its clerk at the window."""

    def __init__(self, desk: DeskUnderTest) -> None:
        self.desk = desk
        self.token = desk.sign_in("wang", Role.CLERK)
        self.visit_id = str(desk.open_visit(self.token).result["visit_id"])

    def queue(self, number: str = "R000001", kind: DocumentKind = DocumentKind.RECEIPT) -> str:
        document = Document(kind, number, "zh_CN", Width.RECEIPT80, (text_line(f"报告 {number}"),))
        now = self.desk.clock.now()
        return self.desk.writer.call(
            lambda uow: ledger.queue_paper(uow, self.visit_id, document, "pickup", "wang", now)
        )

    def doubt(self, paper_id: str) -> None:
        self.desk.writer.call(lambda uow: ledger.begin(uow, self.visit_id, paper_id, "pickup"))
        self.desk.writer.call(lambda uow: ledger.in_doubt(uow, self.visit_id, paper_id, "pickup", PROBLEM))

    def out(self, paper_id: str) -> None:
        self.desk.writer.call(lambda uow: ledger.begin(uow, self.visit_id, paper_id, "pickup"))
        self.desk.writer.call(lambda uow: ledger.is_out(uow, self.visit_id, paper_id, "pickup"))

    def send(self, command: Command) -> dict[str, Any]:
        reply = self.desk.send(command, self.token)
        assert reply.accepted, reply.refusal
        return reply.result

    def refused(self, command: Command) -> str:
        reply = self.desk.send(command, self.token)
        assert reply.refusal is not None
        return reply.refusal.code

    def paper(self, paper_id: str) -> PaperView:
        with self.desk.store.read() as uow:
            found = paper_of(ledger.papers_of(uow, self.visit_id), paper_id)
        assert found is not None
        return found

    def text(self, paper_id: str) -> str:
        with self.desk.store.read() as uow:
            stored = uow.blobs.get(self.paper(paper_id).digest)
        assert stored is not None
        return stored.decode()


@pytest.fixture
def papers(desk: DeskUnderTest) -> Papers:
    return Papers(desk)


def test_who_looked_into_the_tray_says_that_it_came_out(papers: Papers) -> None:
    one = papers.queue()
    papers.doubt(one)
    papers.send(AnswerPaper(papers.visit_id, one, came_out=True))
    seen = papers.paper(one)
    assert (seen.state, seen.confirmed_by, seen.confirmed_actor) == (PaperState.PRINTED, ConfirmedBy.PERSON, "wang")
    assert papers.refused(AnswerPaper(papers.visit_id, one, came_out=False)) == "desk.papers.not_in_doubt"


def test_what_did_not_come_out_is_printed_by_the_next_paper(papers: Papers) -> None:
    one = papers.queue()
    papers.doubt(one)
    papers.send(AnswerPaper(papers.visit_id, one, came_out=False))
    assert papers.paper(one).state is PaperState.FAILED
    again = papers.queue()
    assert (papers.paper(again).copy, papers.paper(again).replaces) == (2, one)
    assert papers.paper(one).replaced_by == again


def test_a_paper_that_another_followed_is_never_printed_beside_it(papers: Papers) -> None:
    one = papers.queue()
    papers.doubt(one)
    papers.send(AnswerPaper(papers.visit_id, one, came_out=False))
    papers.out(papers.queue())
    assert papers.refused(Reprint(papers.visit_id, one, "字迹不清")) == "desk.papers.followed"
    assert papers.refused(VoidPaper(papers.visit_id, one, "字迹不清")) == "desk.papers.followed"


@pytest.mark.parametrize("kind", [DocumentKind.REPORT, DocumentKind.CERTIFICATE])
def test_what_is_held_now_is_not_printed_once_more_either(papers: Papers, kind: DocumentKind) -> None:
    one = papers.queue(kind=kind)
    papers.out(one)
    assert papers.refused(Reprint(papers.visit_id, one, "字迹不清")) == "desk.papers.held"
    assert papers.paper(one).state is PaperState.PRINTED


def test_a_reason_has_no_signs_that_steer_a_printer(papers: Papers) -> None:
    one = papers.queue()
    papers.out(one)
    assert papers.refused(Reprint(papers.visit_id, one, "\x1bi重打")) == "desk.papers.no_reason"


def test_a_paper_in_doubt_is_neither_voided_nor_printed_again_before_the_answer(papers: Papers) -> None:
    one = papers.queue()
    papers.doubt(one)
    assert papers.refused(VoidPaper(papers.visit_id, one, "字迹不清")) == "desk.papers.answer_first"
    assert papers.refused(Reprint(papers.visit_id, one, "字迹不清")) == "desk.papers.answer_first"
    assert papers.paper(one).state is PaperState.IN_DOUBT


def test_a_reprint_voids_the_first_by_number_and_reason_and_names_it(papers: Papers) -> None:
    one = papers.queue()
    papers.out(one)
    told = papers.send(Reprint(papers.visit_id, one, " 字迹不清 "))
    first, second = papers.paper(one), papers.paper(told["paper_id"])
    assert (first.state, first.void_number, first.void_reason) == (PaperState.VOIDED, 1, "字迹不清")
    assert (second.copy, second.replaces, second.number, second.place) == (2, one, "R000001", "pickup")
    papers.out(second.paper_id)
    third = papers.paper(papers.send(Reprint(papers.visit_id, second.paper_id, "又不清", "counter"))["paper_id"])
    assert (third.copy, third.place, papers.paper(second.paper_id).void_number) == (3, "counter", 2)
    assert papers.text(third.paper_id).count("报告 R000001") == 1


def test_a_void_needs_a_reason_and_something_to_void(papers: Papers) -> None:
    one = papers.queue()
    assert papers.refused(VoidPaper(papers.visit_id, one, " ")) == "desk.papers.no_reason"
    assert papers.refused(VoidPaper(papers.visit_id, "paper-x", "字迹不清")) == "desk.papers.unknown_paper"
    assert papers.send(VoidPaper(papers.visit_id, one, "不要了")) == {"void_number": 1}
    assert papers.refused(VoidPaper(papers.visit_id, one, "不要了")) == "desk.papers.not_voidable"
    again = papers.queue()
    papers.desk.writer.call(lambda uow: ledger.begin(uow, papers.visit_id, again, "pickup"))
    assert papers.refused(VoidPaper(papers.visit_id, again, "不要了")) == "desk.papers.not_voidable"


def test_a_voided_paper_is_not_begun_and_a_late_word_does_not_bring_it_back(papers: Papers) -> None:
    one = papers.queue()
    papers.send(VoidPaper(papers.visit_id, one, "不要了"))
    call = papers.desk.writer.call
    assert not call(lambda uow: ledger.begin(uow, papers.visit_id, one, "pickup"))
    assert not call(lambda uow: ledger.is_out(uow, papers.visit_id, one, "pickup"))
    assert papers.paper(one).state is PaperState.VOIDED


def test_a_report_that_nobody_signed_is_not_printed(papers: Papers) -> None:
    code = papers.refused(RequestPrint(papers.visit_id, DocumentKind.REPORT))
    assert code in ("desk.papers.held", "desk.papers.no_letterhead")
    assert papers.refused(RequestPrint("visit-x", DocumentKind.REPORT)) == "desk.papers.unknown_visit"
    assert papers.refused(RequestPrint(papers.visit_id, DocumentKind.PRINT_TEST)) == "desk.papers.not_on_request"
