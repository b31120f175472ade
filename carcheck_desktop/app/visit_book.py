"""What a lane knows of the station's visits: followed over the link, remembered beside its journal.

A lane that starts while the service is away goes on with what it last heard: the visits, and the
public key that sessions are checked with.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from carcheck_desktop.base.data import from_json, to_json
from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.mailbox import Mailbox
from carcheck_desktop.domain.facts import EstimateGiven, TableApproved
from carcheck_desktop.domain.fold import fold_visit
from carcheck_desktop.domain.views import Stage, VisitView, stage
from carcheck_desktop.link.client.events import FactArrived, LinkDown, LinkUp, SnapshotTaken

if TYPE_CHECKING:
    from pathlib import Path

    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.live import LiveSamples
    from carcheck_desktop.link.client.events import LinkEvent

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Remembered:
    """What outlives the lane's process."""

    public_key: str = ""
    tables: dict[str, str] = field(default_factory=dict)
    pay_later: bool = True
    visits: dict[str, VisitView] = field(default_factory=dict)


class ServiceBook:
    """Fulfils `domain.ports.VisitBook`; events are folded in the link's thread as they come."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._known = _remembered(path)
        self.mailbox: Mailbox[LinkEvent, LiveSamples] = Mailbox(on_first=self._drain)

    @property
    def public_key(self) -> str:
        """The key that signs the station's sessions; empty before the first handshake."""
        with self._lock:
            return self._known.public_key

    @property
    def tables(self) -> dict[str, str]:
        """The hashes of the table files that the service works with; empty before the first handshake."""
        with self._lock:
            return self._known.tables

    @property
    def pay_later(self) -> bool:
        """Whether the station tests before it is paid; True before the first handshake."""
        with self._lock:
            return self._known.pay_later

    async def order(self, visit_id: str) -> VisitView | None:
        """Return the visit with vehicle, plan and attempts so far; None when it is not known here."""
        with self._lock:
            return self._known.visits.get(visit_id)

    def is_withdrawn(self, visit_id: str) -> bool:
        """Say whether the visit was given up: an attempt that runs ends after its item."""
        with self._lock:
            visit = self._known.visits.get(visit_id)
        return visit is not None and visit.withdrawal is not None

    def _drain(self) -> None:
        """Fold what came; only the link's thread writes, and not under the lock: a slow disk must not hold the engine."""
        events, _ = self.mailbox.drain()
        before = known = self._known
        for event in events:
            known = _after(known, event)
        with self._lock:
            self._known = known
        if known != before:
            _keep(self._path, known)


def _after(known: Remembered, event: LinkEvent) -> Remembered:
    if isinstance(event, LinkUp):
        told = event.handshake
        return replace(known, public_key=told.public_key, tables=told.tables, pay_later=told.pay_later)
    if isinstance(event, SnapshotTaken):
        return replace(known, visits={visit.visit_id: visit for visit in event.snapshot.visits if _is_open(visit)})
    if isinstance(event, FactArrived):
        return _with_fact(known, event)
    if isinstance(event, LinkDown):
        log.warning("the service is away: %s", event.problem.code)
    return known


def _with_fact(known: Remembered, event: FactArrived) -> Remembered:
    visit_id = event.entry.subject
    if event.entry.kind == TableApproved.kind:
        return _with_table(known, event.entry)
    if event.entry.kind == EstimateGiven.kind:
        return known  # a lane asks for no estimates, and they would be written to its disk all day
    before = known.visits.get(visit_id)
    try:
        after = fold_visit(before, event.entry)
    except DataError as error:
        log.warning("a fact of a newer service is passed over: %s", error)
        return known
    if after is None or after == before:
        return known
    visits = {key: visit for key, visit in known.visits.items() if key != visit_id}
    if _is_open(after):
        visits[visit_id] = after
    return replace(known, visits=visits)


def _with_table(known: Remembered, entry: Entry) -> Remembered:
    """Follow the service to a table file that was approved while the link was up."""
    fact = entry.fact()
    if not isinstance(fact, TableApproved):
        return known
    left = {file: digest for file, digest in known.tables.items() if file != fact.file}
    return replace(known, tables={**left, fact.file: fact.new_hash} if fact.new_hash else left)


def _is_open(visit: VisitView) -> bool:
    """Say whether a lane may have to do with it: also when it failed, for a recheck, or was given up, while it is here."""
    return visit.ended_at is None and stage(visit) is not Stage.PASSED


def _remembered(path: Path) -> Remembered:
    try:
        return from_json(path.read_bytes(), Remembered)
    except FileNotFoundError:
        return Remembered()
    except (OSError, DataError) as error:
        log.warning("%s is not readable and is begun anew: %s", path, error)
        return Remembered()


def _keep(path: Path, known: Remembered) -> None:
    """Write what is known; a disk that refuses costs only what a restart without service knows."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".new")
        beside.write_text(to_json(known), encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        log.warning("%s could not be written: %s", path, error)
