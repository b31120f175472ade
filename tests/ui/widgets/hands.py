"""What the tests of components do by hand: typing as a person does, and putting a window away."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


def type_text(widget: QWidget, text: str) -> None:
    """Type a text into a widget: keys for what a keyboard has, the input method for Chinese."""
    for character in text:
        if character.isascii():
            QTest.keyClicks(widget, character)
            continue
        event = QInputMethodEvent()
        event.setCommitString(character)
        QApplication.sendEvent(widget, event)


def put_away(window: QWidget) -> None:
    """Close a window and delete it now, so that the next one is not styled together with it."""
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)


def wait_until(is_so: Callable[[], bool], most_s: float = 5.0) -> None:
    """Let the event loop run until something is so."""
    end_s = time.monotonic() + most_s
    while not is_so():
        assert time.monotonic() < end_s, "waited in vain"
        QTest.qWait(10)
