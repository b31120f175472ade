"""Who holds a car's key and its licence now, and since when (钥匙与行驶证保管); values and pure questions.

Every handover is a link of the chain; nothing is ever taken out of it. The key has a tag whose number is the hook it
hangs on; the number is given when the key leaves the owner, and is free again when the owner has the key back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Thing(StrEnum):
    """What is handed over."""

    KEY = "key"
    LICENCE = "licence"


class Place(StrEnum):
    """Where a thing can be."""

    OWNER = "owner"
    COUNTER = "counter"
    KEY_BOARD = "key_board"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who or what holds a thing; `name` is the person's for `PERSON`, the hook's number for `KEY_BOARD`, else ""."""

    place: Place
    name: str = ""

    def __str__(self) -> str:
        """Return it as in a log: `person:li`, `key_board:12`, `counter`."""
        return f"{self.place.value}:{self.name}" if self.name else self.place.value


OWNER = Holder(Place.OWNER)
COUNTER = Holder(Place.COUNTER)


@dataclass(frozen=True, slots=True)
class Handover:
    """One link of the chain; `actor` wrote it down, `reason` is there only when somebody corrected the record."""

    at: datetime
    things: tuple[Thing, ...]
    from_: Holder
    to: Holder
    actor: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CustodyView:
    """Who holds what since when, as the chain says; a thing that was never handed over is the owner's (since None)."""

    key: Holder = OWNER
    key_since: datetime | None = None
    licence: Holder = OWNER
    licence_since: datetime | None = None
    tag: int | None = None
    chain: tuple[Handover, ...] = ()


NO_CUSTODY = CustodyView()


@dataclass(frozen=True, slots=True)
class KeyRules:
    """What stations do differently: hooks on the board, and how many keys a lane driver may hold at once."""

    hooks: int = 60
    most_keys_of_a_driver: int = 1


KEY_RULES = KeyRules()
"""How keys are kept where nobody recorded anything else."""


def holder_of(custody: CustodyView, thing: Thing) -> Holder:
    """Return who holds a thing."""
    return custody.key if thing is Thing.KEY else custody.licence


def since_of(custody: CustodyView, thing: Thing) -> datetime | None:
    """Return since when; None for what never left the owner."""
    return custody.key_since if thing is Thing.KEY else custody.licence_since


def out(custody: CustodyView) -> tuple[Thing, ...]:
    """Return what the owner has not got back: a visit does not close while there is any."""
    return tuple(thing for thing in Thing if holder_of(custody, thing) != OWNER)


def handed(custody: CustodyView, handover: Handover, tag: int | None) -> CustodyView:
    """Return who holds what after one more handover."""
    has_key, has_licence = Thing.KEY in handover.things, Thing.LICENCE in handover.things
    return CustodyView(
        key=handover.to if has_key else custody.key,
        key_since=handover.at if has_key else custody.key_since,
        licence=handover.to if has_licence else custody.licence,
        licence_since=handover.at if has_licence else custody.licence_since,
        tag=tag if tag is not None else custody.tag,
        chain=(*custody.chain, handover),
    )


def free_tag(used: set[int], rules: KeyRules) -> int | None:
    """Return the lowest hook that is free; None when the board is full."""
    return next((tag for tag in range(1, rules.hooks + 1) if tag not in used), None)
