"""A day, typed in any usual spelling; below stands how it was understood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.ui.widgets.forms.fields.read_field import ReadField
from carcheck_desktop.ui.widgets.forms.reading.dates import read_date
from carcheck_desktop.ui.widgets.forms.states import FieldState

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from carcheck_desktop.ui.bridge.words import Words


@dataclass(frozen=True, slots=True)
class DateRule:
    """What a day may be; `today` decides the century of a short year."""

    today: date
    least: date | None = None
    most: date | None = None


class DateField(ReadField):
    """A day: 20140512, 2014-5-12, 2014/05/12, 2014年5月12日, 140512."""

    def __init__(self, name: str, label: str, words: Words, rule: DateRule, changed: Callable[[], None]) -> None:
        self._rule = rule
        super().__init__(name, label, words, changed)
        self.line.setPlaceholderText(words("ui.date.hint"))
        self.refresh()

    def day(self) -> date | None:
        """Return the day when it is one and lies within the rule."""
        return None if self.fault() else read_date(self.line.text(), self._rule.today)

    def put_day(self, day: date | None) -> None:
        """Fill a day in."""
        self.put("" if day is None else day.isoformat())

    def value(self) -> str:
        """Return the day in ISO form, what was typed when it is none."""
        day = read_date(self.line.text(), self._rule.today)
        return day.isoformat() if day is not None else super().value()

    def tidy(self) -> None:
        """Write a day that was understood in ISO form."""
        day = read_date(self.line.text(), self._rule.today)
        if day is not None and self.line.text() != day.isoformat():
            self.line.setText(day.isoformat())

    def fault(self) -> str:
        """Say why what stands there cannot be taken."""
        if not self.line.text().strip():
            return self.words("ui.field.missing")
        day = read_date(self.line.text(), self._rule.today)
        if day is None:
            return self.words("ui.date.no_day")
        if self._rule.least is not None and day < self._rule.least:
            return self.words("ui.date.too_early", least=self._rule.least)
        if self._rule.most is not None and day > self._rule.most:
            return self.words("ui.date.too_late", most=self._rule.most)
        return ""

    def understood(self) -> FieldState:
        """Say which day was understood."""
        day = read_date(self.line.text(), self._rule.today)
        if day is None:
            return FieldState()
        weekday = self.words(f"ui.date.weekday.{day.isoweekday()}")
        return FieldState(text=self.words("ui.date.understood", day=day, weekday=weekday))
