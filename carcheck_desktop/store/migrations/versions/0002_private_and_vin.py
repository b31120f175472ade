"""Visits are found by VIN too; personal data of a visit in rows of their own, that can be erased."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("visit", sa.Column("vin", sa.Text, nullable=False, server_default=""))
    op.create_index("visit_vin", "visit", ["vin", "opened_at"])
    op.create_table(
        "visit_private",
        sa.Column("visit_id", sa.Text, primary_key=True),
        sa.Column("content", sa.Text, nullable=False),
    )
