"""Rows that stand beside the visits, against facts: arrivals, the secrets of tickets, and the sequences of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.facts import ArrivalNoted, TicketIssued
from carcheck_desktop.domain.folding.custody import fold_arrival
from carcheck_desktop.domain.numbers import COUNTING, GIVEN_ONCE, family_of, number_given
from carcheck_desktop.domain.ticket import secret_digest
from carcheck_desktop.store.checking.rows import is_of_an_older_program
from carcheck_desktop.store.tables.arriving import arrival_row
from carcheck_desktop.store.tables.journal import ENTRY_COLUMNS, OF_SUBJECT, entry_of
from carcheck_desktop.store.tables.models import arrival, journal, number, ticket

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy.engine import Connection, RowMapping

    from carcheck_desktop.domain.arrival import ArrivalView
    from carcheck_desktop.domain.journal import Entry
    from carcheck_desktop.store.checking.report import Findings

PAGE = 500
MOST_NAMED = 10
OF_KINDS = (
    select(*ENTRY_COLUMNS)
    .where(journal.c.kind.in_(bindparam("kinds", expanding=True)), journal.c.pos > bindparam("place"))
    .order_by(journal.c.pos)
    .limit(PAGE)
)


def check_arrivals(connection: Connection, findings: Findings) -> None:
    """Compare the row of every car that came with what its facts fold to."""
    noted = {entry.subject for entry in _entries(connection, [ArrivalNoted.kind])}
    for row in connection.execute(select(arrival).order_by(arrival.c.visit_id)).mappings().all():
        noted.discard(row["visit_id"])
        _check_arrival(connection, row, findings)
    for visit_id in sorted(noted):
        findings.add("store.verify.arrival_missing", visit_id=visit_id)


def _check_arrival(connection: Connection, row: RowMapping, findings: Findings) -> None:
    visit_id = row["visit_id"]
    view: ArrivalView | None = None
    try:
        for entry in connection.execute(OF_SUBJECT, {"whose": visit_id}):
            view = fold_arrival(view, entry_of(entry))
    except (ValueError, DataError):
        return  # the walk along the journal has named this entry
    if view is None:
        findings.add("store.verify.arrival_extra", visit_id=visit_id, plate=row["plate"])
        return
    changed = [name for name, value in arrival_row(view).items() if row[name] != value]
    if changed and not (changed == ["view"] and is_of_an_older_program(row["view"], view)):
        findings.add("store.verify.arrival_changed", visit_id=visit_id, plate=view.plate, columns=", ".join(changed))


def check_tickets(connection: Connection, findings: Findings) -> None:
    """Hold the secret of every ticket against the digest in its fact; no finding says a secret."""
    rows = {row["visit_id"]: row for row in connection.execute(select(ticket)).mappings()}
    for entry in _entries(connection, [TicketIssued.kind]):
        fact = entry.fact()
        if not isinstance(fact, TicketIssued):
            continue
        row = rows.pop(fact.visit_id, None)
        about = {"visit_id": fact.visit_id, "number": fact.number}
        if row is None:
            findings.add("store.verify.ticket_missing", **about)
        elif (row["number"], secret_digest(row["secret"])) != (fact.number, fact.digest):
            findings.add("store.verify.ticket_changed", **about)
    for visit_id, row in rows.items():
        findings.add("store.verify.ticket_extra", visit_id=visit_id, number=row["number"])


def check_numbers(connection: Connection, findings: Findings) -> None:
    """Look that every sequence was given from 1 on without a gap, once each, and that its row is the last one given."""
    given: dict[str, set[int]] = {}
    for entry in _entries(connection, sorted(COUNTING)):
        _count(entry, given, findings)
    rows = {row.name: row.last for row in connection.execute(select(number.c.name, number.c.last))}
    for name in sorted(given.keys() | rows.keys()):
        numbers = given.get(name, set())
        last = max(numbers, default=0)
        missing = [each for each in range(1, last) if each not in numbers]
        if missing:
            shown = ", ".join(map(str, missing[:MOST_NAMED]))
            findings.add("store.verify.number_gap", name=name, count=len(missing), missing=shown, last=last)
        if rows.get(name, 0) != last:
            findings.add("store.verify.number_row", name=name, found=rows.get(name, 0), expected=last)


def _count(entry: Entry, given: dict[str, set[int]], findings: Findings) -> None:
    try:
        found = number_given(entry, given)
    except ValueError:  # a number that is no number: whoever wrote that fact was not this program
        findings.add("store.verify.number_unreadable", node=entry.node, seq=entry.seq, kind=entry.kind)
        return
    if found is None:
        return
    name, counted = found
    numbers = given.setdefault(name, set())
    if counted in numbers and family_of(name) in GIVEN_ONCE:
        findings.add("store.verify.number_twice", name=name, number=counted, node=entry.node, seq=entry.seq)
    numbers.add(counted)


def _entries(connection: Connection, kinds: Iterable[str]) -> Iterator[Entry]:
    """Give the entries of some kinds in order; one that cannot be read was named by the walk along the journal."""
    place: Any = 0
    wanted = list(kinds)
    while rows := connection.execute(OF_KINDS, {"kinds": wanted, "place": place}).all():
        for row in rows:
            try:
                entry = entry_of(row)
                entry.fact()
            except (ValueError, DataError):
                continue
            yield entry
        place = rows[-1].pos
