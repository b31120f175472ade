"""One transaction with its repositories: the writer's, a reader's, and that of one look from outside."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.store.blobs import RowBlobs
from carcheck_desktop.store.tables.arriving import SqlArrivals, SqlNumbers, SqlTickets
from carcheck_desktop.store.tables.journal import SqlJournal
from carcheck_desktop.store.tables.repositories import SqlDoneCommands, SqlPrivates, SqlUsers, SqlVisits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection

    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.base.keys import SigningKey
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.ports import (
        Arrivals,
        Blobs,
        DoneCommands,
        Journal,
        Numbers,
        Privates,
        Tickets,
        Users,
        Visits,
    )
    from carcheck_desktop.store.blobs import FileBlobs
    from carcheck_desktop.store.tables.journal import Head


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose transactions these are: the node, its clock, its key (None for who only looks), its folder of blobs."""

    node: str
    clock: Clock
    key: SigningKey | None
    files: FileBlobs | None


class SqlUnitOfWork:
    """One transaction; `head` is given to the writer only, and without it nothing can be added."""

    def __init__(self, connection: Connection, owner: Owner, epoch: str, head: Head | None) -> None:
        self.blobs: Blobs = owner.files if owner.files is not None else RowBlobs(connection)
        self.own_journal = SqlJournal(connection, owner.node, owner.clock, self.blobs, head)
        self.journal: Journal = self.own_journal
        self.visits: Visits = SqlVisits(connection, owner.clock)
        self.privates: Privates = SqlPrivates(connection)
        self.arrivals: Arrivals = SqlArrivals(connection)
        self.numbers: Numbers = SqlNumbers(connection)
        self.tickets: Tickets = SqlTickets(connection)
        self.users: Users = SqlUsers(connection, owner.key)
        self.done: DoneCommands = SqlDoneCommands(connection)
        self._epoch = epoch
        self._connection = connection

    @contextmanager
    def whole_or_nothing(self) -> Iterator[None]:
        """Undo everything that was done inside when an error leaves it; what was done before stays."""
        place = self.own_journal.place()
        with ExitStack() as undone:
            undone.callback(self.own_journal.undo, place)
            with self._connection.begin_nested():
                yield
            undone.pop_all()

    @property
    def epoch(self) -> str:
        """The identity of this database; another one after a restore."""
        return self._epoch

    @property
    def added(self) -> list[tuple[int, Entry]]:
        """What this unit of work added to the journal, each with its place."""
        return self.own_journal.added
