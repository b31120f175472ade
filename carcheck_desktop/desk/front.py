"""What the service tells over the link: who it is, all views at one moment, whole records.

Fulfils `domain.ports.Desk`, `Records` and `JournalIntake` for the service.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from carcheck_desktop.base.data import from_json
from carcheck_desktop.base.errors import RefusedError, StorageError
from carcheck_desktop.desk.board import board_of
from carcheck_desktop.desk.ledger import take_in
from carcheck_desktop.domain.exhaust import ExhaustRecord
from carcheck_desktop.domain.facts import ItemFinished
from carcheck_desktop.domain.facts.tables import TABLES_SUBJECT
from carcheck_desktop.domain.folding.tables import standards_of
from carcheck_desktop.domain.measurements import Curve
from carcheck_desktop.domain.ports import IntakeResult, VisitRecord
from carcheck_desktop.domain.station import Handshake, LaneAddress, Snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.desk.ledger import Concluded
    from carcheck_desktop.desk.tables.custody import TableCustody
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.ports import Store, UnitOfWork, Writer
    from carcheck_desktop.standards.rulebook import Rulebook


@dataclass
class ServiceFront:
    """The station's desk as the link serves it; `introduction` is the handshake without its time."""

    store: Store
    writer: Writer
    clock: Clock
    tables: Rulebook
    introduction: Handshake
    concluded: Concluded | None = None
    """Who hears of each conclusion, in the same transaction: makes the report."""
    custody: TableCustody | None = None
    """Who keeps the tables; its approved ones go before `tables`, and while a file is changed nothing is concluded."""

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._lanes = {address.lane: address for address in self.introduction.lanes}

    def handshake(self) -> Handshake:
        """Say who this is, what time it is, and where the lanes are."""
        with self._lock:
            lanes = tuple(self._lanes[lane] for lane in sorted(self._lanes))
        tables = self.introduction.tables if self.custody is None else self.custody.hashes
        return replace(self.introduction, now=self.clock.now(), lanes=lanes, tables=tables)

    def snapshot(self) -> Snapshot:
        """Return all views, heads, place and epoch of one reading transaction."""
        with self.store.read() as uow:
            return Snapshot(
                epoch=uow.epoch,
                pos=uow.journal.position(),
                heads=uow.journal.heads(),
                visits=tuple(uow.visits.open_ones()),
                lanes=(),
                board=board_of(uow.journal),
                arrivals=tuple(uow.arrivals.open_ones()),
                standards=standards_of(uow.journal.of_subject(TABLES_SUBJECT)),
            )

    def register_lane(self, address: LaneAddress) -> None:
        """Remember where a lane of the station file is served; raises `RefusedError` for any other."""
        with self._lock:
            known = self._lanes.get(address.lane)
            if known is None or known.node != address.node:
                lanes = ", ".join(sorted(self._lanes)) or "-"
                raise RefusedError(
                    "desk.front.unknown_lane", lane=address.lane[:40], node=address.node[:40], known=lanes
                )
            self._lanes[address.lane] = address

    def show(self, wanted: str) -> VisitRecord | None:
        """Return everything recorded of the visit with this id, or the newest of this plate."""
        with self.store.read() as uow:
            return record_of(uow, wanted)

    def heads(self) -> dict[str, int]:
        """Return the last sequence number known of every node."""
        with self.store.read() as uow:
            return uow.journal.heads()

    async def take_in(self, entries: Sequence[Entry]) -> IntakeResult:
        """Take in a lane's entries in one transaction."""
        return await self.writer.acall(lambda uow: take_in(uow, entries, self.tables, self.concluded, self.custody))


def record_of(uow: UnitOfWork, wanted: str) -> VisitRecord | None:
    """Return a visit's view, its entries in order and its raw curves."""
    visit = uow.visits.find(wanted)
    if visit is None:
        return None
    entries = tuple(uow.journal.of_subject(visit.visit_id))
    return VisitRecord(visit, entries, curves_of(uow, entries), exhaust_of(uow, entries))


def curves_of(uow: UnitOfWork, entries: Sequence[Entry]) -> dict[str, Curve]:
    """Return every curve that finished items refer to, by digest; raise if one is not here."""
    curves: dict[str, Curve] = {}
    for entry in entries:
        fact = entry.fact()
        if not isinstance(fact, ItemFinished):
            continue
        for run in (fact.service_brake, fact.parking_brake):
            if run is not None:
                curves[run.curve_digest] = curve_of(uow, run.curve_digest)
    return curves


def exhaust_of(uow: UnitOfWork, entries: Sequence[Entry]) -> dict[str, ExhaustRecord]:
    """Return every record of an exhaust that finished items refer to, by digest; raise if one is not here."""
    facts = (entry.fact() for entry in entries)
    runs = [fact.two_speed_idle for fact in facts if isinstance(fact, ItemFinished) and fact.two_speed_idle is not None]
    return {run.record_digest: from_json(_blob(uow, run.record_digest), ExhaustRecord) for run in runs}


def curve_of(uow: UnitOfWork, digest: str) -> Curve:
    """Return one stored curve; raise `StorageError` when its blob is gone."""
    return from_json(_blob(uow, digest), Curve)


def _blob(uow: UnitOfWork, digest: str) -> bytes:
    content = uow.blobs.get(digest)
    if content is None:
        raise StorageError("desk.front.curve_missing", digest=digest)
    return content
