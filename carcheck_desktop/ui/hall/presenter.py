"""What a screen of the hall shows, in plain Python: contents by its name, cars page by page, both languages in turn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from carcheck_desktop.domain.board import BoardContent, contents_of
from carcheck_desktop.domain.turns import waiting_in_turn
from carcheck_desktop.domain.views import Stage, rules_of, stage
from carcheck_desktop.ui.bridge.words import clock_text, short_time
from carcheck_desktop.ui.hall.content.calls import calls_state, sounded
from carcheck_desktop.ui.hall.content.cars import MOST_AFTER_END, MUST_ACT, CarRows, board_order, shown_cars
from carcheck_desktop.ui.hall.content.lanes import lanes_state
from carcheck_desktop.ui.hall.content.legend import legend
from carcheck_desktop.ui.hall.content.notices import hours_state, notices_state, place_state, prepared
from carcheck_desktop.ui.hall.content.prices import prices_state
from carcheck_desktop.ui.hall.content.rounds import Round
from carcheck_desktop.ui.hall.state import CarsState, FootState, HallRow, HallState, HeadState

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from carcheck_desktop.domain.views import BoardView, VisitView
    from carcheck_desktop.ui.bridge.station import Station
    from carcheck_desktop.ui.bridge.words import Words

    PageFits = Callable[[Sequence[str], bool], int]
    """How many rows with these reasons (why late, "" mostly) fit on a page in the dense form or in the roomy one."""

STALE_AFTER_S = 0.2
"""A silence is said within five seconds: the link itself notices after up to four, the board looks every half."""
KNOWN_AFTER_END = timedelta(days=1)
"""The service's snapshot holds visits for so long after their end."""
MOST_ROOMY_PAGES = 3
"""With more pages than this the dense form is taken where it needs fewer."""
LEAST_PAGE_S, MOST_PAGE_S = 4, 120
"""Whatever the rules say: a page can be read, and everybody's turn comes."""


@dataclass(frozen=True, slots=True)
class HallOptions:
    """Which screen this is; `contents` empty: what the rules record for its name. `sounds`: a call is heard here."""

    screen: str = ""
    contents: tuple[BoardContent, ...] = ()
    sounds: bool = False


class HallPresenter:
    """Turns the station's views into the board; `monotonic` paces the pages, never the station's clock."""

    def __init__(
        self,
        station: Station,
        languages: Sequence[Words],
        monotonic: Callable[[], float],
        options: HallOptions | None = None,
    ) -> None:
        self.station = station
        self._languages: tuple[Words, ...] = tuple(languages)
        self._monotonic = monotonic
        self._options = options or HallOptions()
        self._round = Round()
        self._turned_s = monotonic()
        self._began_s = monotonic()
        self._is_dense = False
        self._heard_at: datetime | None = None
        self._called: frozenset[tuple[str, int]] | None = None
        self._misplaced: tuple[str, tuple[str, ...]] | None = None

    @property
    def words(self) -> Words:
        """The language of this round: both take turns where two are given."""
        return self._languages[self._round.rounds % len(self._languages)]

    @property
    def board(self) -> BoardView:
        """What was recorded for the hall."""
        return self.station.board

    def heard(self) -> None:
        """Remember until when the board is true."""
        if self.station.service.up:
            self._heard_at = self.station.time.now()

    def is_called(self) -> bool:
        """Say whether somebody was called, or called again, since the last time this was asked."""
        if not self.station.service.has_snapshot:
            return False
        now = sounded(self.station, self.station.time.now())
        is_new = self._called is not None and bool(now - self._called)
        self._called = now
        return is_new

    def stands_elsewhere(self, wanted: str, known: tuple[str, ...]) -> None:
        """Say on the board that its monitor is not among the known ones; with an empty `wanted` no more."""
        self._misplaced = (wanted, known) if wanted else None

    def contents(self) -> tuple[BoardContent, ...]:
        """Return what this screen shows: as it was told, else as recorded for its name."""
        return self._options.contents or contents_of(rules_of(self.board), self._options.screen)

    def state(self, fits: PageFits) -> HallState:
        """Return the board; `fits` says how many rows fit on a page."""
        words, station, rules = self.words, self.station, rules_of(self.board)
        is_stale = station.service.handshake is not None and station.down_for_s >= STALE_AFTER_S
        now = self._heard_at if is_stale else station.time.now()
        _forget_old(station.visits, now)
        shown = shown_cars(list(station.visits.values()), rules, now)
        waiting = waiting_in_turn(shown, station.arrivals.values())
        page_s = max(LEAST_PAGE_S, min(MOST_PAGE_S, rules.page_s))
        contents = self.contents()
        says = CarRows(words, rules, now, [car.visit_id for car in waiting])
        rows, pages = self._page_of(board_order(shown, waiting), shown, says, fits, page_s)
        turn = int((self._monotonic() - self._began_s) / page_s)
        prices = prices_state(self.board, now, words, turn)
        calls = calls_state(station, rules, now, words)
        known = {BoardContent.PRICES: prices, BoardContent.CALLS: calls}
        filled = {content for content, state in known.items() if state is not None}
        places = [(each, place_state(each, words)) for each in prepared(contents, filled=filled)]
        state = HallState(
            contents=contents,
            head=self._head(shown, len(waiting)),
            foot=self._foot(rows, pages, page_s),
            cars=self._cars(rows, bool(shown or waiting)),
            lanes=lanes_state(station, shown, waiting, rules, words) if BoardContent.LANES in contents else None,
            notices=notices_state(self.board, now, self._options.screen, words, turn),
            hours=hours_state(self.board, now, words),
            prices=prices,
            places=tuple(places),
            page=self._round.page,
            pages=pages,
            stale=words("ui.hall.stale") if is_stale else "",
            stale_detail=words("ui.hall.stale_detail", time=clock_text(self._heard_at)) if is_stale else "",
            calls=calls,
        )
        return state if station.service.has_snapshot else _unheard(state, words("ui.hall.connecting"))

    def _page_of(
        self, order: list[str], shown: list[VisitView], says: CarRows, fits: PageFits, page_s: int
    ) -> tuple[tuple[HallRow, ...], int]:
        """Return the rows of the page on the wall and the number of pages; turn it when its time has come."""
        by_id = {visit.visit_id: visit for visit in shown}
        reasons = {car: says.late(by_id[car]) if car in by_id else "" for car in order}

        def room(cars: Sequence[str]) -> int:
            return fits([reasons[car] for car in cars], self._is_dense)

        urgent = {visit.visit_id for visit in shown if stage(visit) in MUST_ACT}
        self._round.follow(order, urgent, room)
        if self._monotonic() - self._turned_s >= page_s:
            self._turned_s = self._monotonic()
            if not self._round.to_come:
                self._choose_form(list(reasons.values()), fits)
            self._round.turn(order, room)
        elif self._round.rounds == 0 and self._round.page == 0:
            self._choose_form(list(reasons.values()), fits)
            self._round.spread(room)
        rows = (
            says.row(by_id[car]) if car in by_id else says.arrival_row(self.station.arrivals[car])
            for car in self._round.shown
        )  # fmt: skip
        return tuple(rows), self._round.page_count(room)

    def _choose_form(self, reasons: Sequence[str], fits: PageFits) -> None:
        """Take the dense form when the roomy one would need many pages; only where a round begins."""
        roomy = _pages(reasons, fits, is_dense=False)
        limit = MOST_ROOMY_PAGES - 1 if self._is_dense else MOST_ROOMY_PAGES
        self._is_dense = roomy > limit and _pages(reasons, fits, is_dense=True) < roomy

    def _head(self, shown: list[VisitView], waiting: int) -> HeadState:
        words, handshake = self.words, self.station.service.handshake
        on_lanes = sum(stage(visit) in (Stage.IN_LANE, Stage.INTERRUPTED) for visit in shown)
        counts = (words("ui.hall.on_lanes", count=on_lanes), words("ui.hall.queue", count=waiting))
        return HeadState(
            station=handshake.station_name if handshake else words("ui.app.name"),
            title=words("ui.hall.title"),
            training=words("ui.hall.training") if handshake and handshake.training else "",
            clock=short_time(self.station.time.now()),
            counts=counts if self.station.service.has_snapshot else (),
        )

    def _foot(self, rows: tuple[HallRow, ...], pages: int, page_s: int) -> FootState:
        words = self.words
        left_s = max(0, page_s - int(self._monotonic() - self._turned_s))
        is_paged = pages > 1
        return FootState(
            legend=legend(rows, words),
            misplaced=self._misplaced_text(),
            page=words("ui.hall.page", page=self._round.page + 1, pages=pages) if is_paged else "",
            turning=words("ui.hall.turning", seconds=left_s) if is_paged else "",
            left_s=left_s if is_paged else 0,
            page_s=page_s if is_paged else 0,
        )

    def _misplaced_text(self) -> str:
        if self._misplaced is None:
            return ""
        wanted, known = self._misplaced
        return self.words("ui.hall.misplaced", wanted=wanted, known=", ".join(known))

    def _cars(self, rows: tuple[HallRow, ...], has_cars: bool) -> CarsState:
        if has_cars:
            return CarsState(rows, self._is_dense, "", "", "", has_more=bool(self._round.to_come))
        why = "none" if self.station.service.has_snapshot else "connecting"
        icon = "car-front" if why == "none" else "loader-circle"
        words = self.words
        return CarsState((), False, words(f"ui.hall.{why}"), words(f"ui.hall.{why}_detail"), icon)


def _unheard(state: HallState, why: str) -> HallState:
    """Return a board that says of nothing that there is none: it has not been heard yet."""
    return replace(
        state,
        lanes=replace(state.lanes, empty=why) if state.lanes is not None else None,
        notices=replace(state.notices, empty=why) if state.notices is not None else None,
        hours=replace(state.hours, empty=why) if state.hours is not None else None,
        places=tuple((content, replace(place, empty=why)) for content, place in state.places),
    )


def _forget_old(visits: dict[str, VisitView], now: datetime | None) -> None:
    """Let go of cars that the service's snapshot would not tell of either, and of what was measured on those that left.

    The board runs for months. A car that comes again the same day is still known, and begins anew.
    """
    if now is None:
        return
    for visit in list(visits.values()):
        if visit.concluded_at is None or now - visit.concluded_at <= MOST_AFTER_END:
            continue
        if now - visit.concluded_at > KNOWN_AFTER_END:
            del visits[visit.visit_id]
        elif visit.attempts:
            visits[visit.visit_id] = replace(visit, attempts=(), conclusion_cards=())


def _pages(reasons: Sequence[str], fits: PageFits, *, is_dense: bool) -> int:
    pages = 0
    while reasons:
        pages, reasons = pages + 1, reasons[max(1, fits(reasons, is_dense)) :]
    return pages
