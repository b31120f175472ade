"""A station in memory behind the link's ports: small, but it keeps the same promises as a real one."""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from carcheck_desktop.base.data import digest_of
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain.commands import Envelope, Reply
from carcheck_desktop.domain.facts import Fact, SignedOut, VisitOpened
from carcheck_desktop.domain.fold import fold_visit
from carcheck_desktop.domain.journal import ZERO_HASH, Entry, hash_of, seal
from carcheck_desktop.domain.measurements import Curve
from carcheck_desktop.domain.ports import IntakeResult, VisitRecord
from carcheck_desktop.domain.station import PROTOCOL, Handshake, LaneAddress, Snapshot
from carcheck_desktop.domain.vehicle import InspectionKind, PlateKind, Use, Vehicle, VehicleCategory
from carcheck_desktop.link.server.application import create_app
from carcheck_desktop.link.server.chunks import ChunkedBlobs
from carcheck_desktop.link.server.parts import LinkParts
from carcheck_desktop.link.server.ring import FactRing
from carcheck_desktop.link.server.samples import SampleFan
from carcheck_desktop.link.server.serving import LinkServer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

NOW = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


def vehicle(plate: str = "京A12345") -> Vehicle:
    return Vehicle(
        plate, PlateKind.SMALL_CAR, VehicleCategory.SMALL_PASSENGER, Use.PRIVATE,
        1300, 1700, 5, 2, (2,), date(2012, 3, 1), date(2012, 2, 1),
    )  # fmt: skip


def visit_opened(number: int) -> VisitOpened:
    return VisitOpened(f"visit-{number}", vehicle(), InspectionKind.IN_USE, (), "GB 38900-2020", "ab" * 32)


class Chain:
    """One node's journal: sealed entries, heads, and places in the order they came in."""

    def __init__(self, node: str) -> None:
        self.node = node
        self.lock = threading.RLock()
        self.entries: list[Entry] = []

    def append(self, fact: Fact, blobs: tuple[str, ...] = ()) -> tuple[int, Entry]:
        with self.lock:
            own = [entry for entry in self.entries if entry.node == self.node]
            previous = own[-1].hash if own else ZERO_HASH
            sealed = seal(
                fact, node=self.node, seq=len(own) + 1, at=NOW, actor="tester", blobs=blobs, previous=previous
            )
            self.entries.append(sealed)
            return len(self.entries), sealed

    def heads(self) -> dict[str, int]:
        with self.lock:
            return {entry.node: entry.seq for entry in self.entries}

    def backlog(self, position: int, limit: int = 500) -> list[tuple[int, Entry]]:
        with self.lock:
            return list(enumerate(self.entries, 1))[position : position + limit]

    def of_node(self, after_seq: int, limit: int) -> list[Entry]:
        with self.lock:
            own = [entry for entry in self.entries if entry.node == self.node]
        return own[after_seq : after_seq + limit]


class MemoryBlobs:
    """Blobs in a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def put(self, content: bytes) -> str:
        self.kept[digest_of(content)] = content
        return digest_of(content)

    def get(self, digest: str) -> bytes | None:
        return self.kept.get(digest)

    def has(self, digest: str) -> bool:
        return digest in self.kept


class Source(Chain):
    """A lane's own journal and blobs, as the shipper reads them."""

    def __init__(self, node: str) -> None:
        super().__init__(node)
        self.blobs = MemoryBlobs()

    def blob(self, digest: str) -> bytes | None:
        return self.blobs.get(digest)


class Station:
    """Desk, feed, door, intake and records of one process over one chain."""

    def __init__(self, node: str = "service", epoch: str = "epoch-1") -> None:
        self.chain = Chain(node)
        self.epoch = epoch
        self.protocol = PROTOCOL
        self.now = NOW
        self.lanes: dict[str, LaneAddress] = {}
        self.blobs = MemoryBlobs()
        self.ring = FactRing(self.chain, size=64)
        self.fan = SampleFan()
        self.done: dict[str, Reply] = {}
        self.executed: list[Envelope] = []
        self.early = 0
        """How many places too early the snapshot lets its readers begin."""
        self.slow_s = 0.0
        """How long the door takes for a command."""

    # -- Desk
    def handshake(self) -> Handshake:
        return Handshake(
            self.protocol, "0.1.0", "service", self.chain.node, self.epoch, "110001", "测试站", training=True,
            language="zh_CN", public_key="00" * 32, now=self.now, clock_speed=1.0, tables={"brakes": "ab" * 32},
            lanes=tuple(self.lanes.values()),
        )  # fmt: skip

    def snapshot(self) -> Snapshot:
        with self.chain.lock:
            views = [fold_visit(None, entry) for entry in self.chain.entries if entry.kind == "visit_opened"]
            pos = max(0, len(self.chain.entries) - self.early)
            visits = tuple(view for view in views if view is not None)
            return Snapshot(self.epoch, pos, self.chain.heads(), visits, ())

    def register_lane(self, address: LaneAddress) -> None:
        self.lanes[address.lane] = address

    # -- CommandDoor
    async def execute(self, envelope: Envelope) -> Reply:
        if self.slow_s:
            await asyncio.sleep(self.slow_s)
        if envelope.id in self.done:
            return self.done[envelope.id]
        self.executed.append(envelope)
        pos, entry = self.chain.append(visit_opened(len(self.chain.entries)))
        self.ring.publish([(pos, entry)])
        self.done[envelope.id] = Reply(envelope.id, accepted=True, result={"visit_id": entry.subject})
        return self.done[envelope.id]

    # -- JournalIntake
    def heads(self) -> dict[str, int]:
        return self.chain.heads()

    async def take_in(self, entries: Sequence[Entry]) -> IntakeResult:
        taken = 0
        refusal: Problem | None = None
        for entry in entries:
            refusal = self._objection(entry)
            if refusal is not None:
                break
            with self.chain.lock:
                if entry.seq > self.chain.heads().get(entry.node, 0):
                    self.chain.entries.append(entry)
                    taken += 1
        return IntakeResult(self.chain.heads(), taken, refusal)

    def _objection(self, entry: Entry) -> Problem | None:
        known = [old for old in self.chain.entries if old.node == entry.node]
        if hash_of(entry) != entry.hash or entry.seq > len(known) + 1:
            return Problem("store.journal.gap", {"node": entry.node, "seq": entry.seq})
        if entry.seq <= len(known) and known[entry.seq - 1].hash != entry.hash:
            return Problem("store.journal.other", {"node": entry.node, "seq": entry.seq})
        if not all(self.blobs.has(digest) for digest in entry.blobs):
            return Problem("store.journal.blob_missing", {"node": entry.node, "seq": entry.seq})
        return None

    # -- Records
    def show(self, wanted: str) -> VisitRecord | None:
        entries = tuple(entry for entry in self.chain.entries if entry.subject == wanted)
        view = fold_visit(None, entries[0]) if entries else None
        curve = Curve(10, (1, 2), (3, 4))
        return None if view is None else VisitRecord(view, entries, {"c" * 64: curve})

    # -- helpers
    def happen(self, count: int = 1) -> None:
        """Commit facts and publish them, one by one."""
        for _ in range(count):
            with self.chain.lock:
                fact = visit_opened(len(self.chain.entries) + 1)
                self.ring.publish([self.chain.append(fact)])

    def restore(self) -> None:
        """Become another journal, as after a restore from a backup."""
        self.epoch = f"{self.epoch}-restored"
        self.chain.entries = self.chain.entries[:3]
        self.ring = FactRing(self.chain, size=64)

    def parts(self, folder: Path | None = None) -> LinkParts:
        blobs = ChunkedBlobs(self.blobs, folder) if folder is not None else None
        return LinkParts(
            desk=self, facts=self.ring, door=self, samples=self.fan, blobs=blobs,
            intake=self, records=self, takes_lanes=True,
        )  # fmt: skip


def large_fact(size: int) -> SignedOut:
    return SignedOut("session-1", "x" * size)


@contextmanager
def served(station: Station, folder: Path | None = None, port: int = 0, **changes: Any) -> Iterator[LinkServer]:
    """Serve a station on a real socket."""
    server = LinkServer(create_app(replace(station.parts(folder), **changes)), port=port)
    with server:
        yield server
