"""A field of a form: label, origin, input, and what is wrong or doubtful about it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from carcheck_desktop.ui.theme.apply import restyle
from carcheck_desktop.ui.theme.tokens import SPACE_XS, Tone
from carcheck_desktop.ui.widgets.basics.icon import Icon
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, row
from carcheck_desktop.ui.widgets.forms.spinner import Spinner
from carcheck_desktop.ui.widgets.forms.states import FieldMode, FieldState

if TYPE_CHECKING:
    from collections.abc import Callable

TONE_SIGNS = {Tone.BAD: "circle-x", Tone.CAUTION: "triangle-alert", Tone.GOOD: "circle-check"}
FILLED_IN = (FieldMode.EDIT, FieldMode.LOADING, FieldMode.OFFLINE)


class Field(QWidget):
    """Label above, input, message below; the message keeps a line so that nothing jumps, a long one has its lines.

    `control` takes the keyboard; `holder` stands for it in the layout when it has more parts. `confirmed` says
    that somebody stands by a doubtful value.
    """

    confirmed = Signal()

    def __init__(self, name: str, label: str, control: QWidget, holder: QWidget | None = None) -> None:
        super().__init__()
        control.setObjectName(name)
        control.setAccessibleName(label)
        self.control = control
        self._state = FieldState()
        self._painted: FieldState | None = None
        self._label = Label(label, "muted")
        self._label.setBuddy(control)
        self._lock, self._origin_sign = Icon(14), Icon(14)
        self._lock.show_icon("lock", Tone.OFF)
        self._origin = Label("", "caption")
        self._icon, self._spinner = Icon(14), Spinner(14)
        self._message = Label(" ", "caption", wrap=True)
        above = row(self._label, self._lock, spacing=SPACE_XS)
        above.addStretch(1)
        above.addWidget(self._origin_sign)
        above.addWidget(self._origin)
        # the sign stays at the first line
        signs = column(self._icon, self._spinner, spacing=0, margins=(0, 2, 0, 0))
        signs.addStretch(1)
        below = row(spacing=SPACE_XS)
        below.addLayout(signs)
        below.addWidget(self._message, 1)
        whole = column(spacing=3)
        whole.addLayout(above)
        whole.addWidget(holder or control)
        whole.addLayout(below)
        self.setLayout(whole)
        for part in (self._lock, self._origin_sign, self._origin, self._icon, self._spinner):
            part.hide()
        control.installEventFilter(self)

    # -- value -------------------------------------------------------------------------------

    def value(self) -> str:
        """Return what the field holds, blanks at the ends removed."""
        if isinstance(self.control, QLineEdit):
            return self.control.text().strip()
        if isinstance(self.control, QComboBox):
            return str(self.control.currentData())
        raise TypeError(type(self.control).__name__)

    def put(self, value: str) -> None:
        """Fill the field in."""
        if isinstance(self.control, QLineEdit):
            self.control.setText(value)
        elif isinstance(self.control, QComboBox):
            self.control.setCurrentIndex(self.control.findData(value))
        else:
            raise TypeError(type(self.control).__name__)

    # -- state -------------------------------------------------------------------------------

    def show_field(self, state: FieldState) -> None:
        """Say what is wrong or doubtful, where the value comes from, and what may be done with it."""
        self._state = state
        self.refresh()

    def own_state(self) -> FieldState:
        """Return what the field itself has to say of what stands in it; the form's word goes before."""
        return FieldState()

    def refresh(self) -> None:
        """Paint state and own message anew where they have changed."""
        state = self._state
        if state.tone is Tone.NEUTRAL and not state.text:
            own = self.own_state()
            state = replace(state, tone=own.tone, text=own.text)
        if state == self._painted:
            return
        self._painted = state
        self._show_mode(state.mode)
        for part in self.parts():
            restyle(part, tone=state.tone.value, mode=state.mode.value)
        is_loading = state.mode is FieldMode.LOADING
        is_away = state.mode is FieldMode.OFFLINE and state.tone is Tone.NEUTRAL
        sign = "cloud-off" if is_away else TONE_SIGNS.get(state.tone, "")
        self._icon.show_icon(sign, state.tone)
        self._icon.setVisible(bool(sign) and not is_loading)
        self._lock.setVisible(state.mode is FieldMode.READ_ONLY)
        self._spinner.setVisible(is_loading)
        self._message.show_text(state.text or " ", state.tone)
        self._show_origin()
        said = (state.text, state.origin.text if state.origin is not None else "")
        self.control.setAccessibleDescription(" · ".join(part for part in said if part))

    def parts(self) -> tuple[QWidget, ...]:
        """Return the inputs that are coloured and switched together."""
        return (self.control,)

    def _show_mode(self, mode: FieldMode) -> None:
        for part in self.parts():
            if isinstance(part, QLineEdit):
                part.setReadOnly(mode is FieldMode.READ_ONLY)
                part.setEnabled(mode is not FieldMode.OFF)
            else:
                part.setEnabled(mode in FILLED_IN)

    def _show_origin(self) -> None:
        origin = self._state.origin
        self._origin_sign.setVisible(origin is not None)
        self._origin.setVisible(origin is not None)
        if origin is not None:
            self._origin_sign.show_icon(origin.icon, Tone.OFF)
            self._origin.show_text(origin.text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Enter for the confirmation of a doubt, before the window takes it for the next action."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or not self._state.confirm:
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        if not event.isAutoRepeat():
            self.confirmed.emit()
        return True


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
    return field.value()
