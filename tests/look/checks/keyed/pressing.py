"""Buttons on which the space bar does nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import SIGNAL, Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

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
    """Open the window anew for each button, go there and press Space: it must click and somebody must listen."""
    if seen.again is None:
        return []
    found = []
    for number, button in enumerate(_buttons(seen.target)):
        # the same button in another situation is connected as it was
        called = f"{path_of(button)} {button.text()}"
        if called in _PRESSED:
            continue
        _PRESSED.add(called)
        found.append(_pressed(seen, seen.again(), number))
    return [finding for finding in found if finding is not None]


def _buttons(window: QWidget) -> list[QAbstractButton]:
    return [each for each in controls_of(window) if isinstance(each, QAbstractButton) and takes_keys(each)]


def _pressed(seen: Seen, window: QWidget, number: int) -> Finding | None:
    target = front(window)
    buttons = _buttons(target)
    if number >= len(buttons):
        window.close()
        return None
    button = buttons[number]
    where, name = path_of(button), name_of(button)
    listeners = sum(button.receivers(SIGNAL(signal)) for signal in SIGNALS)
    clicks: list[bool] = []
    button.clicked.connect(lambda: clicks.append(True))
    bring_up(target)
    button.setFocus()
    press(target, Qt.Key.Key_Space)
    window.close()
    settled()
    if not clicks:
        return Finding("pressing", where, f"{name} is not clicked by the space bar")
    if seen.is_live and not listeners:
        return Finding("pressing", where, f"nobody listens to {name}")
    return None
