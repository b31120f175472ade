"""Every contract that one room fulfils for another; `app` fills them in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.commands import Envelope, Reply
from carcheck_desktop.domain.facts import Fact
from carcheck_desktop.domain.journal import Entry, SignedHead
from carcheck_desktop.domain.live import LiveSamples
from carcheck_desktop.domain.station import Handshake, Snapshot
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
        """Return visits that are not concluded, and those concluded within the last day."""
        ...

    def find(self, wanted: str) -> VisitView | None:
        """Return the visit with this id, or the newest one of this plate."""
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


class UnitOfWork(Protocol):
    """One transaction: rows and journal entries together, or nothing."""

    journal: Journal
    visits: Visits
    users: Users
    done: DoneCommands
    blobs: Blobs

    @property
    def epoch(self) -> str:
        """The identity of this database; another one after a restore."""
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


class CommandDoor(Protocol):
    """Where commands are checked and carried out."""

    async def execute(self, envelope: Envelope) -> Reply:
        """Carry out or refuse; never raises for a refusal."""
        ...


class Feed(Protocol):
    """A process's facts as a stream with a place for each."""

    def backlog(self, position: int, limit: int = 500) -> list[tuple[int, Entry]]:
        """Return stored entries after `position` (blocking; call in a thread)."""
        ...


class Desk(Protocol):
    """What the link's server needs of the process behind it."""

    def handshake(self) -> Handshake:
        """Say who this is."""
        ...

    def snapshot(self) -> Snapshot:
        """Return all views at one moment (blocking; call in a thread)."""
        ...


class SampleSource(Protocol):
    """Live samples of the lanes in this process."""

    def subscribe(self) -> Iterator[LiveSamples]:
        """Yield what is newest since the last call."""
        ...


class Heads(Protocol):
    """The signed heads that make a cut tail show."""

    def latest(self) -> SignedHead | None:
        """Return the newest signed head."""
        ...
