"""The labelled switches at the top of the gallery."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame

from carcheck_desktop.ui.gallery.choice import OPTIONS, Choice, choice_of
from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.apply import named
from carcheck_desktop.ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import row

if TYPE_CHECKING:
    from carcheck_desktop.ui.bridge.words import Words


class Switches(QFrame):
    """Language, theme, density and scale, each a box under its word; `chosen` says what they stand at."""

    chosen = Signal(object)

    def __init__(self, words: Words, choice: Choice) -> None:
        super().__init__()
        self.setObjectName("gallery_switches")
        self.setProperty("kind", "footer")
        self.setAttribute(qt.STYLED)
        self.boxes: dict[str, QComboBox] = {}
        line = row(
            Label(words("gallery.title"), "title"), spacing=SPACE_L, margins=(SPACE_L, SPACE_S, SPACE_L, SPACE_S)
        )
        line.addStretch(1)
        for key in OPTIONS:
            word = words(f"gallery.switch.{key}")
            label, box = Label(word, "muted"), self._box(words, key, choice.keys[key])
            named(box, f"gallery_{key}", word)
            label.setBuddy(box)
            line.addLayout(row(label, box, spacing=SPACE_M))
        self.setLayout(line)

    def _box(self, words: Words, key: str, value: str) -> QComboBox:
        box = QComboBox()
        for option in OPTIONS[key]:
            # a scale is a figure and needs no words
            box.addItem(option if key == "scale" else words(f"gallery.{key}.{option}"), option)
        box.setCurrentIndex(OPTIONS[key].index(value))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.currentIndexChanged.connect(self._changed)
        self.boxes[key] = box
        return box

    def _changed(self) -> None:
        self.chosen.emit(choice_of({key: str(box.currentData()) for key, box in self.boxes.items()}))
