"""Buttons on which the space bar does nothing, or on which Enter does nothing or presses another one."""

from __future__ import annotations

from dataclasses import dataclass
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
    """Go to each button of the window, opened anew after each that changed it, and press Enter and Space.

    It must click and somebody must listen.
    """
    if seen.again is None:
        return []
    found: list[Finding] = []
    # a notice with its button may have gone by the time its turn comes
    names = [f"{path_of(button)} {button.text()}" for button in _buttons(seen.target)]
    opened: _Opened | None = None
    for number, called in enumerate(names):
        # the same button in another situation is connected as it was
        if called in _PRESSED:
            continue
        _PRESSED.add(called)
        opened = _Opened.of(seen.again()) if opened is None else opened
        found += _pressed(seen, opened, number)
        if not opened.is_as_it_was():
            opened.close()
            opened = None
    if opened is not None:
        opened.close()
    return found


@dataclass
class _Opened:
    """A window that buttons are pressed in as long as it stays as it was."""

    window: QWidget
    target: QWidget
    buttons: list[QAbstractButton]
    listeners: list[int]
    clicks: list[str]
    looked: tuple[object, ...]

    @classmethod
    def of(cls, window: QWidget) -> _Opened:
        target = front(window)
        buttons = _buttons(target)
        listeners = [sum(button.receivers(SIGNAL(signal)) for signal in SIGNALS) for button in buttons]
        clicks: list[str] = []
        for each in buttons:
            each.clicked.connect(lambda _=False, clicked=each: clicks.append(name_of(clicked)))
        bring_up(target)
        return cls(window, target, buttons, listeners, clicks, _look_of(window))

    def is_as_it_was(self) -> bool:
        """Say whether nothing to be seen has changed, nothing lies over it and every button is still there."""
        if not isValid(self.window) or QApplication.activePopupWidget() is not None:
            return False
        if front(self.window) is not self.target or not all(isValid(each) for each in self.buttons):
            return False
        return _look_of(self.window) == self.looked

    def close(self) -> None:
        """Close it, unless a button did."""
        if isValid(self.window):
            self.window.close()
        settled()


def _look_of(window: QWidget) -> tuple[object, ...]:
    """Return what of a window can change under a key: each part's place, words, and whether it is shown, free or on."""
    return tuple(
        (id(each), each.isVisible(), each.isEnabled(), each.geometry().getRect(), each.accessibleName(), _said(each))
        for each in window.findChildren(QWidget)
    )


def _said(each: QWidget) -> tuple[object, ...]:
    return tuple(each.property(name) for name in ("text", "plainText", "checked", "value", "currentIndex"))


def _buttons(window: QWidget) -> list[QAbstractButton]:
    return [each for each in controls_of(window) if isinstance(each, QAbstractButton) and takes_keys(each)]


def _pressed(seen: Seen, opened: _Opened, number: int) -> list[Finding]:
    if number >= len(opened.buttons):
        return []
    button, clicks = opened.buttons[number], opened.clicks
    where, name = path_of(button), name_of(button)
    clicks.clear()
    button.setFocus()
    press(opened.target, Qt.Key.Key_Space)
    found = []
    if clicks != [name]:
        found.append(Finding("pressing", where, f"{name} is not clicked by the space bar", ", ".join(clicks)))
    elif seen.is_live and not opened.listeners[number]:
        found.append(Finding("pressing", where, f"nobody listens to {name}"))
    found += _entered(seen, opened.target, button, clicks)
    return found


def _entered(seen: Seen, target: QWidget, button: QAbstractButton, clicks: list[str]) -> list[Finding]:
    """Press Enter on it: it is clicked, or the bar's next action takes the key; never another button."""
    if (
        not isValid(target)
        or not isValid(button)
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
