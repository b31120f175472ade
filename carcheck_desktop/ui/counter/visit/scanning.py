"""Hears a scanner that types a ticket's code into the start page's plate field, where letters lose their case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from carcheck_desktop.domain.ticket import scanned_secret

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
LONGEST = 200


class ScanEar(QObject):
    """Keeps what was typed since the field was last entered or changed otherwise; `scanned` carries a whole code."""

    scanned = Signal(str)

    def __init__(self, heard: QWidget) -> None:
        super().__init__(heard)
        self._typed = ""
        heard.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the Enter behind a code; leave everything else to the field."""
        if event.type() == QEvent.Type.FocusIn:
            self._typed = ""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in ENTER:
            typed, self._typed = self._typed, ""
            if scanned_secret(typed) is None:
                return False
            self.scanned.emit(typed)
            return True
        text = event.text()
        self._typed = (self._typed + text)[-LONGEST:] if text.isprintable() else ""
        return False
