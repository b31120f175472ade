"""A database for each test, on SQLite and on PostgreSQL, with a way to tamper behind the store's back."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy.engine import make_url

from carcheck_desktop.base.clock import VirtualClock
from carcheck_desktop.base.keys import SigningKey
from carcheck_desktop.store import Opening, Report, SqlStore, migrate, open_store, verify
from tests.postgres import PostgresServer

KEY = SigningKey.generate()
OPENING = Opening(station_code="5001230001", station_name="渝北检测站", training=True, software="0.1.0")


@dataclass
class Database:
    """One empty database of one kind, and what a test does to it."""

    kind: str
    where: str
    blob_folder: Path | None
    clock: VirtualClock = field(default_factory=VirtualClock)
    opened: list[SqlStore] = field(default_factory=list)

    def open(self, node: str = "service", **other: Any) -> SqlStore:
        """Open it as the station's service unless told otherwise."""
        arguments = {"key": KEY, "clock": self.clock, "blob_folder": self.blob_folder, "opening": OPENING, **other}
        store = open_store(self.where, node=node, **arguments)
        self.opened.append(store)
        return store

    def verify(self, **other: Any) -> Report:
        """Verify it as a stranger would, with the station's public key."""
        return verify(self.where, blob_folder=self.blob_folder, **{"public_key": KEY.public_hex, **other})

    def tamper(self, *statements: str) -> None:
        """Run SQL with the journal's guards taken off, as somebody with a database tool can."""
        if self.kind == "sqlite":
            import sqlite3

            with closing(sqlite3.connect(self.where, isolation_level=None)) as connection:
                for action in ("update", "delete"):
                    connection.execute(f"DROP TRIGGER IF EXISTS journal_no_{action}")
                for statement in statements:
                    connection.execute(statement)
            return
        with psycopg.connect(self.dsn, autocommit=True) as server:
            server.execute("ALTER TABLE journal DISABLE TRIGGER ALL")
            for statement in statements:
                server.execute(statement)

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """Run a query of one's own."""
        if self.kind == "sqlite":
            import sqlite3

            with closing(sqlite3.connect(self.where)) as connection:
                return connection.execute(question).fetchall()
        with psycopg.connect(self.dsn) as server:
            return server.execute(question).fetchall()

    @property
    def dsn(self) -> str:
        """The server's address as psycopg reads it."""
        url = make_url(self.where)
        return f"host={url.query['host']} port={url.query['port']} user={url.username} dbname={url.database}"

    @property
    def heads_file(self) -> Path:
        """The file of signed heads."""
        if self.kind == "sqlite":
            return Path(self.where + ".heads.jsonl")
        assert self.blob_folder is not None
        return self.blob_folder / f"{make_url(self.where).database}.heads.jsonl"


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    server = PostgresServer()
    yield server
    server.close()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database with the schema and nothing in it, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "blank.sqlite"
    migrate(path)
    return path


@pytest.fixture(scope="session")
def migrated_template(postgres: PostgresServer) -> str:
    """The name of a PostgreSQL database with the schema and nothing in it, to be copied."""
    where = postgres.create_database()
    migrate(where)
    name = make_url(where).database
    assert name is not None
    return name


@pytest.fixture
def make_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str, bool], Database]]:
    made: list[Database] = []

    def make(kind: str, blob_files: bool = True) -> Database:
        if kind == "postgresql":
            template = request.getfixturevalue("migrated_template")
            where = request.getfixturevalue("postgres").create_database(template)
        else:
            where = str(tmp_path / f"station-{len(made)}.sqlite")
            shutil.copyfile(request.getfixturevalue("migrated_file"), where)
        folder = tmp_path / f"blobs-{len(made)}" if blob_files else None
        made.append(Database(kind, where, folder))
        return made[-1]

    yield make
    for database in made:
        for store in database.opened:
            store.close()
        if database.kind == "postgresql":
            # hundreds of them left to the end take a slow disk longer to remove than a test may last
            request.getfixturevalue("postgres").drop_database(database.where)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, make_database: Callable[[str], Database]) -> Database:
    """The service's database: blobs are files."""
    return make_database(request.param)


@pytest.fixture(params=["sqlite", "postgresql"])
def lane_database(request: pytest.FixtureRequest, make_database: Callable[[str, bool], Database]) -> Database:
    """A lane's database: blobs are rows, everything in one commit."""
    return make_database(request.param, False)


@pytest.fixture
def sqlite(make_database: Callable[[str], Database]) -> Database:
    return make_database("sqlite")
