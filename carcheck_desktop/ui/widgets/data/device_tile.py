"""One instrument and how it is."""

from __future__ import annotations

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.apply import restyle
from carcheck_desktop.ui.theme.tokens import SPACE_M, SPACE_S
from carcheck_desktop.ui.widgets.basics.icon import Icon
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, row
from carcheck_desktop.ui.widgets.data.painting import Pressable
from carcheck_desktop.ui.widgets.data.states import TileState


class DeviceTile(Pressable):
    """An instrument: one line while all is well, with cause, evidence and next step when not.

    One that `opens` is a tab stop; `pressed` asks for the instrument's details by its key.
    """

    def __init__(self, name: str, *, opens: bool = False) -> None:
        super().__init__(name)
        self.set_opens(opens)
        self.setProperty("kind", "tile")
        self.setAttribute(qt.STYLED)
        self._icon = Icon(20)
        self._title = Label("", "strong", elided=True)
        self._word = Label()
        self._detail = Label("", "caption", elided=True)
        self._cause = Label("", "", wrap=True)
        self._evidence = Label("", "caption", wrap=True)
        self._next = Label("", "", wrap=True)
        head = row(self._icon, self._title, self._word, spacing=SPACE_S)
        whole = column(spacing=2, margins=(SPACE_M, 6, SPACE_M, 6))
        whole.addLayout(head)
        self._seen = Label("", "caption", elided=True)
        for part in (self._detail, self._seen, self._cause, self._evidence, self._next):
            whole.addWidget(part)
        self.setLayout(whole)

    def show_tile(self, state: TileState) -> None:
        """Show another state."""
        restyle(self, tone=state.tone.value)
        self.key = state.key
        self._icon.show_icon(state.icon, state.tone)
        self._title.show_text(state.title)
        self._word.show_text(state.word, state.tone)
        self._detail.show_text(state.detail)
        self._detail.setVisible(bool(state.cause))
        self.setToolTip(state.detail)
        for label, text in (
            (self._seen, state.seen),
            (self._cause, state.cause),
            (self._evidence, state.evidence),
            (self._next, state.next_step),
        ):
            label.show_text(text)
            label.setVisible(bool(text))
        self.setAccessibleName(", ".join(part for part in (state.title, state.word, state.seen, state.cause) if part))
        self.setAccessibleDescription(f"{state.evidence} {state.next_step}".strip())
