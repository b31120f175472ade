"""What was paid has its paper by itself: a receipt, the drawer's kick with cash only, nothing where no printer is."""

from __future__ import annotations

from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.desk.cash import settling
from carcheck_desktop.desk.cash.receipts import print_receipt
from carcheck_desktop.desk.papers.house import House
from carcheck_desktop.desk.papers.pages.common import Letterhead, Wording
from carcheck_desktop.domain.commands import RequestPrint
from carcheck_desktop.domain.documents import Document, DocumentKind, Drawer, document_from_json
from carcheck_desktop.domain.facts import PaperQueued
from carcheck_desktop.domain.payment import OrderState, ProviderTold
from carcheck_desktop.domain.ports import UnitOfWork
from tests.desk.cash.test_cash import Counter
from tests.desk.conftest import DeskUnderTest

HEAD = Letterhead("示范检验站", "5001009", "test", simulated=True)


def counter_with(desk: DeskUnderTest, *places: str) -> tuple[Counter, House]:
    counter = Counter(desk)
    house = House(HEAD, Wording(Catalogue("zh_CN")), "", frozenset(places))
    desk.door.print_as(house)
    return counter, house


def papers(desk: DeskUnderTest) -> list[Document]:
    found = []
    with desk.store.read() as uow:
        for _, entry in uow.journal.after(0):
            fact = entry.fact()
            if isinstance(fact, PaperQueued) and fact.document is DocumentKind.RECEIPT:
                assert fact.place == "counter"
                stored = uow.blobs.get(fact.digest)
                assert stored is not None
                found.append(document_from_json(stored))
    return found


def has_kick(document: Document) -> bool:
    return any(isinstance(block, Drawer) for block in document.blocks)


def test_cash_brings_its_receipt_and_opens_the_drawer(desk: DeskUnderTest) -> None:
    counter, _ = counter_with(desk, "counter")
    assert counter.cash(300_00).accepted
    (paper,) = papers(desk)
    assert (paper.number, has_kick(paper)) == ("000001", True)


def test_cash_given_back_has_a_paper_of_its_own_and_opens_the_drawer_too(desk: DeskUnderTest) -> None:
    counter, _ = counter_with(desk, "counter")
    counter.cash(210_00)
    assert counter.refund(50_00).accepted
    paid, back = papers(desk)
    assert (back.number, has_kick(back)) == ("000002", True)
    assert back.title != paid.title


def test_a_scanned_payment_brings_its_receipt_once_and_no_drawer(desk: DeskUnderTest) -> None:
    counter, house = counter_with(desk, "counter")
    counter.scan()
    told = ProviderTold(OrderState.PAID, 210_00, "ref-1", simulated=True)
    payment_id = counter.payment.payment_id

    def settle(uow: UnitOfWork) -> None:
        if settling.came(uow, counter.visit_id, payment_id, told):
            print_receipt(uow, counter.visit_id, payment_id, house, actor="system", now=desk.clock.now())

    desk.writer.call(settle)
    desk.writer.call(settle)
    (paper,) = papers(desk)
    assert not has_kick(paper)
    assert paper.simulated


def test_money_that_goes_back_at_once_has_no_receipt(desk: DeskUnderTest) -> None:
    counter, _ = counter_with(desk, "counter")
    counter.scan()
    told = ProviderTold(OrderState.PAID, 211_00, "ref-1", simulated=True)
    payment_id = counter.payment.payment_id
    assert not desk.writer.call(lambda uow: settling.came(uow, counter.visit_id, payment_id, told))


def test_without_a_printer_at_the_counter_nothing_waits_for_one(desk: DeskUnderTest) -> None:
    counter, _ = counter_with(desk, "pickup")
    assert counter.cash(210_00).accepted
    assert papers(desk) == []


def test_asking_for_the_receipt_again_does_not_double_it(desk: DeskUnderTest) -> None:
    counter, _ = counter_with(desk, "counter")
    counter.cash(210_00)
    reply = desk.send(RequestPrint(counter.visit_id, DocumentKind.RECEIPT), counter.clerk)
    assert not reply.accepted
    assert len(papers(desk)) == 1
