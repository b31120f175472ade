"""Everything the windows know of the station, folded from the links' mailboxes; no Qt, no threads.

One `Source` a link; `Station` holds the service's source and one for each lane process that the
service's handshake names. Nothing here computes a value: views come folded by `domain.fold`.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Problem, Severity
from carcheck_desktop.ui.bridge.replies import Replies
from carcheck_desktop.ui.bridge.source import Heard, Source
from carcheck_desktop.ui.bridge.station_time import StationTime

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Future

    from carcheck_desktop.domain.access import Session
    from carcheck_desktop.domain.arrival import ArrivalView
    from carcheck_desktop.domain.commands import Command, Reply
    from carcheck_desktop.domain.explained import VerdictView
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.station import Handshake, LaneAddress
    from carcheck_desktop.domain.views import BoardView, LaneView, VisitView
    from carcheck_desktop.ui.bridge.protocols import Link

    LaneLinks = Callable[[LaneAddress], Link]

__all__ = ["Heard", "Source", "Station"]


class Station:
    """The service's source and the lanes', and the way back for commands."""

    def __init__(
        self, service: Link, lane_links: LaneLinks | None, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._monotonic = monotonic
        self._lane_links = lane_links
        self._urls: dict[str, str] = {}
        self._by_lane: dict[str, Source] = {}
        self._met: Handshake | None = None
        self.service = Source(service)
        self.time = StationTime(monotonic)
        self.replies = Replies()
        self.session: Session | None = None
        self.down_since_s: float | None = monotonic()

    @property
    def visits(self) -> dict[str, VisitView]:
        """Every visit by its id, as the service tells it."""
        return self.service.visits

    @property
    def arrivals(self) -> dict[str, ArrivalView]:
        """Every car that came and is not taken in, by the id of the visit that will take it in."""
        return self.service.arrivals

    @property
    def board(self) -> BoardView:
        """Hours, announcements and rules, as the service tells them."""
        return self.service.board

    @property
    def outdated(self) -> Problem | None:
        """Return what to say while a newer program wrote something that cannot be read here."""
        unread = set(self.service.unread).union(*(source.unread for source in _each_once(self._by_lane.values())))
        return Problem("ui.bridge.newer_service", {"count": len(unread)}, Severity.WARNING) if unread else None

    @property
    def lanes(self) -> dict[str, LaneView]:
        """Every lane that any lane process ever told of, by name."""
        return {name: view for name, source in self._by_lane.items() if (view := source.lanes.get(name))}

    @property
    def lane_names(self) -> tuple[str, ...]:
        """The lanes that the service's handshake names, in order."""
        return tuple(self._by_lane)

    def lane_is_up(self, lane: str) -> bool:
        """Say whether the lane's process answers now."""
        source = self._by_lane.get(lane)
        return source is not None and source.up and source.has_snapshot

    def lane_problem(self, lane: str) -> Problem | None:
        """Return why the lane's process does not answer."""
        source = self._by_lane.get(lane)
        return None if source is None else source.problem

    @property
    def down_for_s(self) -> float:
        """Seconds for which the service has not answered; 0 while it does."""
        return 0.0 if self.down_since_s is None else self._monotonic() - self.down_since_s

    def drain(self) -> Heard:
        """Take in everything that came since the last call and hand out arrived replies."""
        was_up = self.service.up
        heard = [self.service.drain()]
        if heard[0].changed:
            self._after_service(was_up)
            _follow_clock(self.time, self.service.handshake, heard[0].entries)
        heard.extend(source.drain() for source in _each_once(self._by_lane.values()))
        answered = self.replies.deliver()
        return _merged(heard, answered)

    def _after_service(self, was_up: bool) -> None:
        handshake = self.service.handshake
        if self.service.up and handshake is not None:
            self.down_since_s = None
            if handshake is not self._met:
                self._met = handshake
                self.time.set(handshake.now, handshake.clock_speed)
                self._meet(handshake.lanes)
        elif was_up or self.down_since_s is None:
            self.down_since_s = self._monotonic()

    def _meet(self, addresses: tuple[LaneAddress, ...]) -> None:
        """Open a link to every lane process that is new or moved; lanes of one process share it."""
        if self._lane_links is None:
            return
        by_url = {self._urls[lane]: source for lane, source in self._by_lane.items()}
        for address in addresses:
            if self._urls.get(address.lane) == address.url:
                continue
            source = by_url.get(address.url)
            if source is None:
                source = by_url[address.url] = Source(self._lane_links(address))
                if self.session is not None:
                    source.link.session_token = self.service.link.session_token
                source.link.start()
            self._by_lane[address.lane], self._urls[address.lane] = source, address.url
        _close_unused(by_url, set(self._urls.values()))

    def send(
        self, command: Command, done: Callable[[Reply | Exception], None], second_token: str | None = None
    ) -> None:
        """Send a command to the service, or to the lane it names; `done` is called by a later drain.

        `second_token` is the session of the person who agrees, where one must.
        """
        lane = getattr(command, "lane", None)
        source = self.service if lane is None else self._by_lane.get(lane)
        if source is None:
            return
        self.replies.expect(source.link.send(command, second_token), done)

    def recall(self, count: int) -> Future[list[Entry]] | None:
        """Ask the service for its newest facts before the last snapshot; None while there was none."""
        if not self.service.has_snapshot:
            return None
        return self.service.link.recall(*self.service.place, count)

    def explain(
        self, visit_id: str, item: str, attempt: int | None, done: Callable[[VerdictView | Exception], None]
    ) -> None:
        """Ask the service why an item of a visit came out as it did; `done` is called by a later drain."""
        self.replies.expect(self.service.link.verdict(visit_id, item, attempt), done)

    def sign_in(self, session: Session, token: str) -> None:
        """Remember who is signed in; every link carries the token from now on."""
        self.session = session
        for link in _links(self.service, _each_once(self._by_lane.values())):
            link.session_token = token

    def sign_out(self) -> None:
        """Forget who was signed in."""
        self.session = None
        for link in _links(self.service, _each_once(self._by_lane.values())):
            link.session_token = None

    def start(self) -> None:
        """Start the service's link; the lanes' links start when it names them."""
        self.service.link.start()

    def close(self) -> None:
        """Close every link."""
        for link in _links(self.service, _each_once(self._by_lane.values())):
            link.close()
        self.replies.forget()


def _each_once(sources: Iterable[Source]) -> Iterable[Source]:
    """Return the lane processes' sources; lanes of one process share one."""
    return {id(source): source for source in sources}.values()


def _merged(heard: list[Heard], answered: bool) -> Heard:
    return Heard(
        answered or any(each.changed for each in heard),
        tuple(entry for each in heard for entry in each.entries),
        tuple(sample for each in heard for sample in each.samples),
        sum(each.snapshots for each in heard),
    )


def _follow_clock(time_shown: StationTime, handshake: Handshake | None, entries: tuple[Entry, ...]) -> None:
    for entry in entries:
        if handshake is not None and entry.node == handshake.node:  # a lane's facts may come hours later
            time_shown.hear(entry.at)


def _close_unused(by_url: dict[str, Source], used: set[str]) -> None:
    for url, source in by_url.items():
        if url not in used:
            source.link.close()


def _links(service: Source, lanes: Iterable[Source]) -> list[Link]:
    return [service.link, *(source.link for source in lanes)]
