"""Entries of a node's journal and the chain that binds them; pure, so that anyone can verify.

The hash of an entry is the SHA-256 of the canonical JSON list of its other fields, the previous
entry's hash last. The first entry's previous hash is 64 zeros.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from carcheck_desktop.base.data import digest_of, from_json, to_json
from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.facts import FACTS, Fact
from carcheck_desktop.domain.upcast import upcast

ZERO_HASH = "0" * 64
F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact in one node's journal.

    `seq` counts from 1 without gaps within `node`; `payload` is the fact's canonical JSON text,
    kept as text so that its hash never depends on how it is read; `blobs` are SHA-256 digests.
    """

    node: str
    seq: int
    at: datetime
    actor: str
    kind: str
    version: int
    subject: str
    payload: str
    blobs: tuple[str, ...]
    previous_hash: str
    hash: str

    def fact(self) -> Fact:
        """Return the fact in its newest version; raise `DataError` for an unknown kind."""
        fact_type = FACTS.get(self.kind)
        if fact_type is None:
            raise DataError("domain.journal.unknown_fact", kind=self.kind, version=self.version)
        if self.version > fact_type.version:
            raise DataError("domain.journal.newer_fact", kind=self.kind, version=self.version)
        return from_json(upcast(self.kind, self.version, self.payload), fact_type)


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A signed statement of how far a journal had come: entry `pos` with `chain` at `at`.

    The signature covers `node`, `pos` and `chain` as `<node>:<pos>:<chain>` in UTF-8.
    """

    node: str
    pos: int
    chain: str
    at: datetime
    public_key: str
    signature: str

    def signed_content(self) -> bytes:
        """Return the bytes that the signature covers."""
        return head_content(self.node, self.pos, self.chain)


def head_content(node: str, pos: int, chain: str) -> bytes:
    """Return what a head's signature covers."""
    return f"{node}:{pos}:{chain}".encode()


def seal(  # noqa: PLR0913 - an entry has this many parts, and each is named
    fact: Fact, *, node: str, seq: int, at: datetime, actor: str, blobs: tuple[str, ...], previous: str
) -> Entry:
    """Make the entry of `fact` that follows the hash `previous`."""
    payload = to_json(fact)
    parts = (node, seq, at, actor, fact.kind, fact.version, fact.subject, payload, blobs, previous)
    return Entry(*parts, hash=digest_of(to_json(parts).encode()))


def hash_of(entry: Entry) -> str:
    """Compute the hash that the entry should have."""
    parts = (
        entry.node, entry.seq, entry.at, entry.actor, entry.kind, entry.version,
        entry.subject, entry.payload, entry.blobs, entry.previous_hash,
    )  # fmt: skip
    return digest_of(to_json(parts).encode())


def chained(chain: str, entry_hash: str) -> str:
    """Return the station chain after taking in one more entry, whichever node it came from."""
    return digest_of(f"{chain}:{entry_hash}".encode())
