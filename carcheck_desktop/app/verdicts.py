"""Stored verdicts looked at from the command line: the database is only read, whether a service runs or not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from carcheck_desktop.app.parts import database_of, folders_of, load_tables
from carcheck_desktop.base.errors import DataError, UsageError
from carcheck_desktop.desk.verdicts.changing import NotJudged, VisitAgain, visit_again
from carcheck_desktop.desk.verdicts.facts import judged_items, visit_of
from carcheck_desktop.desk.verdicts.showing import verdict_of
from carcheck_desktop.desk.verdicts.tables import Tables
from carcheck_desktop.domain.station import CHINA
from carcheck_desktop.standards.loading.files import edition_of
from carcheck_desktop.store.reading import reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from carcheck_desktop.base.station import Station
    from carcheck_desktop.domain.explained import VerdictView
    from carcheck_desktop.domain.ports import UnitOfWork
    from carcheck_desktop.standards.loading.edition import Edition
    from carcheck_desktop.standards.rulebook import Rulebook

FIRST, LAST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)
EVERY_ITEM = "all"
PAGE = 100
"""Visits of one look at the database: short looks keep its journal of changes short while a service writes."""


def explained_verdicts(
    station: Station, wanted: str, item: str, edition: str | None = None, attempt: int | None = None
) -> list[VerdictView]:
    """Explain an item of a stored visit, or `all` that were judged.

    Raises `UsageError` for a visit, item, attempt or edition that is not there.
    """
    rules = load_tables(station)
    others = () if edition is None else (named(rules, edition),)
    with reading(database_of(station), blob_folder=folders_of(station).blobs) as uow:
        items = judged_items(visit_of(uow, wanted)) if item == EVERY_ITEM else (item,)
        if not items:
            raise UsageError("app.explain.nothing_judged", wanted=wanted[:80])
        return [verdict_of(uow, rules, wanted, each, others, attempt) for each in items]


def named(rules: Rulebook, edition: str) -> Edition:
    """Return an edition of this release; raise `UsageError` naming those there are."""
    try:
        return rules.named(edition)
    except DataError as error:
        raise UsageError(error.code, **error.problem.params) from error


def edition_for(station: Station, edition: str | None, tables: Path | None) -> Edition:
    """Return the edition to judge under: of this release, or in a table file of another one.

    Raises `UsageError` for a name that nobody knows, for a file that holds another edition than the one named, and when
    neither was given; `DataError` for a file that cannot be used.
    """
    if tables is None:
        if edition is None:
            raise UsageError("app.rejudge.no_edition", known=", ".join(load_tables(station).every_hash))
        return named(load_tables(station), edition)
    found = edition_of(tables.name, tables.read_bytes())
    if edition not in {None, found.edition}:
        raise UsageError("app.rejudge.other_edition", file=tables, found=found.edition, wanted=edition)
    return found


@dataclass(slots=True)
class Tally:
    """What came of re-judging so far."""

    visits: int = 0
    items: int = 0
    cards: int = 0
    changed_visits: int = 0
    changes: int = 0
    not_judged: int = 0
    by_turn: dict[str, int] = field(default_factory=dict)
    """How many verdicts would turn, such as `pass -> fail`."""

    def add(self, found: VisitAgain) -> None:
        """Count a visit."""
        self.visits += 1
        self.items += found.items
        self.cards += found.cards
        self.changed_visits += bool(found.changes)
        self.changes += len(found.changes)
        self.not_judged += len(found.not_judged)
        for each in found.changes:
            old, new = (side.outcome.value if side is not None else "-" for side in (each.old, each.new))
            turn = f"{old} -> {new}" if each.quantity is not None else f"conclusion {old} -> {new}"
            self.by_turn[turn] = self.by_turn.get(turn, 0) + 1


def rejudged(station: Station, edition: Edition, since: date | None, until: date | None) -> Iterator[VisitAgain]:
    """Yield every visit opened from `since` up to and with `until` (days at the station), judged again.

    One visit is in memory at a time and nothing is written. A visit that cannot be read is one that could not be judged.
    """
    rules, after = load_tables(station), ""
    begin = FIRST if since is None else _begin(since)
    end = LAST if until is None else _begin(until + timedelta(days=1))
    while True:
        with reading(database_of(station), blob_folder=folders_of(station).blobs) as uow:
            page = uow.visits.ids(begin, end, after, PAGE)
            tables = Tables(rules, uow.blobs)
            for visit_id in page:
                yield _again(uow, visit_id, tables, edition)
        if not page:
            return
        after = page[-1]


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA).astimezone(UTC)


def _again(uow: UnitOfWork, visit_id: str, tables: Tables, edition: Edition) -> VisitAgain:
    try:
        visit = uow.visits.get(visit_id)
    except DataError as error:
        return VisitAgain(0, 0, (), (NotJudged(visit_id, 0, "-", error.problem),))
    if visit is None:
        return VisitAgain(0, 0, (), ())
    return visit_again(visit, uow.blobs, tables, edition)
