"""What travels on the link: shapes, limits and close codes, the same for both sides.

Everything is JSON exactly as `base.data` writes it. Nothing here opens a connection.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field, make_dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

from msgspec import Meta

from carcheck_desktop.base.data import from_json, from_plain, to_json, to_plain
from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.commands import COMMANDS, Command, Envelope
from carcheck_desktop.domain.journal import Entry
from carcheck_desktop.domain.live import LiveSamples

if TYPE_CHECKING:
    from collections.abc import Sequence

CHUNK_BYTES = 64 * 1024
"""How much of a blob travels in one request."""
MAX_CHUNK_BYTES = 4 * CHUNK_BYTES
MAX_BLOB_BYTES = 64 * 1024 * 1024
MAX_COMMAND_BYTES = 16 * 1024
"""Commands are remembered by the thousand, and refused ones stand in the journal for ever."""
LONGEST_NAME = 100
"""Characters of a command's id or a node's name."""
MAX_JOURNAL_BYTES = 8 * 1024 * 1024
MAX_BATCH = 1000
"""Most entries in one `POST /journal`."""
FEED_BATCH = 100
"""Most facts in one message of the feed."""
FEED_BATCH_CHARS = 256 * 1024
"""A feed message is ended before it grows beyond this, but holds at least one fact."""
MAX_ANSWER_BYTES = 128 * 1024 * 1024
MAX_MESSAGE_BYTES = 16 * 1024 * 1024
LARGEST_POSITION = 2**53 - 1
"""Largest place in a feed: what JSON readers of every language hold exactly."""

CLOSE_OTHER_EPOCH = 4001
"""The feed was asked to go on in a journal that is not this one: take a new snapshot."""
CLOSE_FAILED = 1011
"""The server could not read its journal."""

PING_S = 2.0
"""Either side pings this often and waits this long for the answer."""

DIGEST_PATTERN = "^[0-9a-f]{64}$"


def is_loopback(host: str) -> bool:
    """Say whether nobody but this PC can reach the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def host_of(url: str) -> str | None:
    """Return the host of an address such as `http://127.0.0.1:8750`; None if it is none."""
    try:
        parts = urlsplit(url)
        return parts.hostname if parts.scheme == "http" and parts.port != 0 else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class BlobState:
    """How much of a blob is here: `have` bytes; `done` when it is whole and checked."""

    have: int
    done: bool


def _order_type(command: type[Command]) -> type:
    fields: list[Any] = [
        ("id", Annotated[str, Meta(min_length=1, max_length=LONGEST_NAME)]),
        ("token", str | None),
        ("node", Annotated[str, Meta(max_length=LONGEST_NAME)]),
        ("issued_at", Annotated[datetime, Meta(tz=True)]),
        ("expires_at", Annotated[datetime, Meta(tz=True)]),
        ("command", command),
        ("second_token", str | None, field(default=None)),
    ]
    about = f"{command.__doc__} Sent as `POST /commands/{command.kind}`."
    return make_dataclass(f"{command.__name__}Order", fields, frozen=True, slots=True, namespace={"__doc__": about})


CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
ORDERS: dict[str, type] = {kind: _order_type(command) for kind, command in COMMANDS.items()}
"""Command kind -> the type of its request body: the envelope's fields with this one command."""


def encode_order(envelope: Envelope) -> bytes:
    """Return the body of `POST /commands/{kind}`; the same envelope always gives the same bytes."""
    plain = to_plain(envelope)
    if envelope.second_token is None:
        del plain["second_token"]
    return to_json(plain).encode()


def decode_order(kind: str, body: bytes) -> Envelope:
    """Read a command's body; raise `DataError` for anything missing, extra, of a wrong type, or that nobody can have typed."""
    order: Any = from_json(body, ORDERS[kind])
    given = from_json(body, dict)
    control = _control_character(given, "$")
    if control is not None:
        raise DataError("link.request.control_character", place=control)
    extra = _extra_key(given, to_plain(order), "$")
    if extra is not None:
        raise DataError("link.request.unknown_key", place=extra)
    return Envelope(
        order.id, order.token, order.node, order.issued_at, order.expires_at, order.command, order.second_token
    )


def _control_character(given: object, place: str) -> str | None:
    """Return the place of the first text with a control character (but line end and tab): no key types one, paper and databases choke on it."""
    if isinstance(given, str):
        return place if CONTROL.search(given) else None
    inside = given.items() if isinstance(given, dict) else enumerate(given) if isinstance(given, list) else ()
    found = (_control_character(value, f"{place}.{key}"[:200]) for key, value in inside)
    return next((each for each in found if each is not None), None)


def _extra_key(given: object, known: object, place: str) -> str | None:
    """Return the place of the first key of `given` that `known` does not have."""
    if isinstance(given, dict) and isinstance(known, dict):
        for key, value in given.items():
            if key not in known:
                return f"{place}.{key}"
            found = _extra_key(value, known[key], f"{place}.{key}")
            if found is not None:
                return found
    return None


def encode_fact(pos: int, entry: Entry) -> str:
    """Return one fact of the feed: the entry's fields and its place `pos`, one flat object."""
    return f'{{"pos":{pos},{to_json(entry)[1:]}'


def decode_facts(text: str | bytes) -> list[tuple[int, Entry]]:
    """Read one message of the feed; raise `DataError` if it is none."""
    facts: list[tuple[int, Entry]] = []
    for plain in from_json(text, list[dict[str, Any]]):
        pos = plain.pop("pos", None)
        if type(pos) is not int:
            raise DataError("link.feed.no_place", first=str(text[:120]))
        facts.append((pos, from_plain(plain, Entry)))
    return facts


def encode_samples(samples: Sequence[LiveSamples]) -> str:
    """Return one tick of live samples as a message."""
    return to_json(list(samples))


def decode_samples(text: str | bytes) -> list[LiveSamples]:
    """Read one message of live samples; raise `DataError` if it is none."""
    return from_json(text, list[LiveSamples])


def decode_entries(body: bytes) -> list[Entry]:
    """Read the body of `POST /journal`."""
    return from_json(body, list[Entry])
