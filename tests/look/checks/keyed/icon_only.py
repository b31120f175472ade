"""Buttons that show no word and have no tool tip that says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractButton

from tests.look.controls import name_of
from tests.look.findings import Finding
from tests.look.painting import path_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tests.look.sitting import Seen


def check(seen: Seen) -> list[Finding]:
    """Look for painted words in each button; one without needs a tool tip."""
    return [
        Finding("icon_only", path_of(button), f"{name_of(button)} has neither word nor tool tip")
        for button in seen.controls
        if isinstance(button, QAbstractButton) and not _has_words(seen, button) and not button.toolTip().strip()
    ]


def _has_words(seen: Seen, button: QWidget) -> bool:
    return any(
        (text.widget is button or button.isAncestorOf(text.widget)) and any(letter.isalpha() for letter in text.text)
        for text in seen.texts
    )
