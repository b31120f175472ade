"""The table files held against what was approved: at the start, at every conclusion and signature, and every half minute.

What is approved is in the journal and its content in the blobs, so that a difference is named by its key and the service goes
on with the approved tables whatever lies on the disk. The disk itself is read by `app`.
"""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from carcheck_desktop.base.data import digest_of
from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.desk.ledger import SYSTEM, record
from carcheck_desktop.desk.tables.comparing import Comparison
from carcheck_desktop.domain.facts.tables import TABLES_SUBJECT, TableApproved, TablesAdopted, TablesChecked
from carcheck_desktop.domain.folding.tables import standards_of
from carcheck_desktop.domain.results import results
from carcheck_desktop.domain.station import inspection_date
from carcheck_desktop.domain.tables import (
    ApprovedTable,
    adopted_content,
    approved_content,
    problem_of,
)
from carcheck_desktop.standards.families.known import SAFETY
from carcheck_desktop.standards.loading.differences import differences
from carcheck_desktop.standards.loading.files import (
    edition_of,
    editions_of,
    is_whole,
    kept_edition_of,
    kept_editions_of,
    lacking_of,
    readable,
)
from carcheck_desktop.standards.rulebook import rulebook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from carcheck_desktop.base.keys import SigningKey
    from carcheck_desktop.desk.doing import Doing
    from carcheck_desktop.desk.tables.comparing import OnDisk, Release
    from carcheck_desktop.domain.commands import ApproveTable
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.ports import UnitOfWork
    from carcheck_desktop.domain.tables import Approval, StandardsView, TableFault
    from carcheck_desktop.domain.verdicts import ItemKind
    from carcheck_desktop.domain.views import VisitView
    from carcheck_desktop.standards.loading.edition import Edition
    from carcheck_desktop.standards.rulebook import Rulebook

log = logging.getLogger(__name__)


class TableCustody:
    """Keeps the approved tables, and says what on the disk is not as approved; `look` reads the disk."""

    def __init__(
        self,
        look: Callable[[], Mapping[str, OnDisk]],
        release: Release,
        key: SigningKey,
        equipment: frozenset[ItemKind],
    ) -> None:
        self._held = Comparison(look, release)
        self._key = key
        self._equipment = equipment
        self._lock = threading.Lock()
        self._files: dict[str, str] = {}
        self._rules: Rulebook | None = None
        self._today: date | None = None
        self._earlier: dict[frozenset[str], Rulebook] = {}
        self.is_waiting = False
        """Whether a visit may wait for its conclusion; cleared by whoever has concluded all of them."""

    @property
    def rules(self) -> Rulebook:
        """The tables that the station works with: the approved ones, whatever lies on the disk."""
        with self._lock:
            if self._rules is None:
                raise RuntimeError("the custody of the tables was not opened")
            return self._rules

    @property
    def hashes(self) -> dict[str, str]:
        """The hash of each table file that the station works with, by the file's name."""
        with self._lock:
            return dict(self._files)

    def open(self, uow: UnitOfWork, today: date) -> tuple[TableFault, ...]:
        """Take over the release's files at the first start, load what is approved, and check the disk.

        Raises `DataError` naming a file that cannot be used, `StorageError` when an approved content is gone.
        """
        self._today, disk = today, self._held.look()
        if not uow.journal.of_subject(TABLES_SUBJECT):
            adopt(uow, disk, self._held.release, self._key)
        view = _view(uow)
        self._take_up(self._working(uow, view, disk, today))
        faults = self.check(uow)
        self.is_waiting = any(entry.kind == TablesChecked.kind for entry in uow.journal.of_subject(TABLES_SUBJECT))
        return faults

    def check(self, uow: UnitOfWork) -> tuple[TableFault, ...]:
        """Hold the disk against the approved files; record it when it came out otherwise than the last time."""
        view = _view(uow)
        faults = self._held.faults(uow, view, self._today)
        if faults != view.faults:
            record(uow, TablesChecked(faults), actor=SYSTEM)
        return faults

    def look(self, uow: UnitOfWork) -> tuple[bool, bool]:
        """Look at the disk without writing: whether `check` would record something, and whether conclusions are free."""
        view = _view(uow)
        faults = self._held.faults(uow, view, self._today)
        return faults != view.faults, not faults

    def require_free(self, uow: UnitOfWork) -> None:
        """Raise `RefusedError` naming file and keys while a table file is not as approved."""
        faults = self._held.faults(uow, _view(uow), self._today)
        if faults:
            problem = problem_of(faults[0])
            raise RefusedError(
                "desk.tables.locked", **{**problem.params, "count": len(faults), "why": problem.evidence.code}
            )

    def rules_for(self, uow: UnitOfWork, visit: VisitView) -> Rulebook | None:
        """Return the tables by which the newest attempt of a visit was judged; None when they were never approved.

        A visit that waited for its conclusion while tables were changed lawfully is concluded as it was measured.
        """
        judged_by = {card.table_hash for each in results(visit) if not each.is_earlier for card in each.item.cards}
        now = self.rules
        strange = frozenset(judged_by - set(now.every_hash.values()))
        if not strange:
            return now
        if strange not in self._earlier:
            ever = ever_approved(uow)
            if not strange <= ever.keys():
                return None
            files = {**self._files, **{ever[each]: each for each in strange}}
            self._earlier[strange] = self._made(
                {file: self._held.content(uow, digest) for file, digest in files.items()}
            )
        return self._earlier[strange]

    def approve(self, uow: UnitOfWork, command: ApproveTable, doing: Doing) -> TableApproved:
        """Make a file as it lies on the disk one that conclusions rest on; its content is kept.

        Raises `RefusedError` for a file that nobody knows, that is as approved, or not as its author saw it; `DataError`
        when it cannot be used, and when nothing would be left by which a car of today can be inspected.
        """
        disk, view = self._held.look(), _view(uow)
        if command.file not in disk and command.file not in view.approved:
            known = ", ".join(sorted({*disk, *view.approved})) or "-"
            raise RefusedError("desk.tables.unknown_file", file=command.file[:80], known=known)
        before = view.approved.get(command.file)
        old_hash = before.table.table_hash if before is not None else ""
        found = disk.get(command.file)
        if found is not None and found.problem:
            raise RefusedError("desk.tables.unreadable", file=command.file, detail=found.problem)
        new_hash = found.hash if found is not None else ""
        if old_hash == new_hash:
            raise RefusedError("desk.tables.as_approved", file=command.file, hash=new_hash[:12])
        if (command.old_hash, command.new_hash) != (old_hash, new_hash):
            seen = {"old": old_hash[:12] or "-", "new": new_hash[:12] or "-"}
            raise RefusedError("desk.tables.changed_meanwhile", file=command.file, **seen)
        fact = self._approval(uow, command, found, doing.actor, doing.approved_by)
        self._must_work(uow, view, command.file, found, inspection_date(doing.now))
        blobs = () if found is None else (uow.blobs.put(found.content),)
        record(uow, fact, actor=doing.actor, blobs=blobs)
        self.check(uow)
        return fact

    def hear(self, facts: Sequence[tuple[int, Entry]]) -> None:
        """Work with the approved tables from the moment their approval is committed."""
        for _, entry in facts:
            if entry.kind == TableApproved.kind:
                fact = entry.fact()
                if isinstance(fact, TableApproved):
                    self._switch(fact)

    # -- inside --------------------------------------------------------------------------------

    def _switch(self, fact: TableApproved) -> None:
        files = {file: digest for file, digest in self._files.items() if file != fact.file}
        if fact.new_hash:
            files[fact.file] = fact.new_hash
        self._take_up({file: self._held.contents[digest] for file, digest in files.items()})
        self.is_waiting = True

    def _take_up(self, files: Mapping[str, bytes]) -> None:
        rules = self._made(files)
        digests = {file: digest_of(content) for file, content in files.items()}
        with self._lock:
            self._held.contents.update({digests[file]: content for file, content in files.items()})
            self._files, self._rules = digests, rules

    def _made(self, files: Mapping[str, bytes]) -> Rulebook:
        """Return the tables as one; what was approved under an earlier program is taken as it is."""
        return rulebook(list(kept_editions_of(files).values()), self._equipment)

    def _working(
        self, uow: UnitOfWork, view: StandardsView, disk: Mapping[str, OnDisk], today: date
    ) -> dict[str, bytes]:
        """Return the approved contents, of those that lack what this program asks for the release's own where it is whole.

        Where none of them is for the safety inspection of today, what lies on the disk too: so it is after a first start on
        changed files only. Cars are measured then, and all conclusions are locked.
        """
        files = {name: self._working_file(uow, name, each, disk.get(name)) for name, each in view.approved.items()}
        files = readable(files)
        kept = kept_editions_of(files).values()
        if not any(each.family is SAFETY and each.is_in_force(today) for each in kept):
            added = {name: file.content for name, file in disk.items() if name not in files and not file.problem}
            editions_of(added)
            files |= added
        return files

    def _working_file(self, uow: UnitOfWork, name: str, approval: Approval, here: OnDisk | None) -> bytes:
        """Return one approved content, or what takes its place until two persons have approved it."""
        approved = approval.table.table_hash
        if here is not None and here.hash == approved:
            return here.content
        content = self._held.content(uow, approved)
        if here is None or here.problem or not self._held.release.ships(name, here.hash):
            return content
        lacking = lacking_of(name, content, self._today)
        if not lacking or not is_whole(name, here.content):
            return content
        log.error("%s as approved lacks %s: cars are measured by the release's until it is approved", name, lacking)
        return here.content

    def _approval(
        self, uow: UnitOfWork, command: ApproveTable, found: OnDisk | None, by: str, approved_by: str
    ) -> TableApproved:
        content = found.content if found is not None else self._held.content(uow, command.old_hash)
        both = found is not None and bool(command.old_hash)
        return TableApproved(
            command.file, self._edition_of(command.file, content, found).edition, command.old_hash, command.new_hash,
            differences(self._held.content(uow, command.old_hash), content) if both else (),
            self._held.release.ships(command.file, command.new_hash), by, approved_by, self._key.public_hex,
            self._key.sign(approved_content(command.file, command.old_hash, command.new_hash, by, approved_by)),
        )  # fmt: skip

    def _edition_of(self, file: str, content: bytes, found: OnDisk | None) -> Edition:
        """Return the edition of what is approved, read strictly, or of what is withdrawn."""
        return edition_of(file, content) if found is not None else kept_edition_of(file, content)

    def _must_work(self, uow: UnitOfWork, view: StandardsView, file: str, found: OnDisk | None, today: date) -> None:
        """Raise `DataError` when the station could not work with what would be approved."""
        files = {
            name: self._held.content(uow, each.table.table_hash) for name, each in view.approved.items() if name != file
        }
        files = readable(files)
        if found is not None:
            files[file] = self._held.contents[found.hash] = found.content
        self._made(files).edition(SAFETY.name, today)


def adopt(uow: UnitOfWork, disk: Mapping[str, OnDisk], release: Release, key: SigningKey) -> None:
    """Take over the files that are as the release shipped them; others wait for two persons."""
    shipped = {name: file for name, file in disk.items() if not file.problem and release.ships(name, file.hash)}
    if not shipped:
        return
    tables = tuple(
        ApprovedTable(name, edition_of(name, file.content).edition, uow.blobs.put(file.content))
        for name, file in sorted(shipped.items())
    )
    signature = key.sign(adopted_content(tables, release.name))
    fact = TablesAdopted(release.name, tables, key.public_hex, signature)
    record(uow, fact, actor=SYSTEM, blobs=tuple(each.table_hash for each in tables))


def ever_approved(uow: UnitOfWork) -> dict[str, str]:
    """Return every version that was good at any time: hash -> name of the file."""
    found: dict[str, str] = {}
    for entry in uow.journal.of_subject(TABLES_SUBJECT):
        fact = entry.fact()
        if isinstance(fact, TablesAdopted):
            found |= {each.table_hash: each.file for each in fact.tables}
        elif isinstance(fact, TableApproved) and fact.new_hash:
            found[fact.new_hash] = fact.file
    return found


def _view(uow: UnitOfWork) -> StandardsView:
    return standards_of(uow.journal.of_subject(TABLES_SUBJECT))
