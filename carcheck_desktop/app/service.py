"""The service process: one per station; owns the database, serves the link."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from carcheck_desktop import __version__
from carcheck_desktop.app.parts import (
    SERVICE_NODE,
    clock_from,
    equipment_of,
    folders_of,
    key_of,
    make_data_folder,
    open_service_store,
)
from carcheck_desktop.app.running import EndSignal
from carcheck_desktop.base.logs import set_up
from carcheck_desktop.domain.commands import SERVICE_COMMANDS
from carcheck_desktop.domain.facts import ProcessStarted
from carcheck_desktop.domain.station import PROTOCOL, Handshake, LaneAddress, inspection_date

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.app.errands import Errand
    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.base.station import Station
    from carcheck_desktop.desk.cash.scans import Scans
    from carcheck_desktop.desk.door import ServiceDoor
    from carcheck_desktop.desk.nodes import NodeBook
    from carcheck_desktop.desk.signing.making import ReportMaker
    from carcheck_desktop.desk.tables.custody import TableCustody
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.store.opening import SqlStore
    from carcheck_desktop.store.writer import StoreWriter

    Heard = Callable[[list[tuple[int, Entry]]], None]


class Service:
    """A running service; `close` lets go of everything in the reverse order."""

    def __init__(self, station: Station, clock: Clock) -> None:
        from carcheck_desktop.app.papers import house_of, reports_of
        from carcheck_desktop.app.web import OwnersWeb
        from carcheck_desktop.desk.front import ServiceFront
        from carcheck_desktop.desk.ledger import record
        from carcheck_desktop.desk.verdicts.front import VerdictFront
        from carcheck_desktop.link.server.application import create_app
        from carcheck_desktop.link.server.chunks import ChunkedBlobs
        from carcheck_desktop.link.server.parts import LinkParts
        from carcheck_desktop.link.server.ring import FactRing
        from carcheck_desktop.link.server.serving import LinkServer
        from carcheck_desktop.store.blobs import FileBlobs
        from carcheck_desktop.store.writer import StoreWriter

        self._held = ExitStack()
        with ExitStack() as undo:
            folders = folders_of(station)
            store = open_service_store(station, clock)
            undo.callback(store.close)
            custody = _custody(station, store, clock)
            ring = FactRing(store)
            introduction = _introduction(station, clock, store, custody.hashes)
            house = house_of(station)
            made = reports_of(house, clock)
            errands, scans = _errands(station, store, clock, custody, made)
            owners = OwnersWeb(station, station.web, store, clock) if station.web is not None else None
            hearers = [*(each.hear for each in errands), *([owners.hear] if owners else [])]
            writer = StoreWriter(store, _all(ring.publish, *hearers))
            undo.callback(writer.close)
            writer.call(lambda uow: record(uow, ProcessStarted(SERVICE_NODE, __version__), actor=SERVICE_NODE))
            front = ServiceFront(store, writer, clock, custody.rules, introduction, made, custody)
            parts = LinkParts(
                desk=front,
                facts=ring,
                door=_door(station, writer, clock, scans, custody).print_as(house),
                kinds=SERVICE_COMMANDS,
                blobs=ChunkedBlobs(FileBlobs(folders.blobs), folders.uploads),
                intake=front,
                records=front,
                verdicts=VerdictFront(store, lambda: custody.rules),
                takes_lanes=True,
                nodes=_nodes(writer, clock),
            )
            self._server = LinkServer(create_app(parts), port=station.link_port)
            self._server.start()
            undo.callback(self._server.stop)
            for errand in errands:
                undo.callback(errand.close)
                errand.start(writer)
            if owners is not None:
                owners.start()
                undo.callback(owners.close)
            self._held = undo.pop_all()

    @property
    def url(self) -> str:
        """Where clients connect."""
        return self._server.url

    def close(self) -> None:
        """Stop serving, finish what was handed in, close the database."""
        self._held.close()


def _errands(
    station: Station, store: SqlStore, clock: Clock, custody: TableCustody, made: ReportMaker
) -> tuple[list[Errand], Scans]:
    """Return every errand, not yet started: those of the house, and the one that looks after the tables."""
    from carcheck_desktop.app.errands import errands_of
    from carcheck_desktop.app.table_watch import TableWatch
    from carcheck_desktop.desk.ledger import Concluding

    errands, scans = errands_of(station, store, clock, _lanes(station))
    return [*errands, TableWatch(store, custody, Concluding(custody.rules, made, custody))], scans


def _lanes(station: Station) -> tuple[LaneAddress, ...]:
    return tuple(LaneAddress(lane.name, lane.node, f"http://127.0.0.1:{lane.link_port}") for lane in station.lanes)


def _door(station: Station, writer: StoreWriter, clock: Clock, scans: Scans, custody: TableCustody) -> ServiceDoor:
    from carcheck_desktop.app.outside import vehicle_lookup_of
    from carcheck_desktop.desk.door import ServiceDoor

    key, lookup = key_of(station, SERVICE_NODE), vehicle_lookup_of(station, clock)
    return ServiceDoor(writer, clock, key, custody.rules, lookup, scans).keep(custody)


def _custody(station: Station, store: SqlStore, clock: Clock) -> TableCustody:
    """Return who keeps the tables: those of the first start taken over, the disk checked."""
    from carcheck_desktop.app.table_files import on_disk, release_of
    from carcheck_desktop.desk.tables.custody import TableCustody

    custody = TableCustody(on_disk, release_of(), key_of(station, SERVICE_NODE), equipment_of(station))
    with store.begin() as uow:
        custody.open(uow, inspection_date(clock.now()))
    return custody


def _nodes(writer: StoreWriter, clock: Clock) -> NodeBook:
    from carcheck_desktop.desk.nodes import NodeBook

    return NodeBook(writer, clock)


def _all(*hearers: Heard) -> Heard:
    """Return who tells all, in this order, what was committed."""

    def tell(facts: list[tuple[int, Entry]]) -> None:
        for each in hearers:
            each(facts)

    return tell


def _introduction(station: Station, clock: Clock, store: SqlStore, tables: dict[str, str]) -> Handshake:
    from carcheck_desktop.desk.cash.doing import rules

    return Handshake(
        protocol=PROTOCOL,
        software=__version__,
        role="service",
        node=SERVICE_NODE,
        epoch=store.epoch,
        station_code=station.code,
        station_name=station.name,
        training=station.training,
        language=station.language,
        public_key=key_of(station, SERVICE_NODE).public_hex,
        now=clock.now(),
        clock_speed=clock.speed,
        tables=tables,
        lanes=_lanes(station),
        province=station.province,
        pay_later=rules().pay_later,
        most_change_fen=rules().most_change_fen,
    )


def run_service(station: Station, clock_url: str | None, *, started: Callable[[str], None]) -> None:
    """Run the service until the process is told to end; `started` hears its address."""
    end = EndSignal()
    set_up(make_data_folder(station).logs, SERVICE_NODE)
    service = Service(station, clock_from(clock_url, station))
    try:
        started(service.url)
        end.wait()
    finally:
        service.close()
