"""The ribbon of a training station."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.tokens import SPACE_M, SPACE_S, Tone
from carcheck_desktop.ui.widgets.basics.icon import Icon
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import row


class TrainingRibbon(QFrame):
    """The ribbon that says on every window that nothing here is a real measurement."""

    def __init__(self, text: str, icon_px: int = 18) -> None:
        super().__init__()
        self.setObjectName("training_ribbon")
        self.setProperty("kind", "training")
        self.setAttribute(qt.STYLED)
        self.setAccessibleName(text)
        sign = Icon(icon_px)
        sign.show_icon("flask-conical", Tone.NEUTRAL, "training_ink")
        line = row(spacing=SPACE_S, margins=(SPACE_M, 3, SPACE_M, 3))
        line.addStretch(1)
        line.addWidget(sign)
        line.addWidget(Label(text))
        line.addStretch(1)
        self.setLayout(line)
