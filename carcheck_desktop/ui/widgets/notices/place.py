"""What stands where nothing can be shown: empty, loading, error, offline."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.tokens import SPACE_L, SPACE_S, Tone
from carcheck_desktop.ui.widgets.basics.icon import Icon
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column
from carcheck_desktop.ui.widgets.forms.action_button import ActionButton
from carcheck_desktop.ui.widgets.forms.spinner import Spinner
from carcheck_desktop.ui.widgets.notices.states import PlaceKind, PlaceState

SIGNS = {
    PlaceKind.EMPTY: ("inbox", Tone.OFF),
    PlaceKind.LOADING: ("", Tone.RUNNING),
    PlaceKind.ERROR: ("circle-x", Tone.BAD),
    PlaceKind.OFFLINE: ("cloud-off", Tone.CAUTION),
}


class Place(QWidget):
    """A sign, what is the matter, what to do, and the one action that may help (`acted` carries its key)."""

    acted = Signal(str)

    def __init__(self, name: str, icon_px: int = 36) -> None:
        super().__init__()
        self.setObjectName(name)
        self._state: PlaceState | None = None
        self._icon, self._spinner = Icon(icon_px), Spinner(icon_px)
        self._text = Label("", "strong", wrap=True)
        self._detail = Label("", "muted", wrap=True)
        self.button = ActionButton(f"{name}_action")
        self.button.clicked.connect(self._act)
        for label in (self._text, self._detail):
            label.setAlignment(qt.CENTRE)
        whole = column(spacing=SPACE_S, margins=(SPACE_L, SPACE_L, SPACE_L, SPACE_L))
        whole.addStretch(1)
        whole.addWidget(self._icon, 0, qt.CENTRE)
        whole.addWidget(self._spinner, 0, qt.CENTRE)
        whole.addWidget(self._text)
        whole.addWidget(self._detail)
        whole.addWidget(self.button, 0, qt.CENTRE)
        whole.addStretch(1)
        self.setLayout(whole)
        for part in (self._spinner, self.button):
            part.hide()

    def show_place(self, state: PlaceState) -> None:
        """Say why there is nothing and what to do."""
        if state == self._state:
            return
        self._state = state
        sign, tone = SIGNS[state.kind]
        self._icon.show_icon(state.icon or sign, tone)
        self._icon.setVisible(state.kind is not PlaceKind.LOADING)
        self._spinner.setVisible(state.kind is PlaceKind.LOADING)
        self._text.show_text(state.text)
        self._detail.show_text(state.detail)
        self._detail.setVisible(bool(state.detail))
        self.button.setVisible(state.action is not None)
        if state.action is not None:
            self.button.show_action(state.action)
        self.setAccessibleName(f"{state.text} {state.detail}".strip())

    def _act(self) -> None:
        if self._state is not None and self._state.action is not None:
            self.acted.emit(self._state.action.key)
