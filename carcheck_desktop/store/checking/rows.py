"""Rows against facts: a visit's view is folded again, a person's role is looked up and its row's signature held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from carcheck_desktop.base.data import digest_of, from_json, to_json
from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.keys import is_signed
from carcheck_desktop.domain.facts import UserAdded, UserChanged, VisitOpened
from carcheck_desktop.domain.fold import fold_visit
from carcheck_desktop.domain.views import VisitView
from carcheck_desktop.store.tables.journal import ENTRY_COLUMNS, OF_SUBJECT, entry_of
from carcheck_desktop.store.tables.models import journal, users, visit, visit_private
from carcheck_desktop.store.tables.repositories import user_content, user_of, visit_row

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, RowMapping

    from carcheck_desktop.domain.arrival import ArrivalView
    from carcheck_desktop.store.checking.report import Findings

PAGE = 200
VISITS = select(visit).where(visit.c.visit_id > bindparam("place")).order_by(visit.c.visit_id).limit(PAGE)
OPENED_WITHOUT_ROW = (
    select(journal.c.subject, journal.c.node, journal.c.seq, journal.c.pos)
    .where(journal.c.kind == VisitOpened.kind, journal.c.subject.not_in(select(visit.c.visit_id)))
    .order_by(journal.c.pos)
)
OPENED = select(*ENTRY_COLUMNS).where(journal.c.kind == VisitOpened.kind).order_by(journal.c.pos)
ADDED_USERS = (
    select(*ENTRY_COLUMNS).where(journal.c.kind.in_([UserAdded.kind, UserChanged.kind])).order_by(journal.c.pos)
)


def check_visits(connection: Connection, findings: Findings) -> int:
    """Compare every visit's row with what its facts fold to; return the number of rows."""
    count, place = 0, ""
    while rows := connection.execute(VISITS, {"place": place}).mappings().all():
        for row in rows:
            _check_visit(connection, row, findings)
        count, place = count + len(rows), rows[-1]["visit_id"]
    for subject, node, seq, pos in connection.execute(OPENED_WITHOUT_ROW):
        findings.add("store.verify.visit_missing", visit_id=subject, node=node, seq=seq, pos=pos)
    return count


def _check_visit(connection: Connection, row: RowMapping, findings: Findings) -> None:
    visit_id = row["visit_id"]
    view: VisitView | None = None
    try:
        for entry in connection.execute(OF_SUBJECT, {"whose": visit_id}):
            view = fold_visit(view, entry_of(entry))
    except (ValueError, DataError) as error:
        findings.add("store.verify.visit_unfoldable", visit_id=visit_id, plate=row["plate"], detail=error)
        return
    if view is None:
        findings.add("store.verify.visit_extra", visit_id=visit_id, plate=row["plate"])
        return
    expected = visit_row(view)
    changed = [name for name, value in expected.items() if row[name] != value]
    if changed == ["view"] and is_of_an_older_program(row["view"], view):
        return
    if changed:
        findings.add(
            "store.verify.visit_changed", visit_id=visit_id, plate=view.vehicle.plate, columns=", ".join(changed)
        )


def is_of_an_older_program(kept: str, view: VisitView | ArrivalView) -> bool:
    """Say whether a row only lacks what the program that wrote it could not know, of which there is nothing to tell."""
    try:
        return _is_part(from_json(kept, dict), from_json(to_json(view), dict)) and from_json(kept, type(view)) == view
    except DataError:
        return False


def _is_part(kept: object, now: object) -> bool:
    """Say whether what is kept says nothing but what `now` says, and perhaps not all of it."""
    if isinstance(kept, dict) and isinstance(now, dict):
        return kept.keys() <= now.keys() and all(_is_part(value, now[key]) for key, value in kept.items())
    if isinstance(kept, list) and isinstance(now, list):
        return len(kept) == len(now) and all(map(_is_part, kept, now))
    return kept == now


def check_privates(connection: Connection, findings: Findings) -> None:
    """Hold the personal data of visits against the digests in their facts."""
    rows = {row.visit_id: row.content for row in connection.execute(select(visit_private))}
    for row in connection.execute(OPENED):
        try:
            fact = entry_of(row).fact()
        except (ValueError, DataError):
            continue  # the walk along the journal has named this entry
        content = rows.pop(row.subject, None)
        if not isinstance(fact, VisitOpened) or not (fact.private_digest or content):
            continue
        if content is None:
            findings.add("store.verify.private_missing", visit_id=row.subject, pos=row.pos)
        elif digest_of(content.encode()) != fact.private_digest:
            findings.add("store.verify.private_changed", visit_id=row.subject, pos=row.pos)
    for visit_id in rows:
        findings.add("store.verify.private_extra", visit_id=visit_id)


def check_users(connection: Connection, public_key: str, findings: Findings) -> int:
    """Compare every person's row with the newest fact about it and its signature; return the number."""
    added = _added_users(connection)
    rows = {row["name"]: row for row in connection.execute(select(users)).mappings()}
    for name, row in rows.items():
        if name not in added:
            findings.add("store.verify.user_extra", name=name, role=row["role"])
        elif added[name] != row["role"]:
            findings.add("store.verify.user_changed", name=name, found=row["role"], expected=added[name])
        if not _is_signed(row, public_key):
            findings.add("store.verify.user_forged", name=name, role=row["role"])
    for name in added.keys() - rows.keys():
        findings.add("store.verify.user_missing", name=name, role=added[name])
    return len(rows)


def _added_users(connection: Connection) -> dict[str, Any]:
    roles: dict[str, Any] = {}
    for row in connection.execute(ADDED_USERS):
        try:
            fact = entry_of(row).fact()
        except (ValueError, DataError):
            continue  # the walk along the journal has named this entry
        if isinstance(fact, UserAdded | UserChanged):
            roles[fact.name] = fact.role.value
    return roles


def _is_signed(row: RowMapping, public_key: str) -> bool:
    try:
        return is_signed(public_key, user_content(user_of(row)), row["signature"])
    except ValueError:
        return False  # a role that does not exist
