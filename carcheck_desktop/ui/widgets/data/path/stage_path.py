"""A path of stages as a part of a window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QHelpEvent
from PySide6.QtWidgets import QToolTip

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.widgets.data.painting import Painted, text_font, text_px
from carcheck_desktop.ui.widgets.data.path.layout import LINE_FACTOR
from carcheck_desktop.ui.widgets.data.path.paint import MARK_SIZE, draw_stage_path
from carcheck_desktop.ui.widgets.data.states import Phase, StagePathState

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from carcheck_desktop.ui.bridge.words import Words


def spoken_path(state: StagePathState, words: Words) -> str:
    """Return a path as a sentence: every stage with how it stands."""
    if state.phase is not Phase.READY:
        return state.note
    if state.spoken:
        return state.spoken
    parts = [
        words("ui.path.stage", stage=stage.word, mark=words(f"ui.path.mark.{stage.mark.value}"))
        for stage in state.stages
    ]
    return words("ui.path.joint").join(parts)


class StagePath(Painted):
    """A path of stages; a `compact` one is a single line high."""

    def __init__(self, name: str, words: Words, *, level: str = "body", compact: bool = False) -> None:
        super().__init__(name)
        self._words = words
        self._level = level
        self._compact = compact
        self._state = StagePathState(())
        self.setSizePolicy(qt.GROWING, qt.FIXED)

    @property
    def state(self) -> StagePathState:
        """What is shown."""
        return self._state

    def show_path(self, state: StagePathState) -> None:
        """Show another path; nothing is painted when it is the same."""
        if state == self._state:
            return
        self._state = state
        self.setAccessibleName(spoken_path(state, self._words))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = look_of(self)
        letters = text_px(look, self._level)
        metrics = QFontMetricsF(text_font(look, self._level, bold=True))
        words = sum(metrics.horizontalAdvance(stage.word) + letters for stage in self._state.stages)
        return QSize(round(max(words, letters * 8)), self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        letters = text_px(look_of(self), self._level)
        lines = MARK_SIZE if self._compact else MARK_SIZE + LINE_FACTOR
        return QSize(letters * 6, round(letters * lines) + 4)

    def event(self, event: QEvent) -> bool:
        # words that found no room are told by the tool tip
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.accessibleName(), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.begin()
        draw_stage_path(painter, self._state, QRectF(self.rect()).adjusted(1, 1, -1, -1), self.look(), self._level)
        self.finish(painter)
