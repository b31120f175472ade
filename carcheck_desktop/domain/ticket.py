"""The queue ticket (排队号) of a visit: one number from gate to pickup, recheck included; pure.

Its QR code holds an address that ends in a secret of 128 random bits. Whoever has the secret sees the owner's page, so
it is in no fact, view or feed: the fact and `TicketView` hold its digest, by which a scanned ticket is found; the secret
itself is a row of the service (`uow.tickets`), because a ticket may be printed again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime

from carcheck_desktop.base.data import digest_of
from carcheck_desktop.domain.intake import Channel

LETTERS: dict[Channel, str] = {
    Channel.WALK_IN: "A",
    Channel.APP: "B",
    Channel.PHONE: "B",
    Channel.SMS: "B",
    Channel.DOOR_TO_DOOR: "D",
}
"""The letter of a ticket says how the car came: whoever booked is seen to have booked."""
BOOKED = frozenset({Channel.APP, Channel.PHONE, Channel.SMS, Channel.DOOR_TO_DOOR})
SECRET_BYTES = 16
TICKETS = "ticket"
"""How the names of the sequences of tickets begin."""
PATH = "/t/"
"""What stands between a station's web address and the secret."""
_SECRET = re.compile(r"[A-Za-z0-9_-]{22}")
_NUMBER = re.compile(r"[A-Z]\d{3,4}")


@dataclass(frozen=True, slots=True)
class TicketView:
    """A visit's ticket: `number` is good for its day, `digest` is that of the secret in its QR code."""

    number: str
    digest: str
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class TicketSecret:
    """What is kept of a ticket beside the journal; `secret` is 22 url-safe characters (128 bits)."""

    visit_id: str
    number: str
    secret: str = field(repr=False)


def ticket_sequence(letter: str, day: date) -> str:
    """Return the name of the sequence that numbers the tickets of a letter on a day."""
    return f"{TICKETS}.{day.isoformat()}.{letter}"


def sequence_of(channel: Channel, day: date) -> str:
    """Return the name of the sequence that numbers the tickets of a letter on a day."""
    return ticket_sequence(LETTERS[channel], day)


def number_of(channel: Channel, counted: int) -> str:
    """Return a ticket's number, such as "A017"."""
    return f"{LETTERS[channel]}{counted:03d}"


def secret_digest(secret: str) -> str:
    """Return by which digest a ticket is known everywhere but on its paper."""
    return digest_of(secret.encode())


def scanned_secret(scanned: str) -> str | None:
    """Return the secret in what a scanner read from a ticket (the whole address, or the secret alone); None if it is no ticket."""
    tail = scanned.strip().rpartition(PATH)[2]
    return tail if _SECRET.fullmatch(tail) else None


def typed_number(typed: str) -> str | None:
    """Return a ticket's number as somebody typed it, such as "a 17" -> "A017"; None if it is none."""
    text = re.sub(r"[\s-]", "", typed).upper()
    found = re.fullmatch(r"([A-Z])(\d{1,4})", text)
    return f"{found[1]}{int(found[2]):03d}" if found and _NUMBER.fullmatch(f"{found[1]}{int(found[2]):03d}") else None
