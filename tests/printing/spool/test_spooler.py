"""The queues of a station: the first well printer prints, another only what surely did not come out, nobody waits."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.base.station_printers import StationPrinter
from carcheck_desktop.printing.spool.making import printer_of
from carcheck_desktop.printing.spool.outcomes import Rendered
from carcheck_desktop.printing.spool.spooler import Job, Spooler
from tests.printing.spool.conftest import SHORT, Desk, page

Desks = Callable[..., Desk]


class Ledger:
    """Writes down what it is told, in order."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, ...]] = []
        self.unwanted: set[str] = set()
        self.changed = threading.Condition()

    def _note(self, *line: str) -> None:
        with self.changed:
            self.lines.append(line)
            self.changed.notify_all()

    def begin(self, job: Job, printer: str) -> bool:
        self._note("begin", job.paper_id, printer)
        return job.paper_id not in self.unwanted

    def waiting(self, job: Job, printer: str, problem: Problem | None, *, begun: bool) -> None:
        said = problem.code.rpartition(".")[2] if problem else "goes on"
        self._note("waiting", job.paper_id, printer, said, "begun" if begun else "")

    def nobody_prints(self, job: Job, printer: str, problem: Problem) -> None:
        self._note("nobody prints", job.paper_id, printer, problem.code.rpartition(".")[2])

    def printed(self, paper_id: str, printer: str) -> None:
        self._note("printed", paper_id, printer)

    def in_doubt(self, job: Job, printer: str, problem: Problem, *, again: bool) -> None:
        self._note("doubt", job.paper_id, printer, "again" if again else "")

    def failed(self, job: Job, problem: Problem) -> None:
        self._note("failed", job.paper_id, problem.code)

    def soon(self, *line: str) -> bool:
        """Say whether a line that begins so is there, or comes within three seconds."""
        with self.changed:
            return self.changed.wait_for(lambda: any(each[: len(line)] == line for each in self.lines), 3.0)


@pytest.fixture
def working() -> Iterator[Callable[..., tuple[Spooler, Ledger]]]:
    """Start spoolers that are closed when the test is over."""
    made: list[Spooler] = []

    def start(*desks: Desk) -> tuple[Spooler, Ledger]:
        ledger = Ledger()
        printers = [printer_of(desk.settings, desk.tray, SHORT) for desk in desks]
        made.append(Spooler({"pickup": printers}, ledger, retry_s=0.05))
        made[-1].start()
        return made[-1], ledger

    yield start
    for each in made:
        each.close()


def job(paper: str, *, repeatable: bool = False) -> Job:
    return Job(paper, "pickup", lambda _settings: Rendered(page(paper)), repeatable)


def test_pages_come_out_in_the_order_they_were_handed_in(
    desks: Desks, working: Callable[..., tuple[Spooler, Ledger]]
) -> None:
    desk = desks()
    spooler, ledger = working(desk)
    for paper in ("A001", "A002", "A003"):
        assert spooler.hand_in(job(paper))
    assert ledger.soon("printed", "A003", "pickup")
    assert desk.pages() == [page("A001"), page("A002"), page("A003")]
    assert [line[0] for line in ledger.lines] == ["begin", "printed"] * 3


def test_the_second_printer_takes_what_surely_did_not_come_out(
    desks: Desks, working: Callable[..., tuple[Spooler, Ledger]]
) -> None:
    first, second = desks(), desks("pickup-2")
    first.switch(cover_open=True)
    spooler, ledger = working(first, second)
    spooler.hand_in(job("A001"))
    assert ledger.soon("printed", "A001", "pickup-2")
    assert ("waiting", "A001", "pickup", "cover_open", "") in ledger.lines
    assert spooler.troubles()["pickup"].code == "printing.spool.cover_open"
    first.switch(cover_open=False)
    until_s = time.monotonic() + 2.0
    while spooler.troubles() and time.monotonic() < until_s:
        time.sleep(0.01)
    spooler.hand_in(job("A002"))
    assert ledger.soon("printed", "A002", "pickup")
    assert (first.pages(), second.pages()) == ([page("A002")], [page("A001")])


def test_a_page_in_doubt_is_not_printed_again_by_anybody(
    desks: Desks, working: Callable[..., tuple[Spooler, Ledger]]
) -> None:
    first, second = desks(), desks("pickup-2")
    first.switch(dies_after_cut=True)
    spooler, ledger = working(first, second)
    spooler.hand_in(job("A001"))
    spooler.hand_in(job("A002"))
    assert ledger.soon("doubt", "A001", "pickup", "")
    assert ledger.soon("printed", "A002", "pickup-2")
    assert (first.pages(), second.pages()) == ([page("A001")], [page("A002")])


def test_a_ticket_in_doubt_is_printed_once_more_because_it_may_be_there_twice(
    desks: Desks, working: Callable[..., tuple[Spooler, Ledger]]
) -> None:
    first, second = desks(), desks("pickup-2")
    first.switch(dies_after_cut=True)
    spooler, ledger = working(first, second)
    spooler.hand_in(job("A001", repeatable=True))
    assert ledger.soon("doubt", "A001", "pickup", "again")
    assert ledger.soon("printed", "A001", "pickup-2")


def test_while_one_printer_waits_for_paper_the_other_prints_the_next_page(
    desks: Desks, working: Callable[..., tuple[Spooler, Ledger]]
) -> None:
    first, second = desks(), desks("pickup-2")
    first.switch(paper_left_dots=100.0)
    spooler, ledger = working(first, second)
    spooler.hand_in(job("A001"))
    assert ledger.soon("waiting", "A001", "pickup", "paper_out", "begun")
    spooler.hand_in(job("A002"))
    assert ledger.soon("printed", "A002", "pickup-2")
    first.switch(paper_out=False)
    assert ledger.soon("printed", "A001", "pickup")


def test_handing_in_never_waits_and_a_stopped_place_begins_nothing(
    desks: Desks, working: Callable[..., tuple[Spooler, Ledger]]
) -> None:
    desk = desks()
    desk.switch(stall=True)
    spooler, ledger = working(desk)
    spooler.stop("pickup")
    began_s = time.monotonic()
    for count in range(200):
        spooler.hand_in(job(f"A{count:03d}"))
    assert time.monotonic() - began_s < 0.2
    assert spooler.waiting_pages("pickup") == 200
    assert all(spooler.take_back(f"A{count:03d}") for count in range(1, 200))
    assert not spooler.take_back("A001")
    desk.switch(stall=False)
    assert ledger.lines == []
    spooler.resume("pickup")
    assert ledger.soon("printed", "A000", "pickup")


def test_a_place_without_a_printer_takes_nothing(desks: Desks, working: Callable[..., tuple[Spooler, Ledger]]) -> None:
    spooler, _ = working(desks())
    assert spooler.places == ("pickup",)
    assert not spooler.hand_in(Job("A001", "cash", lambda _: Rendered(b"")))


def test_a_page_that_cannot_be_made_fails_and_the_next_is_printed(
    desks: Desks, working: Callable[..., tuple[Spooler, Ledger]]
) -> None:
    def cannot(_settings: StationPrinter) -> Rendered:
        raise DataError("domain.documents.columns", columns=0)

    spooler, ledger = working(desks())
    spooler.hand_in(Job("A001", "pickup", cannot))
    spooler.hand_in(job("A002"))
    assert ledger.soon("printed", "A002", "pickup")
    assert ("failed", "A001", "domain.documents.columns") in ledger.lines


def test_a_page_that_was_voided_meanwhile_is_dropped(
    desks: Desks, working: Callable[..., tuple[Spooler, Ledger]]
) -> None:
    desk = desks()
    spooler, ledger = working(desk)
    ledger.unwanted.add("A001")
    spooler.hand_in(job("A001"))
    spooler.hand_in(job("A002"))
    assert ledger.soon("printed", "A002", "pickup")
    assert desk.pages() == [page("A002")]


def test_closing_lets_the_page_that_is_being_printed_end(
    desks: Desks, working: Callable[..., tuple[Spooler, Ledger]]
) -> None:
    desk = desks()
    spooler, ledger = working(desk)
    desk.switch(slow=True)
    spooler.hand_in(job("A001"))
    assert ledger.soon("begin", "A001")
    spooler.close()
    assert ledger.lines[-1] == ("printed", "A001", "pickup")


def test_a_folder_as_printer_has_each_page_once_and_a_way_that_is_not_supported_says_so(tmp_path: Path) -> None:
    ledger = Ledger()
    folder = printer_of(StationPrinter("office", "file:out", name="office"), tmp_path)
    nowhere = printer_of(StationPrinter("label", "usb:04b8:0202", name="label"), tmp_path)
    spooler = Spooler({"office": [folder], "label": [nowhere]}, ledger, retry_s=0.05)
    spooler.start()
    try:
        spooler.hand_in(Job("paper-1", "office", lambda _: Rendered(b"%PDF", "pdf")))
        spooler.hand_in(Job("paper-2", "label", lambda _: Rendered(b"")))
        assert ledger.soon("printed", "paper-1", "office")
        assert ledger.soon("waiting", "paper-2", "label", "not_supported")
    finally:
        spooler.close()
    assert [(each.name, each.read_bytes()) for each in (tmp_path / "out").iterdir()] == [("paper-1.pdf", b"%PDF")]
