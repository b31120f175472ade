"""Facts of the custody of table files: which version of a standard's limits conclusions rest on, and what was found changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from carcheck_desktop.domain.facts.base import Fact
from carcheck_desktop.domain.tables import ApprovedTable, TableFault, ValueChange

TABLES_SUBJECT = "tables"
"""The subject under which everything about the table files is found."""


@dataclass(frozen=True, slots=True)
class TablesAdopted(Fact):
    """The table files of a release were taken over at the first start; the entry covers their contents as blobs.

    `signature` is made with the station's key over `domain.tables.adopted_content`; `public_key` belongs to it.
    """

    kind: ClassVar[str] = "tables_adopted"
    release: str
    tables: tuple[ApprovedTable, ...]
    public_key: str
    signature: str

    @property
    def subject(self) -> str:
        """All table files together."""
        return TABLES_SUBJECT


@dataclass(frozen=True, slots=True)
class TableApproved(Fact):
    """A changed, added or withdrawn table file was approved by its author and a second person.

    `old_hash` is "" for an added file, `new_hash` for a withdrawn one; the entry covers the new content as a blob.
    `release` is the release that ships it, "" for a change of the station's own. `signature` is made with the station's key
    over `domain.tables.approved_content`.
    """

    kind: ClassVar[str] = "table_approved"
    file: str
    edition: str
    old_hash: str
    new_hash: str
    changes: tuple[ValueChange, ...]
    release: str
    by: str
    approved_by: str
    public_key: str
    signature: str

    @property
    def subject(self) -> str:
        """All table files together."""
        return TABLES_SUBJECT


@dataclass(frozen=True, slots=True)
class TablesChecked(Fact):
    """The files on the disk were held against the approved ones and it came out otherwise than the last time.

    While there are faults nothing is concluded and no report is signed; none frees both again.
    """

    kind: ClassVar[str] = "tables_checked"
    faults: tuple[TableFault, ...]

    @property
    def subject(self) -> str:
        """All table files together."""
        return TABLES_SUBJECT


FACTS: tuple[type[Fact], ...] = (TablesAdopted, TableApproved, TablesChecked)
