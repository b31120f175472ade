"""A button with icon, words and its key."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton

from carcheck_desktop.ui.theme.icons import icon
from carcheck_desktop.ui.theme.tokens import LIGHT, Palette, Tone
from carcheck_desktop.ui.widgets.forms.states import ActionState


class ActionButton(QPushButton):
    """A button with icon, words and its key; `role` is primary, stop, large, bar or empty."""

    def __init__(self, name: str, role: str = "", palette: Palette = LIGHT) -> None:
        super().__init__()
        self.setObjectName(name)
        self._role = role
        self._palette = palette
        self._state: ActionState | None = None
        if role:
            self.setProperty("role", role)
        self.setIconSize(QSize(22, 22) if role in ("primary", "stop", "large") else QSize(18, 18))
        self.setAutoDefault(False)

    def show_action(self, state: ActionState) -> None:
        """Show another state."""
        if state == self._state:
            return
        self._state = state
        colour, off = self._ink(), self._palette.tones[Tone.OFF].ink
        # a blank between icon and words: the style leaves none
        self.setText(f" {state.text}")
        self.setIcon(icon(state.icon, colour, off))
        self.setEnabled(state.enabled)
        self.setToolTip(state.why_not)
        self.setAccessibleName(state.text)
        self.setAccessibleDescription(state.why_not)

    def _ink(self) -> str:
        if self._role == "primary":
            return self._palette.text_on_accent
        if self._role == "stop":
            return "#ffffff"
        return self._palette.bar_text if self._role == "bar" else self._palette.text
