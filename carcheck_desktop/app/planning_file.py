"""Plans of the inspections that a file names: JSON in, plans as plain data out. What is asked of whom is `standards.planning`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from carcheck_desktop.app.judging_file import id_of, load_editions
from carcheck_desktop.app.judging_plain import failure_of
from carcheck_desktop.app.planning_plain import plan_of
from carcheck_desktop.base.errors import CarcheckError, DataError
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.standards.planning.platform import against_platform, with_platform
from carcheck_desktop.standards.planning.record import read_wanted
from carcheck_desktop.standards.planning.whole import Books, inspection_plan
from carcheck_desktop.standards.records.reading import shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from carcheck_desktop.app.judging_file import Entry
    from carcheck_desktop.base.catalogues import Catalogue
    from carcheck_desktop.standards.loading.edition import Edition
    from carcheck_desktop.standards.planning.platform import Difference
    from carcheck_desktop.standards.planning.record import Wanted


@dataclass(frozen=True, slots=True)
class Planning:
    """Everything records are planned with: editions, and the words of one or more languages."""

    editions: tuple[Edition, ...]
    words: tuple[Catalogue, ...]

    def planned(self, entry: Entry) -> dict[str, Any]:
        """Return one record's plan, or the entry with `error` of a record that cannot be used.

        Where the items cannot be told for want of a fact, `error` names it beside what could be told.
        """
        name = id_of(entry)
        if entry.problem is not None:
            return failure_of(name, entry.problem, self.words[0])
        if not isinstance(entry.data, dict):
            problem = Problem("app.judging.no_record", {"field": f"[{entry.number}]", "value": shown(entry.data)})
            return failure_of(name, problem, self.words[0])
        try:
            return self._planned(read_wanted(entry.data, self._settings(), name))
        except CarcheckError as error:
            return failure_of(name, error.problem, self.words[0])

    def _planned(self, wanted: Wanted) -> dict[str, Any]:
        books = books_of(self.editions, wanted.occasion.on)
        plan = inspection_plan(books, wanted.occasion)
        items = [books.safety.items.at(name, wanted.occasion.on) for name in books.safety.items.rows]
        differences: tuple[Difference, ...] = ()
        if wanted.platform is not None:
            differences = against_platform(plan, wanted.platform, items)
            plan = with_platform(plan, wanted.platform, items)
        result = {"id": wanted.id, **plan_of(plan, differences, self.words)}
        missing = next((each for each in plan.unanswered if each.part == "items"), None)
        return result if missing is None else result | failure_of(wanted.id, missing.problem, self.words[0])

    def _settings(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for edition in self.editions:
            found |= edition.family.settings
        return found


def planning_with(words: Sequence[Catalogue]) -> Planning:
    """Return what records are planned with here: every table file of the release."""
    return Planning(load_editions(), tuple(words))


def books_of(editions: Sequence[Edition], on: date) -> Books:
    """Return the newest editions in force on a day; raise `DataError` when there is none of safety inspections."""
    found = {}
    for edition in sorted(editions, key=lambda each: each.valid_from):
        if edition.is_in_force(on):
            found[edition.family.name] = edition
    if "safety" not in found:
        known = [each for each in editions if each.family.name == "safety"]
        first = min((each.valid_from for each in known), default=None)
        raise DataError(
            "standards.record.no_edition", field="date", family="safety", on=on.isoformat(), first=first or "-"
        )
    return Books(found["safety"], found.get("petrol"), found.get("diesel"))
