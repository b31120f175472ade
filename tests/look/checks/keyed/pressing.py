"""Buttons on which the space bar does nothing, or on which Enter does nothing or presses another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import SIGNAL, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from shiboken6 import isValid

from tests.look.controls import controls_of, name_of, takes_keys
from tests.look.findings import Finding
from tests.look.keys import bring_up, press
from tests.look.painting import path_of
from tests.look.sitting import front, settled

if TYPE_CHECKING:
    from tests.look.sitting import Seen

_PRESSED: set[str] = set()
SIGNALS = ("clicked()", "clicked(bool)", "toggled(bool)", "pressed()", "released()")


def check(seen: Seen) -> list[Finding]:
    """Open the window anew for each button, go there, press Enter and Space: it must click and somebody must listen."""
    if seen.again is None:
        return []
    found: list[Finding] = []
    # a notice with its button may have gone by the time its turn comes
    names = [f"{path_of(button)} {button.text()}" for button in _buttons(seen.target)]
    for number, called in enumerate(names):
        # the same button in another situation is connected as it was
        if called in _PRESSED:
            continue
        _PRESSED.add(called)
        found += _pressed(seen, seen.again(), number)
    return found


def _buttons(window: QWidget) -> list[QAbstractButton]:
    return [each for each in controls_of(window) if isinstance(each, QAbstractButton) and takes_keys(each)]


def _pressed(seen: Seen, window: QWidget, number: int) -> list[Finding]:
    target = front(window)
    buttons = _buttons(target)
    if number >= len(buttons):
        window.close()
        return []
    button = buttons[number]
    where, name = path_of(button), name_of(button)
    listeners = sum(button.receivers(SIGNAL(signal)) for signal in SIGNALS)
    clicks: list[str] = []
    for each in buttons:
        each.clicked.connect(lambda _=False, clicked=each: clicks.append(name_of(clicked)))
    bring_up(target)
    button.setFocus()
    press(target, Qt.Key.Key_Space)
    found = []
    if clicks != [name]:
        found.append(Finding("pressing", where, f"{name} is not clicked by the space bar", ", ".join(clicks)))
    elif seen.is_live and not listeners:
        found.append(Finding("pressing", where, f"nobody listens to {name}"))
    found += _entered(seen, target, button, clicks)
    window.close()
    settled()
    return found


def _entered(seen: Seen, target: QWidget, button: QAbstractButton, clicks: list[str]) -> list[Finding]:
    """Press Enter on it: it is clicked, or the bar's next action takes the key; never another button."""
    if (
        not isValid(button)
        or not button.isVisible()
        or not button.isEnabled()
        or front(target.window()) is not target.window()
    ):
        return []  # the space bar led away from it
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()  # the space bar opened a list, which would have the keys
    where, name = path_of(button), name_of(button)
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()
    clicks.clear()
    button.setFocus()
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r")
    QApplication.sendEvent(button, event)
    settled()
    others = [each for each in clicks if each != name]
    if others:
        return [Finding("pressing", where, f"Enter on {name} presses another button", ", ".join(others))]
    if seen.is_live and not clicks and not event.isAccepted():
        return [Finding("pressing", where, f"Enter on {name} does nothing")]
    return []
