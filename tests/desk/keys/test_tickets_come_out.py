"""A ticket comes out when a car is noted or taken in, a label when its key gets a hook; only where there is a printer."""

from __future__ import annotations

import pytest

from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.desk.papers import ledger
from carcheck_desktop.desk.papers.house import House
from carcheck_desktop.desk.papers.pages.common import Letterhead, Wording
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.commands import HandOver, NoteArrival, OpenVisit, RequestPrint
from carcheck_desktop.domain.custody import OWNER, Holder, Place, Thing
from carcheck_desktop.domain.documents import DocumentKind, Qr, document_from_json
from carcheck_desktop.domain.facts import PaperQueued
from carcheck_desktop.domain.vehicle import InspectionKind, PlateKind
from tests.desk.conftest import DeskUnderTest, car

WEB = "https://station.example"
GUIDE = Holder(Place.PERSON, "zhao")
BOARD = Holder(Place.KEY_BOARD)


@pytest.fixture
def printing(desk: DeskUnderTest) -> DeskUnderTest:
    head = Letterhead("示范检验站", "5001009", "test", simulated=True)
    desk.door.print_as(House(head, Wording(Catalogue("zh_CN")), WEB, frozenset({"counter"})))
    return desk


def queued(desk: DeskUnderTest) -> list[tuple[DocumentKind, str]]:
    facts = [fact for fact in desk.facts(PaperQueued.kind) if isinstance(fact, PaperQueued)]
    return [(fact.document, fact.number) for fact in facts]


def test_one_ticket_comes_out_for_a_car_that_is_noted_and_then_taken_in(printing: DeskUnderTest) -> None:
    guide = printing.sign_in("zhao", Role.GUIDE)
    assert printing.send(NoteArrival("渝A12345", PlateKind.SMALL_CAR), guide).accepted
    assert queued(printing) == [(DocumentKind.QUEUE_TICKET, "A001")]
    assert printing.send(OpenVisit(car(), InspectionKind.IN_USE), printing.sign_in("li", Role.CLERK)).accepted
    assert len(queued(printing)) == 1


def test_a_ticket_comes_out_at_the_window_and_its_code_opens_the_owners_page(printing: DeskUnderTest) -> None:
    visit_id = printing.open_visit(printing.sign_in("li", Role.CLERK)).result["visit_id"]
    (fact,) = (fact for fact in printing.facts(PaperQueued.kind) if isinstance(fact, PaperQueued))
    with printing.store.read() as uow:
        kept, stored = uow.tickets.get(visit_id), uow.blobs.get(fact.digest)
        payloads = "".join(entry.payload for _, entry in uow.journal.after(0))
    assert kept is not None
    assert stored is not None
    codes = [block.data for block in document_from_json(stored).blocks if isinstance(block, Qr)]
    assert codes == [f"{WEB}/t/{kept.secret}"]
    assert kept.secret not in payloads


def test_a_label_comes_out_when_the_key_gets_its_hook_and_not_at_every_handover(printing: DeskUnderTest) -> None:
    guide = printing.sign_in("zhao", Role.GUIDE)
    noted = printing.send(NoteArrival("渝A12345", PlateKind.SMALL_CAR, takes=(Thing.KEY,)), guide).result
    assert queued(printing) == [(DocumentKind.QUEUE_TICKET, "A001"), (DocumentKind.KEY_LABEL, "1")]
    assert printing.send(HandOver(noted["visit_id"], (Thing.KEY,), GUIDE, BOARD), guide).accepted
    assert printing.send(HandOver(noted["visit_id"], (Thing.KEY,), Holder(Place.KEY_BOARD, "1"), GUIDE), guide).accepted
    assert len(queued(printing)) == 2


def test_a_ticket_that_waits_for_paper_comes_out_after_the_car_was_taken_in(printing: DeskUnderTest) -> None:
    noted = printing.send(NoteArrival("渝A12345", PlateKind.SMALL_CAR), printing.sign_in("zhao", Role.GUIDE)).result
    assert printing.send(OpenVisit(car(), InspectionKind.IN_USE), printing.sign_in("li", Role.CLERK)).accepted
    with printing.store.read() as uow:
        ((visit_id, paper),) = ledger.open_papers(uow)
    assert visit_id == noted["visit_id"]
    assert printing.writer.call(lambda uow: ledger.begin(uow, visit_id, paper.paper_id, "counter-1"))
    assert printing.writer.call(lambda uow: ledger.is_out(uow, visit_id, paper.paper_id, "counter-1"))
    with printing.store.read() as uow:
        assert list(ledger.open_papers(uow)) == []


def test_ticket_and_label_come_out_again_when_somebody_asks(printing: DeskUnderTest) -> None:
    clerk = printing.sign_in("li", Role.CLERK)
    visit_id = printing.open_visit(clerk).result["visit_id"]
    assert printing.send(HandOver(visit_id, (Thing.KEY,), OWNER, BOARD), clerk).accepted
    for kind in (DocumentKind.QUEUE_TICKET, DocumentKind.KEY_LABEL):
        reply = printing.send(RequestPrint(visit_id, kind), clerk)
        assert reply.accepted, reply.refusal
    assert [kind for kind, _ in queued(printing)].count(DocumentKind.QUEUE_TICKET) == 2


def test_a_station_without_a_printer_at_the_counter_queues_nothing_by_itself(desk: DeskUnderTest) -> None:
    head = Letterhead("示范检验站", "5001009", "test", simulated=True)
    desk.door.print_as(House(head, Wording(Catalogue("zh_CN")), WEB))
    assert desk.open_visit(desk.sign_in("li", Role.CLERK)).accepted
    assert queued(desk) == []
