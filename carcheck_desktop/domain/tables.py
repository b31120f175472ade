"""Custody of the standards' table files: what was approved by whom, what on the disk differs from it, in words; pure.

A table file that is not as it was approved locks conclusions and signatures, and nothing else. Files are read and compared
by `desk.tables`; what a row of one means is `standards`' business.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from carcheck_desktop.base.messages import Param, Problem

SHOWN_CHANGES = 3
"""So many changed values are named on a screen; the command line names all."""


class FaultKind(StrEnum):
    """How a table file on the disk is not as it was approved."""

    CHANGED = "changed"
    ADDED = "added"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    LACKING = "lacking"
    """As it was approved, but for an earlier program: this one asks for rows that it does not have."""


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One value that differs between two versions of a table file; `place` names row and field, "" stands for no value."""

    place: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class TableFault:
    """A table file that is not as it was approved.

    Hashes are SHA-256 in hexadecimal, "" where there is no file. `release` is the release that ships the file as it was
    found, "" when somebody else changed it. `detail` is why it cannot be read, of a changed or lacking one which rows this
    program asks for that the approved version does not have.
    """

    file: str
    kind: FaultKind
    approved: str
    found: str
    changes: tuple[ValueChange, ...] = ()
    release: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ApprovedTable:
    """A version of a table file that conclusions may rest on; `edition` is the name that it gives itself."""

    file: str
    edition: str
    table_hash: str


@dataclass(frozen=True, slots=True)
class Approval:
    """Since when a version is good, and who vouches for it; `approved_by` is "" for those of the first start."""

    table: ApprovedTable
    at: datetime
    by: str
    approved_by: str


@dataclass(frozen=True, slots=True)
class StandardsView:
    """The approved version of each table file by the file's name, and what was found not to be as approved."""

    approved: dict[str, Approval] = field(default_factory=dict)
    faults: tuple[TableFault, ...] = ()


NO_STANDARDS = StandardsView()


def change_text(change: ValueChange) -> str:
    """Return a changed value in one line of signs, the same in every language."""
    return f"{change.place}: {change.old or '-'} → {change.new or '-'}"


def problem_of(fault: TableFault) -> Problem:
    """Return a fault for people: file, keys with old and new value, hashes, and whose change it is."""
    shown = "; ".join(change_text(each) for each in fault.changes[:SHOWN_CHANGES])
    more = len(fault.changes) - SHOWN_CHANGES
    params: dict[str, Param] = {
        "file": fault.file,
        "approved": fault.approved[:12] or "-",
        "found": fault.found[:12] or "-",
        "changes": f"{shown} (+{more})" if more > 0 else shown or "-",
        "release": fault.release or "-",
        "detail": _shortened(fault) or "-",
    }
    if fault.kind is FaultKind.CHANGED and fault.detail and fault.release:
        return Problem("domain.tables.outgrown", params)
    if fault.kind is FaultKind.LACKING or (fault.kind is FaultKind.CHANGED and fault.detail):
        return Problem("domain.tables.lacking", params)
    if fault.kind is FaultKind.CHANGED:
        return Problem("domain.tables.released" if fault.release else "domain.tables.changed", params)
    if fault.kind is FaultKind.ADDED:
        return Problem("domain.tables.released_new" if fault.release else "domain.tables.added", params)
    if fault.kind is FaultKind.MISSING:
        return Problem("domain.tables.missing", params)
    return Problem("domain.tables.unreadable", params)


def _shortened(fault: TableFault) -> str:
    """Return the detail as it is shown: of many rows that are lacking only the first."""
    rows = fault.detail.split(", ")
    if fault.kind is FaultKind.UNREADABLE or len(rows) <= SHOWN_CHANGES:
        return fault.detail
    return f"{', '.join(rows[:SHOWN_CHANGES])} (+{len(rows) - SHOWN_CHANGES})"


def approved_content(file: str, old_hash: str, new_hash: str, by: str, approved_by: str) -> bytes:
    """Return the bytes that an approval's signature covers: `table:<file>:<old>:<new>:<by>:<second>` in UTF-8."""
    return f"table:{file}:{old_hash}:{new_hash}:{by}:{approved_by}".encode()


def adopted_content(tables: tuple[ApprovedTable, ...], release: str) -> bytes:
    """Return the bytes that the signature over the first start's tables covers, files in order of their names."""
    listed = ",".join(f"{each.file}={each.table_hash}" for each in sorted(tables, key=lambda each: each.file))
    return f"tables:{release}:{listed}".encode()
