"""A question inside the window: what a yes would do stands there, and no is never far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.tokens import SPACE_S, SPACE_XS, Tone
from carcheck_desktop.ui.widgets.basics.icon import Icon
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, panel, row
from carcheck_desktop.ui.widgets.forms.field import Field, text_field
from carcheck_desktop.ui.widgets.forms.states import ActionState, FieldState
from carcheck_desktop.ui.widgets.notices.sheets.sheet import Sheet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from carcheck_desktop.ui.widgets.forms.action_bar import ActionBar
    from carcheck_desktop.ui.widgets.notices.states import ConfirmState


class Confirm(Sheet):
    """Question, consequences, perhaps a typed reason; `answered` carries yes or no and the reason.

    A destructive yes has to be gone to: the focus stands on no, or on the reason, from where Enter leads to
    the yes without taking it.
    """

    answered = Signal(bool, str)

    def __init__(self, window: QWidget, name: str, state: ConfirmState, bar: ActionBar | None = None) -> None:
        super().__init__(window, name, state.question, state.no_text, bar)
        self._state = state
        self.reason: Field | None = None
        if state.detail:
            self.body.addWidget(Label(state.detail, "", wrap=True))
        if state.consequences:
            self.body.addWidget(_consequences(name, state))
        if state.reason_label:
            self.reason = text_field(f"{name}_reason", state.reason_label, self._typed, hint=state.reason_hint)
            self.body.addWidget(self.reason)
        if self.reason is not None:
            self.first = self.reason.control
        elif state.destructive:
            self.first = self.cancel
        self.primary.show_action(state.yes)
        if state.destructive:
            self.primary.show_role("danger")
        self.finished.connect(self._answer)
        self._typed()

    def words(self) -> str:
        """Return the reason that was typed."""
        return self.reason.value() if self.reason is not None else ""

    def _typed(self) -> None:
        is_whole = self.reason is None or bool(self.words())
        yes = self._state.yes
        why = yes.why_not if is_whole else self._state.reason_missing
        self.primary.show_action(ActionState(yes.key, yes.text, yes.icon, yes.enabled and is_whole, why))
        if self.reason is not None and is_whole:
            self.reason.show_field(FieldState())

    def press_enter(self) -> None:
        """Lead to a destructive yes; take any other one."""
        if self.reason is not None and not self.words():
            self.reason.show_field(FieldState(Tone.BAD, self._state.reason_missing))
            self.reason.control.setFocus()
        elif self._state.destructive and self.primary.isEnabled() and not self._is_on_a_button():
            self.primary.setFocus()
        else:
            super().press_enter()

    def _is_on_a_button(self) -> bool:
        return self.primary.hasFocus() or self.cancel.hasFocus()

    def accept_form(self) -> None:
        """Go with a yes when it is possible."""
        if self.primary.isEnabled():
            self.accept()

    def _answer(self, is_yes: bool) -> None:
        self.answered.emit(is_yes, self.words() if is_yes else "")


def _consequences(name: str, state: ConfirmState) -> QFrame:
    """Return what a yes does, line by line."""
    made = panel("sunken", f"{name}_consequences")
    made.setAccessibleName(" ".join(state.consequences))
    lines = column(spacing=SPACE_XS, margins=(SPACE_S, SPACE_S, SPACE_S, SPACE_S))
    for text in state.consequences:
        sign = Icon(16)
        tone = Tone.CAUTION if state.destructive else Tone.NEUTRAL
        sign.show_icon("triangle-alert" if state.destructive else "chevron-right", tone)
        line = row(spacing=SPACE_S)
        line.addWidget(sign, 0, qt.TOP)
        line.addWidget(Label(text, "", wrap=True), 1)
        lines.addLayout(line)
    made.setLayout(lines)
    return made
