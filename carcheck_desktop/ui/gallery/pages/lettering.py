"""The type scale, Chinese beside Latin, figures under each other, units, and sizes on the wall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from carcheck_desktop.ui.gallery.samples import FIGURES, LATIN, NAMES, UNITS
from carcheck_desktop.ui.gallery.specimen import specimen
from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.tokens import (
    SPACE_L,
    SPACE_S,
    SPACE_XL,
    SPACE_XS,
    TYPE,
    WALL_SCREEN,
    arc_minutes,
)
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, panel

if TYPE_CHECKING:
    from carcheck_desktop.ui.bridge.words import Words

SCREEN_INCH, DISTANCE_M = 55, 8
STEPS = tuple(TYPE.__slots__)


def lettering(words: Words) -> QWidget:
    """Return the page."""
    page = panel("canvas", "page_type")
    samples = {
        "chinese": Label(NAMES, "title", wrap=True),
        "latin": Label(LATIN, "title", wrap=True),
        "units": Label(UNITS, "title", wrap=True),
        "figures": _figures(),
    }
    whole = column(
        _steps(words), specimen(words, "scripts", samples, 2), spacing=SPACE_L, margins=(0, 0, SPACE_L, SPACE_L)
    )
    whole.addStretch(1)
    page.setLayout(whole)
    return page


def _steps(words: Words) -> QFrame:
    card = panel("card", "card_steps")
    grid = QGridLayout()
    grid.setHorizontalSpacing(SPACE_XL)
    grid.setVerticalSpacing(SPACE_S)
    grid.setColumnStretch(2, 1)
    for number, step in enumerate(STEPS):
        size_px = getattr(TYPE, step)
        figures = f"{size_px} px"
        if step.startswith("wall"):
            angle = arc_minutes(size_px, WALL_SCREEN[1], SCREEN_INCH, DISTANCE_M)
            figures = f"{size_px} px · {size_px / WALL_SCREEN[1]:.1%} · {angle:.1f}′"
        grid.addWidget(Label(words(f"gallery.step.{step}")), number, 0, qt.MIDDLE)
        grid.addWidget(Label(figures, "muted"), number, 1, qt.MIDDLE)
        grid.addWidget(Label(words("gallery.type.sample"), step, elided=True), number, 2, qt.MIDDLE)
    whole = column(
        Label(words("gallery.component.steps"), "section"),
        Label(words("gallery.type.angle", inches=SCREEN_INCH, metres=DISTANCE_M), "muted", wrap=True),
        margins=(SPACE_L, SPACE_L, SPACE_L, SPACE_L),
    )
    whole.addLayout(grid)
    card.setLayout(whole)
    return card


def _figures() -> QWidget:
    holder = panel("clear", "tabular_figures")
    whole = column(spacing=SPACE_XS)
    for figure in FIGURES:
        label = Label(figure, "figure")
        label.setAlignment(qt.RIGHT)
        whole.addWidget(label, 0, qt.RIGHT)
    holder.setLayout(whole)
    return holder
