"""What a person chose in the control window: way to look, lane, waiting visit, item; pure, kept nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.domain.views import ItemState
from carcheck_desktop.ui.control.state import Mode
from carcheck_desktop.ui.control.telling.lanes import Shown, open_attempt, waiting_visits
from carcheck_desktop.ui.control.telling.results import WHOLE

if TYPE_CHECKING:
    from carcheck_desktop.domain.views import AttemptView, ItemView, LaneView, VisitView
    from carcheck_desktop.ui.bridge.station import Station


MANY_LANES = 3
"""From so many lanes on, all of them are shown at once until somebody chooses otherwise."""


class Choice:
    """The chosen lane, visit and item, each with what stands for it until somebody chooses."""

    def __init__(self, station: Station) -> None:
        self.station = station
        self._lane = ""
        self._visit = ""
        self._item = ""
        self._mode: Mode | None = None
        self._back: tuple[str, str] | None = None

    @property
    def mode(self) -> Mode:
        """The way to look; by the number of lanes until somebody chooses."""
        if self._mode is not None:
            return self._mode
        return Mode.OVERVIEW if len(self.station.lane_names) >= MANY_LANES else Mode.SPLIT

    @property
    def back(self) -> AttemptView | None:
        """An earlier attempt that somebody looks at again, None for what is on the lane."""
        if self._back is None:
            return None
        visit = self.station.visits.get(self._back[0])
        attempts = visit.attempts if visit is not None else ()
        return next((each for each in attempts if each.attempt_id == self._back[1]), None)

    @property
    def lane(self) -> str:
        """The chosen lane; the first one until somebody chooses."""
        names = self.station.lane_names
        return self._lane if self._lane in names else names[0] if names else ""

    @property
    def view(self) -> LaneView | None:
        """The chosen lane's view."""
        return self.station.lanes.get(self.lane)

    @property
    def attempt(self) -> AttemptView | None:
        """The attempt on the lane, or the last one while the lane is free."""
        return self.view.attempt if self.view is not None else None

    @property
    def visit(self) -> VisitView | None:
        """The chosen waiting visit; the one that has waited longest until somebody chooses."""
        waiting = waiting_visits(self.station.visits.values())
        return next((visit for visit in waiting if visit.visit_id == self._visit), waiting[0] if waiting else None)

    @property
    def item(self) -> ItemView | None:
        """The chosen item; the running one, else the last one that ended."""
        return self._item_of(self.attempt)

    def _item_of(self, attempt: AttemptView | None) -> ItemView | None:
        if attempt is None:
            return None
        by_code = {item.item: item for item in attempt.items}
        if self._item in by_code:
            return by_code[self._item]
        running = next((item for item in attempt.items if item.state is ItemState.RUNNING), None)
        ended = [item for item in attempt.items if item.finished_at is not None]
        newest = max(ended, key=lambda item: (item.finished_at is not None, item.finished_at), default=None)
        return running or newest

    def choose_lane(self, lane: str, mode: Mode | None = None) -> None:
        """Choose another lane, and how to look at it where `mode` says so."""
        self._mode = mode or self._mode
        self._lane, self._item, self._back = lane, "", None

    def choose_mode(self, mode: Mode) -> None:
        """Look another way."""
        self._mode = mode

    def look_back(self, visit_id: str, attempt_id: str, item: str) -> None:
        """Show an attempt again, the present one or an earlier one, at one of its items."""
        present = self.attempt
        self._back = None if present is not None and present.attempt_id == attempt_id else (visit_id, attempt_id)
        self._item = item

    def choose_next_lane(self, step: int) -> None:
        """Show the lane before or after."""
        names = self.station.lane_names
        if names:
            self.choose_lane(names[(names.index(self.lane) + step) % len(names)])

    def choose_lane_at(self, place: int) -> None:
        """Show the lane at a place of the list."""
        names = self.station.lane_names
        if place < len(names):
            self.choose_lane(names[place])

    def choose_visit(self, visit_id: str) -> None:
        """Choose the waiting visit that starts next."""
        self._visit = visit_id

    def choose_item(self, item: str) -> None:
        """Show an item's result, and repeat it if asked."""
        self._item = item

    def shown(self, view: LaneView) -> Shown:
        """Return what of the chosen lane is to be shown large."""
        attempt = self.back or view.attempt
        done = self._concluded(view, attempt)
        is_whole = self._item == WHOLE or not self._item
        item = self._item_of(attempt)
        return Shown(view, self.station.lane_is_up(view.lane), self.visit, item, done, whole=is_whole, back=self.back)

    def glance(self, view: LaneView) -> Shown:
        """Return what of any lane is shown among the others."""
        return Shown(view, self.station.lane_is_up(view.lane), self.visit, None)

    def _concluded(self, view: LaneView, attempt: AttemptView | None) -> VisitView | None:
        """Return the visit of the shown attempt once it is concluded by it."""
        visit = self.station.visits.get(attempt.visit_id) if attempt is not None else None
        if visit is None or attempt is None or visit.conclusion is None:
            return None
        if self.back is not None:
            return visit if visit.attempts and visit.attempts[-1].attempt_id == attempt.attempt_id else None
        return None if open_attempt(view) is not None else visit

    def follow(self) -> None:
        """Go back to the running item: a new step is what everybody looks at."""
        self._item, self._back = "", None
