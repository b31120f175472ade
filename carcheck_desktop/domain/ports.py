"""Every contract that one room fulfils for another; `app` fills them in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.arrival import ArrivalView
from carcheck_desktop.domain.commands import Envelope, Reply
from carcheck_desktop.domain.exhaust import ExhaustRecord
from carcheck_desktop.domain.facts import Fact
from carcheck_desktop.domain.insurance import Policy
from carcheck_desktop.domain.intake import AuthorityVehicle
from carcheck_desktop.domain.journal import Entry
from carcheck_desktop.domain.live import LiveSamples
from carcheck_desktop.domain.measurements import Curve
from carcheck_desktop.domain.payment import ProviderTold
from carcheck_desktop.domain.private import VisitPrivate
from carcheck_desktop.domain.station import Handshake, LaneAddress, Snapshot
from carcheck_desktop.domain.ticket import TicketSecret
from carcheck_desktop.domain.vehicle import PlateKind, Vehicle
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

    def find(self, wanted: str) -> VisitView | None:
        """Return the visit with this id, or the newest one of this plate."""
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


class VehicleLookup(Protocol):
    """The traffic authority as the desk asks it."""

    @property
    def source(self) -> str:
        """Who is asked, for the journal: the name of the profile."""
        ...

    async def look_up(self, plate: str, plate_kind: PlateKind, vin_tail: str) -> AuthorityVehicle | None:
        """Return what the authority has of this vehicle; None when it does not know it.

        Raises an error of the house that says what happened instead of an answer. Whoever asks waits no longer
        than he likes and cancels; `vin_tail` is "" when nobody gave it.
        """
        ...


class PaymentProvider(Protocol):
    """Who takes money by a customer's payment code; every number of ours is used once there.

    Each call raises an error of the house when no answer came that can be understood; `NotReachedError` of the gateways
    is the only one after which nothing can have happened.
    """

    @property
    def name(self) -> str:
        """Who is asked, for the record."""
        ...

    def is_unreached(self, error: Exception) -> bool:
        """Say whether nothing of the question that failed this way came to the provider."""
        ...

    async def pay(self, order: str, amount_fen: int, code: str) -> ProviderTold:
        """Ask once for money under our order number; a number that was used before is refused there."""
        ...

    async def query(self, order: str) -> ProviderTold:
        """Ask what became of an order."""
        ...

    async def close_order(self, order: str) -> ProviderTold:
        """Close an order for good, known there or not; a paid one stays paid and says so."""
        ...

    async def refund(self, order: str, refund: str, amount_fen: int) -> ProviderTold:
        """Give money of an order back; the same refund number again is the same refund."""
        ...

    async def query_refund(self, order: str, refund: str) -> ProviderTold:
        """Ask what became of a refund."""
        ...

    async def close(self) -> None:
        """Ask no more."""
        ...


@dataclass(frozen=True, slots=True)
class TicketHolder:
    """Whose ticket was shown: the visit, or the car that is not taken in yet, and the ticket's number."""

    view: VisitView | ArrivalView
    number: str


class OwnersBook(Protocol):
    """What the owner's pages may read."""

    def find(self, secret: str) -> TicketHolder | None:
        """Return whose ticket has this secret, as it is now (may block)."""
        ...


@dataclass(frozen=True, slots=True)
class InsurerAnswer:
    """Every confirmed policy of one vehicle, past, present and to come; `simulated` is the answer's own word."""

    policies: tuple[Policy, ...]
    simulated: bool


class Insurer(Protocol):
    """The insurers' register as the service asks it."""

    @property
    def source(self) -> str:
        """Who is asked: the name of the profile."""
        ...

    async def policies(self, vehicle: Vehicle) -> InsurerAnswer:
        """Return what is known of a vehicle; raises an error of the house that says what happened instead."""
        ...

    async def close(self) -> None:
        """Stop asking in the background."""
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
        """Carry out or refuse; never raises for a refusal.

        Called on the link server's own event loop: it must not block there.
        """
        ...


class Feed(Protocol):
    """A process's facts as a stream with a place for each."""

    def backlog(self, position: int, limit: int = 500) -> list[tuple[int, Entry]]:
        """Return stored entries after `position`, in order (blocking; called in a thread)."""
        ...


class SampleSink(Protocol):
    """Who shows live samples; the link's fan is one."""

    def publish(self, samples: Sequence[LiveSamples]) -> None:
        """Take one tick's samples of all lanes of this process; from any thread, never blocks."""
        ...


class Desk(Protocol):
    """What the link's server needs of the process behind it (each call in a thread, may block)."""

    def handshake(self) -> Handshake:
        """Say who this is; its `lanes` are those registered so far."""
        ...

    def snapshot(self) -> Snapshot:
        """Return all views, heads, place and epoch of one reading transaction."""
        ...

    def register_lane(self, address: LaneAddress) -> None:
        """Remember where a lane is served; the newest address of a lane wins."""
        ...


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """Everything recorded of a visit: its view, its entries in order, its raw curves and exhausts by digest."""

    visit: VisitView
    entries: tuple[Entry, ...]
    curves: dict[str, Curve]
    exhaust: dict[str, ExhaustRecord] = field(default_factory=dict)


class Records(Protocol):
    """Whole records, for `show` and for integrators."""

    def show(self, wanted: str) -> VisitRecord | None:
        """Return the visit with this id, or the newest one of this plate (may block)."""
        ...


@dataclass(frozen=True, slots=True)
class IntakeResult:
    """What became of a batch of another node's entries.

    `heads` say how far each node's journal is here now, `taken` counts the new entries, and
    `refusal` says why it stopped before the end of the batch, if it did.
    """

    heads: dict[str, int]
    taken: int
    refusal: Problem | None = None


class JournalIntake(Protocol):
    """Where other nodes' journals come in."""

    def heads(self) -> dict[str, int]:
        """Return the last sequence number known of every node (may block)."""
        ...

    async def take_in(self, entries: Sequence[Entry]) -> IntakeResult:
        """Add a batch in one transaction, skip known entries, keep what came before a refusal.

        A gap, a wrong hash, a missing blob or a fact that cannot be read is a refusal, and so is a known
        entry with another hash than the stored one: that node has begun another journal under the same name.
        """
        ...


class JournalSource(Protocol):
    """One node's own journal and blobs, as its shipper reads them (each call may block)."""

    @property
    def node(self) -> str:
        """Whose journal it is."""
        ...

    def of_node(self, after_seq: int, limit: int) -> list[Entry]:
        """Return this node's entries after `after_seq`, in order."""
        ...

    def blob(self, digest: str) -> bytes | None:
        """Return a blob's content, or None when it is not here."""
        ...


class LaneJournal(Protocol):
    """A lane process's own journal as its engine writes it: always first, always local."""

    async def record(self, fact: Fact, actor: str, blobs: Sequence[bytes] = ()) -> Entry:
        """Add a fact with its blobs in one commit; durable when it returns.

        Raises `StorageError` when the disk cannot; then nothing of it is stored.
        """
        ...

    async def newest(self, limit: int) -> Sequence[Entry]:
        """Return this node's own newest entries, at most `limit`, in order; for going on after a restart."""
        ...

    def free_bytes(self) -> int | None:
        """Return the free bytes where the journal grows; None when only a server knows."""
        ...


class VisitBook(Protocol):
    """What a lane knows of the open visits, from the service's feed; it may be a moment old."""

    @property
    def tables(self) -> Mapping[str, str]:
        """The hash of each table file that the service works with, as of the last handshake; empty before the first."""
        ...

    async def order(self, visit_id: str) -> VisitView | None:
        """Return the visit with vehicle, plan and attempts so far; None when it is not known here."""
        ...
