"""Visits of which money or a paper is still on its way are found, however long ago they ended."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

MONEY = {"requested", "uncertain", "refund_requested", "refund_uncertain"}
PAPERS = {"queued", "printing", "in_doubt"}
UNFINISHED = sa.text("ended_at IS NULL OR unsettled")
WITH_EITHER = sa.text(
    "SELECT visit_id, view FROM visit WHERE view LIKE '%\"payment_id\"%' OR view LIKE '%\"paper_id\"%'"
)
SET = sa.text("UPDATE visit SET unsettled = :yes WHERE visit_id = :visit_id")


def upgrade() -> None:
    op.add_column("visit", sa.Column("unsettled", sa.Boolean, nullable=False, server_default=sa.false()))
    connection = op.get_bind()
    rows = connection.execute(WITH_EITHER).all()
    for visit_id in [row.visit_id for row in rows if _is_unsettled(json.loads(row.view))]:
        connection.execute(SET, {"yes": True, "visit_id": visit_id})
    op.create_index(
        "visit_unfinished", "visit", ["opened_at"], sqlite_where=UNFINISHED, postgresql_where=UNFINISHED
    )  # fmt: skip


def _is_unsettled(view: dict[str, Any]) -> bool:
    payments, papers = view.get("payments", ()), view.get("papers", ())
    return any(each["state"] in MONEY for each in payments) or any(each["state"] in PAPERS for each in papers)
