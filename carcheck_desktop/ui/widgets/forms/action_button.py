"""A button with icon, words and its key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QPushButton

from carcheck_desktop.ui.theme.apply import restyle
from carcheck_desktop.ui.theme.icons import icon
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.forms.states import ActionState

LARGE = ("primary", "danger", "stop", "large")


class ActionButton(QPushButton):
    """A button with icon, words and its key; `role` is primary, danger, stop, large, bar or empty."""

    def __init__(self, name: str, role: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self._role = role
        self._state: ActionState | None = None
        if role:
            self.setProperty("role", role)
        self.setAutoDefault(False)

    def show_role(self, role: str) -> None:
        """Become another kind of button."""
        self._role = role
        restyle(self, role=role)
        self._draw_icon()

    def show_action(self, state: ActionState) -> None:
        """Show another state."""
        if state == self._state:
            return
        self._state = state
        # a blank between icon and words: the style leaves none
        self.setText(f" {state.text}")
        self._draw_icon()
        self.setEnabled(state.enabled)
        self.setToolTip(state.why_not)
        self.setAccessibleName(state.text)
        self.setAccessibleDescription(state.why_not)

    def _draw_icon(self) -> None:
        if self._state is None:
            return
        look = look_of(self)
        palette = look.palette
        inks = {
            "primary": palette.text_on_accent,
            "danger": palette.tones[Tone.BAD].ink,
            "stop": palette.on_stop,
            "bar": palette.bar_text,
        }
        ink = inks.get(self._role, palette.text)
        side = look.px(22 if self._role in LARGE else 18)
        self.setIconSize(QSize(side, side))
        self.setIcon(icon(self._state.icon, ink, palette.tones[Tone.OFF].ink))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._draw_icon()
