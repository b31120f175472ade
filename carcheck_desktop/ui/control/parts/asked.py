"""What a lane asks for now in a size of its own: small among all lanes, huge for the other side of the room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.apply import restyle
from carcheck_desktop.ui.theme.fonts import font
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import SPACE_M, SPACE_S, SPACE_XS
from carcheck_desktop.ui.widgets.basics.icon import Icon
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, row

if TYPE_CHECKING:
    from carcheck_desktop.ui.widgets.notices.states import PromptState

MOST_SHARE = 0.2
"""Of the window's height: what the headline takes at most before it takes a smaller step."""
ANY_HEIGHT = 1 << 16


class Asked(QFrame):
    """The prompt of a lane; `levels` are steps of the type scale, the largest that fits is taken.

    `icon_px` is the side of its sign at scale 1; `share` how much of the window's height the headline's lines may take.
    """

    def __init__(
        self, name: str, levels: tuple[str, ...], icon_px: int, *, detail: bool = True, share: float = MOST_SHARE
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "banner")
        self.setAttribute(qt.STYLED)
        self._levels = levels
        self._share = share
        self._has_detail = detail
        self._icon_px = icon_px
        self._icon = Icon(icon_px)
        self._headline = Label("", levels[0], wrap=True)
        self._detail = Label("", "", wrap=True)
        edge = SPACE_S if detail else SPACE_XS
        line = row(self._icon, spacing=SPACE_M, margins=(SPACE_M, edge, SPACE_M, edge))
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
        self._fit()

    def _fit(self) -> None:
        """Take the largest step in which the headline needs one line, or little of the window's height."""
        look = look_of(self)
        width = self.width() - look.px(self._icon_px) - 4 * look.px(SPACE_M)
        most = self.window().height() * self._share
        chosen = self._levels[-1]
        for level in self._levels:
            metrics = QFontMetrics(font(look.text_px(level), bold=True))
            room = QRect(0, 0, max(1, width), ANY_HEIGHT)
            needed = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), self._headline.text()).height()
            if needed <= max(most if self._has_detail else 0, metrics.height() * 1.5):
                chosen = level
                break
        restyle(self._headline, level=chosen)
        restyle(self._detail, level="title" if chosen.startswith("wall_") else "")

    # -- Qt ----------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()
