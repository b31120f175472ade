"""One lane among all: name and key, state, plate, path of items, prompt, live curve, trouble, what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy

from carcheck_desktop.ui.control.parts.asked import Asked
from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import RADIUS_L, SPACE_M, SPACE_S, SPACE_XS, Tone
from carcheck_desktop.ui.widgets.basics.chip import Chip
from carcheck_desktop.ui.widgets.basics.icon import Icon
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, panel, row
from carcheck_desktop.ui.widgets.basics.plate import Plate
from carcheck_desktop.ui.widgets.charts.curve_card import CurveCard
from carcheck_desktop.ui.widgets.data.path.stage_path import StagePath

if TYPE_CHECKING:
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.control.state import PanelState
    from carcheck_desktop.ui.widgets.charts.curve_samples import Samples

CHOOSING = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.OtherFocusReason)
"""A window that becomes active again gives the focus back without anybody having chosen."""
LEAST_PX, LOW_CURVE_PX = 206, 66
"""Least heights of a panel and of its curve at scale 1."""


class LanePanel(QFrame):
    """A lane at a glance; a click or the focus chooses it, a double click shows it large."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, number: int, words: Words) -> None:
        super().__init__()
        self.setObjectName(f"lane_panel_{number}")
        self.setProperty("kind", "card")
        self.setAttribute(qt.STYLED)
        self.setFocusPolicy(qt.STRONG_FOCUS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        name = self.objectName()
        self._words = words
        self.shown: PanelState | None = None
        self._number = Label("", "caption")
        self._name = Label("", "strong")
        self._plate = Plate(f"{name}_plate", 26)
        self._chip = Chip(f"{name}_state")
        self._path = StagePath(f"{name}_path", words, compact=True)
        self._prompt = Asked(f"{name}_prompt", ("title", "strong"), 24, detail=False)
        self.curve = CurveCard(words, f"{name}_curve", compact=True)
        self._no_curve = Label("", "muted", wrap=True)
        self._no_curve.setAlignment(qt.CENTRE)
        self._trouble_icon, self._trouble = Icon(16), Label("", "", wrap=True)
        self._hint_icon, self._hint = Icon(16), Label("", "", elided=True)
        self._lay_out()

    def _lay_out(self) -> None:
        name = self.objectName()
        head = row(self._name, spacing=SPACE_S)
        head.addStretch(1)
        head.addWidget(self._chip)
        car = row(self._plate, spacing=SPACE_S)
        car.addWidget(self._path, 1)
        self._trouble_row = panel("clear", f"{name}_trouble")
        self._trouble_row.setLayout(row(self._trouble_icon, self._trouble, spacing=SPACE_XS))
        self._hint_icon.show_icon("arrow-right", Tone.NEUTRAL)
        foot = row(self._hint_icon, self._hint, self._number, spacing=SPACE_XS)
        whole = column(spacing=SPACE_XS, margins=(SPACE_M, SPACE_S - 2, SPACE_M, SPACE_XS))
        whole.addLayout(head)
        whole.addLayout(car)
        whole.addWidget(self._prompt)
        whole.addWidget(self._trouble_row)
        whole.addWidget(self.curve, 100)
        whole.addWidget(self._no_curve, 100)
        whole.addStretch(1)
        whole.addLayout(foot)
        self.setLayout(whole)

    def fit(self) -> None:
        """Take no more room than the words and a low curve need; wrapped texts would ask for far more."""
        look = look_of(self)
        self.setMinimumSize(1, look.px(LEAST_PX))
        self.curve.setMinimumHeight(look.px(LOW_CURVE_PX))

    def show_lane(self, state: PanelState, samples: Samples | None) -> None:
        """Show another state; parts that stayed the same are left alone."""
        before, self.shown = self.shown, state
        # Tab leads to the chosen lane and on; the arrow keys choose another one
        self.setFocusPolicy(qt.STRONG_FOCUS if state.is_chosen else Qt.FocusPolicy.ClickFocus)
        if state != before:
            self._show_words(state)
        self.show_samples(samples)

    def show_samples(self, samples: Samples | None) -> None:
        """Draw the curve as far as it came; a lane without one leaves the place to its words."""
        if self.shown is None:
            return
        # an alarm needs the room for every one of its words
        is_alarm = self.shown.prompt.tone is Tone.ALARM
        is_tight = bool(self.shown.trouble) and self.height() < look_of(self).px(LEAST_PX)
        has_curve = samples is not None and len(samples) > 0 and not is_alarm and not is_tight
        self.curve.setVisible(has_curve)
        self._no_curve.setVisible(not has_curve and bool(self._no_curve.text()) and not is_alarm)
        if has_curve:
            self.curve.show_curve(self.shown.curve, samples)

    def _show_words(self, state: PanelState) -> None:
        self._number.show_text(f"Ctrl+{state.number}" if state.number else "")
        self._number.setVisible(bool(state.number))
        self._name.show_text(state.name)
        self._plate.show_plate(state.plate)
        self._chip.show_chip(state.tone, state.icon, state.word)
        self._path.show_path(state.path)
        self._path.setVisible(bool(state.path.stages))
        self._prompt.show_prompt(state.prompt)
        self._trouble_icon.show_icon("triangle-alert", state.trouble_tone)
        self._trouble.show_text(state.trouble, state.trouble_tone)
        self._trouble_row.setVisible(bool(state.trouble))
        self._hint.show_text(state.hint)
        self._no_curve.show_text(state.curve.empty if state.curve.is_running and not state.trouble else "")
        plate = state.plate.text if state.plate else ""
        parts = (state.name, state.word, plate, state.prompt.headline, state.trouble, state.hint)
        self.setAccessibleName(", ".join(part for part in parts if part))
        if state.number:
            self.setAccessibleDescription(self._words("ui.panel.choose", number=state.number))
        self.update()

    # -- Qt ----------------------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:
        """Say no: the curve gives way to wrapped texts, the panel does not grow for them."""
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.shown is not None:
            self.chosen.emit(self.shown.lane)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.shown is not None:
            self.opened.emit(self.shown.lane)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()
        if event.reason() in CHOOSING and self.shown is not None and not self.shown.is_chosen:
            self.chosen.emit(self.shown.lane)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        state = self.shown
        if state is None or not (state.is_chosen or self.hasFocus() or state.prompt.tone is Tone.ALARM):
            return
        look = look_of(self)
        is_alarm = state.prompt.tone is Tone.ALARM
        colour = look.palette.tones[Tone.ALARM].soft if is_alarm else look.palette.accent
        width = max(2, look.px(4 if self.hasFocus() or is_alarm else 2))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rings = [(colour, 0.0)]
        if self.hasFocus():
            # inside the alarm's ring, which is never painted over
            rings.append((look.palette.focus, width + 1.0 if is_alarm else 0.0))
        for ink, distance in rings:
            inset = distance + width / 2
            painter.setPen(QPen(QColor(ink), width))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), RADIUS_L, RADIUS_L)
        painter.end()
