"""The program that prints: the service's ledger, errand and spooler on a database of its own, and a person at the printers.

Run as a process so that it can be killed at any moment; started again it goes on. The person does what the words of a paper in doubt
ask for: switches the printer off and on, looks into its tray, answers, and has what is not there printed again. He sees the tray's
files only.
"""

from __future__ import annotations

import argparse
import json
import queue
import sys
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from benchmarks.print_counter import number_of
from carcheck_desktop.app.parts import clock_from, folders_of, open_service_store
from carcheck_desktop.app.printers import PrintErrand
from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.base.station import read_station
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.desk.papers import ledger
from carcheck_desktop.domain.documents import Align, Block, Cut, Document, DocumentKind, Qr, Size, Width, text_line
from carcheck_desktop.domain.facts import PaperAnswered, VisitOpened
from carcheck_desktop.domain.journal import Entry
from carcheck_desktop.domain.papers import PaperState, PaperView, paper_of
from carcheck_desktop.domain.ports import UnitOfWork
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.printing.spool.making import printers_by_place
from carcheck_desktop.printing.spool.outcomes import Patience
from carcheck_desktop.store.writer import StoreWriter
from carcheck_desktop.twin.scenario import arrivals

PATIENCE = Patience(connect_s=0.5, answer_s=0.3, barrier_s=1.0, stall_s=0.4, silent_s=1.5, print_s=4.0, mend_s=30.0, look_s=0.05)  # fmt: skip
"""As short as the printers are fast: they run at the speed of the simulation."""
A_VISIT = 10
"""Papers of one visit."""


def document(number: str) -> Document:
    """Return a report of one receipt's width: text, Chinese, a QR code, a cut."""
    blocks: tuple[Block, ...] = (
        text_line(f"BEGIN {number}", Align.CENTRE, Size.LARGE, bold=True),
        *(text_line(f"制动率 {each}.0 % ≥ 60 % 合格 ￥120.00") for each in range(8)),
        Qr(f"http://127.0.0.1/t/{number}"),
        text_line(f"END {number}"),
        Cut(),
    )
    return Document(DocumentKind.REPORT, number, "zh_CN", Width.RECEIPT80, blocks, simulated=True)


class Person:
    """Somebody at the printers."""

    def __init__(self, console: str, trays: Path) -> None:
        self._console = console
        self._trays = trays

    def lies_there(self, printer: str, number: str) -> bool:
        """Switch the printer off and on, then look for a good page of this number in its tray."""
        self._switch(printer, power_off=True)
        time.sleep(0.15)
        self._switch(printer, power_off=False)
        time.sleep(0.1)
        pages = (self._trays / printer).glob("*.escpos")
        return any(number_of(each.read_bytes()) == number for each in pages)

    def _switch(self, printer: str, **switches: bool) -> None:
        request = urllib.request.Request(
            f"{self._console}/printers/{printer}", json.dumps(switches).encode(), {"Content-Type": "application/json"}
        )
        urllib.request.urlopen(request, timeout=10).close()


class Press:
    """The running program."""

    def __init__(self, station_file: Path, console: str) -> None:
        self.station = read_station(station_file)
        clock = clock_from(console, self.station)
        self.store = open_service_store(self.station, clock)
        self.errand = PrintErrand(self.store, printers_by_place(self.station.printers, self.station.folder, PATIENCE))
        self._doubts: queue.SimpleQueue[tuple[str, str] | None] = queue.SimpleQueue()
        self.seen: Counter[str] = Counter()
        self.writer = StoreWriter(self.store, self._hear)
        self._person = Person(console, folders_of(self.station).printed)
        self._at_work = threading.Thread(target=self._answer_all, daemon=True)
        today = inspection_date(clock.epoch) if hasattr(clock, "epoch") else inspection_date(clock.now())
        self._vehicles = [each.vehicle for each in arrivals(5, 1, self.station.province, today)]

    def work(self, count: int, calm: int) -> list[float]:
        """Queue what is not queued yet, and return when every number is printed.

        The first `calm` ones go out one by one; returned are the milliseconds from asking for each until its first byte was in the
        printer, as the printer's own log has it. Only at a first start: later they are there.
        """
        places = self.errand.spooler.places
        with self.store.read() as uow:
            doubts = [(visit, paper) for visit, paper in ledger.open_papers(uow) if paper.state is PaperState.IN_DOUBT]
        for visit_id, paper in doubts:
            self._doubts.put((visit_id, paper.paper_id))
        self.errand.start(self.writer)
        self._at_work.start()
        asked = [self._one(each) for each in range(1, calm + 1)]
        for first in range(1, count + 1, A_VISIT):
            place = places[(first // A_VISIT) % len(places)]
            self.writer.call(lambda uow, first=first, place=place: self._queue(uow, first, count, place))  # type: ignore[misc]
        while self._missing(count):
            time.sleep(0.2)
        self._doubts.put(None)
        self.errand.close()
        self.writer.close()
        self.store.close()
        return self._first_bytes([each for each in asked if each is not None])

    def _one(self, number: int) -> datetime | None:
        """Queue one paper and wait until it is out; None when it was queued before."""
        visit_id = f"visit-{number // A_VISIT * A_VISIT + 1 - A_VISIT * (number % A_VISIT == 0):05d}"
        began = self.store.clock.now()
        with self.store.read() as uow:
            known = {each.number for each in ledger.papers_of(uow, visit_id)}
        if f"J{number:05d}" in known:
            return None
        place = self.errand.spooler.places[0]
        self.writer.call(lambda uow: self._queue(uow, number, number, place, visit_id))
        while True:
            with self.store.read() as uow:
                papers = ledger.papers_of(uow, visit_id)
            if any((each.number, each.state) == (f"J{number:05d}", PaperState.PRINTED) for each in papers):
                return began
            time.sleep(0.002)

    def _first_bytes(self, asked: list[datetime]) -> list[float]:
        log = folders_of(self.station).printed / self.errand.spooler.places[0] / "log.jsonl"
        lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
        begun = [datetime.fromisoformat(line["at"]) for line in lines if line["event"] == "begins"]
        speed = self.store.clock.speed
        return [(there - at).total_seconds() / speed * 1000 for at, there in zip(asked, begun, strict=False)]

    def _queue(self, uow: UnitOfWork, first: int, count: int, place: str, visit_id: str = "") -> None:
        visit_id = visit_id or f"visit-{first:05d}"
        if uow.visits.get(visit_id) is None:
            opened = VisitOpened(visit_id, self._vehicles[0], InspectionKind.IN_USE, (), "bench", "")
            record(uow, opened, actor="bench")
        for each in range(first, min(first + A_VISIT, count + 1)):
            try:
                ledger.queue_paper(uow, visit_id, document(f"J{each:05d}"), place, "bench", self.store.clock.now())
            except RefusedError:
                continue  # queued before the last kill

    def _missing(self, count: int) -> bool:
        with self.store.read() as uow:
            for first in range(1, count + 1, A_VISIT):
                papers = ledger.papers_of(uow, f"visit-{first:05d}")
                good = {each.number for each in papers if each.state is PaperState.PRINTED}
                if len(good) < min(A_VISIT, count + 1 - first):
                    return True
        return False

    def _hear(self, facts: Sequence[tuple[int, Entry]]) -> None:
        self.errand.hear(facts)
        for _, entry in facts:
            if entry.kind == "paper_in_doubt":
                fact = entry.fact()
                self._doubts.put((entry.subject, str(getattr(fact, "paper_id", ""))))

    def _answer_all(self) -> None:
        while (doubt := self._doubts.get()) is not None:
            visit_id, paper_id = doubt
            with self.store.read() as uow:
                paper = paper_of(ledger.papers_of(uow, visit_id), paper_id)
            if paper is None or paper.state is not PaperState.IN_DOUBT:
                continue
            came_out = self._person.lies_there(paper.printer, paper.number)
            self.writer.call(lambda uow, a=visit_id, b=paper, c=came_out: answer(uow, a, b, came_out=c))  # type: ignore[misc]


def answer(uow: UnitOfWork, visit_id: str, paper: PaperView, *, came_out: bool) -> None:
    """Write the person's answer down, and have printed again what is not there."""
    now = paper_of(ledger.papers_of(uow, visit_id), paper.paper_id)
    if now is None or now.state is not PaperState.IN_DOUBT:
        return  # its printer said so late
    record(uow, PaperAnswered(visit_id, paper.paper_id, came_out), actor="bench")
    if not came_out:
        ledger.void(uow, visit_id, paper.paper_id, "未打出", "bench")
        ledger.queue_again(uow, visit_id, paper, paper.place, "bench")


def main() -> int:
    """Print every number; return 0 when the ledger says that all are out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--station", type=Path, required=True)
    parser.add_argument("--console", required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--calm", type=int, default=0)
    parser.add_argument("--told", type=Path)
    options = parser.parse_args()
    calm = Press(options.station, options.console).work(options.count, options.calm)
    if options.told is not None:
        options.told.write_text(json.dumps(calm), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
