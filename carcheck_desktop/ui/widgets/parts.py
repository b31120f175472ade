"""Larger parts: action button, verdict card, instrument tile, prompt."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QWidget

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.apply import restyle
from carcheck_desktop.ui.theme.icons import icon
from carcheck_desktop.ui.theme.tokens import LIGHT, SPACE_L, SPACE_M, SPACE_S, SPACE_XS, Palette, Tone
from carcheck_desktop.ui.widgets.basics import Chip, Icon, Label, column, panel, row
from carcheck_desktop.ui.widgets.states import ActionState, CardState, PromptState, TileState


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


class Prompt(QFrame):
    """What the lane asks for, large enough to be read from the other side of the room."""

    def __init__(self, name: str, palette: Palette = LIGHT) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "banner")
        self.setAttribute(qt.STYLED)
        self._icon = Icon(36, palette)
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


class VerdictCard(QFrame):
    """One judged quantity: value large, limit and margin beside it, source below."""

    def __init__(self, name: str, palette: Palette = LIGHT) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "tile")
        self.setAttribute(qt.STYLED)
        self._title = Label("", "strong", elided=True)
        self._chip_icon = Icon(20, palette)
        self._outcome = Label("", "strong")
        self._value = Label("", "figure")
        self._unit = Label("", "strong")
        self._limit = Label("", "strong")
        self._margin = Label()
        self._origin = Label("", "caption", elided=True)
        self._doubt_icon = Icon(14, palette)
        self._doubt = Label("", "caption", elided=True)
        self._doubt_icon.show_icon("triangle-alert", Tone.CAUTION)
        restyle(self._doubt, tone=Tone.CAUTION.value)
        self._lay_out()

    def _lay_out(self) -> None:
        head = row(self._title, self._chip_icon, self._outcome, spacing=SPACE_XS + 2)
        figures = row(self._value, self._unit, spacing=SPACE_XS)
        figures.setAlignment(self._unit, qt.BOTTOM)
        figures.addStretch(1)
        beside = column(self._limit, self._margin, spacing=0)
        self._limit.setAlignment(qt.RIGHT | qt.MIDDLE)
        self._margin.setAlignment(qt.RIGHT | qt.MIDDLE)
        figures.addLayout(beside)
        self._doubt_row = panel("clear", f"{self.objectName()}_doubt")
        self._doubt_row.setLayout(row(self._doubt_icon, self._doubt, spacing=SPACE_XS))
        whole = column(spacing=2, margins=(SPACE_M, SPACE_S, SPACE_M, SPACE_S))
        whole.addLayout(head)
        whole.addLayout(figures)
        whole.addWidget(self._origin)
        whole.addWidget(self._doubt_row)
        whole.addStretch(1)
        self.setLayout(whole)

    def show_card(self, state: CardState) -> None:
        """Show another verdict."""
        restyle(self, tone=state.tone.value)
        self._chip_icon.show_icon(state.icon, state.tone)
        self._title.show_text(state.title)
        self._outcome.show_text(state.outcome, state.tone)
        self._value.show_text(state.value, state.tone)
        self._unit.show_text(state.unit, state.tone)
        self._limit.show_text(state.limit)
        self._margin.show_text(state.margin)
        self._origin.show_text(f"{state.exact} · {state.source}")
        self._doubt.show_text(state.doubt)
        self._doubt_row.setVisible(bool(state.doubt))
        parts = (state.title, state.outcome, f"{state.value} {state.unit}", state.limit, state.margin, state.doubt)
        self.setAccessibleName(", ".join(part for part in parts if part))


class DeviceTile(QFrame):
    """An instrument: one line while all is well, with cause, evidence and next step when not."""

    def __init__(self, name: str, palette: Palette = LIGHT) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "tile")
        self.setAttribute(qt.STYLED)
        self._icon = Icon(20, palette)
        self._title = Label("", "strong", elided=True)
        self._word = Label()
        self._detail = Label("", "caption", elided=True)
        self._cause = Label("", "", wrap=True)
        self._evidence = Label("", "caption", wrap=True)
        self._next = Label("", "", wrap=True)
        head = row(self._icon, self._title, self._word, spacing=SPACE_S)
        whole = column(spacing=2, margins=(SPACE_M, 6, SPACE_M, 6))
        whole.addLayout(head)
        for part in (self._detail, self._cause, self._evidence, self._next):
            whole.addWidget(part)
        self.setLayout(whole)

    def show_tile(self, state: TileState) -> None:
        """Show another state."""
        restyle(self, tone=state.tone.value)
        self._icon.show_icon(state.icon, state.tone)
        self._title.show_text(state.title)
        self._word.show_text(state.word, state.tone)
        self._detail.show_text(state.detail)
        self._detail.setVisible(bool(state.cause))
        self.setToolTip(state.detail)
        for label, text in (
            (self._cause, state.cause),
            (self._evidence, state.evidence),
            (self._next, state.next_step),
        ):
            label.show_text(text)
            label.setVisible(bool(text))
        self.setAccessibleName(", ".join(part for part in (state.title, state.word, state.cause) if part))
        self.setAccessibleDescription(f"{state.evidence} {state.next_step}".strip())


class TrainingRibbon(QFrame):
    """The ribbon that says on every window that nothing here is a real measurement."""

    def __init__(self, text: str, icon_px: int = 18, palette: Palette = LIGHT) -> None:
        super().__init__()
        self.setObjectName("training_ribbon")
        self.setProperty("kind", "training")
        self.setAttribute(qt.STYLED)
        self.setAccessibleName(text)
        sign = Icon(icon_px, palette)
        sign.show_icon("flask-conical", Tone.NEUTRAL, palette.training_ink)
        line = row(spacing=SPACE_S, margins=(SPACE_M, 3, SPACE_M, 3))
        line.addStretch(1)
        line.addWidget(sign)
        line.addWidget(Label(text))
        line.addStretch(1)
        self.setLayout(line)


class Empty(QWidget):
    """The designed state of a place with nothing in it: an icon, a word, what to do."""

    def __init__(self, name: str, icon_name: str = "inbox", icon_px: int = 36, palette: Palette = LIGHT) -> None:
        super().__init__()
        self.setObjectName(name)
        self._icon = Icon(icon_px, palette)
        self._icon.show_icon(icon_name, Tone.OFF)
        self._text = Label("", "strong", wrap=True)
        self._detail = Label("", "muted", wrap=True)
        for label in (self._text, self._detail):
            label.setAlignment(qt.CENTRE)
        whole = column(spacing=SPACE_S, margins=(SPACE_L, SPACE_L, SPACE_L, SPACE_L))
        whole.addStretch(1)
        whole.addWidget(self._icon, 0, qt.CENTRE)
        whole.addWidget(self._text)
        whole.addWidget(self._detail)
        whole.addStretch(1)
        self.setLayout(whole)

    def show_empty(self, text: str, detail: str = "", icon_name: str = "") -> None:
        """Say why there is nothing and what to do."""
        if icon_name:
            self._icon.show_icon(icon_name, Tone.OFF)
        self._text.show_text(text)
        self._detail.show_text(detail)
        self._detail.setVisible(bool(detail))
        self.setAccessibleName(f"{text} {detail}".strip())


__all__ = ["ActionButton", "Chip", "DeviceTile", "Empty", "Prompt", "TrainingRibbon", "VerdictCard"]
