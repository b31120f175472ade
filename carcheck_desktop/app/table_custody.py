"""The custody of the table files at the command line: editions and approvals, doubtful rows, and the approval of a change.

Reading needs no service and no station; approving goes through the running service, or through its door on the database while
none runs.
"""

from __future__ import annotations

import asyncio
import itertools
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from carcheck_desktop.app.parts import (
    SERVICE_NODE,
    database_of,
    equipment_of,
    folders_of,
    key_of,
    open_service_store,
)
from carcheck_desktop.app.table_files import contents, on_disk, release_of
from carcheck_desktop.base.clock import SystemClock
from carcheck_desktop.base.errors import DataError, RefusedError
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.desk.tables.comparing import Comparison
from carcheck_desktop.domain.commands import ApproveTable, Envelope, SignIn, SignOut
from carcheck_desktop.domain.facts.tables import TABLES_SUBJECT
from carcheck_desktop.domain.folding.tables import standards_of
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.tables import NO_STANDARDS, FaultKind, StandardsView, TableFault
from carcheck_desktop.standards.loading.files import edition_of
from carcheck_desktop.standards.loading.listing import listing

if TYPE_CHECKING:
    from datetime import datetime

    from carcheck_desktop.app.board import Person
    from carcheck_desktop.base.station import Station
    from carcheck_desktop.desk.door import ServiceDoor
    from carcheck_desktop.desk.tables.comparing import OnDisk, Release
    from carcheck_desktop.domain.commands import Command
    from carcheck_desktop.standards.loading.listing import TableRow

EVERY_CHANGE = 100_000
NODE = "command-line"
GOOD_FOR = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class EditionTold:
    """One table file on the disk; `problem` says why it cannot be used, `release` which one ships it so."""

    file: str
    hash: str
    release: str = ""
    edition: str = ""
    title: str = ""
    family: str = ""
    limits_of: str = ""
    valid_from: str = ""
    valid_until: str = ""
    rows: int = 0
    doubtful: int = 0
    problem: Problem | None = None
    approved_at: datetime | None = None
    approved_by: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class StandardsTold:
    """Every edition, and for a station what is not as it was approved; `is_adopted` is False before its first start."""

    release: str
    editions: tuple[EditionTold, ...]
    faults: tuple[TableFault, ...] = ()
    is_adopted: bool = False


@dataclass(frozen=True, slots=True)
class DoubtfulRow:
    """A row that still needs the paid text; `sources` in words."""

    edition: str
    file: str
    row: TableRow
    sources: tuple[str, ...] = field(default=())


def standards_told(station: Station | None) -> StandardsTold:
    """Return every edition with its hash and days, and for a station since when and by whom it is approved."""
    disk, release = on_disk(), release_of()
    view, faults = (NO_STANDARDS, ()) if station is None else _custody(station, disk, release)
    editions = tuple(_edition(name, file, release, view) for name, file in disk.items())
    return StandardsTold(release.name, editions, faults if view.approved else (), bool(view.approved))


def _custody(
    station: Station, disk: dict[str, OnDisk], release: Release
) -> tuple[StandardsView, tuple[TableFault, ...]]:
    from carcheck_desktop.store.reading import reading

    today = inspection_date(SystemClock().now())
    with reading(database_of(station), blob_folder=folders_of(station).blobs) as uow:
        view = standards_of(uow.journal.of_subject(TABLES_SUBJECT))
        return view, Comparison(lambda: disk, release, EVERY_CHANGE).faults(uow, view, today)


def _edition(name: str, file: OnDisk, release: Release, view: StandardsView) -> EditionTold:
    approval = view.approved.get(name)
    is_same = approval is not None and approval.table.table_hash == file.hash
    known: dict[str, Any] = {"file": name, "hash": file.hash, "release": release.ships(name, file.hash)}
    if approval is not None and is_same:
        known |= {"approved_at": approval.at, "approved_by": approval.by, "second": approval.approved_by}
    if file.problem:
        problem = Problem("app.tables.unreadable", {"file": name, "folder": "-", "detail": file.problem})
        return EditionTold(**known, problem=problem)
    try:
        edition, rows = edition_of(name, file.content), listing(file.content)
    except DataError as error:
        return EditionTold(**known, problem=error.problem)
    return EditionTold(
        **known, edition=edition.edition, title=edition.title, family=edition.family.name, limits_of=edition.limits_of,
        valid_from=edition.valid_from.isoformat(),
        valid_until=edition.valid_until.isoformat() if edition.valid_until is not None else "",
        rows=len(rows.rows), doubtful=len(rows.doubtful()),
    )  # fmt: skip


def doubtful_rows() -> list[DoubtfulRow]:
    """Return every row of every edition that still needs the paid text; raise `DataError` naming an unusable file."""
    found = []
    for name, content in contents().items():
        edition, table = edition_of(name, content), listing(content)
        words = {each.id: f"{each.id}: {each.what}" for each in table.sources}
        found += [
            DoubtfulRow(edition.edition, name, row, tuple(words.get(each, each) for each in row.sources))
            for row in table.doubtful()
        ]
    return found


def fault_of(station: Station, file: str) -> TableFault:
    """Return how a file is not as approved; raise `RefusedError` when it is, or when nobody knows it."""
    told = standards_told(station)
    for fault in told.faults:
        if fault.file == file:
            return fault
    for each in told.editions:
        if each.file == file and told.is_adopted:
            raise RefusedError("desk.tables.as_approved", file=file, hash=each.hash[:12])
        if each.file == file:
            return TableFault(file, FaultKind.ADDED, "", each.hash, release=each.release)
    raise RefusedError("desk.tables.unknown_file", file=file, known=", ".join(each.file for each in told.editions))


def approve(station: Station, fault: TableFault, author: Person, second: Person) -> dict[str, Any]:
    """Approve a file as `fault` describes it, in the name of both; return what was approved.

    Raises `NotDoneError` with the reason of the service, or of its door where none runs.
    """
    from carcheck_desktop.app.board import change_all
    from carcheck_desktop.app.operations import is_served

    command = ApproveTable(fault.file, fault.approved, fault.found)
    if is_served(station):
        return change_all(station, author, [lambda _view, _now: command], second)[0]
    return _offline(station, command, author, second)


def _offline(station: Station, command: ApproveTable, author: Person, second: Person) -> dict[str, Any]:
    """Give the command at the service's own door while no service runs."""
    from carcheck_desktop.desk.door import ServiceDoor
    from carcheck_desktop.desk.tables.custody import TableCustody
    from carcheck_desktop.store.writer import StoreWriter

    clock, key = SystemClock(), key_of(station, SERVICE_NODE)
    with closing(open_service_store(station, clock)) as store:
        custody = TableCustody(on_disk, release_of(), key, equipment_of(station))
        with store.begin() as uow:
            custody.open(uow, inspection_date(clock.now()))
        with closing(StoreWriter(store)) as writer:
            door = ServiceDoor(writer, clock, key, custody.rules).keep(custody)
            return asyncio.run(_give(door, command, author, second))


async def _give(door: ServiceDoor, command: ApproveTable, author: Person, second: Person) -> dict[str, Any]:
    from carcheck_desktop.app.board import NotDoneError
    from carcheck_desktop.base.ids import new_id

    clock, numbers = SystemClock(), itertools.count(1)
    run = new_id("command")

    async def ask(what: Command, token: str | None = None, agreed: str | None = None) -> dict[str, Any]:
        now = clock.now()
        envelope = Envelope(f"{run}-{next(numbers)}", token, NODE, now, now + GOOD_FOR, what, agreed)
        reply = await door.execute(envelope)
        if reply.refusal is not None:
            raise NotDoneError(reply.refusal)
        return reply.result

    token = (await ask(SignIn(author.name, author.pin)))["token"]
    agreed = (await ask(SignIn(second.name, second.pin)))["token"]
    try:
        return await ask(command, token, agreed)
    finally:
        await ask(SignOut(), token)
        await ask(SignOut(), agreed)
