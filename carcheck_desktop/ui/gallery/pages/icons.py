"""Every icon with its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from carcheck_desktop.ui.gallery.samples import icon_names
from carcheck_desktop.ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S, Tone
from carcheck_desktop.ui.widgets.basics.icon import Icon
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, panel, row

if TYPE_CHECKING:
    from carcheck_desktop.ui.bridge.words import Words

ICON_PX, COLUMNS = 28, 5


def icons(words: Words) -> QWidget:
    """Return the page."""
    page, card, grid = panel("canvas", "page_icons"), panel("card", "card_icons"), QGridLayout()
    grid.setSpacing(SPACE_L)
    for number, name in enumerate(icon_names()):
        sign = Icon(ICON_PX)
        sign.show_icon(name, Tone.NEUTRAL)
        sign.setAccessibleName(name)
        line = row(sign, Label(name), spacing=SPACE_M)
        line.addStretch(1)
        grid.addLayout(line, number // COLUMNS, number % COLUMNS)
    inner = column(Label(words("gallery.component.icons"), "section"), spacing=SPACE_S, margins=(SPACE_L,) * 4)
    inner.addLayout(grid)
    card.setLayout(inner)
    whole = column(card, margins=(0, 0, SPACE_L, SPACE_L))
    whole.addStretch(1)
    page.setLayout(whole)
    return page
