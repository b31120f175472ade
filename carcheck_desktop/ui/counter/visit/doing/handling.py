"""What the counter does around the sheets: what they send, what comes of it, tickets that are scanned; no Qt."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.views import VisitView
from carcheck_desktop.ui.counter.sending import SESSION_GONE
from carcheck_desktop.ui.counter.state import Page
from carcheck_desktop.ui.counter.telling.calling import car_of_ticket
from carcheck_desktop.ui.counter.telling.pay import owes
from carcheck_desktop.ui.counter.visit.doing.correcting import Correcting
from carcheck_desktop.ui.counter.visit.doing.desk import TASK, VisitDesk
from carcheck_desktop.ui.counter.visit.state import TaskKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.base.messages import Problem
    from carcheck_desktop.ui.bridge.station import Station
    from carcheck_desktop.ui.bridge.words import Words


class Handling(Correcting):
    """An intake, and the visits of those who come back to the window."""

    def __init__(self, station: Station, words: Words, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__(station, words, monotonic)
        self.desk = VisitDesk(self)
        self._to_pay = ""
        """A visit whose recheck is to be paid as soon as the feed has told its price."""

    def recheck(self) -> None:
        """Ask what a recheck would be: of the visit that is large, else of the plate that was looked up."""
        if self.page is Page.VISIT:
            self.desk.begin(TaskKind.RECHECK)
        else:
            self.desk.ask_recheck(self.draft.plate)

    def order(self, command: c.Command, take: Callable[[c.Reply], None], second_token: str | None) -> None:
        """Send what a sheet is for."""
        self._send(TASK, command, lambda _draft, reply: take(reply), second_token)

    def look_at_fetched(self, visit: VisitView) -> None:
        """Look at a visit that the service told of by its ticket; the sheet stays over it."""
        self.fetched, self.visit = visit, visit.visit_id

    def pay_when_told(self, visit_id: str) -> None:
        """Take the money of a recheck as soon as the feed has told what it costs."""
        self._to_pay = visit_id
        self.hear_price()

    def hear_price(self) -> None:
        """Take the money of a recheck once its price is there, unless the clerk went on to something else."""
        visit = self.station.visits.get(self._to_pay)
        if self._to_pay and self.visit != self._to_pay:
            self._to_pay = ""
        elif visit is not None and owes(visit) and visit.recheck is not None:
            self._to_pay = ""
            if self.may(c.TakeCash.kind):
                self.pay_for(visit.visit_id)

    def _refused(self, key: str, problem: Problem) -> None:
        if key != TASK or problem.code in SESSION_GONE:
            super()._refused(key, problem)
        else:
            self.desk.refused(problem)

    def scan(self, scanned: str) -> None:
        """A ticket was scanned: look at its visit, begin with its car, or ask the service about one of earlier days."""
        car = car_of_ticket(self.station, scanned)
        if isinstance(car, VisitView):
            self.show_visit(car.visit_id)
        elif car is not None:
            self.begin(car.plate)
            self.choose_kind(car.plate_kind.value)
        elif self.may(c.AskRecheck.kind):
            self.desk.ask_recheck(scanned)
