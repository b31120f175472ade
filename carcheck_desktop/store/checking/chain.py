"""The walk along the journal: every entry's hash, every link, every place, every blob named.

After a finding the walk goes on from what is stored, so that one change makes one finding.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from carcheck_desktop.base.errors import CarcheckError, DataError
from carcheck_desktop.domain.facts import JournalOpened
from carcheck_desktop.domain.journal import ZERO_HASH, Entry, chained, hash_of
from carcheck_desktop.store.checking.signatures import Signatures
from carcheck_desktop.store.tables.journal import ENTRY_COLUMNS, Head, entry_of
from carcheck_desktop.store.tables.models import journal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Connection

    from carcheck_desktop.store.blobs import FileBlobs, RowBlobs
    from carcheck_desktop.store.checking.report import Findings

PAGE = 500
WALK = (
    select(*ENTRY_COLUMNS, journal.c.chain)
    .where(journal.c.pos > bindparam("place"))
    .order_by(journal.c.pos)
    .limit(PAGE)
)


@dataclass(slots=True)
class Walk:
    """Where the walk is, and what it has seen: chains at the places that heads speak of."""

    findings: Findings
    blobs: FileBlobs | RowBlobs
    wanted: set[int]
    head: Head = field(default_factory=Head)
    chains: dict[int, str] = field(default_factory=dict)
    entries: int = 0
    opened: JournalOpened | None = None
    blobs_seen: set[str] = field(default_factory=set)
    signatures: Signatures = field(default_factory=Signatures)

    def whole_journal(self, connection: Connection) -> None:
        """Walk from the first place to the last."""
        while rows := connection.execute(WALK, {"place": self.head.pos}).all():
            for row in rows:
                self.one(row)

    def one(self, row: Sequence[Any]) -> None:
        """Look at one row of the journal."""
        pos, node, seq, stored_previous, stored_hash, chain = row[0], row[1], row[2], row[10], row[11], row[12]
        where = {"node": node, "seq": seq, "pos": pos, "subject": row[7], "kind": row[5]}
        if type(seq) is not int:  # SQLite keeps whatever somebody puts into a column
            self.findings.add("store.verify.entry_changed", **where, expected=stored_hash, found=repr(seq))
            self.head.pos, self.head.chain = pos, chain
            return
        is_gap = self._gaps(pos, node, seq)
        entry = self._entry(row, where)
        before_seq, before_hash = self.head.of(node)
        if stored_previous != before_hash and before_seq == seq - 1:
            self.findings.add("store.verify.link_broken", **where, expected=before_hash, found=stored_previous)
        if not is_gap and chained(self.head.chain, stored_hash) != chain:
            self.findings.add("store.verify.chain_broken", **where)
        if pos == 1 and entry is not None:
            self._first(entry)
        if entry is not None:
            self.signatures.hear(entry, where)
            for digest in entry.blobs:
                self._blob(digest, where)
        self.head.pos, self.head.chain, self.head.nodes[node] = pos, chain, (seq, stored_hash)
        if pos in self.wanted:
            self.chains[pos] = chain
        self.entries += 1

    def _gaps(self, pos: int, node: str, seq: int) -> bool:
        before_seq, _ = self.head.of(node)
        if seq != before_seq + 1:
            self.findings.add("store.verify.entries_missing", node=node, first=before_seq + 1, last=seq - 1, found=seq)
        if pos == self.head.pos + 1:
            return False
        self.findings.add("store.verify.places_missing", first=self.head.pos + 1, last=pos - 1)
        return True

    def _entry(self, row: Sequence[Any], where: dict[str, Any]) -> Entry | None:
        try:
            entry = entry_of(row)
        except (ValueError, DataError) as error:
            self.findings.add("store.verify.entry_changed", **where, expected=row[11], found=error)
            return None
        computed = hash_of(entry)
        if computed != entry.hash:
            self.findings.add("store.verify.entry_changed", **where, expected=entry.hash, found=computed)
        return entry

    def _first(self, entry: Entry) -> None:
        try:
            fact = entry.fact()
        except DataError:
            fact = None
        if isinstance(fact, JournalOpened) and entry.previous_hash == ZERO_HASH:
            self.opened = fact
        else:
            self.findings.add("store.verify.no_opening", node=entry.node, kind=entry.kind)

    def _blob(self, digest: str, where: dict[str, Any]) -> None:
        if digest in self.blobs_seen:
            return
        self.blobs_seen.add(digest)
        place = {"digest": digest, **where}
        try:
            if self.blobs.get(digest) is None:
                self.findings.add("store.verify.blob_missing", **place)
        except CarcheckError as error:
            found = error.problem.params.get("found", error.code)
            self.findings.add("store.verify.blob_changed", **place, found=found)
