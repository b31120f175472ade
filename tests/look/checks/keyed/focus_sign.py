"""Controls that look the same with and without the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.look.controls import name_of, place_in
from tests.look.findings import Finding
from tests.look.keys import FORTH, bring_up, focused, press
from tests.look.painting import path_of
from tests.look.sitting import Picture, settled

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtCore import QRect

    from tests.look.sitting import Seen

LEAST_CHANGE = 40
"""Of 255 in one channel: what an eye notices on a line of one pixel."""
LEAST_PIXELS = 60
"""More than a blinking text cursor, less than a ring round the smallest box."""
AROUND_PX = 4


def check(seen: Seen) -> list[Finding]:
    """Go to each control by Tab; compare its pixels there with those when the focus is elsewhere."""
    bring_up(seen.target)
    found, visited = [], set()
    for _ in range(2 * len(seen.key_controls) + 4):
        press(seen.target, FORTH)
        control = focused(seen.target)
        if control is None or control in visited or seen.is_covered(control):
            continue
        visited.add(control)
        changed = _changed(seen, control)
        if changed < LEAST_PIXELS:
            evidence = f"{changed} pixels change, wanted {LEAST_PIXELS}"
            found.append(Finding("focus_sign", path_of(control), f"{name_of(control)} shows no focus", evidence))
    return found


def _changed(seen: Seen, control: QWidget) -> int:
    # one place for both: a list may scroll by a row when the focus leaves it
    place = place_in(seen.target, control).adjusted(-AROUND_PX, -AROUND_PX, AROUND_PX, AROUND_PX)
    place = place.intersected(seen.target.rect())
    with_focus = _pixels(seen, place)
    holder = QApplication.focusWidget() or control
    holder.clearFocus()
    settled()
    without = _pixels(seen, place)
    holder.setFocus()
    QApplication.sendEvent(holder, QFocusEvent(QEvent.Type.FocusIn))
    settled()
    difference = np.abs(with_focus.astype(np.int16) - without.astype(np.int16)).max(axis=2)
    return int((difference >= LEAST_CHANGE).sum())


def _pixels(seen: Seen, place: QRect) -> NDArray[np.uint8]:
    picture = Picture.of(seen.target, place=place)  # has to live while its pixels are copied
    return picture.pixels.copy()
