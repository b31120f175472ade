"""Commands between the gate and the key board: note an arrival, hand over, call an owner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from carcheck_desktop.domain.calls import CallEnd, CallTo
from carcheck_desktop.domain.commands.base import Command
from carcheck_desktop.domain.custody import Holder, Thing
from carcheck_desktop.domain.intake import Channel
from carcheck_desktop.domain.vehicle import PlateKind


@dataclass(frozen=True, slots=True)
class NoteArrival(Command):
    """Write down that a car came, and what of it who notes it takes from the owner at once.

    `result` has `visit_id`, `number` (of the ticket) and `joined_by`: who noted this very car before, "" for nobody; a car that is
    back for its recheck leads to its visit and ticket, and `result` says `recheck`.
    """

    kind: ClassVar[str] = "note_arrival"
    plate: str
    plate_kind: PlateKind
    channel: Channel = Channel.WALK_IN
    booking_id: str | None = None
    takes: tuple[Thing, ...] = ()


@dataclass(frozen=True, slots=True)
class DropArrival(Command):
    """A car that was noted goes away again before the intake; refused while we hold anything of it."""

    kind: ClassVar[str] = "drop_arrival"
    visit_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class HandOver(Command):
    """Hand key, licence or both over; refused with the holder's name when `from_` does not hold them.

    A key board's hook may be left "" : the car's own hook is meant. `result` has `tag`.
    """

    kind: ClassVar[str] = "hand_over"
    visit_id: str
    things: tuple[Thing, ...]
    from_: Holder
    to: Holder


@dataclass(frozen=True, slots=True)
class CorrectCustody(Command):
    """Put the record right where a handover was not written down; the reason stays in the chain."""

    kind: ClassVar[str] = "correct_custody"
    visit_id: str
    things: tuple[Thing, ...]
    to: Holder
    reason: str


@dataclass(frozen=True, slots=True)
class CallOwner(Command):
    """Call the owner to a window or to pickup; the same place again is the same call, given once more.

    `result` has `call_id`.
    """

    kind: ClassVar[str] = "call_owner"
    visit_id: str
    to: CallTo
    place: str = ""


@dataclass(frozen=True, slots=True)
class EndCall(Command):
    """Take a call from the board, because it was answered or withdrawn."""

    kind: ClassVar[str] = "end_call"
    visit_id: str
    call_id: str
    how: CallEnd


COMMANDS: tuple[type[Command], ...] = (NoteArrival, DropArrival, HandOver, CorrectCustody, CallOwner, EndCall)
