"""The bar at the foot of a window: stop at the left, the next action in the right corner and on Enter."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XS, Tone
from carcheck_desktop.ui.widgets.basics.icon import Icon
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, row
from carcheck_desktop.ui.widgets.forms.action_button import ActionButton
from carcheck_desktop.ui.widgets.forms.spinner import Spinner
from carcheck_desktop.ui.widgets.forms.states import ActionBarState, ActionState, RemarkState

if TYPE_CHECKING:
    from collections.abc import Callable


SETTLE_S = 0.5
"""A next action that has just changed its meaning is not taken for so long."""
SEEN_S = 0.3
"""Nobody has read what stands there for less, and decided: a key within it was meant for what stood there before."""
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
SENTENCE_PX = 170
"""Room that a sentence needs beside the buttons at scale 1; with less it stands above them."""
SIGNS = {Tone.NEUTRAL: "info", Tone.GOOD: "circle-check", Tone.BAD: "circle-x", Tone.ALARM: "octagon-x"}


class ActionBar(QFrame):
    """All actions of a task by button and key.

    `chosen` carries the key of an action that was taken; `refused` that of one that is not possible now, so
    that the window can lead to what is missing. The keys work wherever the focus is, unless what has it wants
    them itself (a multi-line field, an open list); the stops' keys work even then. `remarked` says that
    something else is said of a stop. Where the width is short, sentence and other actions stand above stop and
    next, which keep their corners.
    """

    chosen = Signal(str)
    refused = Signal(str)
    remarked = Signal()
    settle_s: float | None = None
    """A shorter time than SETTLE_S, where the next action harms nobody and follows from the last key."""
    seen_s: float | None = None
    """Where given, the pause runs from the key that led to the next action; it is seen for so long at least."""

    def __init__(self, name: str, clock: Callable[[], float] = time.monotonic, named: str = "") -> None:
        """`named` makes a button's objectName from its action (`{}_button`); without it the bar's name begins it."""
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "footer")
        self.setAttribute(qt.STYLED)
        self._named = named or f"{name}_{{}}"
        self._clock = clock
        self._state: ActionBarState | None = None
        self._since_s, self._taken_s = 0.0, float("-inf")
        self._window: QWidget | None = None
        self._stop_keys: dict[ActionButton, QShortcut] = {}
        self._is_narrow = False
        self.stop = ActionButton(self._named.format("stop"), "stop")
        self.stop_all = ActionButton(self._named.format("stop_all"), "danger")
        self.primary = ActionButton(self._named.format("next"), "primary")
        self.others: dict[str, ActionButton] = {}
        self._sign, self._spinner = Icon(18), Spinner(18)
        self._sentence = Label("", "", wrap=True)
        self._sentence.setObjectName(f"{name}_sentence")
        self._sentence.setAlignment(qt.LEFT | qt.MIDDLE)
        self._between = row(spacing=SPACE_M)
        self._upper = row(spacing=SPACE_M)
        self._lower = row(self.stop, self.stop_all, spacing=SPACE_M)
        self._middle = row(self._sign, self._spinner, spacing=SPACE_M)
        self._middle.addWidget(self._sentence, 1)
        self._middle.addLayout(self._between)
        self._lower.addLayout(self._middle, 1)
        self._lower.addWidget(self.primary)
        whole = column(spacing=SPACE_XS, margins=(SPACE_L, SPACE_S, SPACE_L, SPACE_S))
        whole.addLayout(self._upper)
        whole.addLayout(self._lower)
        self.setLayout(whole)
        self.setSizePolicy(qt.GROWING, qt.FIXED)
        self.stop.clicked.connect(lambda: self._press(self.stop))
        self.stop_all.clicked.connect(lambda: self._press(self.stop_all))
        self.primary.clicked.connect(self.take_next)
        self.stop.hide()
        self.stop_all.hide()

    @property
    def shown(self) -> ActionBarState | None:
        """What the bar shows."""
        return self._state

    @property
    def spared(self) -> tuple[QWidget, ...]:
        """What has to stay in sight and in reach whatever lies over the window: stops, and what became of one."""
        told = (self._sign, self._sentence) if self._state is not None and self._state.stopped is not None else ()
        return (self.stop, self.stop_all, *told)

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
        self._show_stop(self.stop, state.stop)
        self._show_stop(self.stop_all, state.stop_all)
        self._say(state)
        self.primary.setAccessibleDescription(state.next.why_not or state.sentence)
        self._arrange()
        if before is None or before.stopped != state.stopped:
            self.remarked.emit()

    def _say(self, state: ActionBarState) -> None:
        said = state.stopped
        if said is None:
            sign = SIGNS.get(state.tone, "triangle-alert") if state.sentence else ""
            said = RemarkState(state.tone, sign, state.sentence)
        is_busy = state.busy and state.stopped is None
        self._sign.show_icon(said.icon, said.tone)
        self._sign.setVisible(bool(said.text) and not is_busy)
        self._spinner.setVisible(is_busy)
        self._sentence.show_text(said.text, said.tone)

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
        button = ActionButton(self._named.format(key), self._other_role())
        button.clicked.connect(lambda: self.chosen.emit(key))
        return button

    def _other_role(self) -> str:
        """Other actions are low above the next one, as high as it beside it."""
        return "" if self._is_narrow else "large"

    def _order_tabs(self) -> None:
        beside = [*self.others.values()]
        # in reading order: what stands above comes first
        chain = [*beside, self.stop, self.stop_all] if self._is_narrow else [self.stop, self.stop_all, *beside]
        chain.append(self.primary)
        for one, other in pairwise(chain):
            QWidget.setTabOrder(one, other)

    def _show_stop(self, button: ActionButton, state: ActionState | None) -> None:
        button.setVisible(state is not None)
        if state is not None:
            button.show_action(state)
        wanted = QKeySequence.listFromString(state.shortcut) if state is not None else []
        listening = self._stop_keys.get(button)
        if listening is None and wanted:
            # a shortcut and no key of the filter below: it works whatever has the focus, a sheet too
            listening = self._stop_keys[button] = QShortcut(self)
            listening.setAutoRepeat(False)
            listening.setContext(Qt.ShortcutContext.ApplicationShortcut)
            listening.activated.connect(lambda: self._press(button))
            # a key that something else wants too stops all the same
            listening.activatedAmbiguously.connect(lambda: self._press(button))
        if listening is not None and listening.keys() != wanted:
            listening.setKeys(wanted)

    def _arrange(self) -> None:
        """Put sentence and other actions above stop and next while they have no room between them."""
        buttons = [each for each in (self.stop, self.stop_all, *self.others.values(), self.primary) if _is_in(each)]
        needed = sum(each.sizeHint().width() + SPACE_M for each in buttons) + look_of(self).px(SENTENCE_PX)
        is_narrow = needed > self.width() - 2 * SPACE_L
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        for each in self.others.values():
            each.show_role(self._other_role())
        source, target = (self._lower, self._upper) if is_narrow else (self._upper, self._lower)
        source.removeItem(self._middle)
        # a layout that was taken out still calls its old one parent
        self._middle.setParent(None)
        if is_narrow:
            target.addLayout(self._middle, 1)
            source.insertStretch(2, 1)
        else:
            target.takeAt(2)
            target.insertLayout(2, self._middle, 1)
        self._order_tabs()

    # -- taking ------------------------------------------------------------------------------

    def take_next(self) -> None:
        """Do the next action; not while it has only just become another one, nor twice."""
        state = self._state
        settle_s = SETTLE_S if self.settle_s is None else min(SETTLE_S, self.settle_s)
        now_s = self._clock()
        is_settled = now_s - self._since_s >= settle_s or (
            self.seen_s is not None
            and self._since_s - self._taken_s < settle_s  # what changed is what the last key led to
            and now_s - self._taken_s >= settle_s
            and now_s - self._since_s >= self.seen_s
        )
        if state is None or state.busy or not is_settled:
            return
        if state.next.enabled:
            self._taken_s = now_s
        (self.chosen if state.next.enabled else self.refused).emit(state.next.key)

    def _press(self, stop: ActionButton) -> None:
        if self._state is not None:
            self._take(self._state.stop if stop is self.stop else self._state.stop_all)

    def _take(self, state: ActionState | None) -> None:
        if state is not None:
            (self.chosen if state.enabled else self.refused).emit(state.key)

    def is_stop_key(self, event: QKeyEvent) -> bool:
        """Say whether a key is one of a stop."""
        pressed = QKeySequence(event.keyCombination())
        return any(pressed in list(each.keys()) for each in self._stop_keys.values())

    def take_key(self, event: QKeyEvent) -> bool:
        """Take a key that nobody below the window wanted; say whether it was one of the bar's."""
        is_asked = self._state is not None and self.isVisible() and not event.isAutoRepeat()
        if self._state is None or not is_asked or QApplication.activePopupWidget() is not None:
            return False
        if event.key() in ENTER:
            if self._state.by_enter:
                self.take_next()
            else:
                self.refused.emit(self._state.next.key)
            return True
        pressed = QKeySequence(event.keyCombination())
        for state in self._state.others:
            if state.shortcut and QKeySequence(state.shortcut) == pressed:
                self._take(state)
                return True
        return False

    # -- Qt ----------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear the keys that come up to the window unused."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched is self._window:
            return self.take_key(event)
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        window = self.window()
        if window is not self._window:
            if self._window is not None:
                self._window.removeEventFilter(self)
            self._window = window
            window.installEventFilter(self)


def _is_in(button: ActionButton) -> bool:
    """Say whether a button takes room in its bar, shown or not yet."""
    return not button.isHidden()
