"""Where a database is: an SQLite file or a PostgreSQL server, as people write it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from carcheck_desktop.base.errors import UsageError


@dataclass(frozen=True, slots=True)
class Place:
    """Where a database is: its URL and, for SQLite, its file."""

    url: URL
    path: Path | None

    @property
    def is_sqlite(self) -> bool:
        """Say whether it is an SQLite file."""
        return self.path is not None

    @property
    def shown(self) -> str:
        """The place for people, without a password."""
        return str(self.path) if self.path is not None else self.url.render_as_string(hide_password=True)


def place_of(database: str | Path) -> Place:
    """Read a file's path, `sqlite:///PATH` or `postgresql://…`; raise `UsageError` for anything else."""
    text = str(database)
    if isinstance(database, Path) or "://" not in text:
        path = Path(database).absolute()
        return Place(URL.create("sqlite", database=str(path)), path)
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise UsageError("store.place.unknown", detail="?") from error
    if url.get_backend_name() == "sqlite" and url.database:
        return place_of(Path(url.database))
    if url.get_backend_name() == "postgresql":
        return Place(url.set(drivername="postgresql+psycopg"), None)
    raise UsageError("store.place.unknown", detail=url.get_backend_name())
