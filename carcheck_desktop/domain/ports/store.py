"""What the desk reads and writes in one transaction, and who keeps it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.arrival import ArrivalView
from carcheck_desktop.domain.commands import Reply
from carcheck_desktop.domain.facts import Fact
from carcheck_desktop.domain.journal import Entry
from carcheck_desktop.domain.private import VisitPrivate
from carcheck_desktop.domain.ticket import TicketSecret
from carcheck_desktop.domain.vehicle import PlateKind
from carcheck_desktop.domain.views import VisitView

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class UserRow:
    """A person who may sign in; `wrong_pins` counts since the last success."""

    name: str
    role: Role
    pin_hash: str
    wrong_pins: int
    locked: bool


class Journal(Protocol):
    """This node's own journal, and at the service also every other node's."""

    def append(self, fact: Fact, *, actor: str, blobs: Sequence[str] = ()) -> Entry:
        """Seal and add a fact of this node; durable when the unit of work commits."""
        ...

    def take_in(self, entry: Entry) -> bool:
        """Add another node's entry; False if already known.

        Raises `DataError` at a gap or a wrong hash, and when a blob of it is not here yet.
        """
        ...

    def heads(self) -> dict[str, int]:
        """Return the last sequence number of every node."""
        ...

    def position(self) -> int:
        """Return the place of the newest entry in this database's own order (0 when empty)."""
        ...

    def after(self, position: int, limit: int = 500) -> list[tuple[int, Entry]]:
        """Return entries with their place, in order, that come after `position`."""
        ...

    def of_subject(self, subject: str) -> list[Entry]:
        """Return all entries about one subject in order."""
        ...

    def of_node(self, node: str, after_seq: int = 0, limit: int = 500) -> list[Entry]:
        """Return one node's entries after `after_seq`, in order."""
        ...


class Visits(Protocol):
    """The views of visits, kept as rows."""

    def get(self, visit_id: str) -> VisitView | None:
        """Return one visit."""
        ...

    def put(self, view: VisitView) -> None:
        """Store a visit's view."""
        ...

    def open_ones(self) -> list[VisitView]:
        """Return visits that are not over, and those that ended within the last day."""
        ...

    def unfinished(self) -> list[VisitView]:
        """Return every visit that was not closed, and closed ones of which money or a paper is on its way, however old."""
        ...

    def find(self, wanted: str) -> VisitView | None:
        """Return the visit with this id, or the newest one of this plate."""
        ...

    def ids(self, since: datetime, until: datetime, after: str = "", most: int = 200) -> list[str]:
        """Return a page of the ids of visits opened from `since` and before `until`, in the order of ids, after `after`."""
        ...

    def of_ticket(self, number: str) -> VisitView | None:
        """Return the newest visit whose ticket has this number; numbers begin anew each day."""
        ...

    def of_vehicle(self, plate: str, plate_kind: PlateKind) -> list[VisitView]:
        """Return the visits of one plate of one kind, newest first, at most twenty."""
        ...

    def of_vin(self, vin: str) -> list[VisitView]:
        """Return the visits of one VIN, newest first, at most twenty; none for an empty one."""
        ...


class Users(Protocol):
    """People who may sign in."""

    def get(self, name: str) -> UserRow | None:
        """Return one person."""
        ...

    def put(self, user: UserRow) -> None:
        """Store a person."""
        ...

    def all(self) -> list[UserRow]:
        """Return everybody."""
        ...


class DoneCommands(Protocol):
    """Replies already given, so that a command sent twice is done once."""

    def get(self, command_id: str) -> Reply | None:
        """Return the reply given to this command, if any."""
        ...

    def put(self, reply: Reply, at: datetime) -> None:
        """Remember a reply in the same transaction as what it did."""
        ...

    def forget_before(self, at: datetime) -> int:
        """Drop replies given before `at`; return how many."""
        ...


class Blobs(Protocol):
    """Curves, photos and clips by SHA-256."""

    def put(self, content: bytes) -> str:
        """Store content durably and return its digest; storing it twice is the same thing."""
        ...

    def get(self, digest: str) -> bytes | None:
        """Return the content, or None when it is not here; raise `DataError` if it was changed."""
        ...

    def has(self, digest: str) -> bool:
        """Say whether the content is here."""
        ...


class Privates(Protocol):
    """The personal data of visits, kept as rows that can be erased."""

    def get(self, visit_id: str) -> VisitPrivate | None:
        """Return what is kept of one visit."""
        ...

    def put(self, private: VisitPrivate) -> None:
        """Store what belongs to the digest in the visit's fact."""
        ...


class Numbers(Protocol):
    """Sequences of whole numbers without gaps (tickets, receipts, certificates)."""

    def next(self, name: str) -> int:
        """Return the next number of a sequence, from 1 on; given only if the unit of work commits."""
        ...


class Arrivals(Protocol):
    """Cars that came before they are taken in."""

    def get(self, visit_id: str) -> ArrivalView | None:
        """Return one arrival, open or not."""
        ...

    def put(self, view: ArrivalView) -> None:
        """Store an arrival."""
        ...

    def open_ones(self) -> list[ArrivalView]:
        """Return those that are not taken in, in the order in which they came."""
        ...


class Tickets(Protocol):
    """The secrets of tickets, which no fact holds."""

    def get(self, visit_id: str) -> TicketSecret | None:
        """Return the ticket of a visit, opened or only noted."""
        ...

    def find(self, secret: str) -> TicketSecret | None:
        """Return the ticket whose code says this secret."""
        ...

    def put(self, kept: TicketSecret) -> None:
        """Store a new ticket; a visit has one and keeps it."""
        ...


class UnitOfWork(Protocol):
    """One transaction: rows and journal entries together, or nothing."""

    journal: Journal
    visits: Visits
    privates: Privates
    arrivals: Arrivals
    numbers: Numbers
    tickets: Tickets
    users: Users
    done: DoneCommands
    blobs: Blobs

    @property
    def epoch(self) -> str:
        """The identity of this database; another one after a restore."""
        ...

    def whole_or_nothing(self) -> AbstractContextManager[None]:
        """Undo what was done inside when an error leaves it; what was done before it in this transaction stays."""
        ...


class Store(Protocol):
    """The database of one process."""

    node: str

    def begin(self) -> AbstractContextManager[UnitOfWork]:
        """Open a writing transaction; commits on a clean exit, rolls back on an error."""
        ...

    def read(self) -> AbstractContextManager[UnitOfWork]:
        """Open one consistent reading transaction."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...


class Writer(Protocol):
    """The one thread that writes; work is done in the order it was handed in."""

    def call(self, work: Callable[[UnitOfWork], T], timeout_s: float = 30.0) -> T:
        """Do `work` in a transaction and wait; raises what it raised. Never from an event loop."""
        ...

    async def acall(self, work: Callable[[UnitOfWork], T]) -> T:
        """Do `work` in a transaction and await it from an event loop."""
        ...
