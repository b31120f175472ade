"""Texts of which a part is not seen: cut by their place, by a part around it or by their painter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QLineEdit, QWidget

from tests.look.findings import Finding
from tests.look.painting import DrawnText, path_of, room_of

if TYPE_CHECKING:
    from tests.look.sitting import Seen

TOLERANCE_PX = 1.0


def check(seen: Seen) -> list[Finding]:
    """Compare the place of each text's letters with where they can be seen."""
    found = []
    for text in seen.texts:
        room = room_of(text.widget, seen.target).intersected(text.clip)
        lost = _lost(text, room)
        if lost > TOLERANCE_PX and not _may_scroll(text):
            what = "is not seen at all" if room.isEmpty() else "is cut"
            found.append(Finding("clipped", text.where, f"{text.text!r} {what}", f"{lost:.1f} px lost"))
    return found + _never_painted(seen)


def _lost(text: DrawnText, room: QRectF) -> float:
    ink = text.ink
    return max(
        room.left() - ink.left(), ink.right() - room.right(), room.top() - ink.top(), ink.bottom() - room.bottom()
    )


def _may_scroll(text: DrawnText) -> bool:
    """Say whether people can bring the rest in sight: a list with a bar, a line that they write."""
    parent = text.widget.parentWidget()
    if isinstance(parent, QAbstractItemView) and parent.viewport() is text.widget:
        bar = parent.verticalScrollBar()
        is_wide = text.ink.width() <= text.widget.width()
        return is_wide and bar.isVisible() and bar.maximum() > bar.minimum()
    return isinstance(text.widget, QLineEdit) and text.widget.text() != ""


def _never_painted(seen: Seen) -> list[Finding]:
    """Return labels and buttons that have words and no place at all."""
    found = []
    for part in seen.target.findChildren(QWidget):
        if isinstance(part, QLabel | QAbstractButton):
            words = part.text()
            if words.strip() and part.isVisible() and room_of(part, seen.target).isEmpty():
                found.append(Finding("clipped", path_of(part), f"{words!r} has no place", f"{part.size().toTuple()}"))
    return found
