"""What the command of the custody does: a manager approves a table file, and a second person agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.domain.commands import ApproveTable

if TYPE_CHECKING:
    from carcheck_desktop.desk.doing import Doer, Doing
    from carcheck_desktop.domain.ports import UnitOfWork


def approve_table(uow: UnitOfWork, command: ApproveTable, doing: Doing) -> dict[str, Any]:
    """Approve a file as it lies on the service's disk; raises `RefusedError` as `TableCustody.approve` does."""
    if doing.custody is None:
        raise RefusedError("desk.door.not_here", kind=command.kind)
    fact = doing.custody.approve(uow, command, doing)
    return {"file": fact.file, "edition": fact.edition, "hash": fact.new_hash, "changes": len(fact.changes)}


DOERS: dict[str, Doer] = {ApproveTable.kind: approve_table}
