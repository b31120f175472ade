"""A lane with a virtual car, a driver who follows prompts, and a journal that outlives the process."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from carcheck_desktop.base.clock import VirtualClock
from carcheck_desktop.base.data import digest_of, from_json, to_json
from carcheck_desktop.base.errors import StorageError
from carcheck_desktop.domain import facts as f
from carcheck_desktop.domain.journal import ZERO_HASH, Entry, seal
from carcheck_desktop.domain.vehicle import InspectionKind, PlateKind, Use, Vehicle, VehicleCategory
from carcheck_desktop.domain.verdicts import ItemKind
from carcheck_desktop.domain.views import AttemptState, VisitView
from carcheck_desktop.lanes.judging import StandardsJudge
from carcheck_desktop.lanes.lane import Lane
from carcheck_desktop.lanes.parts import LaneParts
from carcheck_desktop.standards.loading.edition import parse
from carcheck_desktop.standards.plan import plan
from carcheck_desktop.standards.rulebook import Rulebook
from carcheck_desktop.twin.car import make_car
from carcheck_desktop.twin.people import VirtualDriver
from carcheck_desktop.twin.world import VirtualWorld
from tests.lanes.analyser import Analyser, AnalyserBody
from tests.lanes.instruments import Bench, BenchBody, Scale

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from carcheck_desktop.domain.live import LiveSamples
    from carcheck_desktop.twin.car import Car

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[2]
TABLES = parse((ROOT / "resources/standards/gb38900-2020.toml").read_bytes())
RULES = Rulebook(TABLES, parse((ROOT / "resources/standards/gb18285-2018.toml").read_bytes()), frozenset(ItemKind))
START = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
PLATE = "渝AB123C"
SOON = timedelta(seconds=10)


def vehicle(plate: str = PLATE) -> Vehicle:
    """A private car of twelve years: weighed, braked on both axles, parking brake asked."""
    return Vehicle(
        plate=plate,
        plate_kind=PlateKind.SMALL_CAR,
        category=VehicleCategory.SMALL_PASSENGER,
        use=Use.PRIVATE,
        curb_mass_kg=1400,
        total_mass_kg=1780,
        seats=5,
        axles=2,
        parking_axles=(2,),
        registered_on=date(2013, 5, 6),
        manufactured_on=date(2013, 3, 1),
    )


def visit(visit_id: str = "visit-1", plate: str = PLATE) -> VisitView:
    """An open visit of that car with the plan of the standard."""
    car = vehicle(plate)
    items = plan(TABLES, car, InspectionKind.IN_USE, date(2026, 1, 5)).items
    return VisitView(
        visit_id, car, InspectionKind.IN_USE, items, TABLES.edition, TABLES.table_hash, START, "clerk", START
    )


class FileJournal:
    """A node's journal as lines of a file, fsynced; `full` is a disk without room, `dead` a dead process."""

    def __init__(self, path: Path, clock: VirtualClock, node: str = "lane-1") -> None:
        self.path = path
        self.clock = clock
        self.node = node
        self.full = False
        self.is_dead = False
        self.free: int | None = 10**12
        self.listeners: list[Any] = []
        self.blobs: dict[str, bytes] = {}

    def read(self) -> list[Entry]:
        if not self.path.exists():
            return []
        return [from_json(line, Entry) for line in self.path.read_text(encoding="utf-8").splitlines()]

    async def newest(self, limit: int) -> Sequence[Entry]:
        return self.read()[-limit:]

    def free_bytes(self) -> int | None:
        return self.free

    async def record(self, fact: f.Fact, actor: str, blobs: Sequence[bytes] = ()) -> Entry:
        await asyncio.sleep(0)
        if self.is_dead:
            await asyncio.Event().wait()
        if self.full:
            raise StorageError("store.disk.full", path=self.path, free_bytes=0, detail="ENOSPC")
        before = self.read()
        digests = tuple(digest_of(blob) for blob in blobs)
        self.blobs.update(zip(digests, blobs, strict=True))
        entry = seal(
            fact, node=self.node, seq=len(before) + 1, at=self.clock.now(), actor=actor, blobs=digests,
            previous=before[-1].hash if before else ZERO_HASH,
        )  # fmt: skip
        with self.path.open("a", encoding="utf-8") as file:
            file.write(to_json(entry) + "\n")
            file.flush()
            os.fsync(file.fileno())
        for listener in self.listeners:
            listener(fact)
        return entry

    def facts(self, *kinds: type[f.Fact]) -> list[Any]:
        found = [entry.fact() for entry in self.read()]
        return [fact for fact in found if not kinds or isinstance(fact, kinds)]


class Book:
    """The visits a lane knows."""

    def __init__(self, *visits: VisitView) -> None:
        self.visits = {each.visit_id: each for each in visits}
        self.tables: dict[str, str] = {}
        self.pay_later = True

    async def order(self, visit_id: str) -> VisitView | None:
        return self.visits.get(visit_id)

    def is_withdrawn(self, visit_id: str) -> bool:
        visit = self.visits.get(visit_id)
        return visit is not None and visit.withdrawal is not None


class Screen:
    """Everything that was published live."""

    def __init__(self) -> None:
        self.shown: list[LiveSamples] = []

    def publish(self, samples: Sequence[LiveSamples]) -> None:
        self.shown.extend(samples)


class Station:
    """One lane, its instruments, one car, one driver; `restart` is a new process on the same journal."""

    def __init__(
        self, folder: Path, car: Car | None = None, *, clock: VirtualClock | None = None, has_gas: bool = False
    ) -> None:
        self.clock = clock or VirtualClock(START)
        self.world = VirtualWorld(seed=1)
        self.car = car or make_car(1, PLATE, 1400)
        self.world.enter("1", self.car)
        self.body = BenchBody(self.world, self.clock)
        self.gas_body = AnalyserBody(self.world, self.clock)
        self.has_gas = has_gas
        self.path = folder / "lane.journal"
        self.book = Book(visit())
        self.driver_listens = True
        self.driver = VirtualDriver("1", self.world)
        self.abilities: dict[str, bool] = {}
        self.latency_s = 0.005
        self.boot()

    def boot(self) -> None:
        self.bench = Bench(self.body, self.clock, self.latency_s, **self.abilities)
        self.scale = Scale(self.world, self.clock, self.latency_s)
        self.gas = Analyser(self.gas_body, self.clock, self.latency_s) if self.has_gas else None
        self.journal = FileJournal(self.path, self.clock)
        self.journal.listeners.append(self._heard)
        self.screen = Screen()
        self.lane = Lane(
            LaneParts(
                "1", "lane-1", self.clock, self.journal, self.book, StandardsJudge(RULES), self.screen,
                self.bench, self.scale, self.gas,
            )
        )  # fmt: skip

    async def kill(self) -> None:
        """End the process as kill -9 does: nothing more is sent, nothing more is written."""
        self.bench.is_dead = self.scale.is_dead = self.journal.is_dead = True
        mine = {task for task in asyncio.all_tasks() if task is not asyncio.current_task()}
        for task in mine:
            task.cancel()
        await asyncio.gather(*mine, return_exceptions=True)

    async def restart(self) -> None:
        self.boot()
        await self.soon(self.lane.open())

    async def soon(self, work: Coroutine[Any, Any, T], limit_s: float = 30.0) -> T:
        """Await something while the clock goes on."""
        task = asyncio.ensure_future(work)
        deadline_s = self.clock.monotonic() + limit_s
        while not task.done() and self.clock.monotonic() < deadline_s:
            await self.clock.advance(0.01)
        if not task.done():
            task.cancel()
            raise AssertionError(f"not done in {limit_s} s")
        return task.result()

    async def until(self, is_so: Callable[[], bool], limit_s: float = 300.0) -> None:
        """Let time pass, from one thing that happens to the next, until something is so."""
        deadline_s = self.clock.monotonic() + limit_s
        while not is_so():
            now_s = self.clock.monotonic()
            if now_s >= deadline_s:
                raise AssertionError(f"not so within {limit_s} s: {self.lane.view}")
            waiting = self.clock._waiting
            next_s = min(waiting[0][0], now_s + 0.25) if waiting else now_s + 0.25
            await self.clock.advance(max(0.0, next_s - now_s))

    async def begin(self) -> str:
        await self.soon(self.lane.open())
        return await self.soon(self.lane.start_attempt("visit-1", "wang"))

    async def close(self) -> None:
        await self.soon(self.lane.close())

    @property
    def attempt(self) -> Any:
        return self.lane.view.attempt

    def state(self) -> AttemptState:
        """Where the attempt is."""
        found: AttemptState = self.attempt.state
        return found

    def finished(self) -> list[f.ItemFinished]:
        return self.journal.facts(f.ItemFinished)

    def another_car(self, visit_id: str, plate: str) -> None:
        self.book.visits[visit_id] = replace(visit(visit_id, plate))

    def _heard(self, fact: f.Fact) -> None:
        if self.driver_listens and isinstance(fact, f.PromptShown):
            self.driver.act(fact.expects, fact.axle, fact.due_s, fact.message)
