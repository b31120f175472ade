"""Fields of the counter: made from their specification, filled in from a state, read back as text."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLineEdit

from carcheck_desktop.ui.counter.draft.fields import FieldKind
from carcheck_desktop.ui.counter.telling.car import choice_text, choices, label
from carcheck_desktop.ui.theme.apply import appear
from carcheck_desktop.ui.widgets.forms.field import Field, choice_field, text_field
from carcheck_desktop.ui.widgets.forms.fields.date_field import DateField, DateRule
from carcheck_desktop.ui.widgets.forms.fields.number_field import NumberField
from carcheck_desktop.ui.widgets.forms.fields.plate_field import PlateField
from carcheck_desktop.ui.widgets.forms.fields.read_field import ReadField

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.counter.draft.fields import FieldSpec
    from carcheck_desktop.ui.counter.state import FilledState

PREFIX = "counter_"
"""Before the name of every input, so that a program from outside finds it: counter_vin, counter_owner."""


def made_field(spec: FieldSpec, words: Words, today: date, changed: Callable[[], None]) -> Field:
    """Return the input of a field."""
    name, called = f"{PREFIX}{spec.name}", label(spec.name, words)
    if spec.kind is FieldKind.DAY:
        return DateField(name, called, words, DateRule(today), changed)
    if spec.kind is FieldKind.NUMBER:
        return NumberField(name, called, words, spec.rule, changed)
    if spec.kind is FieldKind.CHOICE:
        return open_choice(name, called, words, choices(spec, words), changed)
    return text_field(name, called, changed)


def open_choice(
    name: str, called: str, words: Words, options: list[tuple[str, str]], changed: Callable[[], None], *, wide: int = 6
) -> Field:
    """Return a choice in which nothing is chosen yet; the first sign of an option chooses it."""
    field = choice_field(name, called, options, changed)
    box = field.control
    if isinstance(box, QComboBox):
        box.setPlaceholderText(words("ui.counter.choice.none"))
        box.setCurrentIndex(-1)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(wide)
    return field


def text_in(field: Field) -> str:
    """Return what stands in a field, as typed."""
    if isinstance(field, PlateField):
        return field.reading().text
    control = field.control
    if isinstance(control, QComboBox):
        return str(control.currentData()) if control.currentIndex() >= 0 else ""
    return control.text() if isinstance(control, QLineEdit) else field.value()


def fill(field: Field, state: FilledState, spec: FieldSpec | None, words: Words) -> None:
    """Show a state; what stands there already is left alone, with the cursor where it is."""
    if text_in(field) != state.text:
        _put(field, state.text, spec, words)
    appear(field, state.shown)
    control = field.control
    if isinstance(control, QLineEdit):
        mode = QLineEdit.EchoMode.Password if state.hidden else QLineEdit.EchoMode.Normal
        if control.echoMode() is not mode:
            control.setEchoMode(mode)
    if state.insisted and isinstance(field, ReadField):
        field.insist()
    field.show_field(state.field)


def _put(field: Field, text: str, spec: FieldSpec | None, words: Words) -> None:
    box = field.control
    if not isinstance(box, QComboBox):
        field.put(text)
        return
    if text and spec is not None and box.findData(text) < 0:
        # a code of the licence that our tables do not know, or several of them
        box.addItem(choice_text(spec, text, words), text)
    box.setCurrentIndex(box.findData(text) if text else -1)
