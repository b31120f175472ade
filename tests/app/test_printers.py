"""The service's errand to its printers: what is queued comes out once, and what is in doubt waits for a person."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from carcheck_desktop.app.demo_station import write_demo_station
from carcheck_desktop.app.parts import open_service_store
from carcheck_desktop.app.printers import KICK_GOOD_S, PrintErrand, _kick_of
from carcheck_desktop.base.clock import ScaledClock
from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.base.station import read_station
from carcheck_desktop.base.station_printers import StationPrinter
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.desk.papers import ledger
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.documents import Cut, Document, DocumentKind, Width, text_line
from carcheck_desktop.domain.papers import ConfirmedBy, PaperState, PaperView, paper_of
from carcheck_desktop.printing.spool.making import printer_of
from carcheck_desktop.printing.spool.outcomes import Patience
from carcheck_desktop.printing.spool.spooler import Job
from carcheck_desktop.store.opening import SqlStore
from carcheck_desktop.store.writer import StoreWriter
from carcheck_desktop.twin.printers.far_end import FakePrinter
from tests.desk.estimate.simulated import ITEMS, OPENED
from tests.printing.spool.conftest import Desk

Desks = Callable[..., Desk]
SHORT = Patience(connect_s=0.5, answer_s=0.15, barrier_s=0.4, stall_s=0.3, silent_s=0.5, print_s=1.0, mend_s=3.0, look_s=0.03)  # fmt: skip


def paper(number: str, kind: DocumentKind = DocumentKind.REPORT) -> Document:
    return Document(kind, number, "zh_CN", Width.RECEIPT80, (text_line(f"检验报告 {number}"), Cut()), simulated=True)


class Station:
    """A store with its writer, the errand and one visit."""

    def __init__(self, store: SqlStore, *printers: StationPrinter) -> None:
        self.store = store
        places: dict[str, list[StationPrinter]] = {}
        for each in printers:
            places.setdefault(each.place, []).append(each)
        made = {place: [printer_of(each, Path(), SHORT) for each in some] for place, some in places.items()}
        self.errand = PrintErrand(store, made)
        self.errand.spooler._retry_s = 0.05
        self.writer = StoreWriter(store, self.errand.hear)

    def open_visit(self) -> None:
        opened = f.VisitOpened("visit-1", OPENED.vehicle, OPENED.inspection, ITEMS, OPENED.edition, OPENED.table_hash)
        self.writer.call(lambda uow: record(uow, opened, actor="wang"))

    def queue(self, document: Document, place: str = "pickup") -> str:
        now = self.store.clock.now()
        return self.writer.call(lambda uow: ledger.queue_paper(uow, "visit-1", document, place, "wang", now))

    def paper(self, paper_id: str) -> PaperView:
        with self.store.read() as uow:
            found = paper_of(ledger.papers_of(uow, "visit-1"), paper_id)
        assert found is not None
        return found

    def soon(self, paper_id: str, state: PaperState) -> PaperView:
        deadline_s = time.monotonic() + 5
        while (found := self.paper(paper_id)).state is not state and time.monotonic() < deadline_s:
            time.sleep(0.01)
        assert found.state is state, found
        return found

    def close(self) -> None:
        self.errand.close()
        self.writer.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = open_service_store(read_station(write_demo_station(tmp_path)), ScaledClock.starting_now(10.0))
    yield opened
    opened.close()


@pytest.fixture
def stations(store: SqlStore) -> Iterator[Callable[..., Station]]:
    made: list[Station] = []

    def make(*printers: StationPrinter) -> Station:
        made.append(Station(store, *printers))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path, profile="epson_tm_t88")
    yield made
    made.fake.stop()


def kinds(store: SqlStore) -> list[str]:
    with store.read() as uow:
        return [each.kind for each in uow.journal.of_subject("visit-1") if each.kind.startswith("paper_")]


def test_a_queued_report_comes_out_and_the_ledger_says_who_confirmed_it(
    stations: Callable[..., Station], desk: Desk
) -> None:
    station = stations(desk.settings)
    station.open_visit()
    station.errand.start(station.writer)
    one = station.queue(paper("R000001"))
    seen = station.soon(one, PaperState.PRINTED)
    assert (seen.printer, seen.confirmed_by, seen.queued_by) == ("pickup", ConfirmedBy.STATUS, "wang")
    assert len(desk.pages()) == 1
    assert "检验报告 R000001".encode("gb18030") in desk.pages()[0]
    assert kinds(station.store) == ["paper_queued", "paper_printing", "paper_printed"]


def test_a_report_is_queued_once_and_a_ticket_as_often_as_wanted(stations: Callable[..., Station], desk: Desk) -> None:
    station = stations(desk.settings)
    station.open_visit()
    station.queue(paper("R000001"))
    with pytest.raises(RefusedError) as caught:
        station.queue(paper("R000001"))
    assert caught.value.problem.code == "desk.papers.there_already"
    assert caught.value.problem.params["state"] == "PaperState.queued"
    station.queue(paper("A017", DocumentKind.QUEUE_TICKET))
    station.queue(paper("A017", DocumentKind.QUEUE_TICKET))


def test_a_printer_that_dies_leaves_the_report_in_doubt_until_a_person_answers(
    stations: Callable[..., Station], desk: Desk
) -> None:
    station = stations(desk.settings)
    station.open_visit()
    station.errand.start(station.writer)
    desk.switch(dies_after_cut=True)
    one = station.queue(paper("R000001"))
    seen = station.soon(one, PaperState.IN_DOUBT)
    assert seen.problem is not None
    assert seen.problem.code == "printing.spool.lost"
    desk.switch_off_and_on()
    time.sleep(0.2)
    assert len(desk.pages()) == 1  # nobody printed it again


def test_what_was_being_printed_when_the_program_ended_is_in_doubt_and_what_was_queued_is_printed(
    stations: Callable[..., Station], desk: Desk, store: SqlStore
) -> None:
    before = stations(desk.settings)
    before.open_visit()
    begun, waiting, ticket = (
        before.queue(paper("R000001")), before.queue(paper("R000002")), before.queue(paper("A017", DocumentKind.QUEUE_TICKET))
    )  # fmt: skip
    for each in (begun, ticket):
        before.writer.call(lambda uow, each=each: ledger.begin(uow, "visit-1", each, "pickup"))  # type: ignore[misc]
    before.close()
    after = stations(desk.settings)
    after.errand.start(after.writer)
    seen = after.soon(begun, PaperState.IN_DOUBT)
    assert seen.problem is not None
    assert seen.problem.code == "desk.papers.restarted"
    after.soon(waiting, PaperState.PRINTED)
    after.soon(ticket, PaperState.PRINTED)
    numbers = [number for page in desk.pages() for number in ("R000001", "R000002", "A017") if number.encode() in page]
    assert sorted(numbers) == ["A017", "R000002"]


def test_a_report_waits_for_paper_and_the_ledger_says_why(stations: Callable[..., Station], desk: Desk) -> None:
    station = stations(desk.settings)
    station.open_visit()
    station.errand.start(station.writer)
    desk.switch(paper_out=True)
    one = station.queue(paper("R000001"))
    deadline_s = time.monotonic() + 3
    while station.paper(one).problem is None and time.monotonic() < deadline_s:
        time.sleep(0.01)
    problem = station.paper(one).problem
    assert problem is not None
    assert (problem.code, station.paper(one).state) == ("printing.spool.paper_out", PaperState.QUEUED)
    desk.switch(paper_out=False)
    assert station.soon(one, PaperState.PRINTED).problem is None
    assert kinds(station.store) == ["paper_queued", "paper_waits", "paper_printing", "paper_printed"]


def test_a_paper_that_was_begun_never_looks_as_if_it_were_only_queued(
    stations: Callable[..., Station], desk: Desk
) -> None:
    station = stations(desk.settings)
    station.open_visit()
    one = station.queue(paper("R000001"))
    station.writer.call(lambda uow: ledger.begin(uow, "visit-1", one, "pickup"))
    problem = Problem("printing.spool.paper_out", {"printer": "pickup-2"})
    station.writer.call(lambda uow: ledger.queued_waits(uow, "visit-1", one, "pickup-2", problem))
    assert station.paper(one).state is PaperState.PRINTING
    station.writer.call(lambda uow: ledger.waits(uow, "visit-1", one, "pickup", problem, begun=False))
    assert station.paper(one).state is PaperState.QUEUED


def test_a_place_without_a_printer_is_said(stations: Callable[..., Station], desk: Desk) -> None:
    station = stations(desk.settings)
    station.open_visit()
    station.errand.start(station.writer)
    one = station.queue(paper("R000001"), place="office")
    problem = station.soon(one, PaperState.FAILED).problem
    assert problem is not None
    assert problem.params == {"place": "office", "known": "pickup"}


def test_a_voided_paper_is_not_printed_and_its_reprint_names_it(stations: Callable[..., Station], desk: Desk) -> None:
    station = stations(desk.settings)
    station.open_visit()
    desk.switch(cover_open=True)
    station.errand.start(station.writer)
    one = station.queue(paper("R000001"))
    number = station.writer.call(lambda uow: ledger.void(uow, "visit-1", one, "字迹不清", "wang"))
    assert number == 1
    again = station.writer.call(lambda uow: ledger.queue_again(uow, "visit-1", station.paper(one), "pickup", "wang"))
    desk.switch(cover_open=False)
    seen = station.soon(again, PaperState.PRINTED)
    assert (seen.copy, seen.replaces, station.paper(one).replaced_by) == (2, one, again)
    assert (station.paper(one).state, len(desk.pages())) == (PaperState.VOIDED, 1)


def test_the_fake_printer_reads_every_command_of_our_pages(stations: Callable[..., Station], desk: Desk) -> None:
    assert isinstance(desk.fake, FakePrinter)
    station = stations(desk.settings)
    station.open_visit()
    station.errand.start(station.writer)
    station.soon(station.queue(paper("R000001")), PaperState.PRINTED)
    assert "unknown" not in (desk.tray / "log.jsonl").read_text(encoding="utf-8")


def test_a_drawer_is_opened_by_the_counters_printer_at_once_and_is_no_paper(
    stations: Callable[..., Station], store: SqlStore, desk: Desk
) -> None:
    station = stations(replace(desk.settings, place="counter"))
    station.errand.start(station.writer)
    station.writer.call(lambda uow: record(uow, f.DrawerOpened("counter-1", "换零钱"), actor="wang"))
    deadline_s = time.monotonic() + 5
    while not station.errand._kicks and time.monotonic() < deadline_s:
        time.sleep(0.01)
    (key,) = station.errand._kicks
    assert station.errand.begin(Job(key, "counter", _kick_of, is_repeatable=True), "any")
    station.errand._kicks[key] -= KICK_GOOD_S
    assert not station.errand.begin(
        Job(key, "counter", _kick_of, is_repeatable=True), "any"
    )  # nobody is there any more
    assert b"\x1bp\x00" in _kick_of(desk.settings).content
    assert kinds(store) == []
