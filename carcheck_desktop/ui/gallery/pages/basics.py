"""Labels, icons, chips and plates of every kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from carcheck_desktop.domain.vehicle import PlateKind
from carcheck_desktop.ui.gallery.samples import PLATES
from carcheck_desktop.ui.gallery.specimen import specimen
from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.tokens import SPACE_L, SPACE_XS, TONE_ICON, Tone
from carcheck_desktop.ui.widgets.basics.chip import Chip
from carcheck_desktop.ui.widgets.basics.icon import Icon
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, panel, row
from carcheck_desktop.ui.widgets.basics.plate import Plate
from carcheck_desktop.ui.widgets.basics.states import PlateState

if TYPE_CHECKING:
    from carcheck_desktop.ui.bridge.words import Words

PLATE_PX, ELIDED_PX = 48, 170


def basics(words: Words) -> QWidget:
    """Return the page."""
    page = panel("canvas", "page_basics")
    whole = column(
        _labels(words), _icons(words), _chips(words), _plates(words), spacing=SPACE_L, margins=(0, 0, SPACE_L, SPACE_L)
    )
    whole.addStretch(1)
    page.setLayout(whole)
    return page


def _labels(words: Words) -> QWidget:
    sentence = words("gallery.sample.sentence")
    off = Label(sentence, wrap=True)
    off.setEnabled(False)
    cut = Label(sentence, elided=True)
    cut.setMaximumWidth(ELIDED_PX)
    doubtful, wrong = Label("", wrap=True), Label("", wrap=True)
    doubtful.show_text(sentence, Tone.CAUTION)
    wrong.show_text(sentence, Tone.BAD)
    states: dict[str, QWidget] = {
        "normal": Label(sentence, wrap=True),
        "wrapped": Label(words("gallery.sample.paragraph"), wrap=True),
        "elided": cut,
        "disabled": off,
        "doubt": doubtful,
        "error": wrong,
    }
    return specimen(words, "label", states)


def _icons(words: Words) -> QWidget:
    states: dict[str, QWidget] = {}
    for tone in Tone:
        ground = panel("banner", f"icon_{tone.value}")
        ground.setProperty("tone", tone.value)
        signs = [Icon(size_px) for size_px in (16, 24, 36)]
        for sign in signs:
            sign.show_icon(TONE_ICON[tone], tone)
        ground.setLayout(row(*signs, margins=(SPACE_XS,) * 4))
        ground.setSizePolicy(qt.FIXED, qt.FIXED)
        states[f"basic_{tone.value}"] = ground
    return specimen(words, "icon", states, 4)


def _chips(words: Words) -> QWidget:
    states: dict[str, QWidget] = {}
    for tone in Tone:
        chip = Chip(f"basic_chip_{tone.value}")
        chip.show_chip(tone, TONE_ICON[tone], words(f"gallery.token.{tone.value}"))
        states[f"basic_{tone.value}"] = chip
    return specimen(words, "chip", states, 4)


def _plates(words: Words) -> QWidget:
    card = panel("card", "specimen_plate")
    whole = column(Label(words("gallery.component.plate"), "section"), margins=(SPACE_L,) * 4)
    made = [_plate(words, kind, text) for kind, text in PLATES.items()]
    for start in range(0, len(made), 4):
        line = row(*made[start : start + 4], spacing=SPACE_L)
        line.addStretch(1)
        whole.addLayout(line)
    card.setLayout(whole)
    return card


def _plate(words: Words, kind: str, text: str) -> QWidget:
    plate = Plate(f"plate_{kind}", PLATE_PX)
    plate.show_plate(PlateState(text, kind))
    holder = panel("clear", f"plate_{kind}_holder")
    holder.setLayout(column(plate, Label(words.name(PlateKind(kind)), "muted"), spacing=SPACE_XS))
    return holder
