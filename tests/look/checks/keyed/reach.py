"""Controls that the Tab key never reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget

from tests.look.controls import name_of
from tests.look.findings import Finding
from tests.look.keys import walk
from tests.look.painting import path_of

if TYPE_CHECKING:
    from tests.look.sitting import Seen


def check(seen: Seen) -> list[Finding]:
    """Press Tab all the way round and compare with what can be used."""
    if not seen.key_controls:
        return []
    reached = set(walk(seen).steps)
    return [
        Finding(
            "reach", path_of(control), f"{name_of(control)} is never reached by Tab", str(control.focusPolicy().name)
        )
        for control in seen.key_controls
        if control not in reached and not _neighbour_reached(control, reached)
    ]


def _neighbour_reached(control: QWidget, reached: set[QWidget]) -> bool:
    """Say whether it is one of a choice of buttons, of which Tab reaches the chosen one and arrows the others."""
    if not isinstance(control, QAbstractButton):
        return False
    group: QButtonGroup | None = control.group()
    if group is not None and group.exclusive():
        return any(button in reached for button in group.buttons())
    parent = control.parentWidget()
    if not control.autoExclusive() or parent is None:
        return False
    return any(button in reached for button in parent.findChildren(QAbstractButton) if button.autoExclusive())
