"""The fold of the custody of table files: (view, entry) -> view, pure and total."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from carcheck_desktop.domain.facts.tables import TABLES_SUBJECT, TableApproved, TablesAdopted, TablesChecked
from carcheck_desktop.domain.tables import NO_STANDARDS, Approval, ApprovedTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.domain.tables import StandardsView


def fold_standards(view: StandardsView, entry: Entry) -> StandardsView:
    """Return the view after one more entry."""
    if entry.subject != TABLES_SUBJECT:
        return view
    fact = entry.fact()
    if isinstance(fact, TablesAdopted):
        adopted = {each.file: Approval(each, entry.at, entry.actor, "") for each in fact.tables}
        return replace(view, approved={**view.approved, **adopted})
    if isinstance(fact, TableApproved):
        left = {file: each for file, each in view.approved.items() if file != fact.file}
        if fact.new_hash:
            table = ApprovedTable(fact.file, fact.edition, fact.new_hash)
            left[fact.file] = Approval(table, entry.at, fact.by, fact.approved_by)
        return replace(view, approved=left)
    return replace(view, faults=fact.faults) if isinstance(fact, TablesChecked) else view


def standards_of(entries: Iterable[Entry]) -> StandardsView:
    """Fold everything that was recorded about the table files."""
    view = NO_STANDARDS
    for entry in entries:
        view = fold_standards(view, entry)
    return view
