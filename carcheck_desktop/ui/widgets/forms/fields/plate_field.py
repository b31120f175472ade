"""A number plate: province and number, upper case, the kind that its characters show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from carcheck_desktop.ui.theme.tokens import SPACE_XS
from carcheck_desktop.ui.widgets.basics.layout import row
from carcheck_desktop.ui.widgets.forms.fields.province import ProvinceButton
from carcheck_desktop.ui.widgets.forms.fields.read_field import ReadField
from carcheck_desktop.ui.widgets.forms.reading.plates import (
    MOST_CHARACTERS,
    PlateReading,
    PlateShape,
    read_plate,
    split_plate,
)
from carcheck_desktop.ui.widgets.forms.states import FieldState

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.ui.bridge.words import Words


class PlateField(ReadField):
    """A plate; the station's own province is there already, another one is one or two letters away.

    What is pasted or comes from an input method with its province goes to the right places.
    """

    def __init__(self, name: str, label: str, words: Words, home: str, changed: Callable[[], None]) -> None:
        self._home = home
        self._province = home
        holder = QWidget()
        self.button = ProvinceButton(f"{name}_province", words("ui.plate.province"), home)
        super().__init__(name, label, words, changed, holder)
        line = row(self.button, spacing=SPACE_XS)
        line.addWidget(self.line, 1)
        holder.setLayout(line)
        QWidget.setTabOrder(self.button, self.line)
        self.line.setMaxLength(MOST_CHARACTERS * 2)
        self.line.setPlaceholderText(words("ui.plate.hint"))
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhPreferUppercase | Qt.InputMethodHint.ImhNoPredictiveText)
        self.line.textChanged.connect(self._sort)
        self._changed = changed
        self.button.chosen.connect(self._take_province)
        self.button.done.connect(self.line.setFocus)
        self.refresh()

    def reading(self) -> PlateReading:
        """Return what was understood."""
        return read_plate(self._province + self.line.text())

    def value(self) -> str:
        """Return the plate as typed, cleaned; nothing while only the province stands there."""
        text = self.reading().text
        return text if text != self._province else ""

    def put(self, value: str) -> None:
        """Fill a plate in."""
        province, rest = split_plate(value, self._home)
        self._is_left = False  # nobody has typed this yet
        self._province = province
        self.button.show_province(province)
        self.line.setText(rest)
        self.refresh()

    def parts(self) -> tuple[QWidget, ...]:
        """Return both inputs."""
        return (self.line, self.button)

    def fault(self) -> str:
        """Say why this is no plate."""
        fault = self.reading().fault
        return self.words(f"ui.plate.fault.{fault.value}") if fault is not None else ""

    def understood(self) -> FieldState:
        """Say what kind of plate it is, when it is not the usual one."""
        shape = self.reading().shape
        if shape is None or shape is PlateShape.USUAL:
            return FieldState()
        return FieldState(text=self.words(f"ui.plate.shape.{shape.value}"))

    def _sort(self, typed: str) -> None:
        """Put a province that was typed or pasted into its place and the rest into upper case."""
        province, rest = split_plate(typed, self._province)
        if province != self._province:
            self._province = province
            self.button.show_province(province)
        if rest != typed:
            at = self.line.cursorPosition() - (len(typed) - len(rest))
            self.line.setText(rest)
            self.line.setCursorPosition(max(0, at))

    def _take_province(self, province: str) -> None:
        self._province = province
        self.refresh()
        self._changed()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go back to the province from the very left."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched is self.line:
            is_back = event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Left)
            if is_back and self.line.cursorPosition() == 0 and not self.line.hasSelectedText():
                self.button.setFocus()
                return True
        return super().eventFilter(watched, event)
