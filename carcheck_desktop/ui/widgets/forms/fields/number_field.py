"""A number with its unit inside the input, its range below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent

from carcheck_desktop.ui.bridge.words import figure
from carcheck_desktop.ui.theme.tokens import SPACE_S
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.forms.fields.read_field import ReadField
from carcheck_desktop.ui.widgets.forms.reading.numbers import NumberFault, NumberReading, NumberRule, read_number
from carcheck_desktop.ui.widgets.forms.states import FieldState

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from carcheck_desktop.ui.bridge.words import Words


class NumberField(ReadField):
    """A number; `1,5`, `１２` and `1 500 kg` are understood, what may mean two numbers is asked."""

    def __init__(self, name: str, label: str, words: Words, rule: NumberRule, changed: Callable[[], None]) -> None:
        self._rule = rule
        super().__init__(name, label, words, changed)
        self._unit = Label(rule.unit, "muted")
        self._unit.setParent(self.line)
        self._unit.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._unit.setVisible(bool(rule.unit))
        self.line.setAccessibleName(f"{label} {rule.unit}".strip())
        self._place_unit()
        self.refresh()

    def reading(self) -> NumberReading:
        """Return what was understood."""
        return read_number(self.line.text(), self._rule)

    def number(self) -> Decimal | None:
        """Return the number when it can be taken."""
        reading = self.reading()
        return reading.value if reading.fault is None else None

    def put_number(self, value: Decimal | None) -> None:
        """Fill a number in."""
        self.put("" if value is None else f"{value:f}")

    def value(self) -> str:
        """Return the number as text, what was typed when it is none."""
        number = self.number()
        return f"{number:f}" if number is not None else super().value()

    def tidy(self) -> None:
        """Write a number that was understood without parted thousands."""
        number = self.number()
        if number is not None and self.line.text() != f"{number:f}":
            self.line.setText(f"{number:f}")

    def fault(self) -> str:
        """Say why what stands there cannot be taken."""
        fault = self.reading().fault
        if fault is None:
            return ""
        if fault is NumberFault.EMPTY:
            return self.words("ui.field.missing")
        if fault in (NumberFault.TOO_SMALL, NumberFault.TOO_LARGE):
            return self.words("ui.number.should_be", range=self._range())
        return self.words(f"ui.number.{fault.value}", places=self._rule.places)

    def understood(self) -> FieldState:
        """Say which numbers can be taken, while nothing is typed."""
        return FieldState(text="" if self.line.text().strip() else self._range())

    def _range(self) -> str:
        rule = self._rule
        if rule.least is None and rule.most is None:
            return ""
        if rule.most is None:
            return self.words("ui.number.at_least", least=figure(rule.least), unit=rule.unit).strip()
        if rule.least is None:
            return self.words("ui.number.at_most", most=figure(rule.most), unit=rule.unit).strip()
        return self.words("ui.number.between", least=figure(rule.least), most=figure(rule.most), unit=rule.unit).strip()

    def _place_unit(self) -> None:
        width = self._unit.sizeHint().width() if self._rule.unit else 0
        self.line.setTextMargins(0, 0, width, 0)
        room = self.line.rect().adjusted(0, 0, -SPACE_S, 0)
        self._unit.setGeometry(room.right() - width, room.top(), width, room.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_unit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._place_unit()
