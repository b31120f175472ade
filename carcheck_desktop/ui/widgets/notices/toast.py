"""Short notices of what has just happened: they go by themselves, refusals stay."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.apply import restyle
from carcheck_desktop.ui.theme.icons import icon
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import SPACE_M, SPACE_S, SPACE_XS
from carcheck_desktop.ui.widgets.basics.icon import Icon
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, row
from carcheck_desktop.ui.widgets.notices.announce import announce

if TYPE_CHECKING:
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.widgets.notices.states import ToastState

MOST = 3
WIDTH = 360
TICK_MS = 100


class Toast(QFrame):
    """One notice with what is left of its time as a line; the time rests under the mouse and with the focus."""

    gone = Signal(str)

    def __init__(self, name: str, words: Words) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "banner")
        self.setAttribute(qt.STYLED)
        self.state: ToastState | None = None
        self._left_ms = 0
        self._is_held = False
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._icon = Icon(20)
        self._text = Label("", "strong", wrap=True)
        self._detail = Label("", "", wrap=True)
        self.close_button = QPushButton()
        self.close_button.setObjectName(f"{name}_close")
        self.close_button.setAccessibleName(words("ui.toast.close"))
        self.close_button.setToolTip(words("ui.toast.close"))
        self.close_button.setProperty("role", "quiet")
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.go)
        self.setMouseTracking(True)
        for part in (self._icon, self._text, self._detail):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        line = row(spacing=SPACE_S, margins=(SPACE_M, SPACE_S, SPACE_S, SPACE_M))
        line.addWidget(self._icon, 0, qt.TOP)
        line.addLayout(column(self._text, self._detail, spacing=2), 1)
        line.addWidget(self.close_button, 0, qt.TOP)
        self.setLayout(line)

    def show_toast(self, state: ToastState) -> None:
        """Show a notice, its time from the beginning."""
        self.state = state
        self._left_ms = state.lasts_ms
        restyle(self, tone=state.tone.value)
        self._icon.show_icon(state.icon, state.tone)
        self._text.show_text(state.text)
        self._detail.show_text(state.detail)
        self._detail.setVisible(bool(state.detail))
        self.setAccessibleName(f"{state.text} {state.detail}".strip())
        self._draw_close()
        if state.stays:
            self._timer.stop()
        else:
            self._since.start()
            self._timer.start()
        self.update()

    @property
    def left_ms(self) -> int:
        """Return how long the notice is still shown."""
        return max(0, self._left_ms)

    def go(self) -> None:
        """Put the notice away."""
        self._timer.stop()
        if self.state is not None:
            self.gone.emit(self.state.key)

    def _tick(self) -> None:
        passed = self._since.restart()
        if self._is_held or self.close_button.hasFocus():
            return
        self._left_ms -= passed
        self.update()
        if self._left_ms <= 0:
            self.go()

    def _draw_close(self) -> None:
        if self.state is not None:
            look = look_of(self)
            self.close_button.setIcon(icon("x", look.palette.tones[self.state.tone].ink))
            self.close_button.setIconSize(QSize(look.px(16), look.px(16)))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        # moved onto it: a mouse that just lies where the message appears holds nothing
        self._is_held = True
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._is_held = False
        super().leaveEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._draw_close()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.state is None or self.state.stays:
            return
        look = look_of(self)
        height = look.px(3)
        width = (self.width() - 2 * SPACE_S) * self.left_ms / self.state.lasts_ms
        painter = QPainter(self)
        painter.setPen(qt.NO_PEN)
        painter.setBrush(QColor(look.palette.tones[self.state.tone].ink))
        painter.drawRect(QRectF(SPACE_S, self.height() - height - 3, width, height))
        painter.end()


class Toasts(QWidget):
    """The notices of a window, at most three at the right above its bar; further ones wait their turn.

    A notice that goes by itself makes room for a newer one, a refusal does not: it has to be put away.
    """

    gone = Signal(str)

    def __init__(self, window: QWidget, words: Words, above: QWidget | None = None, name: str = "toasts") -> None:
        super().__init__(window)
        self.setObjectName(name)
        # lies over what stands below, which is not read meanwhile
        self.setProperty("floating", True)
        self.setAccessibleName(words("ui.toast.name"))
        self._words = words
        self._above = above
        self._shown: list[Toast] = []
        self._waiting: deque[ToastState] = deque()
        self._number = 0
        self._column = column(spacing=SPACE_XS)
        self._more = Label("", "caption")
        self._more.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._more.setContentsMargins(0, 0, SPACE_XS, 0)
        self._more.hide()
        self._column.addWidget(self._more)
        self.setLayout(self._column)
        window.installEventFilter(self)
        if above is not None:
            above.installEventFilter(self)
        self.hide()

    @property
    def toasts(self) -> tuple[Toast, ...]:
        """What is shown, the oldest first."""
        return tuple(self._shown)

    def say(self, state: ToastState) -> None:
        """Show a notice, or queue it behind refusals that nobody has put away yet."""
        same = next((each for each in self._shown if each.state is not None and each.state.key == state.key), None)
        if same is not None:
            same.show_toast(state)
            announce(same)
        elif len(self._shown) < MOST or self._make_room():
            self._add(state)
        else:
            self._waiting.append(state)
        self._place()

    def show_said(self, before: tuple[ToastState, ...], now: tuple[ToastState, ...]) -> None:
        """Take back what is not said any more, and say what is new."""
        for gone in {toast.key for toast in before} - {toast.key for toast in now}:
            self.take_back(gone)
        for toast in now:
            if toast not in before:
                self.say(toast)

    def take_back(self, key: str) -> None:
        """Put a notice away that does not hold any more."""
        self._waiting = deque(state for state in self._waiting if state.key != key)
        for toast in self._shown:
            if toast.state is not None and toast.state.key == key:
                toast.go()
                return
        self._place()

    def _make_room(self) -> bool:
        passing = next((each for each in self._shown if each.state is not None and not each.state.stays), None)
        if passing is not None and passing.state is not None:
            self._drop(passing)
            self.gone.emit(passing.state.key)
        return passing is not None

    def _add(self, state: ToastState) -> None:
        self._number += 1
        toast = Toast(f"{self.objectName()}_{self._number}", self._words)
        toast.gone.connect(self._went)
        self._shown.append(toast)
        self._column.addWidget(toast)
        toast.show_toast(state)
        self.show()
        announce(toast)

    def _drop(self, toast: Toast) -> None:
        self._shown.remove(toast)
        self._column.removeWidget(toast)
        toast.hide()
        toast.deleteLater()

    def _went(self, key: str) -> None:
        toast = next((each for each in self._shown if each.state is not None and each.state.key == key), None)
        if toast is None:
            return
        self._drop(toast)
        if self._waiting:
            self._add(self._waiting.popleft())
        self._place()
        self.gone.emit(key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window and the bar."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show):
            self._place()
        return False

    def _place(self) -> None:
        self.setVisible(bool(self._shown))
        self._more.setVisible(bool(self._waiting))
        if self._waiting:
            self._more.show_text(self._words("ui.toast.waiting", count=len(self._waiting)))
        window = self.parentWidget()
        if not self._shown or window is None:
            return
        width = min(look_of(self).px(WIDTH), window.width() - 2 * SPACE_M)
        self.ensurePolished()
        self._column.activate()
        height = self._column.totalHeightForWidth(width)
        bottom = window.height()
        if self._above is not None and self._above.isVisible():
            bottom = self._above.mapTo(window, QPoint(0, 0)).y()
        self.setGeometry(window.width() - width - SPACE_M, max(0, bottom - height - SPACE_M), width, height)
        self.raise_()
