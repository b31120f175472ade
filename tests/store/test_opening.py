"""Opening a database: who may, what it must be, and what is said when it is not."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from carcheck_desktop.base.clock import SystemClock
from carcheck_desktop.base.errors import CarcheckError, RefusedError, StorageError, UsageError
from carcheck_desktop.base.keys import SigningKey
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.facts import StopReleased
from carcheck_desktop.domain.payment import PaymentMethod, PaymentState, PaymentView
from carcheck_desktop.domain.ports import Feed, Store, UserRow
from carcheck_desktop.store import StoreWriter, backup, migrate, open_store, reading, verify
from carcheck_desktop.store.engine.place import place_of
from carcheck_desktop.store.schema import MIGRATIONS
from carcheck_desktop.store.tables.models import SCHEMA, metadata
from tests.postgres import PostgresServer
from tests.store.conftest import KEY, OPENING, Database
from tests.store.facts import curve, record, visit_opened, whole_visit


def test_a_second_service_on_the_same_database_is_refused_and_told_who_has_it(database: Database) -> None:
    database.open()
    with pytest.raises(RefusedError) as refused:
        database.open()
    assert refused.value.code == "store.lock.held"
    assert f"carcheck service pid {os.getpid()}" in str(refused.value.problem.params["holder"])
    database.opened[0].close()
    database.open()


def test_another_process_holding_the_database_is_named_and_its_death_frees_it(sqlite: Database, tmp_path: Path) -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom carcheck_desktop.store.engine.locks import FileLock, holder_name\n"
        "lock = FileLock(Path(sys.argv[1]), holder_name('service'))\nprint('open', flush=True)\nsys.stdin.read()\n"
    )
    command = [sys.executable, "-c", program, sqlite.where]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(RefusedError) as refused:
            sqlite.open()
        assert f"pid {other.pid}" in str(refused.value.problem.params["holder"])
        with pytest.raises(RefusedError):
            migrate(sqlite.where)
        other.kill()
        other.wait()
    sqlite.open()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"opening": replace(OPENING, training=False)}, "store.identity.other_training"),
        ({"opening": replace(OPENING, station_code="5001230002")}, "store.identity.other_station"),
        ({"node": "service-2"}, "store.identity.other_node"),
        ({"key": SigningKey.generate()}, "store.identity.other_key"),
    ],
)
def test_a_database_of_another_owner_is_refused_and_left_alone(
    database: Database, change: dict[str, object], code: str
) -> None:
    database.open().close()
    with pytest.raises(UsageError) as refused:
        database.open(**change)  # type: ignore[arg-type]
    assert refused.value.code == code
    assert database.verify().entries == 1
    again = database.open(opening=replace(OPENING, station_name="新名称", software="0.2.0"))
    with again.read() as unit:
        assert unit.journal.position() == 1


def test_the_epoch_stays_with_the_database_and_differs_between_two(
    make_database: Callable[[str], Database],
) -> None:
    one, two = make_database("sqlite"), make_database("sqlite")
    epoch = one.open().epoch
    one.opened[0].close()
    assert one.open().epoch == epoch
    assert two.open().epoch != epoch


def test_an_empty_database_gets_its_schema_at_the_first_opening(tmp_path: Path, postgres: PostgresServer) -> None:
    for where in (tmp_path / "deep" / "new.sqlite", postgres.create_database()):
        store = open_store(where, node="n", key=KEY, clock=SystemClock(), blob_folder=tmp_path, opening=OPENING)
        store.close()
        assert migrate(where) == (SCHEMA, SCHEMA)


@pytest.mark.parametrize(("version", "code"), [("0000", "store.schema.old"), ("9999", "store.schema.newer")])
def test_another_schema_is_refused_by_name_of_the_command(database: Database, version: str, code: str) -> None:
    database.open().close()
    database.tamper(f"UPDATE alembic_version SET version_num = '{version}'")
    with pytest.raises(UsageError) as refused:
        database.open()
    assert refused.value.code == code
    assert refused.value.problem.params["needed"] == SCHEMA
    with pytest.raises(UsageError):
        database.verify()


def test_a_database_from_the_future_is_not_migrated(database: Database) -> None:
    database.open().close()
    database.tamper("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(UsageError) as refused:
        migrate(database.where)
    assert refused.value.code == "store.schema.newer"


def test_a_foreign_database_is_not_written_into(database: Database) -> None:
    database.tamper("DROP TABLE alembic_version")
    with pytest.raises(UsageError) as refused:
        database.open()
    assert refused.value.code == "store.schema.old"


def test_migrations_make_exactly_the_tables_that_the_program_knows(database: Database) -> None:
    migrate(database.where)
    engine = create_engine(place_of(database.where).url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == SCHEMA


@pytest.mark.parametrize("where", ["mysql://x/y", "oracle://x", "sqlite://", "http://x"])
def test_an_unknown_kind_of_database_is_refused(where: str) -> None:
    with pytest.raises(UsageError) as refused:
        place_of(where)
    assert refused.value.code == "store.place.unknown"


def test_a_password_is_never_shown() -> None:
    place = place_of("postgresql://carcheck:secret@db.example/station")
    assert "secret" not in place.shown
    assert place.url.drivername == "postgresql+psycopg"
    with pytest.raises(CarcheckError) as unreachable:
        open_store(
            "postgresql://carcheck:secret@127.0.0.1:1/station",
            node="n", key=KEY, clock=SystemClock(), blob_folder=None, opening=OPENING,
        )  # fmt: skip
    assert "secret" not in str(unreachable.value)
    assert unreachable.value.code == "store.database.failed"


def test_sqlite_is_opened_by_the_recipe(sqlite: Database) -> None:
    store = sqlite.open()
    connection = store._connected()
    asked = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")}
    assert asked == {"journal_mode": "wal", "synchronous": 2}
    connection.rollback()


def test_after_the_server_fell_over_the_writer_goes_on_where_the_database_is(
    make_database: Callable[[str], Database], postgres: PostgresServer
) -> None:
    database = make_database("postgresql")
    store = database.open()
    writer = StoreWriter(store)
    try:
        writer.call(lambda unit: unit.journal.append(StopReleased("1"), actor="x"))
        postgres.restart()
        with pytest.raises(StorageError):
            writer.call(lambda unit: unit.journal.append(StopReleased("2"), actor="x"))
        writer.call(lambda unit: unit.journal.append(StopReleased("3"), actor="x"))
        with store.read() as unit:
            assert [entry.subject for _, entry in unit.journal.after(1)] == ["1", "3"]
        with pytest.raises(RefusedError):
            database.open()
    finally:
        writer.close()
    assert database.verify().is_whole


def test_a_writer_that_lost_its_lock_to_another_does_not_write(make_database: Callable[[str], Database]) -> None:
    database = make_database("postgresql")
    first = database.open()
    with closing(psycopg.connect(database.dsn, autocommit=True)) as admin:
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'carcheck%'")
    second = database.open()
    with pytest.raises(StorageError), first.begin() as unit:
        unit.journal.append(StopReleased("1"), actor="x")
    with pytest.raises(RefusedError), first.begin() as unit:
        unit.journal.append(StopReleased("1"), actor="x")
    with second.begin() as unit:
        assert unit.journal.append(StopReleased("1"), actor="x").seq == 2


def test_a_look_from_outside_sees_one_moment_of_an_open_database_and_cannot_write(database: Database) -> None:
    store = database.open()
    with store.begin() as unit:
        digest = whole_visit(unit, "visit-1")
    with reading(database.where, blob_folder=database.blob_folder) as look:
        with store.begin() as unit:
            unit.journal.append(StopReleased("1"), actor="x")
        assert look.journal.position() == 5
        assert look.epoch == store.epoch
        assert look.blobs.get(digest) == curve()
        assert look.visits.find("渝A12345") is not None
        with pytest.raises(RuntimeError):
            look.journal.append(StopReleased("1"), actor="x")
        with pytest.raises(RuntimeError):
            look.users.put(UserRow("x", Role.MANAGER, "x", 0, False))
    with pytest.raises(StorageError), reading(database.where, blob_folder=None) as look:
        look.blobs.put(b"x")


def test_a_look_at_nothing_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as missing, reading(tmp_path / "none.sqlite", blob_folder=None):
        pass
    assert missing.value.code == "store.place.missing"
    assert list(tmp_path.iterdir()) == []


def test_nobody_but_its_owner_reads_the_database(tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("rights of files are of POSIX")
    path = tmp_path / "new.sqlite"
    store = open_store(path, node="n", key=KEY, clock=SystemClock(), blob_folder=None, opening=OPENING)
    modes = {beside.suffix: beside.stat().st_mode & 0o077 for beside in tmp_path.glob("new.sqlite*")}
    store.close()
    assert modes[".sqlite"] == modes[".sqlite-wal"] == 0


def test_any_name_of_a_folder_will_do(tmp_path: Path) -> None:
    folder = tmp_path / "检测 站%20#1?"
    folder.mkdir()
    where = folder / "站.sqlite"
    store = open_store(where, node="n", key=KEY, clock=SystemClock(), blob_folder=folder / "b", opening=OPENING)
    try:
        assert verify(where, blob_folder=folder / "b").entries == 1
        assert backup(where, folder / "copy", blob_folder=folder / "b").position == 1
        with reading(str(where), blob_folder=None) as look:
            assert look.journal.position() == 1
    finally:
        store.close()


def test_a_schema_is_not_changed_under_a_running_service(database: Database) -> None:
    database.open()
    with pytest.raises(RefusedError) as refused:
        migrate(database.where)
    assert "carcheck service" in str(refused.value.problem.params["holder"])


def test_the_store_is_what_the_contracts_ask_for(database: Database) -> None:
    store = database.open()
    contracts: tuple[Store, Feed] = (store, store)
    assert contracts[0].node == "service"
    head = store.latest()
    assert head is not None
    assert [place for place, _ in contracts[1].backlog(0)] == [head.pos]


def test_money_that_was_on_its_way_before_the_program_kept_count_of_it_is_found(database: Database) -> None:
    store = database.open()
    with store.begin() as unit:
        for number, state in (("1", "refund_requested"), ("2", "paid")):
            record(unit, visit_opened(f"visit-{number}", f"渝A0000{number}"))
            view = unit.visits.get(f"visit-{number}")
            assert view is not None
            money = PaymentView("payment", PaymentMethod.SCAN, 100, PaymentState(state), view.opened_at, "li")
            unit.visits.put(replace(view, payments=(money,), ended_at=view.opened_at))
    store.close()
    database.tamper(
        "DROP INDEX visit_unfinished",
        "ALTER TABLE visit DROP COLUMN unsettled",
        "UPDATE alembic_version SET version_num = '0004'",
    )
    assert migrate(database.where) == ("0004", SCHEMA)
    with database.open().read() as unit:
        assert [view.visit_id for view in unit.visits.unfinished()] == ["visit-1"]


def test_a_database_of_the_first_schema_keeps_its_visits(database: Database) -> None:
    database.open().close()
    database.tamper(
        "INSERT INTO visit (visit_id, plate, stage, opened_at, changed_at, view) VALUES ('visit-0', 'x', 'x', 'x', 'x', '{}')",
        "DROP TABLE visit_private",
        "DROP INDEX visit_vin",
        "DROP INDEX visit_unfinished",
        "ALTER TABLE visit DROP COLUMN unsettled",
        "ALTER TABLE visit DROP COLUMN vin",
        "ALTER TABLE visit DROP COLUMN ended_at",
        "DROP TABLE number",
        "DROP TABLE arrival",
        "DROP TABLE ticket",
        "UPDATE alembic_version SET version_num = '0001'",
    )
    assert migrate(database.where) == ("0001", SCHEMA)
    engine = create_engine(place_of(database.where).url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT visit_id, vin FROM visit")).all() == [("visit-0", "")]
    engine.dispose()
