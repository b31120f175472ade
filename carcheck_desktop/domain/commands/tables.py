"""The command by which a table file becomes one that conclusions may rest on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from carcheck_desktop.domain.commands.base import Command


@dataclass(frozen=True, slots=True)
class ApproveTable(Command):
    """Approve a table file as it lies on the service's PC, with a second person.

    `old_hash` and `new_hash` are what its author has seen and compared; "" where there is no file.
    """

    kind: ClassVar[str] = "approve_table"
    file: str
    old_hash: str
    new_hash: str


COMMANDS: tuple[type[Command], ...] = (ApproveTable,)
