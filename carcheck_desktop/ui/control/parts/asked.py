"""What a lane asks for now in a size of its own: small among all lanes, huge for the other side of the room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QSizePolicy

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.apply import restyle
from carcheck_desktop.ui.theme.tokens import SPACE_M, SPACE_S
from carcheck_desktop.ui.widgets.basics.icon import Icon
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, row

if TYPE_CHECKING:
    from carcheck_desktop.ui.widgets.notices.states import PromptState


class Asked(QFrame):
    """The prompt of a lane; `level` is a step of the type scale, `icon_px` the side of its sign at scale 1."""

    def __init__(self, name: str, level: str, icon_px: int, *, detail: bool = True) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "banner")
        self.setAttribute(qt.STYLED)
        self._has_detail = detail
        self._icon = Icon(icon_px)
        self._headline = Label("", level, wrap=True)
        self._detail = Label("", "", wrap=True)
        line = row(self._icon, spacing=SPACE_M, margins=(SPACE_M, SPACE_S, SPACE_M, SPACE_S))
        line.addLayout(column(self._headline, self._detail, spacing=0), 1)
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_prompt(self, state: PromptState) -> None:
        """Show another prompt."""
        restyle(self, tone=state.tone.value)
        self._icon.show_icon(state.icon, state.tone)
        self._headline.show_text(state.headline)
        self._detail.show_text(state.detail)
        self._detail.setVisible(self._has_detail and bool(state.detail))
        self.setToolTip("" if self._has_detail else state.detail)
        self.setAccessibleName(f"{state.headline} {state.detail}".strip())
