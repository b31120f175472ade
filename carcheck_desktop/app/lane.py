"""A lane process: its instruments, its engine, its own journal, the same link as the service."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from carcheck_desktop import __version__
from carcheck_desktop.app.lane_journal import StoreLaneJournal
from carcheck_desktop.app.parts import (
    clock_from,
    folders_of,
    key_of,
    make_data_folder,
    opening_of,
)
from carcheck_desktop.app.running import EndSignal
from carcheck_desktop.app.visit_book import ServiceBook
from carcheck_desktop.app.wiring import configs_of
from carcheck_desktop.base.logs import set_up
from carcheck_desktop.domain.commands import LANE_COMMANDS
from carcheck_desktop.domain.facts import DeviceAttached, DeviceLost, ProcessStarted
from carcheck_desktop.domain.station import PROTOCOL, Handshake, LaneAddress, Snapshot, inspection_date

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from carcheck_desktop.app.lane_tables import LaneTables
    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.base.station import Station, StationLane
    from carcheck_desktop.devices.machinery.lines.health import DeviceHealth
    from carcheck_desktop.devices.machinery.registry import Instruments
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.lanes.engine import Engine
    from carcheck_desktop.lanes.judging import StandardsJudge
    from carcheck_desktop.lanes.parts import LaneParts
    from carcheck_desktop.link.client.shipping import Shipper
    from carcheck_desktop.link.server.ring import FactRing
    from carcheck_desktop.link.server.samples import SampleFan
    from carcheck_desktop.store.opening import SqlStore


@dataclass
class LaneFront:
    """What a lane process tells over the link; fulfils `domain.ports.Desk` but takes no lanes."""

    journal: StoreLaneJournal
    engine: Engine
    clock: Clock
    introduction: Handshake
    tables: LaneTables

    def handshake(self) -> Handshake:
        """Say who this is and what time it is."""
        return replace(self.introduction, now=self.clock.now(), tables=self.tables.files)

    def snapshot(self) -> Snapshot:
        """Return the lanes as they are, with place and heads of the same moment."""
        (epoch, pos, heads), lanes = self.engine.views_with(self.journal.heads)
        return Snapshot(epoch=epoch, pos=pos, heads=heads, visits=(), lanes=lanes)

    def register_lane(self, address: LaneAddress) -> None:
        """Only the service takes lanes."""
        raise TypeError(f"a lane was asked to remember {address.url}")


class Outlet:
    """Where committed facts go: to the windows that follow, and to the service."""

    def __init__(self, ring: FactRing) -> None:
        self._ring = ring
        self.shipper: Shipper | None = None

    def publish(self, facts: Sequence[tuple[int, Entry]]) -> None:
        """Hand facts on after their commit."""
        self._ring.publish(facts)
        if self.shipper is not None:
            self.shipper.wake()


class LaneProcess:
    """A running lane; `close` stops machinery and lets go of everything."""

    def __init__(self, station: Station, lane: StationLane, clock: Clock) -> None:
        from carcheck_desktop.app.lane_tables import LaneTables
        from carcheck_desktop.lanes.judging import StandardsJudge
        from carcheck_desktop.link.client.thread import LinkThread
        from carcheck_desktop.link.server.ring import FactRing
        from carcheck_desktop.link.server.samples import SampleFan
        from carcheck_desktop.store.writer import StoreWriter

        self._clock = clock
        self._station = station
        self._lane = lane
        self._held = ExitStack()
        with ExitStack() as undo:
            store = _open_journal(station, lane, clock)
            undo.callback(store.close)
            ring = FactRing(store)
            outlet = Outlet(ring)
            writer = StoreWriter(store, outlet.publish)
            undo.callback(writer.close)
            writer.call(lambda uow: uow.journal.append(ProcessStarted(lane.node, __version__), actor=lane.node))
            self._journal = StoreLaneJournal(store, writer)
            beside = folders_of(station).data / lane.node
            book = ServiceBook(beside / "visits.json")
            tables = LaneTables(beside / "tables")
            judge = StandardsJudge(tables.first(book.tables, inspection_date(clock.now())), tables.find)
            fan = SampleFan()
            instruments = self._instruments()
            undo.callback(instruments.close)
            self._engine = self._make_engine(instruments, judge, book, fan)
            undo.callback(self._engine.close)
            self._engine.start()
            instruments.start()
            self._serve(undo, store, tables, ring, fan)
            links = LinkThread(node=lane.node, clock=clock, name="lane-link").start()
            undo.callback(links.stop)
            links.follow(station.service_url, book.mailbox, peer="service")
            outlet.shipper = links.ship(station.service_url, self._journal)
            self._held = undo.pop_all()

    @property
    def url(self) -> str:
        """Where windows connect."""
        return self._server.url

    def close(self) -> None:
        """Let go in the reverse order; the engine stops machinery before its lines are closed."""
        self._held.close()

    def _instruments(self) -> Instruments:
        from carcheck_desktop.devices.machinery.registry import Instruments, Surroundings

        around = Surroundings(
            training=self._station.training,
            on_health=self._on_health,
            now=self._clock.now,
            wire_logs=folders_of(self._station).wire / self._lane.node,
            speed=self._clock.speed,
        )
        return Instruments(configs_of(self._lane), around)

    def _make_engine(
        self, instruments: Instruments, judge: StandardsJudge, book: ServiceBook, fan: SampleFan
    ) -> Engine:
        from carcheck_desktop.lanes.engine import Engine

        parts = _lane_parts(self._lane, self._clock, self._journal, instruments, fan)
        return Engine([parts(book, judge)], self._clock, lambda: book.public_key)

    def _serve(self, undo: ExitStack, store: SqlStore, tables: LaneTables, ring: FactRing, fan: SampleFan) -> None:
        from carcheck_desktop.link.server.application import create_app
        from carcheck_desktop.link.server.parts import LinkParts
        from carcheck_desktop.link.server.serving import LinkServer

        introduction = _introduction(self._station, self._lane, self._clock, store, tables.files)
        front = LaneFront(self._journal, self._engine, self._clock, introduction, tables)
        parts = LinkParts(desk=front, facts=ring, door=self._engine, kinds=LANE_COMMANDS, samples=fan)
        self._server = LinkServer(create_app(parts), port=self._lane.link_port)
        self._server.start()
        undo.callback(self._server.stop)

    def _on_health(self, health: DeviceHealth) -> None:
        device = next(each for each in self._lane.devices if each.name == health.device)
        about = (self._lane.name, device.name, device.kind, device.driver, device.port)
        if health.problem is None:
            self._engine.device_changed(DeviceAttached(*about, identity=health.identity))
        else:
            self._engine.device_changed(DeviceLost(*about, diagnosis=health.problem))


def _open_journal(station: Station, lane: StationLane, clock: Clock) -> SqlStore:
    from carcheck_desktop.store.opening import open_store

    folders = folders_of(station)
    path = folders.journal(lane.node)
    path.parent.mkdir(parents=True, exist_ok=True)
    return open_store(
        path,
        node=lane.node,
        key=key_of(station, lane.node),
        clock=clock,
        blob_folder=None,
        opening=opening_of(station),
    )


def _lane_parts(
    lane: StationLane, clock: Clock, journal: StoreLaneJournal, instruments: Instruments, fan: SampleFan
) -> Callable[[ServiceBook, StandardsJudge], LaneParts]:
    from carcheck_desktop.lanes.parts import LaneParts

    def made(book: ServiceBook, judge: StandardsJudge) -> LaneParts:
        return LaneParts(
            lane=lane.name,
            node=lane.node,
            clock=clock,
            journal=journal,
            visits=book,
            judge=judge,
            samples=fan,
            bench=next(iter(instruments.brake_testers.values()), None),
            scale=next(iter(instruments.axle_scales.values()), None),
            gas=next(iter(instruments.gas_analysers.values()), None),
        )

    return made


def _introduction(
    station: Station, lane: StationLane, clock: Clock, store: SqlStore, tables: dict[str, str]
) -> Handshake:
    return Handshake(
        protocol=PROTOCOL,
        software=__version__,
        role="lane",
        node=lane.node,
        epoch=store.epoch,
        station_code=station.code,
        station_name=station.name,
        training=station.training,
        language=station.language,
        public_key=key_of(station, lane.node).public_hex,
        now=clock.now(),
        clock_speed=clock.speed,
        tables=tables,
        lanes=(),
    )


def run_lane(station: Station, name: str, clock_url: str | None, *, started: Callable[[str], None]) -> None:
    """Run one lane until the process is told to end; `started` hears its address."""
    end = EndSignal()
    lane = station.lane(name)
    set_up(make_data_folder(station).logs, lane.node)
    process = LaneProcess(station, lane, clock_from(clock_url, station))
    try:
        started(process.url)
        end.wait()
    finally:
        process.close()
