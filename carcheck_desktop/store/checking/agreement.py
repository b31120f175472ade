"""Two journals of one node held against each other: the lane's own, and the copy that the service took in.

Each may be whole in itself. What only the copy has was never written by the lane, or the lane's journal is an old one.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from carcheck_desktop.base.messages import Problem
from carcheck_desktop.store.engine.connect import strange_reading_engine
from carcheck_desktop.store.engine.failures import storage_errors
from carcheck_desktop.store.engine.locks import holder_name
from carcheck_desktop.store.engine.place import place_of
from carcheck_desktop.store.tables.models import journal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.engine import Connection

PAGE = 2000
HASHES = (
    select(journal.c.seq, journal.c.hash)
    .where(journal.c.node == bindparam("whose"), journal.c.seq > bindparam("place"))
    .order_by(journal.c.seq)
    .limit(PAGE)
)


def disagreement(copy: str | Path, own: str | Path, node: str) -> Problem | None:
    """Return the first entry of `node` that `copy` has and `own` has not or has otherwise; None if they agree.

    `own` may be ahead: what is not shipped yet. Raises `StorageError` when one cannot be opened.
    """
    with _looking(copy) as theirs, _looking(own) as mine:  # the copy first: the other one may be growing
        written = _hashes(mine, node)
        for seq, taken_in in _hashes(theirs, node):
            has_seq, has = next(written, (seq, "-"))
            if (has_seq, has) != (seq, taken_in):
                return Problem(
                    "store.verify.not_the_lanes", {"node": node, "seq": seq, "expected": has, "found": taken_in}
                )
    return None


@contextmanager
def _looking(database: str | Path) -> Iterator[Connection]:
    place = place_of(database)
    engine = strange_reading_engine(place, holder_name("verify"))
    try:
        with storage_errors(place), engine.connect() as connection:  # never committed: nothing is written
            connection.execute(HASHES, {"whose": "", "place": 0})  # from here on it is one moment that is looked at
            yield connection
    finally:
        engine.dispose()


def _hashes(connection: Connection, node: str) -> Iterator[tuple[int, str]]:
    place = 0
    while rows := connection.execute(HASHES, {"whose": node, "place": place}).all():
        for row in rows:
            yield row.seq, row.hash
        place = rows[-1].seq
