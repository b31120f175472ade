"""The schema's age: what a database has, what this program needs, and the one way from old to new."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from carcheck_desktop.base.errors import UsageError
from carcheck_desktop.store.engine.connect import make_private, writing_engine
from carcheck_desktop.store.engine.failures import storage_errors
from carcheck_desktop.store.engine.locks import FileLock, holder_name, take_advisory_lock
from carcheck_desktop.store.engine.place import place_of
from carcheck_desktop.store.tables.models import SCHEMA

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from carcheck_desktop.store.engine.place import Place

MIGRATIONS = Path(__file__).with_name("migrations")
NOTHING = ""


def schema_of(connection: Connection) -> str:
    """Return the newest migration a database has had, or the empty string when it has no tables."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return NOTHING
    if "alembic_version" not in tables:
        return "?"
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found or NOTHING


def require_schema(connection: Connection, place: Place) -> None:
    """Raise `UsageError` unless the database has exactly the schema that this program needs."""
    found = schema_of(connection)
    if found == SCHEMA:
        return
    code = "store.schema.newer" if found.isdigit() and found > SCHEMA else "store.schema.old"
    raise UsageError(code, database=place.shown, found=found or "-", needed=SCHEMA)


def migrate(database: str | Path) -> tuple[str, str]:
    """Bring a database to this program's schema; return (before, after).

    Refuses with `RefusedError` while a service or lane has it open. Make a backup before.
    """
    place = place_of(database)
    holder = holder_name("migrate")
    lock = FileLock(place.path, holder) if place.path is not None else None
    if place.path is not None:
        make_private(place.path)
    engine = writing_engine(place, holder)
    try:
        with storage_errors(place), engine.connect() as connection:
            if lock is None:
                take_advisory_lock(connection, place)
            before = schema_of(connection)
            if before > SCHEMA:
                require_schema(connection, place)  # of a newer program, or none of ours: nothing to migrate
            connection.rollback()
            upgrade(connection)
            return before, SCHEMA
    finally:
        engine.dispose()
        if lock is not None:
            lock.release()


def upgrade(connection: Connection) -> None:
    """Run the missing migrations in one transaction on a connection that holds the lock."""
    from alembic import command  # noqa: PLC0415 - slow to import and needed once a schema
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    with connection.begin():
        command.upgrade(config, SCHEMA)
