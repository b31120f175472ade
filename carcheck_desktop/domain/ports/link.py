"""What the link needs of the process behind it, and of the journals it carries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from carcheck_desktop.base.messages import Problem
from carcheck_desktop.domain.commands import Envelope, Reply
from carcheck_desktop.domain.exhaust import ExhaustRecord
from carcheck_desktop.domain.explained import VerdictView
from carcheck_desktop.domain.journal import Entry
from carcheck_desktop.domain.live import LiveSamples
from carcheck_desktop.domain.measurements import Curve
from carcheck_desktop.domain.station import Handshake, LaneAddress, Snapshot
from carcheck_desktop.domain.views import VisitView


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


class NodeBook(Protocol):
    """Where it is written down which nodes spoke."""

    def see(self, node: str, software: str, address: str) -> None:
        """Note that a node spoke, with its software and address (may block); quick for one that was seen today."""
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


class Verdicts(Protocol):
    """Stored verdicts explained, for windows and integrators."""

    def verdict(
        self, wanted: str, item: str, edition: str | None = None, attempt: int | None = None
    ) -> VerdictView | None:
        """Explain an item of the visit with this id, ticket or plate; None when there is no such visit (may block).

        Beside it the item under the edition that is named, else under every other one of its family. Raises an error of
        the house for an item, attempt or edition that is not there.
        """
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
