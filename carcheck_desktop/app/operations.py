"""What is done with the database when no window is involved: people, records, verify, backup."""

from __future__ import annotations

import asyncio
import socket
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from carcheck_desktop.app.parts import SERVICE_NODE, database_of, folders_of, make_data_folder, open_service_store
from carcheck_desktop.base.clock import SystemClock
from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.base.keys import SigningKey, hash_pin
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain.commands import AddUser

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from carcheck_desktop.app.parts import Folders
    from carcheck_desktop.base.station import Station
    from carcheck_desktop.desk.nodes import NodeView
    from carcheck_desktop.domain.access import Role
    from carcheck_desktop.domain.ports import UserRow, VisitRecord
    from carcheck_desktop.store.backup import Backup
    from carcheck_desktop.store.checking.report import Report

OPERATOR = "command line"
"""The actor of what is done at the service's PC without signing in."""


def add_person(station: Station, name: str, role: Role, pin: str) -> None:
    """Add a person to the station's database; refused while a service has it open."""
    add_persons(station, [AddUser(name, role, pin)])


def add_persons(station: Station, people: Iterable[AddUser]) -> None:
    """Add several people at once, all or none; a PIN that several have (a simulation's) is hashed once, which is slow."""
    from carcheck_desktop.desk.people import add_user

    people = list(people)
    hashes = {pin: hash_pin(pin) for pin in {each.pin for each in people}}
    with closing(open_service_store(station, SystemClock())) as store, store.begin() as uow:
        for each in people:
            add_user(uow, each, actor=OPERATOR, pin_hash=hashes[each.pin])


def people_of_station(station: Station) -> list[UserRow]:
    """Return everybody who is known, by name, whether a service runs or not."""
    from carcheck_desktop.store.reading import reading

    with reading(database_of(station), blob_folder=None) as uow:
        return uow.users.all()


def nodes_of_station(station: Station) -> list[NodeView]:
    """Return every node that was ever seen, whether a service runs or not."""
    from carcheck_desktop.desk.nodes import nodes_of
    from carcheck_desktop.store.reading import reading

    with reading(database_of(station), blob_folder=None) as uow:
        return nodes_of(uow)


def record_of_visit(station: Station, wanted: str) -> VisitRecord:
    """Return everything recorded of a visit, from the service or from the database when none runs.

    Raises `RefusedError` or `LinkError` when there is no such visit.
    """
    record = _from_service(station, wanted) if is_served(station) else _from_database(station, wanted)
    if record is None:
        raise RefusedError("app.records.no_such_visit", wanted=wanted)
    return record


def is_served(station: Station) -> bool:
    """Say whether anything listens where the service would."""
    try:
        with socket.create_connection(("127.0.0.1", station.link_port), timeout=1.0):
            return True
    except OSError:
        return False


def _from_service(station: Station, wanted: str) -> VisitRecord:
    from carcheck_desktop.link.client.asking import LinkClient

    async def ask() -> VisitRecord:
        client = LinkClient(station.service_url, node=OPERATOR, clock=SystemClock())
        try:
            return await client.visit(wanted)
        finally:
            await client.close()

    return asyncio.run(ask())


def _from_database(station: Station, wanted: str) -> VisitRecord | None:
    from carcheck_desktop.desk.front import record_of
    from carcheck_desktop.store.reading import reading

    with reading(database_of(station), blob_folder=folders_of(station).blobs) as uow:
        return record_of(uow, wanted)


def verify_station(station: Station) -> dict[str, Report]:
    """Verify the service's database and every lane's journal that is on this PC, and that they agree."""
    from carcheck_desktop.store.checking.agreement import disagreement
    from carcheck_desktop.store.checking.verify import verify

    folders = folders_of(station)
    reports = {
        SERVICE_NODE: verify(
            database_of(station), blob_folder=folders.blobs, public_key=public_key(folders, SERVICE_NODE)
        )
    }
    for lane in station.lanes:
        journal = folders.journal(lane.node)
        problem: Problem | None = None
        if journal.exists():
            reports[lane.node] = verify(journal, blob_folder=None, public_key=public_key(folders, lane.node))
            problem = disagreement(database_of(station), journal, lane.node)
        elif folders.key(lane.node).exists() and lane.node in reports[SERVICE_NODE].nodes:
            problem = Problem("store.place.missing", {"database": str(journal)})
        if problem is not None:
            service = reports[SERVICE_NODE]
            reports[SERVICE_NODE] = replace(service, findings=(*service.findings, problem))
    return reports


def public_key(folders: Folders, node: str) -> str | None:
    """Return a node's public key where its key file is on this PC."""
    path = folders.key(node)
    return SigningKey.load_or_create(path).public_hex if path.exists() else None


def back_up(station: Station, target: Path) -> Backup:
    """Copy the service's database, blobs and signed heads into a new folder."""
    from carcheck_desktop.store.backup import backup

    return backup(database_of(station), target, blob_folder=folders_of(station).blobs)


def migrate_station(station: Station) -> dict[str, tuple[str, str]]:
    """Bring every database of this PC to the program's schema; node -> (before, after)."""
    from carcheck_desktop.store import migrate

    folders = make_data_folder(station)
    done = {SERVICE_NODE: migrate(database_of(station))}
    for lane in station.lanes:
        if folders.journal(lane.node).exists():
            done[lane.node] = migrate(folders.journal(lane.node))
    return done
