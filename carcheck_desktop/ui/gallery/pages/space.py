"""Distances, elevation, the three densities side by side, and how long movements take."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QPushButton, QWidget

from carcheck_desktop.ui.gallery.specimen import specimen
from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.apply import named
from carcheck_desktop.ui.theme.density import DENSITIES, Density
from carcheck_desktop.ui.theme.look import look_of, wear
from carcheck_desktop.ui.theme.tokens import (
    ELEVATIONS,
    LIVELY,
    SPACE_L,
    SPACE_M,
    SPACE_S,
    SPACE_XL,
    SPACE_XS,
    STILL,
    Motion,
)
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, panel

if TYPE_CHECKING:
    from carcheck_desktop.ui.bridge.words import Words

SPACES = {"space_xs": SPACE_XS, "space_s": SPACE_S, "space_m": SPACE_M, "space_l": SPACE_L, "space_xl": SPACE_XL}

FOLLOWED = (QEvent.Type.StyleChange, QEvent.Type.PaletteChange, QEvent.Type.FontChange)
"""What a part with a stylesheet of its own hears of its window's new look: not always a change of style."""


class Bar(QWidget):
    """A distance as it is."""

    def __init__(self, name: str, length_px: int) -> None:
        super().__init__()
        self.setObjectName(name)
        self._length_px = length_px
        self._fit()

    def _fit(self) -> None:
        look = look_of(self)
        self.setFixedSize(look.px(self._length_px), look.px(SPACE_XL))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(QRectF(self.rect()), QColor(look_of(self).palette.accent))
        painter.end()


class DensityPanel(QFrame):
    """Controls of one density inside a window that wears another; colours and scale are the window's."""

    def __init__(self, words: Words, density: Density) -> None:
        super().__init__()
        self.setObjectName(f"density_{density.name}")
        self.setProperty("kind", "sunken")
        self.setAttribute(qt.STYLED)
        self._density = density
        button, line, check = QPushButton(words("gallery.sample.press")), QLineEdit(), QCheckBox()
        primary = QPushButton(words("gallery.sample.forward"))
        primary.setProperty("role", "primary")
        line.setText(words("gallery.sample.fill"))
        check.setText(words("gallery.sample.check"))
        parts = {"button": button, "line": line, "check": check, "primary": primary}
        for name, part in parts.items():
            said = words("gallery.sample.fill") if part is line else part.property("text")
            named(part, f"{density.name}_{name}", str(said))
        sizes = f"{density.control_px} · {density.big_px} · {density.row_px} px"
        self.setLayout(column(Label(sizes, "muted"), *parts.values(), spacing=density.gap_px, margins=(SPACE_M,) * 4))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        parent = self.parentWidget()
        if event.type() in FOLLOWED and parent is not None:
            wear(self, replace(look_of(parent), density=self._density))


def space(words: Words) -> QWidget:
    """Return the page."""
    page = panel("canvas", "page_space")
    bars: dict[str, QWidget] = {name: _bar(name, size) for name, size in SPACES.items()}
    steps: dict[str, QWidget] = {kind: _ground(words, kind) for kind in ELEVATIONS}
    densities: dict[str, QWidget] = {density.name: DensityPanel(words, density) for density in DENSITIES}
    motions: dict[str, QWidget] = {"lively": _motion(words, LIVELY), "still": _motion(words, STILL)}
    whole = column(
        specimen(words, "spacing", bars, 5),
        specimen(words, "elevation", steps, 4),
        specimen(words, "density", densities),
        specimen(words, "motion", motions),
        spacing=SPACE_L,
        margins=(0, 0, SPACE_L, SPACE_L),
    )
    whole.addStretch(1)
    page.setLayout(whole)
    return page


def _bar(name: str, size_px: int) -> QWidget:
    holder = panel("clear", f"{name}_holder")
    holder.setLayout(column(Bar(name, size_px), Label(f"{size_px} px", "muted"), spacing=SPACE_XS))
    return holder


def _ground(words: Words, kind: str) -> QFrame:
    ground = panel(kind, f"elevation_{kind}")
    ground.setLayout(column(Label(words(f"gallery.elevation.{kind}"), wrap=True), margins=(SPACE_L,) * 4))
    return ground


def _motion(words: Words, motion: Motion) -> Label:
    return Label(
        words("gallery.motion.times", quick=motion.quick_ms, calm=motion.calm_ms, turn=motion.turn_ms), wrap=True
    )
