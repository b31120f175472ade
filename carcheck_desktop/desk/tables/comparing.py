"""The table files on the disk against the approved ones: what differs, file by file, named by keys; writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.base.data import digest_of
from carcheck_desktop.base.errors import DataError, StorageError
from carcheck_desktop.domain.tables import FaultKind, StandardsView, TableFault
from carcheck_desktop.standards.loading.differences import differences
from carcheck_desktop.standards.loading.files import lacking_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from carcheck_desktop.domain.ports import UnitOfWork
    from carcheck_desktop.domain.tables import ValueChange

MOST_CHANGES = 40
"""So many changed values a recorded fault keeps; an approval keeps all of them."""


@dataclass(frozen=True, slots=True)
class OnDisk:
    """A table file as it lies on the disk; `problem` is why it cannot be read."""

    content: bytes
    problem: str = ""

    @property
    def hash(self) -> str:
        """The SHA-256 of the content, "" for one that cannot be read."""
        return "" if self.problem else digest_of(self.content)


@dataclass(frozen=True, slots=True)
class Release:
    """What a release ships: its name, and the hash of each table file."""

    name: str
    hashes: Mapping[str, str]

    def ships(self, file: str, table_hash: str) -> str:
        """Return the release's name when it ships the file just so, "" otherwise."""
        return self.name if self.hashes.get(file) == table_hash else ""


class Comparison:
    """Finds what differs; `look` reads the disk anew each time, which costs less than a millisecond."""

    def __init__(
        self, look: Callable[[], Mapping[str, OnDisk]], release: Release, most_changes: int = MOST_CHANGES
    ) -> None:
        self.look = look
        self.release = release
        self.contents: dict[str, bytes] = {}
        """Contents of approved files by hash, as far as they were needed."""
        self._most_changes = most_changes
        self._compared: dict[tuple[str, str], tuple[ValueChange, ...]] = {}

    def faults(self, uow: UnitOfWork, view: StandardsView, today: date | None) -> tuple[TableFault, ...]:
        """Return every file that is not as approved, or was approved too long ago to work with, in order of the names.

        Raises `StorageError` for a lost content.
        """
        disk = self.look()
        found = [self._fault(uow, name, disk.get(name), view, today) for name in sorted({*disk, *view.approved})]
        return tuple(each for each in found if each is not None)

    def content(self, uow: UnitOfWork, digest: str) -> bytes:
        """Return an approved content; raise `StorageError` when it is gone."""
        found = self.contents.get(digest) or uow.blobs.get(digest)
        if found is None:
            raise StorageError("desk.tables.content_gone", digest=digest)
        self.contents[digest] = found
        return found

    def _fault(
        self, uow: UnitOfWork, name: str, found: OnDisk | None, view: StandardsView, today: date | None
    ) -> TableFault | None:
        approval = view.approved.get(name)
        approved = approval.table.table_hash if approval is not None else ""
        if found is None:
            return TableFault(name, FaultKind.MISSING, approved, "")
        if found.problem:
            return TableFault(name, FaultKind.UNREADABLE, approved, "", detail=found.problem)
        is_same = found.hash == approved
        content = found.content if is_same else self.content(uow, approved) if approved else None
        lacking = lacking_of(name, content, today) if content is not None else ""
        if is_same:
            return TableFault(name, FaultKind.LACKING, approved, approved, detail=lacking) if lacking else None
        release = self.release.ships(name, found.hash)
        if not approved:
            return TableFault(name, FaultKind.ADDED, "", found.hash, release=release)
        try:
            changes = self._changes(uow, approved, found)[: self._most_changes]
        except DataError as error:
            detail = str(error.problem.params.get("detail", error.code))
            return TableFault(name, FaultKind.UNREADABLE, approved, found.hash, release=release, detail=detail)
        return TableFault(name, FaultKind.CHANGED, approved, found.hash, changes, release, lacking)

    def _changes(self, uow: UnitOfWork, approved: str, found: OnDisk) -> tuple[ValueChange, ...]:
        pair = (approved, found.hash)
        if pair not in self._compared:
            if len(self._compared) > MOST_CHANGES:
                self._compared.clear()
            self._compared[pair] = differences(self.content(uow, approved), found.content)
        return self._compared[pair]
