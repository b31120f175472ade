"""What a follower tells its window: small frozen events, in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain.journal import Entry
from carcheck_desktop.domain.station import Handshake, Snapshot


@dataclass(frozen=True, slots=True)
class LinkUp:
    """The peer answers (again), or its handshake changed, such as a lane that came."""

    handshake: Handshake
    peer: str = ""


@dataclass(frozen=True, slots=True)
class LinkDown:
    """The peer does not answer as it should, `since` the station's clock said so."""

    problem: Problem
    since: datetime
    peer: str = ""


@dataclass(frozen=True, slots=True)
class SnapshotTaken:
    """Forget what was shown before: this is how it is now, and facts continue from here.

    `left_out` names the visits and lanes that a newer program wrote and this one cannot read.
    """

    snapshot: Snapshot
    peer: str = ""
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactArrived:
    """The next fact after the snapshot, each exactly once and in order of its node."""

    pos: int
    entry: Entry
    peer: str = ""


LinkEvent = LinkUp | LinkDown | SnapshotTaken | FactArrived
