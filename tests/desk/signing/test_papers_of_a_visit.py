"""Which papers an owner gets, when, and what stands on them: from the conclusion to the closed visit, on a real database."""

from __future__ import annotations

from datetime import timedelta

import pytest

from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.desk.papers.house import House
from carcheck_desktop.desk.papers.ledger import begin, in_doubt, is_out
from carcheck_desktop.desk.papers.pages.common import Letterhead, Wording
from carcheck_desktop.desk.signing.making import ReportMaker
from carcheck_desktop.desk.signing.report import report_builder
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.commands import (
    AnswerPaper,
    CloseVisit,
    PlaceHold,
    RejectReport,
    RemakeReport,
    Reply,
    RequestPrint,
    SignReport,
)
from carcheck_desktop.domain.documents import Document, DocumentKind, document_from_json
from carcheck_desktop.domain.due import DuePaper, papers_due
from carcheck_desktop.domain.ending import ManualKind
from carcheck_desktop.domain.facts.insurance import InsuranceFound
from carcheck_desktop.domain.insurance import Policy
from carcheck_desktop.domain.papers import PaperState
from carcheck_desktop.domain.signing import report_to_sign
from carcheck_desktop.domain.verdicts import Outcome, VerdictCard
from carcheck_desktop.domain.views import VisitView
from tests.desk.conftest import PIN, DeskUnderTest
from tests.domain.samples import CARD
from tests.ui.signing_scenes import WEAK

HEAD = Letterhead("示范机动车检验站", "5001009", "0.1.0", simulated=True)
HOUSE = House(HEAD, Wording(Catalogue("zh_CN")))
REPORT, NOTICE, FAILED = DocumentKind.REPORT, DocumentKind.CERTIFICATE, DocumentKind.FAILED_ITEMS


class Visit:
    """One car on its way to its papers."""

    def __init__(self, desk: DeskUnderTest) -> None:
        self.desk = desk
        desk.door.print_as(HOUSE)
        self.clerk = desk.sign_in("wang", Role.CLERK)
        self.id = str(desk.open_visit(self.clerk).result["visit_id"])

    @property
    def view(self) -> VisitView:
        with self.desk.store.read() as uow:
            found = uow.visits.get(self.id)
        assert found is not None
        return found

    def note(self, fact: f.Fact, actor: str = "system") -> None:
        self.desk.clock.set_back_or_forward(timedelta(seconds=1))
        self.desk.writer.call(lambda uow: record(uow, fact, actor=actor))

    def conclude(
        self, number: int = 1, *, cards: tuple[VerdictCard, ...] = (CARD,), outcome: Outcome = Outcome.PASS
    ) -> None:
        """One attempt, its conclusion, and the report that follows from it."""
        view, attempt = self.view, f"attempt-{number}"
        self.note(
            f.AttemptStarted(
                attempt, self.id, "1", number, view.vehicle, view.inspection, view.plan, view.edition, view.table_hash
            ),
            "li",
        )
        self.note(f.AttemptEnded(attempt, self.id, "1", f.AttemptEnd.COMPLETE, ""), "li")
        self.note(f.VisitConcluded(self.id, attempt, outcome, cards))
        maker = ReportMaker(report_builder(HOUSE), "0.1.0", self.desk.clock.now)
        self.desk.writer.call(lambda uow: maker(uow, self.view))

    def insure(self) -> None:
        today = self.desk.clock.now().date()
        policy = Policy("PDZA20260017", "中国人保", today - timedelta(days=9), today + timedelta(days=300))
        self.note(InsuranceFound(self.id, policy, "simulated", simulated=True))

    def sign(self) -> None:
        self.desk.clock.set_back_or_forward(timedelta(seconds=1))
        report = report_to_sign(self.view)
        assert report is not None
        token = self.desk.sign_in("chen", Role.SIGNER)
        assert self.desk.send(SignReport(self.id, report.report_id, PIN), token).accepted

    def ask(self, kind: DocumentKind) -> Reply:
        self.desk.clock.set_back_or_forward(timedelta(seconds=1))
        return self.desk.send(RequestPrint(self.id, kind), self.clerk)

    def comes_out(self, reply: Reply) -> None:
        paper = str(reply.result["paper_id"])
        assert self.desk.writer.call(lambda uow: is_out(uow, self.id, paper, "pickup-1"))

    def due(self) -> dict[DocumentKind, DuePaper]:
        return {each.kind: each for each in papers_due(self.view, self.desk.clock.now())}

    def document(self, reply: Reply) -> Document:
        paper = next(each for each in self.view.papers if each.paper_id == reply.result["paper_id"])
        with self.desk.store.read() as uow:
            content = uow.blobs.get(paper.digest)
        assert content is not None
        return document_from_json(content)


@pytest.fixture
def visit(desk: DeskUnderTest) -> Visit:
    return Visit(desk)


def refused(reply: Reply) -> str:
    assert reply.refusal is not None
    return reply.refusal.code


def test_before_the_conclusion_no_paper_is_due(visit: Visit) -> None:
    assert visit.due() == {}
    assert refused(visit.ask(FAILED)) == "desk.papers.not_failed"


def test_nothing_final_is_printed_unsigned(visit: Visit) -> None:
    visit.conclude()
    visit.insure()
    assert [each.kind.value for each in visit.due()[REPORT].held] == ["unsigned"]
    for kind in (REPORT, NOTICE):
        assert refused(visit.ask(kind)) == "desk.papers.held"
    assert visit.view.papers == ()


def test_test_first_insure_then_print(visit: Visit) -> None:
    visit.conclude()
    visit.sign()
    assert "insurance" in {each.kind.value for each in visit.due()[NOTICE].held}
    assert refused(visit.ask(NOTICE)) == "desk.papers.held"
    visit.insure()
    assert visit.due()[NOTICE].is_wanted
    assert visit.ask(NOTICE).accepted


def test_the_printed_report_says_who_signed_it_and_its_digest(visit: Visit) -> None:
    visit.conclude()
    visit.insure()
    visit.sign()
    signed = visit.view.signing.reports[-1]
    printed = repr(visit.document(visit.ask(REPORT)))
    assert "chen" in printed
    assert signed.digest in printed
    assert "0.1.0" in printed
    assert visit.view.table_hash in printed


def test_a_passed_car_gets_report_and_notice_once_each(visit: Visit) -> None:
    visit.conclude()
    visit.insure()
    visit.sign()
    for kind in (REPORT, NOTICE):
        assert visit.ask(kind).accepted
        assert refused(visit.ask(kind)) == "desk.papers.there_already"
    assert visit.due()[NOTICE].number == "000001"
    assert set(visit.due()) == {REPORT, NOTICE}


def test_a_notice_that_did_not_come_out_is_asked_for_again_under_its_number(visit: Visit) -> None:
    visit.conclude()
    visit.insure()
    visit.sign()
    first = str(visit.ask(NOTICE).result["paper_id"])
    problem = Problem("printing.spool.lost", {"printer": "pickup"})
    visit.desk.writer.call(lambda uow: begin(uow, visit.id, first, "pickup"))
    visit.desk.writer.call(lambda uow: in_doubt(uow, visit.id, first, "pickup", problem))
    assert refused(visit.ask(NOTICE)) == "desk.papers.there_already"
    assert visit.desk.send(AnswerPaper(visit.id, first, came_out=False), visit.clerk).accepted
    assert visit.due()[NOTICE].is_wanted
    assert visit.ask(NOTICE).accepted
    one, two = visit.view.papers
    assert (two.number, two.copy, two.replaces) == ("000001", 2, one.paper_id)
    assert refused(visit.ask(NOTICE)) == "desk.papers.there_already"


def test_a_notice_that_waits_for_its_printer_does_not_come_out_once_it_is_held(visit: Visit) -> None:
    visit.conclude()
    visit.insure()
    visit.sign()
    assert visit.ask(NOTICE).accepted
    visit.comes_out(visit.ask(REPORT))
    auditor = visit.desk.sign_in("zhao", Role.AUDITOR)
    assert visit.desk.send(PlaceHold(visit.id, ManualKind.FINDING, "照片与车辆不符"), auditor).accepted
    waiting, out = visit.view.papers
    assert (waiting.state, waiting.void_reason) == (PaperState.VOIDED, "照片与车辆不符")
    assert out.state is PaperState.PRINTED
    assert not visit.desk.writer.call(lambda uow: begin(uow, visit.id, waiting.paper_id, "pickup"))


def test_a_failed_car_gets_its_report_and_one_plain_page_and_never_the_notice(visit: Visit) -> None:
    visit.conclude(cards=WEAK, outcome=Outcome.FAIL)
    page = repr(visit.document(visit.ask(FAILED)))
    assert "17.4%" in page
    assert "≥20%" in page
    visit.insure()
    visit.sign()
    assert set(visit.due()) == {REPORT, FAILED}
    assert visit.ask(REPORT).accepted
    assert refused(visit.ask(NOTICE)) == "desk.papers.held"


def test_after_the_recheck_the_new_revision_has_a_paper_of_its_own(visit: Visit) -> None:
    visit.conclude(cards=WEAK, outcome=Outcome.FAIL)
    visit.insure()
    visit.sign()
    visit.comes_out(visit.ask(REPORT))
    visit.conclude(2)
    assert not visit.due()[REPORT].is_out
    visit.sign()
    again = visit.ask(REPORT)
    assert again.accepted
    assert visit.document(again).number == "000001-2"
    assert [each.number for each in visit.view.papers if each.kind is REPORT] == ["000001", "000001-2"]


def test_a_visit_is_closed_when_its_report_is_out_and_not_before(visit: Visit) -> None:
    visit.conclude()
    visit.insure()
    visit.sign()
    assert not visit.desk.send(CloseVisit(visit.id), visit.clerk).accepted
    visit.comes_out(visit.ask(REPORT))
    visit.comes_out(visit.ask(NOTICE))
    assert all(each.is_out for each in visit.due().values())
    assert visit.desk.send(CloseVisit(visit.id), visit.clerk).accepted


def test_a_rechecked_visit_can_be_closed_with_its_second_revision(visit: Visit) -> None:
    visit.conclude(cards=WEAK, outcome=Outcome.FAIL)
    visit.insure()
    visit.sign()
    visit.comes_out(visit.ask(REPORT))
    visit.conclude(2)
    visit.sign()
    assert not visit.desk.send(CloseVisit(visit.id), visit.clerk).accepted
    visit.comes_out(visit.ask(REPORT))
    assert visit.desk.send(CloseVisit(visit.id), visit.clerk).accepted


def test_the_ticket_is_printed_again_with_the_same_number(visit: Visit) -> None:
    reply = visit.ask(DocumentKind.QUEUE_TICKET)
    assert reply.accepted
    ticket = visit.view.ticket
    assert ticket is not None
    assert visit.document(reply).number == ticket.number


def test_a_receipt_without_a_payment_and_a_label_without_a_hook_are_refused(visit: Visit) -> None:
    assert refused(visit.ask(DocumentKind.RECEIPT)) == "desk.papers.not_paid"
    assert refused(visit.ask(DocumentKind.KEY_LABEL)) == "desk.papers.no_tag"


def test_a_rejected_report_is_made_anew_and_signed_then(visit: Visit) -> None:
    visit.conclude()
    visit.insure()
    first = visit.view.signing.reports[-1].report_id
    signer = visit.desk.sign_in("chen", Role.SIGNER)
    assert refused(visit.desk.send(RemakeReport(visit.id, first), signer)) == "desk.signing.not_rejected"
    assert visit.desk.send(RejectReport(visit.id, first, "车主更正了号牌"), signer).accepted
    assert not visit.desk.send(CloseVisit(visit.id), visit.clerk).accepted
    assert visit.desk.send(RemakeReport(visit.id, first), signer).result == {"revision": 2}
    assert refused(visit.desk.send(RemakeReport(visit.id, first), signer)) == "desk.signing.not_rejected"
    visit.sign()
    assert visit.ask(REPORT).accepted
