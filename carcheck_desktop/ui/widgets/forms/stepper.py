"""Where in a task somebody is: a path of named steps."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.fonts import font
from carcheck_desktop.ui.theme.icons import draw_icon
from carcheck_desktop.ui.theme.look import Look, look_of
from carcheck_desktop.ui.theme.tokens import SPACE_S, SPACE_XS, Tone
from carcheck_desktop.ui.widgets.forms.states import Standing, StepperState, StepState

DISC = 26
"""Diameter of a step's disc, of the design."""
LINE = 2.0
SIGNS = {Standing.DONE: "check", Standing.BLOCKED: "x"}


class Stepper(QWidget):
    """Numbered discs on a line, the name beside each; where there is no room only the present one is named."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._state: StepperState | None = None
        self.setProperty("elided", True)
        self.setSizePolicy(qt.GROWING, qt.FIXED)

    def show_steps(self, state: StepperState) -> None:
        """Show another place in the task."""
        if state == self._state:
            return
        self._state = state
        self.setAccessibleName(state.spoken)
        self.setToolTip(" → ".join(step.name for step in state.steps))
        self.updateGeometry()
        self.update()

    def _disc_px(self, look: Look) -> int:
        return max(look.px(DISC * look.density.text), look.text_px("strong") + SPACE_S)

    def _wants_px(self, look: Look, *, named: bool) -> int:
        steps = self._state.steps if self._state is not None else ()
        bold = QFontMetrics(font(look.text_px("body"), bold=True))
        shown = [step for step in steps if named or step.standing in (Standing.NOW, Standing.BLOCKED)]
        texts = sum(bold.horizontalAdvance(step.name) + 3 * SPACE_S for step in shown)
        least_line = look.px(SPACE_S * 2)
        return len(steps) * (self._disc_px(look) + least_line) + texts

    def sizeHint(self) -> QSize:
        """Return room for all names."""
        look = look_of(self)
        return QSize(self._wants_px(look, named=True), self._disc_px(look) + SPACE_XS)

    def minimumSizeHint(self) -> QSize:
        """Return room for the name of the present step."""
        look = look_of(self)
        return QSize(self._wants_px(look, named=False), self._disc_px(look) + SPACE_XS)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
            self.update()

    # -- paint -------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._state is None or not self._state.steps:
            return
        look, steps = look_of(self), self._state.steps
        is_named = self._wants_px(look, named=True) <= self.width()
        spare = self.width() - self._wants_px(look, named=is_named)
        line_px = look.px(SPACE_S * 2) + max(0, spare) / max(1, len(steps) - 1)
        line_px = min(line_px, look.px(120))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        at = 0.0
        for number, step in enumerate(steps, start=1):
            if number > 1:
                at = self._line(painter, look, step, (at, line_px))
            at = self._step(painter, look, (number, step), at, is_named=is_named)
        painter.end()

    def _line(self, painter: QPainter, look: Look, step: StepState, place: tuple[float, float]) -> float:
        at, length = place
        is_reached = step.standing is not Standing.TO_DO
        colour = look.palette.accent if is_reached else look.palette.border_strong
        painter.setPen(QPen(QColor(colour), LINE * look.scale))
        middle = self.height() / 2
        painter.drawLine(QPointF(at + SPACE_XS, middle), QPointF(at + length - SPACE_XS, middle))
        return at + length

    def _step(
        self, painter: QPainter, look: Look, numbered: tuple[int, StepState], at: float, *, is_named: bool
    ) -> float:
        _number, step = numbered
        side = self._disc_px(look)
        disc = QRectF(at + 1, (self.height() - side) / 2 + 1, side - 2, side - 2)
        self._disc(painter, look, numbered, disc)
        at += side
        if not is_named and step.standing not in (Standing.NOW, Standing.BLOCKED):
            return at
        is_strong = step.standing in (Standing.NOW, Standing.BLOCKED)
        painter.setFont(font(look.text_px("body"), bold=is_strong))
        ink = look.palette.text_muted if step.standing is Standing.TO_DO else look.palette.text
        if step.standing is Standing.BLOCKED:
            ink = look.palette.tones[Tone.BAD].ink
        painter.setPen(QColor(ink))
        metrics = QFontMetrics(font(look.text_px("body"), bold=True))
        missing = 0 if is_named else max(0, self._wants_px(look, named=False) - self.width())
        # where even the present name has no room its end is left out; the tool tip has it whole
        room = metrics.horizontalAdvance(step.name) - missing
        name = metrics.elidedText(step.name, qt.ELIDE_RIGHT, room) if missing else step.name
        width = metrics.horizontalAdvance(name) + SPACE_S
        painter.drawText(QRectF(at + SPACE_S, 0, width, self.height()), qt.LEFT | qt.MIDDLE, name)
        return at + 2 * SPACE_S + width

    @staticmethod
    def _disc(painter: QPainter, look: Look, numbered: tuple[int, StepState], disc: QRectF) -> None:
        number, step = numbered
        palette = look.palette
        ground, edge, ink = {
            Standing.DONE: (palette.accent_soft, palette.accent, palette.tones[Tone.RUNNING].ink),
            Standing.NOW: (palette.accent, palette.accent, palette.text_on_accent),
            Standing.TO_DO: (palette.surface, palette.border_strong, palette.text_muted),
            Standing.BLOCKED: (palette.tones[Tone.BAD].soft, palette.tones[Tone.BAD].ink, palette.tones[Tone.BAD].ink),
        }[step.standing]
        painter.setBrush(QColor(ground))
        painter.setPen(QPen(QColor(edge), LINE * look.scale))
        painter.drawEllipse(disc)
        sign = SIGNS.get(step.standing)
        if sign:
            inset = disc.width() * 0.22
            draw_icon(painter, sign, ink, disc.adjusted(inset, inset, -inset, -inset))
            return
        painter.setPen(QColor(ink))
        painter.setFont(font(look.text_px("body"), bold=True))
        painter.drawText(disc, qt.CENTRE, str(number))
