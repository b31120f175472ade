"""Alembic's entry: runs migrations on the connection that `store.schema` hands over."""

from __future__ import annotations

from alembic import context

from carcheck_desktop.store.tables.models import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
context.run_migrations()
