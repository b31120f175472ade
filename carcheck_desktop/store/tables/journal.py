"""The journal as rows: own entries sealed and added, other nodes' entries taken in, both chained.

The head of the chain is kept in memory by the store and moved only by the one who writes; a unit
of work moves a copy, which becomes the store's when the commit has succeeded.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, insert, select, text

from carcheck_desktop.base.data import from_json, to_json, to_plain
from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.facts import JournalOpened
from carcheck_desktop.domain.journal import ZERO_HASH, Entry, chained, hash_of, seal
from carcheck_desktop.store.engine.hot import write
from carcheck_desktop.store.tables.models import journal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Select
    from sqlalchemy.engine import Connection

    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.domain.facts import Fact
    from carcheck_desktop.domain.ports import Blobs

NODE_HEADS = text(
    "WITH RECURSIVE nodes(node) AS (SELECT MIN(node) FROM journal UNION ALL "
    "SELECT (SELECT MIN(j.node) FROM journal j WHERE j.node > nodes.node) FROM nodes WHERE nodes.node IS NOT NULL) "
    "SELECT j.node, j.seq, j.hash FROM nodes JOIN journal j ON j.node = nodes.node "
    "AND j.seq = (SELECT MAX(k.seq) FROM journal k WHERE k.node = nodes.node)"
)
"""The newest entry of each node, found by hopping through the index instead of counting all rows."""

ENTRY_COLUMNS = (
    journal.c.pos, journal.c.node, journal.c.seq, journal.c.at, journal.c.actor, journal.c.kind, journal.c.version,
    journal.c.subject, journal.c.payload, journal.c.blobs, journal.c.previous_hash, journal.c.hash,
)  # fmt: skip

ADD = insert(journal)
OF_SUBJECT = select(*ENTRY_COLUMNS).where(journal.c.subject == bindparam("whose")).order_by(journal.c.pos)
AFTER = (
    select(*ENTRY_COLUMNS).where(journal.c.pos > bindparam("place")).order_by(journal.c.pos).limit(bindparam("most"))
)
OF_NODE = (
    select(*ENTRY_COLUMNS)
    .where(journal.c.node == bindparam("whose"), journal.c.seq > bindparam("place"))
    .order_by(journal.c.seq)
    .limit(bindparam("most"))
)


@dataclass(slots=True)
class Head:
    """How far the journal has come: place, station chain, and each node's last (seq, hash)."""

    pos: int = 0
    chain: str = ZERO_HASH
    nodes: dict[str, tuple[int, str]] = field(default_factory=dict)

    def copy(self) -> Head:
        """Return a copy that may be moved on its own."""
        return Head(self.pos, self.chain, dict(self.nodes))

    def of(self, node: str) -> tuple[int, str]:
        """Return the last (seq, hash) of a node; (0, 64 zeros) for an unknown one."""
        return self.nodes.get(node, (0, ZERO_HASH))

    def move(self, entry: Entry) -> None:
        """Take in one more entry."""
        self.pos += 1
        self.chain = chained(self.chain, entry.hash)
        self.nodes[entry.node] = (entry.seq, entry.hash)


def stored_position(connection: Connection) -> int:
    """Return the place of the newest entry."""
    found: int | None = connection.execute(select(func.max(journal.c.pos))).scalar()
    return found or 0


def stored_head(connection: Connection) -> Head:
    """Read how far the journal has come."""
    query = select(journal.c.pos, journal.c.chain).order_by(journal.c.pos.desc()).limit(1)
    newest = connection.execute(query).first()
    if newest is None:
        return Head()
    nodes = {row.node: (row.seq, row.hash) for row in connection.execute(NODE_HEADS)}
    return Head(newest.pos, newest.chain, nodes)


def entry_of(row: Sequence[Any]) -> Entry:
    """Return an entry from a row that begins with `ENTRY_COLUMNS`."""
    _, node, seq, at, actor, kind, version, subject, payload, blobs, previous, own = row[:12]
    digests = tuple(from_json(blobs, list[str])) if blobs != "[]" else ()
    moment = datetime.fromisoformat(at)
    return Entry(node, seq, moment, actor, kind, version, subject, payload, digests, previous, own)


class SqlJournal:
    """The journal within one transaction."""

    def __init__(self, connection: Connection, node: str, clock: Clock, blobs: Blobs, head: Head | None) -> None:
        self.node = node
        self.head = head
        self.added: list[tuple[int, Entry]] = []
        self._connection = connection
        self._clock = clock
        self._blobs = blobs

    def append(self, fact: Fact, *, actor: str, blobs: Sequence[str] = ()) -> Entry:
        """Seal and add a fact of this node; raise `DataError` when a blob of it is not stored yet."""
        head = self._writable()
        self._require_blobs(self.node, head.of(self.node)[0] + 1, blobs)
        seq, previous = head.of(self.node)
        entry = seal(
            fact, node=self.node, seq=seq + 1, at=self._clock.now(), actor=actor, blobs=tuple(blobs), previous=previous
        )
        self._add(head, entry)
        return entry

    def place(self) -> tuple[Head, int]:
        """Return where the journal is now, to come back to by `undo`."""
        return self._writable().copy(), len(self.added)

    def undo(self, place: tuple[Head, int]) -> None:
        """Forget what was added after a place; the database has undone it already."""
        self.head = place[0]
        del self.added[place[1] :]

    def take_in(self, entry: Entry) -> bool:
        """Add another node's entry exactly once; False if already known.

        Raises `DataError` for another content under a known number (naming both hashes), a gap,
        a wrong hash, this node's own name, another station's journal, or a blob not here yet.
        """
        head = self._writable()
        seq, previous = head.of(entry.node)
        if entry.seq <= seq:
            self._require_same(entry)
            return False
        where = {"node": entry.node, "seq": entry.seq}
        if entry.node == self.node:
            raise DataError("store.journal.own_node", **where)
        if entry.seq != seq + 1:
            raise DataError("store.journal.gap", **where, have=seq)
        if entry.previous_hash != previous:
            raise DataError("store.journal.wrong_previous", **where, expected=previous, found=entry.previous_hash)
        if hash_of(entry) != entry.hash:
            raise DataError("store.journal.wrong_hash", **where, expected=hash_of(entry), found=entry.hash)
        if entry.seq == 1:
            self._require_same_station(entry)
        self._require_blobs(entry.node, entry.seq, entry.blobs)
        self._add(head, entry)
        return True

    def heads(self) -> dict[str, int]:
        """Return the last sequence number of every node."""
        if self.head is not None:
            return {node: seq for node, (seq, _) in self.head.nodes.items()}
        return {row.node: row.seq for row in self._connection.execute(NODE_HEADS)}

    def position(self) -> int:
        """Return the place of the newest entry (0 when empty)."""
        return self.head.pos if self.head is not None else stored_position(self._connection)

    def after(self, position: int, limit: int = 500) -> list[tuple[int, Entry]]:
        """Return at most `limit` entries with their place that come after `position`."""
        rows = self._connection.execute(AFTER, {"place": position, "most": limit})
        return [(row[0], entry_of(row)) for row in rows]

    def of_subject(self, subject: str) -> list[Entry]:
        """Return all entries about one subject in the order they were taken in."""
        return self._entries(OF_SUBJECT, whose=subject)

    def of_node(self, node: str, after_seq: int = 0, limit: int = 500) -> list[Entry]:
        """Return at most `limit` of one node's entries after `after_seq`, in order."""
        return self._entries(OF_NODE, whose=node, place=after_seq, most=limit)

    def _entries(self, query: Select[Any], **params: str | int) -> list[Entry]:
        return [entry_of(row) for row in self._connection.execute(query, params)]

    def _writable(self) -> Head:
        if self.head is None:
            raise RuntimeError("a reading unit of work cannot add to the journal")
        return self.head

    def _add(self, head: Head, entry: Entry) -> None:
        head.move(entry)
        row = {
            "pos": head.pos, "node": entry.node, "seq": entry.seq, "at": to_plain(entry.at), "actor": entry.actor,
            "kind": entry.kind, "version": entry.version, "subject": entry.subject, "payload": entry.payload,
            "blobs": to_json(entry.blobs), "previous_hash": entry.previous_hash, "hash": entry.hash,
            "chain": head.chain,
        }  # fmt: skip
        write(self._connection, ADD, row)
        self.added.append((head.pos, entry))

    def _require_blobs(self, node: str, seq: int, digests: Sequence[str]) -> None:
        for digest in digests:
            if not self._blobs.has(digest):
                raise DataError("store.journal.blob_missing", node=node, seq=seq, digest=digest)

    def _require_same(self, entry: Entry) -> None:
        query = select(journal.c.hash).where(journal.c.node == entry.node, journal.c.seq == entry.seq)
        known = self._connection.execute(query).scalar()
        if known != entry.hash or hash_of(entry) != entry.hash:
            found = entry.hash if known != entry.hash else hash_of(entry)
            raise DataError("store.journal.other_content", node=entry.node, seq=entry.seq, known=known, found=found)

    def _require_same_station(self, entry: Entry) -> None:
        theirs = entry.fact()
        own = self.after(0, 1)
        ours = own[0][1].fact() if own else None
        if not isinstance(theirs, JournalOpened) or not isinstance(ours, JournalOpened):
            raise DataError("store.journal.not_opened", node=entry.node, kind=entry.kind)
        if (theirs.station_code, theirs.training) != (ours.station_code, ours.training):
            raise DataError(
                "store.journal.other_station", node=entry.node,
                ours=f"{ours.station_code} training={ours.training}",
                theirs=f"{theirs.station_code} training={theirs.training}",
            )  # fmt: skip
