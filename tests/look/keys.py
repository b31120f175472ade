"""A person with a keyboard alone: real key events, and where the focus went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.look.controls import is_part_of_control
from tests.look.sitting import settled

if TYPE_CHECKING:
    from tests.look.sitting import Seen

FORTH, BACK = Qt.Key.Key_Tab, Qt.Key.Key_Backtab


@dataclass(frozen=True)
class Walk:
    """Where the focus was after each press, and the round that it came to in the end."""

    steps: list[QWidget]
    round: list[QWidget]
    """What one cycle visits, in order."""

    @property
    def before(self) -> list[QWidget]:
        """Return what was visited once and never again."""
        return [step for step in dict.fromkeys(self.steps) if step not in self.round]


def bring_up(window: QWidget) -> None:
    """Make the window the one that hears the keyboard."""
    window.window().activateWindow()
    settled()


def focused(window: QWidget) -> QWidget | None:
    """Return the control that has the focus, not an inner part of it."""
    widget: QWidget | None = QApplication.focusWidget() or window.window().focusWidget()
    while widget is not None and is_part_of_control(widget):
        widget = widget.parentWidget()
    return widget if widget is not None and (widget is window or window.isAncestorOf(widget)) else None


def press(window: QWidget, key: Qt.Key) -> None:
    """Press and release a key where the focus is."""
    QTest.keyClick(QApplication.focusWidget() or window, key)
    settled()


def walk(seen: Seen, key: Qt.Key = FORTH) -> Walk:
    """Press Tab (or Shift+Tab) until the focus goes round; what it did is kept for the other checks."""
    if key not in seen.walks:
        seen.walks[key] = _walked(seen, key)
    return seen.walks[key]


def _walked(seen: Seen, key: Qt.Key) -> Walk:
    bring_up(seen.target)
    steps: list[QWidget] = []
    most = 2 * len(seen.controls) + 6
    while len(steps) < most:
        press(seen.target, key)
        here = focused(seen.target)
        if here is None:
            return Walk([], [])
        steps.append(here)
    return Walk(steps, _round(steps))


def _round(steps: list[QWidget]) -> list[QWidget]:
    """Return the last repetition: from a control to just before it came again."""
    if not steps:
        return []
    last = steps[-1]
    earlier = [number for number, step in enumerate(steps[:-1]) if step is last]
    return steps[earlier[-1] + 1 :] if earlier else []
