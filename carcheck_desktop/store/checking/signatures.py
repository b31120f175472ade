"""What `verify` checks of signatures with the station's key: over reports as they were made, and over approved tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.keys import is_signed
from carcheck_desktop.domain.facts import ReportMade, ReportSigned, TableApproved, TablesAdopted
from carcheck_desktop.domain.signing import signed_content
from carcheck_desktop.domain.tables import adopted_content, approved_content

if TYPE_CHECKING:
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.store.checking.report import Findings

KINDS = frozenset({ReportMade.kind, ReportSigned.kind, TablesAdopted.kind, TableApproved.kind})


@dataclass(slots=True)
class Signatures:
    """The reports and approvals of tables that the walk has come by."""

    made: dict[str, ReportMade] = field(default_factory=dict)
    signed: list[tuple[ReportSigned, Entry, dict[str, Any]]] = field(default_factory=list)
    tables: list[tuple[TablesAdopted | TableApproved, Entry, dict[str, Any]]] = field(default_factory=list)

    def hear(self, entry: Entry, where: dict[str, Any]) -> None:
        """Keep what an entry says of a report or of tables; one that cannot be read was named by the walk already."""
        if entry.kind not in KINDS:
            return
        try:
            fact = entry.fact()
        except DataError:
            return
        if isinstance(fact, ReportMade):
            self.made.setdefault(fact.report_id, fact)
        elif isinstance(fact, ReportSigned):
            self.signed.append((fact, entry, where))
        elif isinstance(fact, TablesAdopted | TableApproved):
            self.tables.append((fact, entry, where))

    def check(self, key: str, findings: Findings) -> None:
        """Hold every signature against the key, and what it covers against what was made."""
        self._check_tables(key, findings)
        for fact, entry, where in self.signed:
            made = self.made.get(fact.report_id)
            content = signed_content(fact.visit_id, fact.report_id, fact.revision, fact.digest, fact.by)
            place = {**where, "by": fact.by}
            if fact.by != entry.actor or not is_signed(key, content, fact.signature):
                findings.add("store.verify.signature_wrong", **place, expected=key[:16], found=fact.signature[:16])
            elif made is None or (made.digest, made.revision) != (fact.digest, fact.revision):
                of_made = made.digest[:16] if made is not None else "-"
                findings.add("store.verify.signed_other", **place, expected=of_made, found=fact.digest[:16])
            elif fact.digest not in entry.blobs:
                findings.add("store.verify.signed_other", **place, expected=fact.digest[:16], found="-")

    def _check_tables(self, key: str, findings: Findings) -> None:
        """See that every version of a table file was taken over or approved under the station's key, and follows the one before."""
        good: dict[str, str] = {}
        for fact, entry, where in self.tables:
            wrong = False
            if isinstance(fact, TablesAdopted):
                content, hashes = adopted_content(fact.tables, fact.release), {each.table_hash for each in fact.tables}
                good |= {each.file: each.table_hash for each in fact.tables}
                names = ", ".join(each.file for each in fact.tables)
            else:
                content = approved_content(fact.file, fact.old_hash, fact.new_hash, fact.by, fact.approved_by)
                hashes, names = {fact.new_hash} - {""}, fact.file
                is_alone = not fact.approved_by or fact.approved_by == fact.by
                wrong = is_alone or fact.by != entry.actor or good.get(fact.file, "") != fact.old_hash
                good[fact.file] = fact.new_hash
            if wrong or not is_signed(key, content, fact.signature) or not hashes <= set(entry.blobs):
                findings.add("store.verify.table_not_approved", **where, file=names, found=fact.signature[:16])
