"""How far something is, what is left of it, and the way to give it up."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QRectF, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QWidget

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import SPACE_M, SPACE_S, Tone
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, row
from carcheck_desktop.ui.widgets.forms.action_button import ActionButton
from carcheck_desktop.ui.widgets.forms.states import ActionState
from carcheck_desktop.ui.widgets.notices.states import ProgressState

HEIGHT = 10
FRAME_MS = 40
PART = 0.3
"""How much of the track a bar takes that does not know how far it is."""
SURE_AFTER_S, SURE_AFTER_PART = 2.0, 0.03


def remaining_s(done: float, elapsed_s: float) -> float | None:
    """Return how many seconds are left at the pace so far; none while that would be a guess."""
    if elapsed_s < SURE_AFTER_S or not SURE_AFTER_PART <= done <= 1:
        return None
    return elapsed_s * (1 - done) / done


class _Bar(QWidget):
    """The bar; one that does not know moves to and fro, or is striped evenly where nothing may move."""

    def __init__(self) -> None:
        super().__init__()
        self._done: float | None = 0.0
        self._tone = Tone.RUNNING
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self.update)
        self._fit()

    def show_bar(self, done: float | None, tone: Tone) -> None:
        """Show another length."""
        self._done = None if done is None else min(1.0, max(0.0, done))
        self._tone = tone
        self._roll()
        self.update()

    def _fit(self) -> None:
        self.setFixedHeight(look_of(self).px(HEIGHT))

    def _roll(self) -> None:
        if self._done is None and self.isVisible() and look_of(self).motion.turn_ms:
            if not self._timer.isActive():
                self._clock.start()
                self._timer.start()
        else:
            self._timer.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._roll()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()
            self._roll()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(self.rect())
        radius = track.height() / 2
        painter.setPen(QColor(look.palette.border_strong))
        painter.setBrush(QColor(look.palette.sunken))
        painter.drawRoundedRect(track.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.setPen(qt.NO_PEN)
        painter.setBrush(QColor(look.palette.tones[self._tone].ink))
        for left, right in self._chunks():
            chunk = QRectF(track.width() * left, 0, track.width() * (right - left), track.height())
            painter.drawRoundedRect(chunk, radius, radius)
        painter.end()

    def _chunks(self) -> list[tuple[float, float]]:
        """Return the filled parts of the track."""
        if self._done is not None:
            return [(0.0, self._done)] if self._done > 0 else []
        turn_ms = look_of(self).motion.turn_ms
        if not turn_ms:
            return [(at / 10, at / 10 + 0.05) for at in range(10)]
        phase = self._clock.elapsed() % (2 * turn_ms) / turn_ms if self._clock.isValid() else 0.0
        at = (phase if phase <= 1 else 2 - phase) * (1 - PART)
        return [(at, at + PART)]


class Progress(QFrame):
    """What is being done, a bar, what is left, and a button to give it up, which is heard once."""

    cancelled = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._state: ProgressState | None = None
        self._is_cancelling = False
        self._text = Label("", "strong", wrap=True)
        self._part = Label("", "value")
        self._bar = _Bar()
        self._bar.setObjectName(f"{name}_bar")
        self._detail = Label("", "muted", wrap=True)
        self.button = ActionButton(f"{name}_cancel")
        self.button.clicked.connect(self._cancel)
        head = row(spacing=SPACE_M)
        head.addWidget(self._text, 1)
        head.addWidget(self._part)
        foot = row(spacing=SPACE_M)
        foot.addWidget(self._detail, 1)
        foot.addWidget(self.button)
        whole = column(spacing=SPACE_S)
        whole.addLayout(head)
        whole.addWidget(self._bar)
        whole.addLayout(foot)
        self.setLayout(whole)
        self.button.hide()

    def show_progress(self, state: ProgressState) -> None:
        """Show how far it is now."""
        before = self._state
        if state == before:
            return
        self._state = state
        if before is None or state.cancel is None or before.cancel is None or state.cancel.key != before.cancel.key:
            self._is_cancelling = False
        self._text.show_text(state.text)
        percent = "" if state.done is None else f"{int(min(1.0, max(0.0, state.done)) * 100)} %"
        self._part.show_text(percent)
        self._bar.show_bar(state.done, state.tone)
        self._detail.show_text(state.detail)
        self._show_cancel(state.cancel)
        said = " ".join(part for part in (state.text, percent, state.detail) if part)
        self.setAccessibleName(said)

    def _show_cancel(self, cancel: ActionState | None) -> None:
        self.button.setVisible(cancel is not None)
        if cancel is not None:
            self.button.show_action(cancel)
            self.button.setEnabled(cancel.enabled and not self._is_cancelling)

    def _cancel(self) -> None:
        if self._is_cancelling:
            return
        self._is_cancelling = True
        self.button.setEnabled(False)
        self.cancelled.emit()
