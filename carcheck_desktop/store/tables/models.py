"""The tables, as SQLAlchemy Core describes them; they are created and changed only by migrations.

Times are text: the very text that was hashed in the journal, and UTC with six decimals (so that
text order is time order) in rows that are searched by time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
    select,
    text,
)

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.engine import Connection

SCHEMA = "0005"
"""The migration that this program needs, no older and no newer one."""

PLACE = BigInteger().with_variant(Integer(), "sqlite")
"""SQLite keeps rows in the order of an INTEGER key, and needs a second index for any other."""

metadata = MetaData()

about = Table(
    "about",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
"""What the database says of itself: `epoch`."""

journal = Table(
    "journal",
    metadata,
    Column("pos", PLACE, primary_key=True, autoincrement=False),
    Column("node", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("subject", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("blobs", Text, nullable=False),
    Column("previous_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("chain", Text, nullable=False),
    UniqueConstraint("node", "seq", name="journal_node_seq"),
    Index("journal_subject", "subject", "pos"),
)
"""Entries in the order this database took them in; triggers refuse UPDATE and DELETE."""

signed_head = Table(
    "signed_head",
    metadata,
    Column("node", Text, primary_key=True),
    Column("pos", BigInteger, nullable=False),
    Column("chain", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("public_key", Text, nullable=False),
    Column("signature", Text, nullable=False),
)
"""The newest signed head, renewed in the same transaction as the entries it speaks of."""

UNFINISHED = text("ended_at IS NULL OR unsettled")
"""Visits of which something is left to do; in these very words in the index and in the question."""

visit = Table(
    "visit",
    metadata,
    Column("visit_id", Text, primary_key=True),
    Column("plate", Text, nullable=False),
    Column("vin", Text, nullable=False, server_default=""),
    Column("stage", Text, nullable=False),
    Column("opened_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("concluded_at", Text),
    Column("ended_at", Text),
    Column("view", Text, nullable=False),
    Column("unsettled", Boolean, nullable=False, server_default=false()),
    Index("visit_plate", "plate", "opened_at"),
    Index("visit_vin", "vin", "opened_at"),
    Index("visit_concluded", "concluded_at"),
    Index("visit_unfinished", "opened_at", sqlite_where=UNFINISHED, postgresql_where=UNFINISHED),
)
"""The views of visits: canonical JSON, and the columns they are searched by."""

visit_private = Table(
    "visit_private",
    metadata,
    Column("visit_id", Text, primary_key=True),
    Column("content", Text, nullable=False),
)
"""Personal data of visits: canonical JSON whose digest is in the visit's fact, so that a row can be erased."""

users = Table(
    "users",
    metadata,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("pin_hash", Text, nullable=False),
    Column("wrong_pins", Integer, nullable=False),
    Column("locked", Boolean, nullable=False),
    Column("signature", Text, nullable=False),
)
"""People who may sign in; the station's signature covers the row, because no fact holds the PIN's hash."""

number = Table(
    "number",
    metadata,
    Column("name", Text, primary_key=True),
    Column("last", BigInteger, nullable=False),
)
"""The last number given of every sequence without gaps (tickets, receipts, certificates)."""

arrival = Table(
    "arrival",
    metadata,
    Column("visit_id", Text, primary_key=True),
    Column("plate", Text, nullable=False),
    Column("arrived_at", Text, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("view", Text, nullable=False),
    Index("arrival_open", "is_open"),
)
"""Cars that came and are not taken in yet (and, not open any more, those that were): canonical JSON of the view."""

ticket = Table(
    "ticket",
    metadata,
    Column("visit_id", Text, primary_key=True),
    Column("number", Text, nullable=False),
    Column("secret", Text, nullable=False),
)
"""The secret of each ticket's QR code; facts and views hold its digest only."""

done_command = Table(
    "done_command",
    metadata,
    Column("id", Text, primary_key=True),
    Column("reply", Text, nullable=False),
    Column("at", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""Replies already given."""

blob = Table(
    "blob",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
"""Contents by SHA-256 where they live in the database (a lane's journal), not in a folder."""


def sortable(moment: datetime) -> str:
    """Return a moment in UTC as text whose order is the order of time."""
    return moment.isoformat(timespec="microseconds")


def stored_epoch(connection: Connection) -> str | None:
    """Return the identity of a database; None before its first opening."""
    found: str | None = connection.execute(select(about.c.value).where(about.c.name == "epoch")).scalar()
    return found
