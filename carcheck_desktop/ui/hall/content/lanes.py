"""The lanes' part of the board: what stands on each, how it is, and the one queue for all; no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.domain.views import ItemState, Stage, stage
from carcheck_desktop.ui.hall.content.cars import masked, plate_of
from carcheck_desktop.ui.hall.state import LaneRow, LanesState
from carcheck_desktop.ui.theme.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carcheck_desktop.domain.board import BoardRules
    from carcheck_desktop.domain.turns import Waiting
    from carcheck_desktop.domain.views import VisitView
    from carcheck_desktop.ui.bridge.station import Station
    from carcheck_desktop.ui.bridge.words import Words

NEXT_UP = 4
"""So many of those who wait are named beside the lanes."""
LOOK: dict[str, tuple[Tone, str]] = {
    "connecting": (Tone.OFF, "loader-circle"),
    "away": (Tone.OFF, "unplug"),
    "stopped": (Tone.CAUTION, "octagon-pause"),
    "paused": (Tone.CAUTION, "circle-pause"),
    "working": (Tone.RUNNING, "circle-dot"),
    "free": (Tone.GOOD, "circle-check"),
}


def lanes_state(
    station: Station, shown: Sequence[VisitView], waiting: Sequence[Waiting], rules: BoardRules, words: Words
) -> LanesState:
    """Return the lanes that the service names, in its order, and who waits for them."""
    on_lane = {
        visit.attempts[-1].lane: visit
        for visit in shown
        if visit.attempts and stage(visit) in (Stage.IN_LANE, Stage.INTERRUPTED)
    }
    names = station.lane_names
    return LanesState(
        title=words("ui.hall.lanes.title"),
        rows=tuple(_lane(station, lane, on_lane.get(lane), rules, words) for lane in names),
        queue=words("ui.hall.lanes.queue", count=len(waiting)),
        queue_rule=words("ui.hall.lanes.one_queue") if len(names) > 1 else "",
        next_up=tuple(masked(car.plate, car.plate_kind, rules) for car in waiting[:NEXT_UP]),
        empty="" if names else words("ui.hall.lanes.none"),
    )


def _lane(station: Station, lane: str, visit: VisitView | None, rules: BoardRules, words: Words) -> LaneRow:
    how = _how(station, lane, visit)
    tone, icon = LOOK[how]
    return LaneRow(
        name=words.lane(lane),
        state=words(f"ui.hall.lanes.{how}"),
        tone=tone,
        icon=icon,
        plate=plate_of(visit, rules) if visit else None,
        doing=_doing(visit, words) if visit and how == "working" else "",
    )


def _how(station: Station, lane: str, visit: VisitView | None) -> str:
    if not station.lane_is_up(lane):
        is_known = lane in station.lanes or station.lane_problem(lane) is not None
        return "away" if is_known else "connecting"
    if station.lanes[lane].stopped:
        return "stopped"
    if visit is None:
        return "free"
    return "paused" if stage(visit) is Stage.INTERRUPTED else "working"


def _doing(visit: VisitView, words: Words) -> str:
    running = next((item for item in visit.attempts[-1].items if item.state is ItemState.RUNNING), None)
    return words.item(running.kind, running.axle) if running else words("ui.hall.lanes.between")
