"""What a person chose in the control window: lane, waiting visit, item; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.domain.views import ItemState
from carcheck_desktop.ui.control.telling.lanes import Shown, open_attempt, waiting_visits
from carcheck_desktop.ui.control.telling.results import WHOLE

if TYPE_CHECKING:
    from carcheck_desktop.domain.views import AttemptView, ItemView, LaneView, VisitView
    from carcheck_desktop.ui.bridge.station import Station


class Choice:
    """The chosen lane, visit and item, each with what stands for it until somebody chooses."""

    def __init__(self, station: Station) -> None:
        self.station = station
        self._lane = ""
        self._visit = ""
        self._item = ""

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
        attempt = self.attempt
        if attempt is None:
            return None
        by_code = {item.item: item for item in attempt.items}
        if self._item in by_code:
            return by_code[self._item]
        running = next((item for item in attempt.items if item.state is ItemState.RUNNING), None)
        ended = [item for item in attempt.items if item.finished_at is not None]
        newest = max(ended, key=lambda item: (item.finished_at is not None, item.finished_at), default=None)
        return running or newest

    def choose_lane(self, lane: str) -> None:
        """Show another lane large."""
        self._lane, self._item = lane, ""

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
        """Return what of the chosen lane is to be shown."""
        attempt = view.attempt
        done = self.station.visits.get(attempt.visit_id) if attempt is not None else None
        if done is not None and (done.conclusion is None or open_attempt(view) is not None):
            done = None
        is_whole = self._item == WHOLE or not self._item
        return Shown(view, self.station.lane_is_up(view.lane), self.visit, self.item, done, whole=is_whole)

    def follow(self) -> None:
        """Go back to the running item: a new step is what everybody looks at."""
        self._item = ""
