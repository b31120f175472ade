"""Facts between the gate and the key board: arrivals, tickets, who holds what, calls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from carcheck_desktop.domain.calls import CallEnd, CallTo
from carcheck_desktop.domain.custody import Handover, Holder, Thing
from carcheck_desktop.domain.facts.base import Fact
from carcheck_desktop.domain.intake import Channel
from carcheck_desktop.domain.vehicle import PlateKind


@dataclass(frozen=True, slots=True)
class OfVisit(Fact):
    """A fact about one visit."""

    visit_id: str

    @property
    def subject(self) -> str:
        """The visit."""
        return self.visit_id


@dataclass(frozen=True, slots=True)
class ArrivalNoted(OfVisit):
    """A car came; the visit that takes it in will have this id."""

    kind: ClassVar[str] = "arrival_noted"
    plate: str
    plate_kind: PlateKind
    channel: Channel
    booking_id: str | None


@dataclass(frozen=True, slots=True)
class ArrivalDropped(OfVisit):
    """A car that came went away again before it was taken in, or was noted by mistake."""

    kind: ClassVar[str] = "arrival_dropped"
    reason: str


@dataclass(frozen=True, slots=True)
class ArrivalTakenIn(OfVisit):
    """What the visit that takes a car in takes over from its arrival: when it came, its ticket, who holds what.

    The handovers are those before the intake, so that a visit's view follows from the facts after its opening alone.
    """

    kind: ClassVar[str] = "arrival_taken_in"
    arrived_at: datetime
    noted_by: str
    number: str
    digest: str
    issued_at: datetime
    tag: int | None
    chain: tuple[Handover, ...]


@dataclass(frozen=True, slots=True)
class TicketIssued(OfVisit):
    """A visit got its number; `digest` is that of the secret in the ticket's QR code."""

    kind: ClassVar[str] = "ticket_issued"
    number: str
    digest: str


@dataclass(frozen=True, slots=True)
class HandedOver(OfVisit):
    """Key, licence or both went from one holder to another; `reason` says why the record was corrected, else ""."""

    kind: ClassVar[str] = "handed_over"
    things: tuple[Thing, ...]
    from_: Holder
    to: Holder
    tag: int | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OwnerCalled(OfVisit):
    """An owner was called, or called again (the same `call_id`); `place` names the window."""

    kind: ClassVar[str] = "owner_called"
    call_id: str
    to: CallTo
    place: str


@dataclass(frozen=True, slots=True)
class CallEnded(OfVisit):
    """A call was answered or withdrawn and goes from the board."""

    kind: ClassVar[str] = "call_ended"
    call_id: str
    how: CallEnd


FACTS: tuple[type[Fact], ...] = (
    ArrivalNoted,
    ArrivalDropped,
    ArrivalTakenIn,
    TicketIssued,
    HandedOver,
    OwnerCalled,
    CallEnded,
)
