"""A field of a form: label, input, and what is wrong or doubtful about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from carcheck_desktop.ui.theme.apply import restyle
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.basics.icon import Icon
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.ui.widgets.forms.states import FieldState


class Field(QWidget):
    """Label above, input, message below; the message keeps its place so that nothing jumps."""

    def __init__(self, name: str, label: str, control: QWidget) -> None:
        super().__init__()
        control.setObjectName(name)
        control.setAccessibleName(label)
        self.control = control
        self._label = Label(label, "muted")
        self._label.setBuddy(control)
        self._icon = Icon(14)
        self._message = Label(" ", "caption", elided=True)
        below = row(self._icon, self._message, spacing=4)
        whole = column(self._label, control, spacing=3)
        whole.addLayout(below)
        self.setLayout(whole)

    def show_field(self, state: FieldState) -> None:
        """Say what is wrong or doubtful."""
        restyle(self.control, tone=state.tone.value)
        icons = {Tone.BAD: "circle-x", Tone.CAUTION: "triangle-alert"}
        self._icon.show_icon(icons.get(state.tone, ""), state.tone)
        self._message.show_text(state.text or " ", state.tone)
        self.control.setAccessibleDescription(state.text)


def text_field(name: str, label: str, changed: Callable[[], None], *, hint: str = "", secret: bool = False) -> Field:
    """Return a field for one line of text."""
    line = QLineEdit()
    line.setPlaceholderText(hint)
    if secret:
        line.setEchoMode(QLineEdit.EchoMode.Password)
    line.textChanged.connect(changed)
    return Field(name, label, line)


def choice_field(name: str, label: str, choices: list[tuple[str, str]], changed: Callable[[], None]) -> Field:
    """Return a field for one of several (value, words)."""
    box = QComboBox()
    for value, words in choices:
        box.addItem(words, value)
    box.currentIndexChanged.connect(changed)
    return Field(name, label, box)


def value_of(field: Field) -> str:
    """Return what the field holds, blanks at the ends removed."""
    control = field.control
    if isinstance(control, QLineEdit):
        return control.text().strip()
    if isinstance(control, QComboBox):
        return str(control.currentData())
    raise TypeError(type(control).__name__)
