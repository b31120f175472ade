"""The hands of somebody who works at a window with a sign-in: real keys, and what can be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from carcheck_desktop.domain.commands import Command
from carcheck_desktop.ui.frame.window import DeskWindow
from tests.ui.scripted import Script


class Hands:
    """Presses keys in whatever has the keyboard."""

    def __init__(self, window: DeskWindow, script: Script, settle: Callable[[QWidget], None]) -> None:
        self.window, self.script, self._settle = window, script, settle
        window.show()
        settle(window)
        for _ in range(50):
            window.activateWindow()
            QTest.qWait(2)
            if QApplication.activeWindow() is window:
                break

    def focus(self) -> str:
        return self._target().objectName()

    def _target(self) -> QWidget:
        focused = cast("QWidget | None", self.window.focusWidget())
        return self.window if focused is None else focused

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self._target(), key)
            self._settle(self.window)

    def enter(self) -> None:
        self.press(Qt.Key.Key_Return)

    def type(self, text: str) -> None:
        target = self._target()
        if text.isascii():
            QTest.keyClicks(target, text)
        else:
            target.insert(text)  # type: ignore[attr-defined]
        self._settle(self.window)

    def answer(self, result: dict[str, object] | None = None) -> None:
        """The service answers the oldest command that is out."""
        self.script.service.answer(result)
        self._settle(self.window)

    def settle(self) -> None:
        self._settle(self.window)

    def sent(self) -> list[Command]:
        """What the window sent but for who it is."""
        return [each for each in self.script.service.sent if each.kind not in ("sign_in", "show_report")]

    def reads(self) -> str:
        """Everything that can be read in labels, in one string."""
        return "\n".join(each.text() for each in self.window.findChildren(QLabel) if each.isVisible())
