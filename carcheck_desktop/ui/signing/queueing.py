"""The queue of reports and the one that is large; no Qt."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from carcheck_desktop.domain.signing import (
    Tester,
    hand_of,
    newest_report,
    rejected_report,
    report_to_sign,
    signing_queue,
)
from carcheck_desktop.ui.frame.asking import Asking
from carcheck_desktop.ui.signing.state import Side

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.domain.signing import ReportView
    from carcheck_desktop.domain.views import VisitView
    from carcheck_desktop.ui.bridge.station import Station
    from carcheck_desktop.ui.bridge.words import Words

PIN_FIELD = "sign_pin"


class Queueing(Asking):
    """What waits for a signature, and from which side one report is looked at."""

    def __init__(self, station: Station, words: Words, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__(station, words, monotonic)
        self.chosen = ""
        self.side = Side.VALUES
        self.decided: set[str] = set()
        """Reports that were decided here and whose facts may still be on their way."""

    def home(self) -> str:
        """Work begins at the PIN."""
        return PIN_FIELD

    # -- the queue -----------------------------------------------------------------------------

    def queue(self) -> tuple[VisitView, ...]:
        """Return what waits, without what was just decided here; what was rejected comes last."""
        visits = tuple(self.station.visits.values())
        rejected = tuple(each for each in visits if rejected_report(each) is not None and each.ended_at is None)
        return (*(each for each in signing_queue(visits) if self._waiting(each) is not None), *rejected)

    def _waiting(self, visit: VisitView) -> ReportView | None:
        report = report_to_sign(visit)
        return None if report is None or report.report_id in self.decided else report

    def current(self) -> VisitView | None:
        """Return the visit whose report is large: the chosen one, else the one that waits longest."""
        queue = self.queue()
        return next((visit for visit in queue if visit.visit_id == self.chosen), queue[0] if queue else None)

    def report(self) -> ReportView | None:
        """Return the report that is large."""
        visit = self.current()
        return newest_report(visit) if visit is not None else None

    def own_hand(self) -> Tester | None:
        """Return what the signed-in person did with this car, so that he may not sign."""
        visit = self.current()
        return hand_of(visit, self.actor) if visit is not None and self.actor else None

    def choose(self, visit_id: str) -> None:
        """Look at another report of the queue."""
        self.chosen, self.problem = visit_id, None

    def step(self, by: int) -> None:
        """Look at the next report of the queue, or the one before."""
        queue, visit = self.queue(), self.current()
        if visit is not None:
            place = [each.visit_id for each in queue].index(visit.visit_id) + by
            self.choose(queue[max(0, min(len(queue) - 1, place))].visit_id)

    def turn(self) -> None:
        """Look at the report from the other side."""
        self.side = Side.PAPER if self.side is Side.VALUES else Side.VALUES
