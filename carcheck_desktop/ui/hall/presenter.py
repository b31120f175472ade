"""What the hall board shows, in plain Python: which cars, in which order, on which page."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from carcheck_desktop.domain.vehicle import masked_plate
from carcheck_desktop.domain.views import ItemState, Stage, stage
from carcheck_desktop.ui.bridge.words import clock_text, short_time
from carcheck_desktop.ui.hall.state import HallRow, HallState, Step
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.basics.states import PlateState

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from carcheck_desktop.domain.views import AttemptView, ItemView, VisitView
    from carcheck_desktop.ui.bridge.station import Station
    from carcheck_desktop.ui.bridge.words import Words

STALE_AFTER_S = 4.0
"""A silence is said within five seconds; the link itself notices after two to four."""
PAGE_S = 12.0
SHOWN_AFTER_END = timedelta(minutes=20)
ORDER = (Stage.PASSED, Stage.FAILED, Stage.IN_LANE, Stage.INTERRUPTED, Stage.MEASURED, Stage.WAITING)
"""Who has to act comes first, then who is being tested, then the queue."""
LOOK: dict[Stage, tuple[Tone, str]] = {
    Stage.WAITING: (Tone.NEUTRAL, "hourglass"),
    Stage.IN_LANE: (Tone.RUNNING, "car-front"),
    Stage.INTERRUPTED: (Tone.CAUTION, "circle-pause"),
    Stage.MEASURED: (Tone.RUNNING, "list-checks"),
    Stage.PASSED: (Tone.GOOD, "circle-check"),
    Stage.FAILED: (Tone.BAD, "circle-x"),
}


class HallPresenter:
    """Turns the station's visits into the board; `monotonic` paces the pages."""

    def __init__(self, station: Station, words: Words, monotonic: Callable[[], float]) -> None:
        self.station = station
        self.words = words
        self._monotonic = monotonic
        self._page = 0
        self._turned_s = monotonic()
        self._heard_at: datetime | None = None

    def heard(self) -> None:
        """Remember until when the board is true."""
        if self.station.service.up:
            self._heard_at = self.station.time.now()

    def state(self, per_page: int) -> HallState:
        """Return the board with so many rows a page."""
        words, station = self.words, self.station
        now = station.time.now()
        shown = self._shown(now)
        pages = max(1, -(-len(shown) // max(1, per_page)))
        self._turn(pages)
        cars = shown[self._page * per_page : (self._page + 1) * per_page]
        waiting = [visit for visit in shown if stage(visit) is Stage.WAITING]
        on_lanes = sum(stage(visit) in (Stage.IN_LANE, Stage.INTERRUPTED) for visit in shown)
        handshake = station.service.handshake
        is_stale = handshake is not None and station.down_for_s >= STALE_AFTER_S
        empty = "none" if station.service.has_snapshot else "connecting"
        return HallState(
            station=handshake.station_name if handshake else words("ui.app.name"),
            training=bool(handshake and handshake.training),
            clock=short_time(now),
            waiting=words("ui.hall.queue", count=len(waiting)),
            on_lanes=words("ui.hall.on_lanes", count=on_lanes),
            rows=tuple(self._row(visit, waiting, now) for visit in cars),
            page=self._page,
            pages=pages,
            page_text=words("ui.hall.page", page=self._page + 1, pages=pages) if pages > 1 else "",
            stale=words("ui.hall.stale") if is_stale else "",
            stale_detail=words("ui.hall.stale_detail", time=clock_text(self._heard_at)) if is_stale else "",
            empty="" if shown else words(f"ui.hall.{empty}"),
            empty_detail="" if shown else words(f"ui.hall.{empty}_detail"),
            empty_icon="car-front" if empty == "none" else "loader-circle",
        )

    def _shown(self, now: datetime | None) -> list[VisitView]:
        visits = [visit for visit in self.station.visits.values() if not _is_gone(visit, now)]
        return sorted(visits, key=lambda visit: (ORDER.index(stage(visit)), _since(visit), visit.visit_id))

    def _turn(self, pages: int) -> None:
        """Turn to the next page when its time has come; a page is changed whole, nothing slides."""
        if self._monotonic() - self._turned_s >= PAGE_S:
            self._page += 1
            self._turned_s = self._monotonic()
        if self._page >= pages:
            self._page = 0

    def _row(self, visit: VisitView, waiting: list[VisitView], now: datetime | None) -> HallRow:
        words, where_it_is = self.words, stage(visit)
        tone, icon = LOOK[where_it_is]
        attempt = visit.attempts[-1] if visit.attempts else None
        items = attempt.items if attempt and where_it_is is not Stage.WAITING else ()
        steps = tuple(_step(item) for item in items) or tuple(Step.TO_DO for _ in visit.plan)
        done = sum(step is Step.DONE for step in steps)
        until = visit.concluded_at or now
        waited = words.minutes(until - visit.opened_at) if until is not None else ""
        return HallRow(
            visit_id=visit.visit_id,
            plate=PlateState(masked_plate(visit.vehicle.plate), visit.vehicle.plate_kind.value),
            stage=words(f"ui.hall.stage.{where_it_is.value}"),
            where=self._where(visit, where_it_is, attempt, waiting),
            tone=tone,
            icon=icon,
            steps=steps,
            progress=f"{done}/{len(steps)}",
            waited=waited,
            waited_for=words("ui.hall.waiting_since" if visit.concluded_at is None else "ui.hall.took"),
        )

    def _where(
        self, visit: VisitView, where_it_is: Stage, attempt: AttemptView | None, waiting: list[VisitView]
    ) -> str:
        words = self.words
        if where_it_is is Stage.WAITING:
            ahead = waiting.index(visit)
            return words("ui.hall.where.waiting", ahead=ahead) if ahead else words("ui.hall.where.next")
        if where_it_is is Stage.IN_LANE and attempt is not None:
            running = next((item for item in attempt.items if item.state is ItemState.RUNNING), None)
            if running is None:
                return words("ui.hall.where.between", lane=attempt.lane)
            return words("ui.hall.where.in_lane", lane=attempt.lane, item=words.item(running.kind, running.axle))
        if where_it_is is Stage.INTERRUPTED and attempt is not None:
            return words("ui.hall.where.interrupted", lane=attempt.lane)
        return words(f"ui.hall.where.{where_it_is.value}")


def _step(item: ItemView) -> Step:
    if item.state is ItemState.DONE:
        return Step.DONE
    return Step.NOW if item.state is ItemState.RUNNING else Step.TO_DO


def _is_gone(visit: VisitView, now: datetime | None) -> bool:
    return visit.concluded_at is not None and now is not None and now - visit.concluded_at > SHOWN_AFTER_END


def _since(visit: VisitView) -> float:
    """Sort key: the newest conclusion first, everybody else by when they came."""
    if visit.concluded_at is not None:
        return -visit.concluded_at.timestamp()
    return visit.opened_at.timestamp()
