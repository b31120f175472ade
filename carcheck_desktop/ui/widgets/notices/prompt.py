"""The large line that says what is asked for now."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QSizePolicy

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.apply import restyle
from carcheck_desktop.ui.theme.tokens import SPACE_L, SPACE_S
from carcheck_desktop.ui.widgets.basics.icon import Icon
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, row
from carcheck_desktop.ui.widgets.notices.states import PromptState


class Prompt(QFrame):
    """What the lane asks for, large enough to be read from the other side of the room."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "banner")
        self.setAttribute(qt.STYLED)
        self._icon = Icon(36)
        self._headline = Label("", "headline", wrap=True)
        self._detail = Label("", "muted", wrap=True)
        texts = column(self._headline, self._detail, spacing=0)
        line = row(self._icon, spacing=SPACE_L, margins=(SPACE_L, SPACE_S, SPACE_L, SPACE_S))
        line.addLayout(texts, 1)
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, qt.FIXED)

    def show_prompt(self, state: PromptState) -> None:
        """Show another prompt."""
        restyle(self, tone=state.tone.value)
        self._icon.show_icon(state.icon, state.tone)
        self._headline.show_text(state.headline)
        self._detail.show_text(state.detail)
        self._detail.setVisible(bool(state.detail))
        self.setAccessibleName(f"{state.headline} {state.detail}".strip())
