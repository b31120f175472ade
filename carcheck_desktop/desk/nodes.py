"""Which nodes (windows, lanes, integrators) were here: a fact when one is seen on a day, with what software, from where."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from carcheck_desktop.desk.ledger import SYSTEM, record
from carcheck_desktop.domain.facts import NodeSeen
from carcheck_desktop.domain.facts.station import NODES
from carcheck_desktop.domain.station import inspection_date

if TYPE_CHECKING:
    from datetime import datetime

    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.domain.ports import UnitOfWork, Writer

LONGEST = 60
MOST_REMEMBERED = 500
"""More names than a station has nodes: whoever makes up more is remembered anew."""


@dataclass
class NodeBook:
    """Fulfils `domain.ports.NodeBook`; what was seen today is remembered, so that it costs nothing the second time.

    A service that was started again writes a node down again: nothing of a long journal is read for it.
    """

    writer: Writer
    clock: Clock
    _today: set[tuple[object, NodeSeen]] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def see(self, node: str, software: str, address: str) -> None:
        """Note that a node spoke; raises `StorageError` when that cannot be written down."""
        fact = NodeSeen(_plain(node), _plain(software), _plain(address))
        known = (inspection_date(self.clock.now()), fact)
        with self._lock:
            if known in self._today:
                return
        self.writer.call(lambda uow: record(uow, fact, actor=SYSTEM))
        with self._lock:
            if len(self._today) >= MOST_REMEMBERED:
                self._today.clear()
            self._today.add(known)


@dataclass(frozen=True, slots=True)
class NodeView:
    """A node as it was seen last, and when it was first."""

    node: str
    software: str
    address: str
    first_seen: datetime
    last_seen: datetime


def nodes_of(uow: UnitOfWork) -> list[NodeView]:
    """Return every node that was ever seen, by name, as it was the last time; `last_seen` is exact to the day."""
    found: dict[str, NodeView] = {}
    for entry in uow.journal.of_subject(NODES):
        fact = entry.fact()
        if isinstance(fact, NodeSeen):
            first = found[fact.node].first_seen if fact.node in found else entry.at
            found[fact.node] = NodeView(fact.node, fact.software, fact.address, first, entry.at)
    return [found[node] for node in sorted(found)]


def _plain(text: str) -> str:
    """Return what somebody sent as a line that can be shown."""
    return "".join(sign for sign in text if sign.isprintable())[:LONGEST] or "-"
