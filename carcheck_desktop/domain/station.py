"""What one process tells another at the handshake, and the snapshot a client starts from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from carcheck_desktop.domain.arrival import ArrivalView
from carcheck_desktop.domain.tables import NO_STANDARDS, StandardsView
from carcheck_desktop.domain.views import NO_BOARD, BoardView, LaneView, VisitView


@dataclass(frozen=True, slots=True)
class LaneAddress:
    """A lane and the address at which its process serves the link."""

    lane: str
    node: str
    url: str


@dataclass(frozen=True, slots=True)
class Handshake:
    """Who answers: `role` is `service` or `lane`, `epoch` changes when the journal is another one.

    `tables` maps the standards' table files to their hashes; `clock_speed` is 1.0 but in training. `province` is the
    character with which most plates begin, "" when the station file does not say. `pay_later` says whether a counter may go
    on, and a lane begin, before a car is paid; more than `most_change_fen` above what is due is taken for a slip, where it is
    known.
    """

    protocol: int
    software: str
    role: str
    node: str
    epoch: str
    station_code: str
    station_name: str
    training: bool
    language: str
    public_key: str
    now: datetime
    clock_speed: float
    tables: dict[str, str]
    lanes: tuple[LaneAddress, ...]
    province: str = ""
    pay_later: bool = True
    most_change_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All views at one moment.

    `pos` is the place in this process's own feed, `heads` the last sequence number known of every
    node.
    """

    epoch: str
    pos: int
    heads: dict[str, int]
    visits: tuple[VisitView, ...]
    lanes: tuple[LaneView, ...]
    board: BoardView = NO_BOARD
    arrivals: tuple[ArrivalView, ...] = ()
    standards: StandardsView = NO_STANDARDS


PROTOCOL = 1
"""Version of the link; processes with different numbers do not talk."""

CHINA = timezone(timedelta(hours=8), "UTC+8")
"""The one time zone of the stations; stored times are UTC."""


def inspection_date(at: datetime) -> date:
    """Return the calendar day at the station, which decides which limits are valid."""
    return at.astimezone(CHINA).date()
