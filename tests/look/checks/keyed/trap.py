"""Places from which Tab does not lead on: the focus stays, or runs round in a part of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.look.controls import name_of
from tests.look.findings import Finding
from tests.look.keys import BACK, FORTH, bring_up, focused, press, walk

if TYPE_CHECKING:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QWidget

    from tests.look.sitting import Seen


def check(seen: Seen) -> list[Finding]:
    """Walk both ways; then put the focus on each control and press once each way."""
    if len(seen.key_controls) < 2:
        return []
    found = []
    for key, name in ((FORTH, "Tab"), (BACK, "Shift+Tab")):
        went = walk(seen, key)
        if went.before:
            left = ", ".join(name_of(control) for control in went.before)
            stuck = ", ".join(name_of(control) for control in went.round)
            found.append(Finding("trap", stuck, f"{name} runs round here", f"never again: {left}"))
        found += [
            Finding("trap", name_of(control), f"{name} does not lead away")
            for control in seen.key_controls
            if _holds(seen, control, key)
        ]
    return found


def _holds(seen: Seen, control: QWidget, key: Qt.Key) -> bool:
    bring_up(seen.target)
    control.setFocus()
    if focused(seen.target) is not control:
        return False
    press(seen.target, key)
    return focused(seen.target) is control
