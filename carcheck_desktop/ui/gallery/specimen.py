"""One component in several states, each under the word of its state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.tokens import SPACE_L, SPACE_S
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, panel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFrame, QWidget

    from carcheck_desktop.ui.bridge.words import Words

NOWHERE = Qt.AlignmentFlag(0)
"""Fill the place, so that wrapped texts get the height that they need."""


def specimen(words: Words, component: str, states: dict[str, QWidget], columns: int = 3) -> QFrame:
    """Return a card with a component's states: `component` and the keys are parts of catalogue codes.

    The title is `gallery.component.<component>`, a caption `gallery.state.<key>`.
    """
    card = panel("card", f"specimen_{component}")
    grid = QGridLayout()
    grid.setHorizontalSpacing(SPACE_L)
    grid.setVerticalSpacing(SPACE_L)
    for number, (state, widget) in enumerate(states.items()):
        caption = Label(words(f"gallery.state.{state}"), "caption")
        place = column(caption)
        is_fixed = widget.sizePolicy().horizontalPolicy() == qt.FIXED
        place.addWidget(widget, 0, qt.LEFT if is_fixed else NOWHERE)
        place.addStretch(1)
        grid.addLayout(place, number // columns, number % columns)
    for number in range(columns):
        grid.setColumnStretch(number, 1)
    title = Label(words(f"gallery.component.{component}"), "section")
    whole = column(title, spacing=SPACE_S, margins=(SPACE_L, SPACE_L, SPACE_L, SPACE_L))
    whole.addLayout(grid)
    card.setLayout(whole)
    return card
