"""What the window remembers of the past: what it heard, what the journal tells, and who has seen it; no Qt."""

from __future__ import annotations

import logging
from concurrent.futures import CancelledError
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import CarcheckError
from carcheck_desktop.ui.control.state import Mode
from carcheck_desktop.ui.control.telling import happenings as past
from carcheck_desktop.ui.control.telling.log import Log
from carcheck_desktop.ui.control.telling.summary import GROUP, unseen_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.ui.bridge.station import Heard, Station
    from carcheck_desktop.ui.control.choice import Choice

LOG = logging.getLogger(__name__)
RECALLED = 1500
"""So many of the newest facts are asked for when the window opens: more than a shift of six lanes."""


class Memory:
    """What happened, what of it nobody has seen, and whether it is being looked through."""

    def __init__(self, station: Station, choice: Choice, monotonic: Callable[[], float]) -> None:
        self.log = Log(monotonic())
        self.is_open = False
        self._station = station
        self._choice = choice
        self._monotonic = monotonic
        self._recalling: Future[list[Entry]] | None = None
        self._has_begun = False

    def take(self, heard: Heard) -> None:
        """Take in what a drain of the station brought, and what the journal told meanwhile."""
        now_s, visits = self._monotonic(), self._station.visits
        for entry in heard.entries:
            happening = past.of_entry(entry, visits)
            if happening is not None:
                self.log.add([happening], now_s)
        if heard.snapshots:
            self._snapshot(now_s)
        if self._recalling is not None and self._recalling.done():
            told, self._recalling = self._recalling, None
            self._recall(told)

    def _snapshot(self, now_s: float) -> None:
        """Take in what the views tell: of the time before this window, or of a silence of the link."""
        told = [*past.of_visits(self._station.visits.values()), *past.of_lanes(self._station.lanes.values())]
        if self._has_begun:
            self.log.add(told, now_s)
        else:
            self.log.recall(told)
        if self._station.service.has_snapshot:
            # stops, releases and refusals are in no view: the journal has them
            self._recalling = self._station.recall(RECALLED) or self._recalling
            self._has_begun = True

    def _recall(self, told: Future[list[Entry]]) -> None:
        try:
            entries = told.result(timeout=0)
        except (CarcheckError, OSError, CancelledError, TimeoutError) as error:
            LOG.warning("the journal told nothing of the past: %s", error)
            return
        visits = self._station.visits
        found = [past.of_entry(entry, visits) for entry in entries]
        self.log.recall(each for each in found if each is not None)
        if entries:
            first = min(entry.at for entry in entries)
            self.log.since = first if self.log.since is None else min(self.log.since, first)

    def unseen(self) -> tuple[int, int]:
        """Count what nobody has seen, and what of it is trouble."""
        found = unseen_of(self.log, self._monotonic())
        return len(found), sum(each.is_trouble for each in found)

    def touched(self) -> None:
        """A person is there; who comes back to something new is shown it."""
        if self.log.touched(self._monotonic()):
            self.is_open = True

    def toggle(self) -> None:
        """Open what happened, or close it again."""
        if self.is_open:
            self.close()
        else:
            self.is_open = True

    def close(self) -> None:
        """A person has looked through what happened."""
        self.is_open = False
        self.log.seen()

    def lead(self, key: str) -> None:
        """Go to where something happened: the lane, the waiting car, or the item with its result."""
        choice = self._choice
        if key.startswith(GROUP):
            lane = key.removeprefix(GROUP)
            if lane in self._station.lane_names:
                choice.choose_lane(lane)
            return
        happening = self.log.get(key)
        if happening is None:
            return
        place = happening.place
        if place.lane in self._station.lane_names:
            choice.choose_lane(place.lane)
        if place.attempt_id:
            choice.look_back(place.visit_id, place.attempt_id, place.item)
            if choice.mode is Mode.OVERVIEW:
                choice.choose_mode(Mode.SPLIT)
        elif place.visit_id:
            self._lead_to_visit(place.visit_id)

    def _lead_to_visit(self, visit_id: str) -> None:
        visit = self._station.visits.get(visit_id)
        attempts = visit.attempts if visit is not None else ()
        if attempts:
            self._choice.choose_lane(attempts[-1].lane)
            self._choice.look_back(visit_id, attempts[-1].attempt_id, "")
            if self._choice.mode is Mode.OVERVIEW:
                self._choice.choose_mode(Mode.SPLIT)
        else:
            self._choice.choose_visit(visit_id)
