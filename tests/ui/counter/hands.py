"""A clerk's hands: keys that are counted, and what the window shows."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QWidget

from carcheck_desktop.ui.counter.state import Page
from carcheck_desktop.ui.counter.window import CounterWindow
from tests.ui import counter_scenes as scenes
from tests.ui.scripted import Script


class Clerk:
    """Presses keys in whatever has the keyboard, and counts them."""

    def __init__(self, window: CounterWindow, script: Script) -> None:
        self.window = window
        self.script = script
        self.keys = 0
        for _ in range(50):
            window.activateWindow()
            QTest.qWait(2)
            if QApplication.activeWindow() is window:
                break

    def page(self) -> Page:
        shown = self.window.body.shown
        assert shown is not None
        return shown.page

    def focus(self) -> str:
        return self._target().objectName()

    def _target(self) -> QWidget:
        """What has the keyboard."""
        focused = cast("QWidget | None", self.window.focusWidget())
        return self.window if focused is None else focused

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            self.keys += 1
            QTest.keyClick(self._target(), key)
            scenes.settle(self.window)

    def enter(self) -> None:
        self.press(Qt.Key.Key_Return)

    def type(self, text: str) -> None:
        """Type latin letters key by key; Chinese comes from an input method as a whole, a key for each character."""
        self.keys += len(text)
        target = self._target()
        if text.isascii():
            QTest.keyClicks(target, text)
        else:
            target.insert(text)  # type: ignore[attr-defined]
        scenes.settle(self.window)

    def answer(self, value: object) -> None:
        scenes.answer(self.window, self.script, value)

    def chosen(self, name: str) -> str:
        box = self.window.findChild(QComboBox, f"counter_{name}")
        assert box is not None
        return str(box.currentData())

    def reads(self) -> str:
        """Everything that can be read on the window, in one string."""
        labels = [each.text() for each in self.window.findChildren(QLabel) if each.isVisible()]
        return "\n".join(labels)

    def banners(self) -> str:
        shown = self.window.body.shown
        assert shown is not None
        return "\n".join(f"{each.text} {each.detail}" for each in shown.banners)
