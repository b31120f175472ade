"""Numbers without gaps; cars that came before they are taken in; when a visit ended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("visit", sa.Column("ended_at", sa.Text))
    op.create_table(
        "number",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("last", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "arrival",
        sa.Column("visit_id", sa.Text, primary_key=True),
        sa.Column("plate", sa.Text, nullable=False),
        sa.Column("arrived_at", sa.Text, nullable=False),
        sa.Column("is_open", sa.Boolean, nullable=False),
        sa.Column("view", sa.Text, nullable=False),
    )
    op.create_index("arrival_open", "arrival", ["is_open"])
