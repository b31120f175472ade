"""Controls that no key leads to: neither Tab nor, within a choice of buttons, the arrows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from tests.look.controls import name_of
from tests.look.findings import Finding
from tests.look.keys import bring_up, focused, press, walk
from tests.look.painting import path_of

if TYPE_CHECKING:
    from tests.look.sitting import Seen

ARROWS = (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Up)


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
        if control not in reached and not _by_arrows(seen, control, reached)
    ]


def _by_arrows(seen: Seen, control: QWidget, reached: set[QWidget]) -> bool:
    """Say whether arrow keys lead to one of a choice of buttons from its neighbour that Tab reaches."""
    beside = [each for each in seen.key_controls if each.parentWidget() is control.parentWidget() and each in reached]
    if not isinstance(control, QAbstractButton) or not control.isCheckable():
        return False
    return any(_leads(seen, start, control, arrow) for start in beside for arrow in ARROWS)


def _leads(seen: Seen, start: QWidget, control: QWidget, arrow: Qt.Key) -> bool:
    bring_up(seen.target)
    start.setFocus()
    for _ in seen.key_controls:
        before = focused(seen.target)
        press(seen.target, arrow)
        here = focused(seen.target)
        if here is control:
            return True
        if here is before or here is None or here.parentWidget() is not control.parentWidget():
            return False
    return False
