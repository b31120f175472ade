"""Sheets as screen readers know them: a part of a window that is a dialog."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from shiboken6 import isValid

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QAccessibleInterface

DIALOG = "spoken_as_dialog"
"""The property of a widget that is a dialog without a window of its own."""
_MADE: list[QAccessibleWidget] = []
"""Qt owns them, but the bindings would let go of their half."""


class _Dialog(QAccessibleWidget):
    """A widget with the role of a dialog."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget, QAccessible.Role.Dialog, widget.accessibleName())


def _interface(_kind: str, thing: QObject) -> QAccessibleInterface | None:
    """Return the interface of a sheet; Qt makes all others itself."""
    if not isinstance(thing, QWidget) or not thing.property(DIALOG):
        return None
    _MADE[:] = [each for each in _MADE if isValid(each)]
    _MADE.append(_Dialog(thing))
    return _MADE[-1]


@cache
def _install() -> None:
    QAccessible.installFactory(_interface)


def speak_as_dialog(widget: QWidget) -> None:
    """Make screen readers call a widget a dialog; before anything asked for its interface."""
    _install()
    widget.setProperty(DIALOG, True)
