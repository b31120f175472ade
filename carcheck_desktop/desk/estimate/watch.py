"""Keeps what estimates need, folded from the journal, and says which are to be given now.

Belongs to one thread; no clock, no database of its own.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.desk.board import board_of
from carcheck_desktop.desk.estimate.durations import Durations
from carcheck_desktop.desk.estimate.foresee import Expected, Outlook, foresee, lane_now
from carcheck_desktop.desk.estimate.stopwatch import Stopwatch
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.board import spans_on
from carcheck_desktop.domain.facts import BOARD_SUBJECTS, EstimateGiven
from carcheck_desktop.domain.facts.ending import RecheckOpened, VisitCorrected, VisitWithdrawn
from carcheck_desktop.domain.fold import fold_board, fold_lane, fold_visit
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.views import NO_BOARD, LaneView, is_over, opening_hours

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from carcheck_desktop.desk.estimate.durations import Prior
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.ports import UnitOfWork
    from carcheck_desktop.domain.station import LaneAddress
    from carcheck_desktop.domain.views import EstimateView, VisitView

LOG = logging.getLogger(__name__)

SERVICE = "service"
"""The actor of estimates."""
LEARNT_FROM = timedelta(days=30)
MOST_LEARNT = 20_000
"""Entries looked back over at the start: more samples of every part than are remembered, in about a second."""
PAGE = 500
AGAIN = timedelta(seconds=30)
"""How often one visit's estimate is given anew at most, unless its reason changes."""
MATERIAL = timedelta(minutes=2)
MATERIAL_SHARE = 0.1
"""A change is worth telling from two minutes on, and from a tenth of the time that is still to go."""
MOVING = frozenset(
    fact.kind
    for fact in (
        f.VisitOpened, f.VisitConcluded, f.AttemptStarted, f.ItemStarted, f.ItemFinished, f.ItemVoided,
        f.AttemptEnded, f.AttemptInterrupted, f.AttemptResumed, f.LaneStopped, f.StopReleased,
        f.DeviceAttached, f.DeviceLost, f.OpeningHoursSet, RecheckOpened, VisitCorrected, VisitWithdrawn,
    )
)  # fmt: skip
"""The facts after which estimates may be others."""


class Watch:
    """Open visits, lanes, hours and durations as of the last entry taken."""

    def __init__(self, prior: Prior, lanes: Iterable[LaneAddress]) -> None:
        self.durations = Durations(prior)
        self._stopwatch = Stopwatch()
        self._lanes = {each.lane: LaneView(each.lane, each.node) for each in lanes}
        self._visits: dict[str, VisitView] = {}
        self._board = NO_BOARD
        self._pos = 0

    def load(self, uow: UnitOfWork, now: datetime) -> None:
        """Begin with what is recorded: the newest entries for durations and lanes, the rows of open visits."""
        self._pos = uow.journal.position()
        place = max(0, self._pos - MOST_LEARNT)
        while page := uow.journal.after(place, PAGE):
            for place, entry in page:  # noqa: B007 - the last place is where the next page begins
                if now - entry.at <= LEARNT_FROM:
                    self._learn(entry)
        self._board = board_of(uow.journal)
        self._visits = {visit.visit_id: visit for visit in uow.visits.open_ones() if not is_over(visit)}

    def take(self, facts: Sequence[tuple[int, Entry]]) -> bool:
        """Fold committed entries; say whether estimates may be others now."""
        is_moved = False
        for pos, entry in facts:
            if pos <= self._pos:
                continue
            self._pos = pos
            self._learn(entry)
            self._fold(entry)
            is_moved = is_moved or entry.kind in MOVING
        return is_moved

    def due(self, now: datetime) -> list[EstimateGiven]:
        """Return the estimates that are worth telling now."""
        due: list[EstimateGiven] = []
        for visit_id, expected in self.expected(now).items():
            if is_worth_telling(self._visits[visit_id].estimate, expected, now):
                due.append(EstimateGiven(visit_id, expected.earliest, expected.latest, expected.late, expected.basis))
        return due

    def expected(self, now: datetime) -> dict[str, Expected]:
        """Return what is expected of every open visit, told or not."""
        today = inspection_date(now)
        hours = opening_hours(self._board, today)
        spans = spans_on(hours.week, hours.exceptions, today) if hours is not None else ()
        lanes = tuple(lane_now(lane) for lane in self._lanes.values())
        return foresee(Outlook(now, tuple(self._visits.values()), lanes, spans), self.durations)

    def _learn(self, entry: Entry) -> None:
        try:
            self.durations.add_all(self._stopwatch.take(entry))
            for name, lane in self._lanes.items():
                if lane.node == entry.node:
                    self._lanes[name] = fold_lane(lane, entry)
        except DataError as error:
            LOG.warning("an entry teaches nothing about durations: %s", error)

    def _fold(self, entry: Entry) -> None:
        if entry.subject in BOARD_SUBJECTS:
            self._board = fold_board(self._board, entry)
            return
        visit = fold_visit(self._visits.get(entry.subject), entry)
        if visit is None or is_over(visit):
            self._visits.pop(entry.subject, None)
        else:
            self._visits[entry.subject] = visit


def is_worth_telling(told: EstimateView | None, expected: Expected, now: datetime) -> bool:
    """Say whether people should hear of it: the reason changed, the promise is broken, or it moved materially."""
    if told is None:
        return True
    is_open, was_open = expected.latest is None, told.latest is None
    if is_open != was_open or _code(expected.late) != _code(told.late):
        return True
    if timedelta() <= now - told.given_at < AGAIN:  # a clock that was set back must not silence it
        return False
    if expected.latest is None or told.latest is None:
        return _moved(told.earliest, expected.earliest, now) and expected.earliest < told.earliest
    if told.latest < now:
        return True
    return _moved(told.earliest, expected.earliest, now) or _moved(told.latest, expected.latest, now)


def _code(late: object) -> str:
    return getattr(late, "code", "")


def _moved(before: datetime, after: datetime, now: datetime) -> bool:
    return abs(after - before) >= max(MATERIAL, abs(after - now) * MATERIAL_SHARE)


def give(uow: UnitOfWork, estimates: Iterable[EstimateGiven]) -> None:
    """Record estimates of visits that are still open."""
    for estimate in estimates:
        visit = uow.visits.get(estimate.visit_id)
        if visit is not None and visit.conclusion is None:
            record(uow, estimate, actor=SERVICE)
