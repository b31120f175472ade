"""Rows beside the journal: visits, their personal data, users, done commands; each in the transaction of a connection."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, delete, or_, select, text

from carcheck_desktop.base.data import from_json, to_json
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.commands import Reply
from carcheck_desktop.domain.ports import UserRow
from carcheck_desktop.domain.private import VisitPrivate
from carcheck_desktop.domain.settled import is_unsettled
from carcheck_desktop.domain.views import VisitView, stage
from carcheck_desktop.store.engine.hot import run
from carcheck_desktop.store.tables.models import UNFINISHED, done_command, sortable, users, visit, visit_private

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Table, TextClause
    from sqlalchemy.engine import Connection, RowMapping

    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.base.keys import SigningKey
    from carcheck_desktop.domain.vehicle import PlateKind

STILL_SHOWN = timedelta(days=1)
"""How long a visit that is over is told to whoever connects."""
STILL_WAITED_FOR = timedelta(days=7)
"""How long one that is concluded waits for its owner (insurance, papers, key) before it is only looked up."""


def _put(table: Table) -> TextClause:
    """Return the statement that adds a row or renews the one with its key, in the words both engines know."""
    key = next(iter(table.primary_key)).name
    columns = list(table.c.keys())
    names = ", ".join(columns)
    values = ", ".join(f":{name}" for name in columns)
    renewed = ", ".join(f"{name} = excluded.{name}" for name in columns if name != key)
    return text(f"INSERT INTO {table.name} ({names}) VALUES ({values}) ON CONFLICT ({key}) DO UPDATE SET {renewed}")  # noqa: S608 - names of our own tables


PUT_VISIT, PUT_USER, PUT_DONE = _put(visit), _put(users), _put(done_command)
PUT_PRIVATE = _put(visit_private)
PRIVATE = select(visit_private.c.content).where(visit_private.c.visit_id == bindparam("wanted"))
VISIT = select(visit.c.view).where(visit.c.visit_id == bindparam("wanted"))
PLACE = "(SELECT min(journal.pos) FROM journal WHERE journal.subject = visit.visit_id)"
"""A visit's place in the journal: the order in which visits were opened, whatever the clock said."""
NEWEST_OF_PLATE = text(
    f"SELECT view FROM visit WHERE plate = :wanted ORDER BY coalesce({PLACE}, 0) DESC, opened_at DESC LIMIT 1"  # noqa: S608
)
NEWEST_FIRST = "ORDER BY coalesce({place}, 0) DESC, opened_at DESC"
ALL_OF_PLATE = text(f"SELECT view FROM visit WHERE plate = :wanted {NEWEST_FIRST.format(place=PLACE)}")  # noqa: S608
ALL_OF_VIN = text(f"SELECT view FROM visit WHERE vin = :wanted {NEWEST_FIRST.format(place=PLACE)}")  # noqa: S608
PAGE = text(
    "SELECT visit_id FROM visit WHERE visit_id > :after AND opened_at >= :since AND opened_at < :until "
    "ORDER BY visit_id LIMIT :most"
)
OF_TICKET = text(
    "SELECT visit.view FROM ticket JOIN visit ON visit.visit_id = ticket.visit_id "
    "WHERE ticket.number = :wanted ORDER BY visit.opened_at DESC LIMIT 1"
)
MOST_VISITS = 20
"""Of one vehicle, when it is looked up."""
USER = select(users).where(users.c.name == bindparam("wanted"))
DONE = select(done_command.c.reply).where(done_command.c.id == bindparam("wanted"))


def visit_row(view: VisitView) -> dict[str, str | bool | None]:
    """Return the row of a view; the same view always gives the same row."""
    return {
        "visit_id": view.visit_id,
        "plate": view.vehicle.plate,
        "vin": view.vehicle.vin,
        "stage": stage(view).value,
        "opened_at": sortable(view.opened_at),
        "changed_at": sortable(view.changed_at),
        "concluded_at": None if view.concluded_at is None else sortable(view.concluded_at),
        "ended_at": None if view.ended_at is None else sortable(view.ended_at),
        "view": to_json(view),
        "unsettled": is_unsettled(view),
    }


class SqlVisits:
    """The views of visits, kept as rows."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    def get(self, visit_id: str) -> VisitView | None:
        """Return one visit."""
        found = run(self._connection, VISIT, {"wanted": visit_id}).scalar()
        return None if found is None else from_json(found, VisitView)

    def put(self, view: VisitView) -> None:
        """Store a visit's view, replacing its earlier one."""
        run(self._connection, PUT_VISIT, visit_row(view))

    def open_ones(self) -> list[VisitView]:
        """Return visits that are not over, and those that ended within a day, in the order they were opened."""
        now = self._clock.now()
        waits = or_(visit.c.concluded_at.is_(None), visit.c.concluded_at >= sortable(now - STILL_WAITED_FOR))
        goes_on = and_(visit.c.ended_at.is_(None), waits)
        shown = or_(goes_on, visit.c.ended_at >= sortable(now - STILL_SHOWN))
        query = select(visit.c.view).where(shown).order_by(text(PLACE), visit.c.opened_at)
        return [from_json(found, VisitView) for found in self._connection.execute(query).scalars()]

    def unfinished(self) -> list[VisitView]:
        """Return every visit that was not closed, and every closed one of which money or a paper is still on its way."""
        query = select(visit.c.view).where(UNFINISHED).order_by(text(PLACE), visit.c.opened_at)
        return [from_json(found, VisitView) for found in self._connection.execute(query).scalars()]

    def find(self, wanted: str) -> VisitView | None:
        """Return the visit with this id, or the newest one of this plate."""
        found = run(self._connection, NEWEST_OF_PLATE, {"wanted": wanted}).scalar()
        return self.get(wanted) if found is None else from_json(found, VisitView)

    def ids(self, since: datetime, until: datetime, after: str = "", most: int = 200) -> list[str]:
        """Return a page of the ids of visits opened from `since` and before `until`, in the order of ids, after `after`."""
        values = {"since": sortable(since), "until": sortable(until), "after": after, "most": most}
        return list(run(self._connection, PAGE, values).scalars())

    def of_ticket(self, number: str) -> VisitView | None:
        """Return the newest visit whose ticket has this number."""
        found = run(self._connection, OF_TICKET, {"wanted": number}).scalar()
        return None if found is None else from_json(found, VisitView)

    def of_vehicle(self, plate: str, plate_kind: PlateKind) -> list[VisitView]:
        """Return the visits of one plate of one kind, newest first, at most twenty."""
        return [view for view in self._newest(ALL_OF_PLATE, plate) if view.vehicle.plate_kind is plate_kind]

    def of_vin(self, vin: str) -> list[VisitView]:
        """Return the visits of one VIN, newest first, at most twenty; none for an empty one."""
        return self._newest(ALL_OF_VIN, vin) if vin else []

    def _newest(self, query: TextClause, wanted: str) -> list[VisitView]:
        found = run(self._connection, query, {"wanted": wanted}).scalars().fetchmany(MOST_VISITS)
        return [from_json(each, VisitView) for each in found]


class SqlPrivates:
    """The personal data of visits, kept as rows that can be erased."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, visit_id: str) -> VisitPrivate | None:
        """Return what is kept of one visit."""
        found = run(self._connection, PRIVATE, {"wanted": visit_id}).scalar()
        return None if found is None else from_json(found, VisitPrivate)

    def put(self, private: VisitPrivate) -> None:
        """Store what belongs to the digest in the visit's fact."""
        run(self._connection, PUT_PRIVATE, {"visit_id": private.visit_id, "content": to_json(private)})


def user_content(user: UserRow) -> bytes:
    """Return what the station's signature of a user's row covers."""
    return f"user:{to_json(user)}".encode()


class SqlUsers:
    """People who may sign in; each row carries the station's signature."""

    def __init__(self, connection: Connection, key: SigningKey | None) -> None:
        self._connection = connection
        self._key = key

    def get(self, name: str) -> UserRow | None:
        """Return one person."""
        row = run(self._connection, USER, {"wanted": name}).mappings().first()
        return None if row is None else user_of(row)

    def put(self, user: UserRow) -> None:
        """Store a person, replacing the earlier row."""
        if self._key is None:
            raise RuntimeError("who only looks at a database cannot sign a row")
        values = {
            "name": user.name,
            "role": user.role.value,
            "pin_hash": user.pin_hash,
            "wrong_pins": user.wrong_pins,
            "locked": user.locked,
            "signature": self._key.sign(user_content(user)),
        }
        run(self._connection, PUT_USER, values)

    def all(self) -> list[UserRow]:
        """Return everybody by name."""
        rows = self._connection.execute(select(users).order_by(users.c.name)).mappings()
        return [user_of(row) for row in rows]


def user_of(row: RowMapping) -> UserRow:
    """Return a row of the users' table as data."""
    return UserRow(row["name"], Role(row["role"]), row["pin_hash"], row["wrong_pins"], bool(row["locked"]))


class SqlDoneCommands:
    """Replies already given, so that a command sent twice is done once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, command_id: str) -> Reply | None:
        """Return the reply given to this command, if any."""
        found = run(self._connection, DONE, {"wanted": command_id}).scalar()
        return None if found is None else from_json(found, Reply)

    def put(self, reply: Reply, at: datetime) -> None:
        """Remember a reply in the same transaction as what it did."""
        run(self._connection, PUT_DONE, {"id": reply.id, "reply": to_json(reply), "at": sortable(at)})

    def forget_before(self, at: datetime) -> int:
        """Drop replies given before `at`; return how many."""
        return self._connection.execute(delete(done_command).where(done_command.c.at < sortable(at))).rowcount
