"""The bar at the foot of a window: stop at the left, the next action in the right corner and on Enter."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S, Tone
from carcheck_desktop.ui.widgets.basics.icon import Icon
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import row
from carcheck_desktop.ui.widgets.forms.action_button import ActionButton
from carcheck_desktop.ui.widgets.forms.spinner import Spinner

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.ui.widgets.forms.states import ActionBarState, ActionState

SETTLE_S = 0.5
"""A next action that has just changed its meaning is not taken for so long."""
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
SIGNS = {Tone.NEUTRAL: "info", Tone.GOOD: "circle-check", Tone.BAD: "circle-x", Tone.ALARM: "octagon-x"}


class ActionBar(QFrame):
    """All actions of a task by button and key.

    `chosen` carries the key of an action that was taken; `refused` that of one that is not possible now, so
    that the window can lead to what is missing. The keys work wherever the focus is, unless what has it wants
    them itself (a multi-line field, an open list); the stop's key works even then.
    """

    chosen = Signal(str)
    refused = Signal(str)

    def __init__(self, name: str, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "footer")
        self.setAttribute(qt.STYLED)
        self._name = name
        self._clock = clock
        self._state: ActionBarState | None = None
        self._since_s = 0.0
        self._window: QWidget | None = None
        self._stop_key: QShortcut | None = None
        self.stop = ActionButton(f"{name}_stop", "stop")
        self.primary = ActionButton(f"{name}_next", "primary")
        self.others: dict[str, ActionButton] = {}
        self._sign, self._spinner = Icon(18), Spinner(18)
        self._sentence = Label("", "", wrap=True)
        self._sentence.setObjectName(f"{name}_sentence")
        self._sentence.setAlignment(qt.LEFT | qt.MIDDLE)
        self._between = row(spacing=SPACE_M)
        line = row(self.stop, self._sign, self._spinner, spacing=SPACE_M, margins=(SPACE_L, SPACE_S, SPACE_L, SPACE_S))
        line.addWidget(self._sentence, 1)
        line.addLayout(self._between)
        line.addWidget(self.primary)
        self.setLayout(line)
        self.setSizePolicy(qt.GROWING, qt.FIXED)
        self.stop.clicked.connect(self._press_stop)
        self.primary.clicked.connect(self.take_next)
        self.stop.hide()

    @property
    def shown(self) -> ActionBarState | None:
        """What the bar shows."""
        return self._state

    def show_actions(self, state: ActionBarState) -> None:
        """Show other actions."""
        before = self._state
        if state == before:
            return
        self._state = state
        if before is None or before.next.key != state.next.key:
            self._since_s = self._clock()
        self.primary.show_action(state.next)
        self.primary.setEnabled(state.next.enabled and not state.busy)
        self._show_others(state.others)
        self._show_stop(state.stop)
        self._sign.show_icon(SIGNS.get(state.tone, "triangle-alert") if state.sentence else "", state.tone)
        self._sign.setVisible(bool(state.sentence) and not state.busy)
        self._spinner.setVisible(state.busy)
        self._sentence.show_text(state.sentence, state.tone)
        self.primary.setAccessibleDescription(state.next.why_not or state.sentence)

    def _show_others(self, states: tuple[ActionState, ...]) -> None:
        wanted = [state.key for state in states]
        if list(self.others) != wanted:
            for key in [key for key in self.others if key not in wanted]:
                button = self.others.pop(key)
                button.hide()
                button.deleteLater()
            self.others = {key: self.others.get(key) or self._other(key) for key in wanted}
            for button in self.others.values():
                self._between.removeWidget(button)
                self._between.addWidget(button)
            self._order_tabs()
        for state in states:
            self.others[state.key].show_action(state)

    def _other(self, key: str) -> ActionButton:
        button = ActionButton(f"{self._name}_{key}", "large")
        button.clicked.connect(lambda: self.chosen.emit(key))
        return button

    def _order_tabs(self) -> None:
        chain = [self.stop, *self.others.values(), self.primary]
        for one, other in pairwise(chain):
            QWidget.setTabOrder(one, other)

    def _show_stop(self, state: ActionState | None) -> None:
        self.stop.setVisible(state is not None)
        if state is not None:
            self.stop.show_action(state)
        key = state.shortcut if state is not None else ""
        if self._stop_key is not None and self._stop_key.key() != QKeySequence(key):
            self._stop_key.deleteLater()
            self._stop_key = None
        if key and self._stop_key is None:
            # a shortcut and no key of the filter below: it works whatever has the focus, a sheet too
            self._stop_key = QShortcut(QKeySequence(key), self, self._press_stop)
            self._stop_key.setAutoRepeat(False)

    # -- taking ------------------------------------------------------------------------------

    def take_next(self) -> None:
        """Do the next action; not while it has only just become another one, nor twice."""
        state = self._state
        if state is None or state.busy or self._clock() - self._since_s < SETTLE_S:
            return
        (self.chosen if state.next.enabled else self.refused).emit(state.next.key)

    def _press_stop(self) -> None:
        if self._state is not None and self._state.stop is not None:
            (self.chosen if self._state.stop.enabled else self.refused).emit(self._state.stop.key)

    def take_key(self, event: QKeyEvent) -> bool:
        """Take a key that nobody below the window wanted; say whether it was one of the bar's."""
        is_asked = self._state is not None and self.isVisible() and not event.isAutoRepeat()
        if self._state is None or not is_asked or QApplication.activePopupWidget() is not None:
            return False
        if event.key() in ENTER:
            self.take_next()
            return True
        pressed = QKeySequence(event.keyCombination())
        for state in self._state.others:
            if state.shortcut and QKeySequence(state.shortcut) == pressed:
                (self.chosen if state.enabled else self.refused).emit(state.key)
                return True
        return False

    # -- Qt ----------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear the keys that come up to the window unused."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched is self._window:
            return self.take_key(event)
        return False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        window = self.window()
        if window is not self._window:
            if self._window is not None:
                self._window.removeEventFilter(self)
            self._window = window
            window.installEventFilter(self)
