"""A switch with what it switches and how it stands, in words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.fonts import font
from carcheck_desktop.ui.theme.look import Look, look_of
from carcheck_desktop.ui.theme.tokens import SPACE_S, SPACE_XS, Tone
from carcheck_desktop.ui.widgets.forms.states import ToggleState

TRACK = (38, 22)


class Toggle(QCheckBox):
    """Space switches; the knob's side and a word say how it stands."""

    switched = Signal(bool)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._state: ToggleState | None = None
        self.clicked.connect(self._take)

    def show_toggle(self, state: ToggleState) -> None:
        """Show another state; nobody is told of one that is shown."""
        if state == self._state:
            return
        self._state = state
        self.setChecked(state.on)
        self.setEnabled(state.enabled)
        self.setAccessibleName(f"{state.text} {state.said}".strip())
        self.setAccessibleDescription(state.why_not)
        self.setToolTip(state.why_not)
        self.updateGeometry()
        self.update()

    def _take(self, on: bool) -> None:
        # what is shown stays until the window says otherwise
        state = self._state
        self.setChecked(state.on if state is not None else on)
        self.switched.emit(on)

    def _track(self, look: Look) -> QSize:
        grown = look.density.text
        return QSize(look.px(TRACK[0] * grown), look.px(TRACK[1] * grown))

    def sizeHint(self) -> QSize:
        """Return room for switch and words."""
        look, state = look_of(self), self._state
        metrics = QFontMetrics(font(look.text_px("body"), bold=True))
        texts = metrics.horizontalAdvance(state.text) + metrics.horizontalAdvance(state.said) if state else 0
        height = max(look.px(look.density.control_px) + 2 * SPACE_XS, metrics.height())
        return QSize(self._track(look).width() + texts + 5 * SPACE_S, height)

    def minimumSizeHint(self) -> QSize:
        """Return the same: words are not cut."""
        return self.sizeHint()

    def hitButton(self, place: QPoint) -> bool:
        """Take a click anywhere on it."""
        return self.rect().contains(place)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._state is None:
            return
        look, palette = look_of(self), look_of(self).palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(QColor(palette.focus), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), SPACE_XS, SPACE_XS)
        size = self._track(look)
        track = QRectF(SPACE_S, (self.height() - size.height()) / 2, size.width(), size.height())
        self._draw_switch(painter, look, track)
        off = palette.tones[Tone.OFF].ink
        place = QRectF(self.rect()).adjusted(track.right() + SPACE_S, 0, 0, 0)
        painter.setFont(font(look.text_px("body")))
        painter.setPen(QColor(palette.text if self.isEnabled() else off))
        painter.drawText(place, qt.LEFT | qt.MIDDLE, self._state.text)
        shift = QFontMetrics(painter.font()).horizontalAdvance(self._state.text) + SPACE_S
        painter.setFont(font(look.text_px("body"), bold=True))
        painter.setPen(QColor(palette.text_muted if self.isEnabled() else off))
        painter.drawText(place.adjusted(shift, 0, 0, 0), qt.LEFT | qt.MIDDLE, self._state.said)
        painter.end()

    def _draw_switch(self, painter: QPainter, look: Look, track: QRectF) -> None:
        palette = look.palette
        is_on = self.isChecked()
        edge = palette.accent if is_on else palette.text_muted
        ground = palette.accent if is_on else palette.surface
        knob = palette.text_on_accent if is_on else palette.text_muted
        if not self.isEnabled():
            edge, ground = palette.border_strong, palette.sunken
            knob = palette.tones[Tone.OFF].ink
        painter.setPen(QPen(QColor(edge), 1.5))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
        inset = track.height() * 0.18
        side = track.height() - 2 * inset
        left = track.right() - inset - side if is_on else track.left() + inset
        painter.setPen(qt.NO_PEN)
        painter.setBrush(QColor(knob))
        painter.drawEllipse(QRectF(left, track.top() + inset, side, side))
