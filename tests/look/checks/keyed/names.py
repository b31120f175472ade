"""Controls that a program or a screen reader cannot call by a name."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QComboBox

from tests.look.controls import name_of
from tests.look.findings import Finding
from tests.look.painting import path_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tests.look.sitting import Seen

CODE = re.compile(r"[a-z0-9]+([._][a-z0-9]+)+|\{\w+\}|.*\b[a-z]+\.[a-z]+\.[a-z_]+\b.*")


def check(seen: Seen) -> list[Finding]:
    """Ask each control for its objectName and, through the accessibility interface, for its name."""
    found = []
    for control in seen.controls:
        where, spoken = path_of(control), _spoken(control)
        if not control.objectName():
            found.append(Finding("names", where, f"a {type(control).__name__} has no objectName", spoken))
        if not spoken.strip():
            found.append(Finding("names", where, f"{name_of(control)} has no accessible name"))
        elif CODE.fullmatch(spoken) and spoken not in seen.heard.strings:
            found.append(Finding("names", where, f"{name_of(control)} is called by a code", spoken))
    return found + _twins(seen.controls)


def _spoken(control: QWidget) -> str:
    if isinstance(control, QComboBox):
        # what the tree says of it is the entry that is chosen
        return control.accessibleName()
    return QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name)


def _twins(controls: list[QWidget]) -> list[Finding]:
    named = Counter((control.parentWidget(), control.objectName()) for control in controls if control.objectName())
    return [
        Finding("names", path_of(parent) if parent else "", f"{name!r} names {count} controls side by side")
        for (parent, name), count in named.items()
        if count > 1
    ]
