"""One of a few, all of them in sight: segments side by side, moved through with the arrow keys."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.apply import restyle
from carcheck_desktop.ui.theme.icons import icon
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.basics.layout import row
from carcheck_desktop.ui.widgets.forms.states import ChoiceOption, ChoiceState

STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class _Segment(QPushButton):
    """One option; a tick stands before the chosen one, so that colour is not the only sign."""

    def __init__(self, name: str, option: ChoiceOption) -> None:
        super().__init__()
        self.option = option
        self.setObjectName(name)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setProperty("role", "segment")

    def show_option(self, option: ChoiceOption, *, chosen: bool, enabled: bool) -> None:
        """Show another state."""
        self.option = option
        self.setText(f" {option.text}")
        self.setAccessibleName(option.text)
        self.setToolTip(option.why_not)
        self.setAccessibleDescription(option.why_not)
        # an exclusive button does not let itself be unchecked, but a choice may be taken back
        self.setAutoExclusive(False)
        self.setChecked(chosen)
        self.setAutoExclusive(True)
        self.setEnabled(enabled and option.enabled)
        self.draw_icon()

    def draw_icon(self) -> None:
        """Draw the icon in the colours of the look."""
        look = look_of(self)
        name = "check" if self.isChecked() else self.option.icon or "circle-dashed"
        ink = look.palette.text_on_accent if self.isChecked() else look.palette.text_muted
        self.setIcon(icon(name, ink, look.palette.tones[Tone.OFF].ink))
        self.setIconSize(QSize(look.px(16), look.px(16)))


class ChoiceGroup(QFrame):
    """Segments; the Tab key reaches the chosen one, the arrow keys go to its neighbours and choose them."""

    chosen = Signal(str)

    def __init__(self, name: str, label: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setProperty("kind", "segments")
        self.setAttribute(qt.STYLED)
        self._label = label
        self._state: ChoiceState | None = None
        self._segments: list[_Segment] = []
        self._line = row(spacing=0)
        self.setLayout(self._line)
        self.setSizePolicy(qt.FIXED, qt.FIXED)

    @property
    def value(self) -> str:
        """Return what is chosen, nothing when nothing is."""
        return self._state.chosen if self._state is not None else ""

    def show_choice(self, state: ChoiceState) -> None:
        """Show other options or another choice; nobody is told of a choice that is shown."""
        if state == self._state:
            return
        self._state = state
        restyle(self, tone=state.tone.value)
        self._make(state.options)
        had_focus = any(segment.hasFocus() for segment in self._segments)
        for segment, option in zip(self._segments, state.options, strict=True):
            segment.show_option(option, chosen=option.value == state.chosen, enabled=state.enabled)
        entry = self._entry()
        for segment in self._segments:
            segment.setFocusPolicy(qt.STRONG_FOCUS if segment is entry else Qt.FocusPolicy.ClickFocus)
        if had_focus and entry is not None:
            entry.setFocus()

    def take_focus(self) -> None:
        """Put the keyboard on the chosen segment."""
        entry = self._entry()
        if entry is not None:
            entry.setFocus()

    def _entry(self) -> _Segment | None:
        """Return the segment that the Tab key reaches: the chosen one, else the first that can be chosen."""
        able = [segment for segment in self._segments if segment.isEnabled()]
        return next((segment for segment in able if segment.isChecked()), able[0] if able else None)

    def _make(self, options: tuple[ChoiceOption, ...]) -> None:
        values = [option.value for option in options]
        if [segment.option.value for segment in self._segments] == values:
            return
        for segment in self._segments:
            segment.hide()
            segment.deleteLater()
        self._segments = []
        for number, option in enumerate(options):
            segment = _Segment(f"{self.objectName()}_{option.value}", option)
            place = "first" if number == 0 else "last" if number == len(options) - 1 else "middle"
            segment.setProperty("place", place)
            segment.clicked.connect(lambda _=False, value=option.value: self._take(value))
            segment.installEventFilter(self)
            self._segments.append(segment)
            self._line.addWidget(segment)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Put new segments where the group stands: Qt puts what is made later behind everything else."""
        before = self.previousInFocusChain()
        while before is not None and before is not self and before.focusPolicy() == qt.NO_FOCUS:
            before = before.previousInFocusChain()
        chain = [before, *self._segments] if before is not None and before is not self else self._segments
        for one, other in pairwise(chain):
            if one.window() is other.window():
                QWidget.setTabOrder(one, other)

    def _take(self, value: str) -> None:
        state = self._state
        if state is None:
            return
        is_new = value != state.chosen
        # a click unchecks the chosen one by itself: paint it again
        self._state = None
        self.show_choice(ChoiceState(state.options, value, state.enabled, state.tone))
        if is_new:
            self.chosen.emit(value)

    def eventFilter(self, watched: QPushButton, event: QEvent) -> bool:  # type: ignore[override]
        """Move with the arrow keys."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        step = STEPS.get(Qt.Key(event.key()))
        able = [segment for segment in self._segments if segment.isEnabled()]
        if step is None or watched not in able:
            return False
        target = able[(able.index(watched) + step) % len(able)]
        self._take(target.option.value)
        target.setFocus()
        return True

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            for segment in self._segments:
                segment.draw_icon()
