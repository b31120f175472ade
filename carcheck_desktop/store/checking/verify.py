"""`verify`: opens a database read-only, also while a service runs, and reports everything it finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from carcheck_desktop.base.errors import StorageError
from carcheck_desktop.store.blobs import FileBlobs, RowBlobs
from carcheck_desktop.store.checking.beside import check_arrivals, check_numbers, check_tickets
from carcheck_desktop.store.checking.chain import Walk
from carcheck_desktop.store.checking.heads import check_heads, claim_of_row, claims_of_file
from carcheck_desktop.store.checking.report import Findings, Report
from carcheck_desktop.store.checking.rows import check_privates, check_users, check_visits
from carcheck_desktop.store.engine.connect import strange_reading_engine
from carcheck_desktop.store.engine.failures import storage_error
from carcheck_desktop.store.engine.locks import holder_name
from carcheck_desktop.store.engine.place import place_of
from carcheck_desktop.store.schema import require_schema
from carcheck_desktop.store.tables.heads import heads_path

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.engine import Connection

    from carcheck_desktop.store.checking.heads import Claim
    from carcheck_desktop.store.engine.place import Place


def verify(
    database: str | Path,
    *,
    blob_folder: Path | None,
    heads_file: Path | None = None,
    public_key: str | None = None,
) -> Report:
    """Look at every entry, row, blob and signed head of a database and name all that is wrong.

    `heads_file` may be a copy kept elsewhere (default: the file beside the database). Without
    `public_key` the one in the journal's first entry is believed, which proves that the store
    agrees with itself, not that it is the station's. Raises `StorageError` when the database
    cannot be opened, `UsageError` when its schema is another one.
    """
    place = place_of(database)
    if place.path is not None and not place.path.is_file():
        raise StorageError("store.place.missing", database=place.shown)
    findings = Findings()
    path = heads_file or heads_path(place, blob_folder)
    claims = [] if path is None else claims_of_file(path, findings)
    engine = strange_reading_engine(place, holder_name("verify"))
    try:
        with engine.connect() as connection:  # never committed: nothing is written
            require_schema(connection, place)
            return _look(connection, place, blob_folder, claims, _Given(findings, public_key))
    except SQLAlchemyError as error:
        raise storage_error(place, error) from error
    finally:
        engine.dispose()


class _Given:
    """What the caller handed in and what was found before the database was opened."""

    def __init__(self, findings: Findings, public_key: str | None) -> None:
        self.findings = findings
        self.public_key = public_key

    def key_of(self, walk: Walk, claims: list[Claim]) -> str:
        """Return the key to believe; note when the journal names another than the caller."""
        own = walk.opened.public_key if walk.opened is not None else None
        if self.public_key is None:
            return own or (claims[-1].head.public_key if claims else "")
        if own is not None and own != self.public_key:
            self.findings.add("store.verify.other_key", expected=self.public_key, found=own)
        return self.public_key


def _look(connection: Connection, place: Place, blob_folder: Path | None, claims: list[Claim], given: _Given) -> Report:
    findings = given.findings
    blobs = RowBlobs(connection) if blob_folder is None else FileBlobs(blob_folder)
    _check_pages(connection, place, findings)
    claims = [*claims, *claim_of_row(connection)]
    walk = Walk(findings, blobs, {claim.head.pos for claim in claims})
    visits = users = 0
    key = ""
    try:
        walk.whole_journal(connection)
        key = given.key_of(walk, claims)
        check_heads(claims, walk, key)
        walk.signatures.check(key, findings)
        visits = check_visits(connection, findings)
        check_privates(connection, findings)
        check_arrivals(connection, findings)
        check_tickets(connection, findings)
        check_numbers(connection, findings)
        users = check_users(connection, key, findings)
    except SQLAlchemyError as error:
        findings.add(
            "store.verify.unreadable", database=place.shown, detail=storage_error(place, error), pos=walk.head.pos
        )
    return Report(
        database=place.shown,
        findings=tuple(findings.problems),
        entries=walk.entries,
        visits=visits,
        users=users,
        blobs=len(walk.blobs_seen),
        heads=len(claims),
        nodes={node: seq for node, (seq, _) in sorted(walk.head.nodes.items())},
        position=walk.head.pos,
        chain=walk.head.chain,
        public_key=key,
        key_given=given.public_key is not None,
    )


def _check_pages(connection: Connection, place: Place, findings: Findings) -> None:
    """Let SQLite look at its own pages; PostgreSQL has checksums for that."""
    if not place.is_sqlite:
        return
    try:
        lines = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA quick_check(20)")]
    except SQLAlchemyError as error:
        lines = [str(storage_error(place, error))]
    for line in lines:
        if line != "ok":
            findings.add("store.verify.damaged", database=place.shown, detail=line)
