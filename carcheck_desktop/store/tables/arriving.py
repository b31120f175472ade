"""Rows of cars that came before they are taken in, tickets, numbers without gaps; each in the transaction of a connection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, insert, select, text

from carcheck_desktop.base.data import from_json, to_json
from carcheck_desktop.domain.arrival import ArrivalView
from carcheck_desktop.domain.ticket import TicketSecret
from carcheck_desktop.store.engine.hot import run
from carcheck_desktop.store.tables.models import arrival, sortable, ticket

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.engine import Connection

ARRIVAL = select(arrival.c.view).where(arrival.c.visit_id == bindparam("wanted"))
OPEN_ARRIVALS = select(arrival.c.view).where(arrival.c.is_open).order_by(arrival.c.arrived_at, arrival.c.visit_id)
TICKET = select(ticket).where(ticket.c.visit_id == bindparam("wanted"))
PUT_ARRIVAL = text(
    "INSERT INTO arrival (visit_id, plate, arrived_at, is_open, view) "
    "VALUES (:visit_id, :plate, :arrived_at, :is_open, :view) "
    "ON CONFLICT (visit_id) DO UPDATE SET is_open = excluded.is_open, view = excluded.view"
)
NEXT = text(
    "INSERT INTO number (name, last) VALUES (:name, 1) "
    "ON CONFLICT (name) DO UPDATE SET last = number.last + 1 RETURNING last"
)
TICKET_OF_SECRET = select(ticket).where(ticket.c.secret == bindparam("wanted"))


def arrival_row(view: ArrivalView) -> dict[str, Any]:
    """Return the row of an arrival; the same view always gives the same row."""
    return {
        "visit_id": view.visit_id,
        "plate": view.plate,
        "arrived_at": sortable(view.arrived_at),
        "is_open": view.is_open,
        "view": to_json(view),
    }


class SqlNumbers:
    """Sequences of whole numbers from 1 on, without gaps: a number is given only if its transaction commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next(self, name: str) -> int:
        """Return the next number of a sequence."""
        return int(run(self._connection, NEXT, {"name": name}).scalar_one())


class SqlArrivals:
    """The views of arrivals, kept as rows."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, visit_id: str) -> ArrivalView | None:
        """Return one arrival, open or not."""
        found = run(self._connection, ARRIVAL, {"wanted": visit_id}).scalar()
        return None if found is None else from_json(found, ArrivalView)

    def put(self, view: ArrivalView) -> None:
        """Store an arrival."""
        run(self._connection, PUT_ARRIVAL, arrival_row(view))

    def open_ones(self) -> list[ArrivalView]:
        """Return those that are not taken in, in the order in which they came."""
        return [from_json(found, ArrivalView) for found in self._connection.execute(OPEN_ARRIVALS).scalars()]


class SqlTickets:
    """The secrets of tickets, kept as rows."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, visit_id: str) -> TicketSecret | None:
        """Return the ticket of a visit."""
        return self._one(TICKET, visit_id)

    def find(self, secret: str) -> TicketSecret | None:
        """Return the ticket whose code says this secret."""
        return self._one(TICKET_OF_SECRET, secret)

    def put(self, kept: TicketSecret) -> None:
        """Store a new ticket; a visit has one and keeps it."""
        row = {"visit_id": kept.visit_id, "number": kept.number, "secret": kept.secret}
        self._connection.execute(insert(ticket), row)

    def _one(self, query: Select[Any], wanted: str) -> TicketSecret | None:
        row = self._connection.execute(query, {"wanted": wanted}).mappings().first()
        return None if row is None else TicketSecret(row["visit_id"], row["number"], row["secret"])
