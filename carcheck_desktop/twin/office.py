"""The virtual people of the office: cashier, authorised signer, pickup clerk; one class each, acting only by commands.

Each is asked for the next command and is told nothing that a person at that place could not see: the views of the link, and
what lies in a printer's tray. Nothing is kept that could not be seen again, so that each may be woken at any moment.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from carcheck_desktop.domain.calls import CallEnd, CallTo
from carcheck_desktop.domain.commands import (
    AnswerPaper,
    CallOwner,
    CloseVisit,
    EndCall,
    HandOver,
    OpenRecheck,
    Reprint,
    RequestPrint,
    RequestScan,
    SignReport,
    TakeCash,
)
from carcheck_desktop.domain.custody import COUNTER, OWNER, Place, Thing, holder_of, out
from carcheck_desktop.domain.documents import DocumentKind
from carcheck_desktop.domain.due import DuePaper, papers_due
from carcheck_desktop.domain.holds import Gate, is_failed, stopping
from carcheck_desktop.domain.papers import PaperState, papers_in_doubt, papers_on_their_way
from carcheck_desktop.domain.payment import due_fen, open_payment
from carcheck_desktop.domain.signing import hand_of, report_to_sign, signing_queue
from carcheck_desktop.domain.views import Stage, stage
from carcheck_desktop.twin.scenario import Arrival, Pays

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from carcheck_desktop.domain.arrival import ArrivalView
    from carcheck_desktop.domain.commands import Command
    from carcheck_desktop.domain.papers import PaperView
    from carcheck_desktop.domain.views import VisitView

READING_TIME = timedelta(seconds=20)
"""What a signer takes to read a report."""
LOOKING_TIME = timedelta(seconds=30)
"""From the question on the screen until somebody has looked into the tray."""
WALKING_TIME = timedelta(seconds=40)
"""From the call until the owner stands at the pickup counter."""
MENDING_TIME = timedelta(minutes=3)
"""The workshop is next door: a training day must not wait for a real one."""
NOTE_FEN = 100_00
MOST_COPIES = 4
"""So often a page that came out badly is printed again before somebody is left to look after the printer."""
TITLES: dict[DocumentKind, str] = {
    DocumentKind.REPORT: "机动车检验报告",
    DocumentKind.CERTIFICATE: "机动车检验合格通知单",
    DocumentKind.RECEIPT: "收费单",
}
"""By what a person knows a page in the tray."""
CODE_ENDS = {Pays.SCAN: "1", Pays.SCAN_CONFIRMED: "9", Pays.SCAN_LATE: "4444"}
"""How the payment code of each kind of customer ends at the simulated provider."""


class Trays(Protocol):
    """What lies in the printers' trays."""

    def pages(self, printer: str) -> tuple[bytes, ...]:
        """Return the whole pages that were cut, the oldest first."""
        ...


@dataclass(frozen=True, slots=True)
class Scene:
    """What everybody at the station sees; `cars` are the owners' cars by plate, as whoever stands before them knows them."""

    visits: Mapping[str, VisitView]
    arrivals: Mapping[str, ArrivalView]
    cars: Mapping[str, Arrival]
    now: datetime

    def car(self, visit: VisitView) -> Arrival | None:
        """Return the scenario's car of a visit; None for a car that somebody else brought."""
        return self.cars.get(visit.vehicle.plate)

    def noted(self, plate: str) -> ArrivalView | None:
        """Return the open arrival of a plate."""
        return next((each for each in self.arrivals.values() if each.plate == plate and each.is_open), None)


class Worker(Protocol):
    """One person's work."""

    def next_command(self, scene: Scene) -> Command | None:
        """Return what this person does now, if anything."""
        ...


@dataclass
class Cashier:
    """The second half of the clerk's work: takes the key at the window, takes the money, opens rechecks."""

    trays: Trays
    seed: int

    def next_command(self, scene: Scene) -> Command | None:
        """Return what to do for the first car that needs something."""
        for visit in scene.visits.values():
            car = scene.car(visit)
            command = None if car is None else self._for(visit, car, scene)
            if command is not None:
                return command
        return None

    def _for(self, visit: VisitView, car: Arrival, scene: Scene) -> Command | None:
        if visit.ended_at is not None:
            return OpenRecheck(visit.visit_id) if comes_again(visit, car, scene.now) else None
        if visit.withdrawal is not None:
            return None
        command = _answer(visit, self.trays, scene.now, DocumentKind.RECEIPT) or self._take_key(visit)
        return command or self._money(visit, car)

    def _take_key(self, visit: VisitView) -> Command | None:
        """Take from the owner at the window what he still has."""
        if stage(visit) is not Stage.WAITING:
            return None
        things = tuple(thing for thing in Thing if holder_of(visit.custody, thing) == OWNER)
        return HandOver(visit.visit_id, things, OWNER, COUNTER) if things else None

    def _money(self, visit: VisitView, car: Arrival) -> Command | None:
        due = due_fen(visit)
        if due <= 0 or open_payment(visit) is not None:
            return None
        if car.pays is Pays.CASH or visit.recheck is not None:
            return TakeCash(visit.visit_id, due, -(-due // NOTE_FEN) * NOTE_FEN)
        return RequestScan(visit.visit_id, due, self._code(visit, car.pays))

    def _code(self, visit: VisitView, pays: Pays) -> str:
        """Return what the customer's telephone shows; a new code for every attempt, and plainly ours: the same for a seed."""
        dice = random.Random(f"code:{self.seed}:{visit.vehicle.plate}:{len(visit.payments)}")
        end = CODE_ENDS[pays if not visit.payments else Pays.SCAN]
        return "28" + "".join(dice.choice("0123456789") for _ in range(16 - len(end))) + end


def comes_again(visit: VisitView, car: Arrival, now: datetime) -> bool:
    """Say whether a failed car was mended meanwhile and stands before the window again."""
    if visit.ended_at is None or visit.withdrawal is not None or visit.recheck is not None or not is_failed(visit):
        return False
    return car.mended is not None and now - visit.ended_at >= MENDING_TIME


def _answer(visit: VisitView, trays: Trays, now: datetime, *kinds: DocumentKind) -> Command | None:
    """Look into the tray for a paper in doubt and say what lies there, some time after the question came up."""
    for paper in papers_in_doubt(visit):
        if paper.kind in kinds and now - (paper.changed_at or now) >= LOOKING_TIME:
            return AnswerPaper(visit.visit_id, paper.paper_id, lies_in(trays, paper))
    return None


def lies_in(trays: Trays, paper: PaperView) -> bool:
    """Say whether a whole page with this paper's title and number lies in its printer's tray."""
    title, number = TITLES[paper.kind].encode("gb18030"), paper.number.encode()
    return any(title in page and number in page for page in trays.pages(paper.printer))


@dataclass
class Signer:
    """Reads the reports of the queue one by one and signs each with the own PIN."""

    name: str
    pin: str

    def next_command(self, scene: Scene) -> Command | None:
        """Return the signature of the report that was read long enough; never of a car that this person tested."""
        for visit in signing_queue(tuple(scene.visits.values())):
            report = report_to_sign(visit)
            if report is not None and scene.now - report.made_at >= READING_TIME and not hand_of(visit, self.name):
                return SignReport(visit.visit_id, report.report_id, self.pin)
        return None


@dataclass
class PickupClerk:
    """Prints what is due, looks into the tray, calls the owner, gives key and licence back, closes."""

    trays: Trays
    busy_with: str = field(default="")
    """The visit whose papers are being printed: one after the other, so that no owner gets another's page."""

    def queue(self, scene: Scene) -> list[VisitView]:
        """Return the visits that are concluded or given up and not closed, the one in hand first, then the oldest."""
        over = [
            visit
            for visit in scene.visits.values()
            if visit.ended_at is None and (visit.conclusion is not None or visit.withdrawal is not None)
        ]
        return sorted(over, key=lambda visit: (visit.visit_id != self.busy_with, visit.changed_at))

    def next_command(self, scene: Scene) -> Command | None:
        """Return what to do for the first visit that needs something."""
        for visit in self.queue(scene):
            command = self._print(visit, scene.now)
            if command is not None:
                self.busy_with = visit.visit_id
                return command
            if visit.visit_id == self.busy_with and (papers_on_their_way(visit) or papers_in_doubt(visit)):
                return None
        for visit in self.queue(scene):
            command = self._give_back(visit, scene.now)
            if command is not None:
                return command
        return None

    def _print(self, visit: VisitView, now: datetime) -> Command | None:
        answer = _answer(visit, self.trays, now, DocumentKind.REPORT, DocumentKind.CERTIFICATE)
        if answer is not None or papers_on_their_way(visit) or papers_in_doubt(visit):
            return answer
        due = papers_due(visit, now)
        if any(each.kind is DocumentKind.REPORT and each.held for each in due):
            return None  # nobody gets half of the papers
        return next(self._wanted(visit, due), None)

    def _wanted(self, visit: VisitView, due: tuple[DuePaper, ...]) -> Iterator[Command]:
        for each in due:
            if each.held or each.is_out or each.kind is DocumentKind.RECEIPT:
                continue
            paper = each.paper
            if paper is None:
                yield RequestPrint(visit.visit_id, each.kind)
            elif paper.state is PaperState.FAILED and paper.copy < MOST_COPIES:
                yield Reprint(visit.visit_id, paper.paper_id, "只出来半张，已当面撕毁")

    def _give_back(self, visit: VisitView, now: datetime) -> Command | None:
        if visit.withdrawal is None and not all(each.is_out for each in papers_due(visit, now)):
            return None
        left = out(visit.custody)
        if left:
            return self._hand_to_owner(visit, left, now)
        if visit.calls:
            return EndCall(visit.visit_id, visit.calls[0].call_id, CallEnd.ANSWERED)
        return None if stopping(visit, now, Gate.CLOSE) else CloseVisit(visit.visit_id)

    def _hand_to_owner(self, visit: VisitView, left: tuple[Thing, ...], now: datetime) -> Command | None:
        holder = holder_of(visit.custody, left[0])
        if any(holder_of(visit.custody, thing).place is Place.PERSON for thing in left):
            return None  # the driver is still on the way back from the parking space
        call = next((each for each in visit.calls if each.to is CallTo.PICKUP), None)
        if call is None:
            return CallOwner(visit.visit_id, CallTo.PICKUP, "1")
        if now - call.called_at < WALKING_TIME:
            return None
        return HandOver(
            visit.visit_id, tuple(thing for thing in left if holder_of(visit.custody, thing) == holder), holder, OWNER
        )
