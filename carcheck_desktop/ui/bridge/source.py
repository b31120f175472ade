"""One link and what came over it so far, folded; no Qt, no threads."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.facts import FACTS
from carcheck_desktop.domain.fold import fold_board, fold_lane, fold_visit
from carcheck_desktop.domain.folding.custody import fold_arrivals
from carcheck_desktop.domain.folding.tables import fold_standards
from carcheck_desktop.domain.tables import NO_STANDARDS
from carcheck_desktop.domain.views import NO_BOARD
from carcheck_desktop.link.client.events import FactArrived, LinkDown, LinkUp, SnapshotTaken

if TYPE_CHECKING:
    from carcheck_desktop.base.messages import Problem
    from carcheck_desktop.domain.arrival import ArrivalView
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.live import LiveSamples
    from carcheck_desktop.domain.station import Handshake
    from carcheck_desktop.domain.tables import StandardsView
    from carcheck_desktop.domain.views import BoardView, LaneView, VisitView
    from carcheck_desktop.ui.bridge.protocols import Link

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Heard:
    """What one drain brought: new facts in order, samples, and whether anything is to be painted."""

    changed: bool = False
    entries: tuple[Entry, ...] = ()
    samples: tuple[LiveSamples, ...] = ()
    snapshots: int = 0


@dataclass(slots=True)
class Source:
    """One link and what came over it so far."""

    link: Link
    up: bool = False
    handshake: Handshake | None = None
    problem: Problem | None = None
    visits: dict[str, VisitView] = field(default_factory=dict)
    arrivals: dict[str, ArrivalView] = field(default_factory=dict)
    lanes: dict[str, LaneView] = field(default_factory=dict)
    board: BoardView = NO_BOARD
    standards: StandardsView = NO_STANDARDS
    """While a table file is not as it was approved (`faults`) nothing is concluded or signed."""
    unread: set[str] = field(default_factory=set)
    """What a newer program wrote of these visits, lanes or records cannot be read here."""
    has_snapshot: bool = False
    place: tuple[int, str] = (0, "")
    """Where in the feed, and in which epoch, the last snapshot was taken."""

    def drain(self) -> Heard:
        """Empty the mailbox and fold everything in it."""
        events, samples = self.link.mailbox.drain()
        entries: list[Entry] = []
        snapshots = 0
        for event in events:
            if isinstance(event, FactArrived):
                self._fold(event.entry)
                entries.append(event.entry)
            elif isinstance(event, SnapshotTaken):
                snapshots += 1
                self.visits = {visit.visit_id: visit for visit in event.snapshot.visits}
                self.lanes = {lane.lane: lane for lane in event.snapshot.lanes}
                self.arrivals = {each.visit_id: each for each in event.snapshot.arrivals}
                self.board = event.snapshot.board
                self.standards = event.snapshot.standards
                self.unread = set(event.left_out)
                self.has_snapshot = True
                self.place = event.snapshot.pos, event.snapshot.epoch
            elif isinstance(event, LinkUp):
                self.up, self.handshake, self.problem = True, event.handshake, None
            elif isinstance(event, LinkDown):
                self.up, self.problem = False, event.problem
        return Heard(bool(events), tuple(entries), tuple(samples.values()), snapshots)

    def _fold(self, entry: Entry) -> None:
        try:
            visit = fold_visit(self.visits.get(entry.subject), entry)
            if visit is not None:
                self.visits[entry.subject] = visit
            self.lanes = {name: fold_lane(lane, entry) for name, lane in self.lanes.items()}
            self.arrivals = fold_arrivals(self.arrivals, entry)
            self.board = fold_board(self.board, entry)
            self.standards = fold_standards(self.standards, entry)
        except DataError:
            # written by a newer program: the view stays as it was, and the window says that something is missing
            LOG.warning("fact %s version %s is not known here", entry.kind, entry.version)
            if entry.kind in FACTS or entry.subject in self.visits:
                self.unread.add(entry.subject)
