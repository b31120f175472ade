"""The look a window wears: palette, density, scale and motion; every component asks its window for it.

A component that paints by itself or has sizes of its own reads `look_of(self)` when it paints and
follows `QEvent.Type.StyleChange`, which Qt sends to every part when a window wears another look.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from carcheck_desktop.ui.theme.density import DESK, Density
from carcheck_desktop.ui.theme.stylesheet import stylesheet
from carcheck_desktop.ui.theme.tokens import LIGHT, LIVELY, TYPE, Motion, Palette

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Look:
    """Colours, how close things stand, how large they are and whether they move."""

    palette: Palette = field(default=LIGHT)
    density: Density = field(default=DESK)
    scale: float = 1.0
    motion: Motion = field(default=LIVELY)

    def px(self, design_px: float) -> int:
        """Return a length of the design in pixels of this look."""
        return round(design_px * self.scale)

    def text_px(self, level: str) -> int:
        """Return the size of a step of the type scale in pixels."""
        size: int = getattr(TYPE, level)
        return round(size * self.density.text * self.scale)


PLAIN = Look()


def wear(window: QWidget, look: Look) -> None:
    """Give a window its look; nothing happens while it is the same."""
    if window.property("carcheck_look") == look:
        return
    window.setProperty("carcheck_look", look)
    window.setStyleSheet(stylesheet(look.palette, look.scale, look.density))


def look_of(widget: QWidget) -> Look:
    """Return what the widget's window wears; the plain light look before it stands in one."""
    each: QWidget | None = widget
    while each is not None:
        worn = each.property("carcheck_look")
        if isinstance(worn, Look):
            return worn
        each = each.parentWidget()
    return PLAIN
