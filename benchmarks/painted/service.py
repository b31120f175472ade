"""A service in the measuring process: the real store, feed, desk and link, and a day of visits in it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from benchmarks.durable import finished
from carcheck_desktop import __version__
from carcheck_desktop.app.parts import load_tables
from carcheck_desktop.app.table_files import contents, hashes
from carcheck_desktop.base.clock import SystemClock
from carcheck_desktop.base.keys import SigningKey
from carcheck_desktop.desk.front import ServiceFront
from carcheck_desktop.desk.intake import open_visit
from carcheck_desktop.desk.ledger import record
from carcheck_desktop.domain.commands import OpenVisit
from carcheck_desktop.domain.facts import AttemptStarted, Fact, ItemStarted
from carcheck_desktop.domain.journal import Entry
from carcheck_desktop.domain.ports import UnitOfWork
from carcheck_desktop.domain.station import PROTOCOL, Handshake
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import PlannedItem
from carcheck_desktop.domain.views import VisitView
from carcheck_desktop.link.server.application import create_app
from carcheck_desktop.link.server.parts import LinkParts
from carcheck_desktop.link.server.ring import FactRing
from carcheck_desktop.link.server.serving import LinkServer
from carcheck_desktop.store import Opening, StoreWriter, open_store
from carcheck_desktop.twin.scenario import arrivals

ACTOR = "bench"


@dataclass
class MeasuredService:
    """Writes facts and remembers when each was committed."""

    url: str
    writer: StoreWriter
    committed_s: dict[tuple[str, int], float]

    def commit(self, fact: Fact) -> float:
        """Write one fact; return the monotonic second at which its commit had succeeded."""
        entry = self.writer.call(lambda uow: record(uow, fact, actor=ACTOR))
        return self.committed_s[entry.node, entry.seq]


@contextmanager
def serving(folder: Path, port: int = 0) -> Iterator[MeasuredService]:
    """Serve from an empty database in the folder; port 0 takes a free one."""
    clock, tables = SystemClock(), load_tables()
    with ExitStack() as held:
        key = SigningKey.load_or_create(folder / "service.key")
        opening = Opening("5001009", "bench", True, __version__)
        store = open_store(
            folder / "service.db", node="service", key=key, clock=clock, blob_folder=folder / "blobs", opening=opening
        )
        held.callback(store.close)
        ring, committed_s = FactRing(store), dict[tuple[str, int], float]()

        def publish(facts: Sequence[tuple[int, Entry]]) -> None:
            now_s = time.monotonic()
            committed_s.update({(entry.node, entry.seq): now_s for _, entry in facts})
            ring.publish(facts)

        writer = StoreWriter(store, publish)
        held.callback(writer.close)
        introduction = Handshake(
            protocol=PROTOCOL,
            software=__version__,
            role="service",
            node="service",
            epoch=store.epoch,
            station_code="5001009",
            station_name="bench",
            training=True,
            language="en",
            public_key=key.public_hex,
            now=clock.now(),
            clock_speed=1.0,
            tables=hashes(contents()),
            lanes=(),
        )
        front = ServiceFront(store, writer, clock, tables, introduction)
        server = held.enter_context(LinkServer(create_app(LinkParts(desk=front, facts=ring, records=front)), port=port))
        yield MeasuredService(server.url, writer, committed_s)


def fill(service: MeasuredService, count: int, *, measured: bool) -> list[VisitView]:
    """Take vehicles in, and where wanted give each an attempt with every item done; return the visits."""
    clock, tables = SystemClock(), load_tables()
    visits = []
    for arrival in arrivals(1, count, "渝", date.today()):  # noqa: DTZ011 - any day does
        command = OpenVisit(arrival.vehicle, InspectionKind.IN_USE)

        def work(uow: UnitOfWork, command: OpenVisit = command) -> VisitView:
            visit_id = open_visit(uow, command, tables, actor=ACTOR, now=clock.now())
            visit = uow.visits.get(visit_id)
            assert visit is not None
            facts = [_attempt(visit), *(fact for item in visit.plan for fact in run_of(visit, item, 1))]
            for fact in facts if measured else ():
                record(uow, fact, actor=ACTOR)
            return visit

        visits.append(service.writer.call(work))
    return visits


def _attempt(visit: VisitView) -> AttemptStarted:
    return AttemptStarted(
        f"attempt-{visit.visit_id}", visit.visit_id, "1", 1, visit.vehicle, visit.inspection, visit.plan,
        visit.edition, visit.table_hash,
    )  # fmt: skip


def run_of(visit: VisitView, item: PlannedItem, number: int) -> tuple[Fact, Fact]:
    """Return the two facts of one run of an item."""
    run_id, attempt_id = f"{item.item}-{number}-{visit.visit_id}", f"attempt-{visit.visit_id}"
    began = ItemStarted(run_id, visit.visit_id, attempt_id, "o", "1", item.item, item.kind, item.axle, None)
    ended = replace(
        finished(number, "0" * 64), run_id=run_id, visit_id=visit.visit_id, attempt_id=attempt_id,
        item=item.item, item_kind=item.kind, axle=item.axle,
    )  # fmt: skip
    return began, ended


class Waiter:
    """What the board printed so far, and waiting for more."""

    def __init__(self) -> None:
        self._seen: list[tuple[float, str, str, str]] = []
        self._more = threading.Condition()

    def add(self, painted_s: float, visit_id: str, where: str, progress: str) -> None:
        """Take one line."""
        with self._more:
            self._seen.append((painted_s, visit_id, where, progress))
            self._more.notify_all()

    def first_after(self, visit_id: str, since_s: float, limit_s: float) -> tuple[float, str] | None:
        """Return when the visit's row was painted first after a moment, and what it then showed."""
        until_s = time.monotonic() + limit_s
        with self._more:
            while True:
                for painted_s, painted_id, where, progress in reversed(self._seen[-200:]):
                    if painted_id == visit_id and painted_s >= since_s:
                        return painted_s, f"{where} {progress}"
                left_s = until_s - time.monotonic()
                if left_s <= 0 or not self._more.wait(left_s):
                    return None

    def forget(self) -> None:
        """Start anew."""
        with self._more:
            self._seen.clear()
