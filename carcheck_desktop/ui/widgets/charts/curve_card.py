"""The curve with its legend: values as figures, what is needed, how much is missing, or why there is no curve."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QBoxLayout, QFrame, QStackedLayout

from carcheck_desktop.ui.theme import qt
from carcheck_desktop.ui.theme.look import look_of
from carcheck_desktop.ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XS, Tone
from carcheck_desktop.ui.widgets.basics.icon import Icon
from carcheck_desktop.ui.widgets.basics.label import Label
from carcheck_desktop.ui.widgets.basics.layout import column, panel, row
from carcheck_desktop.ui.widgets.charts.curve import NO_PLOT, CurveView
from carcheck_desktop.ui.widgets.charts.curve_samples import Trace
from carcheck_desktop.ui.widgets.charts.legend import Legend
from carcheck_desktop.ui.widgets.charts.states import CurveState, LimitState, LineState, PlotState
from carcheck_desktop.ui.widgets.data.painting import PHASE_ICON
from carcheck_desktop.ui.widgets.data.states import Phase
from carcheck_desktop.ui.widgets.notices.empty import Empty

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.widgets.charts.curve_samples import Samples

TWO_LINES_PX = 220
"""Height from which a card of scale 1 has a line for its title and one for its legend."""
ACROSS, DOWN = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
SPOKEN_EVERY_S = 1.0
"""A screen reader is not told 25 times a second."""


class CurveCard(QFrame):
    """Title, legend with figures, and the curve; or why there is none. `compact` ones say one figure only."""

    def __init__(
        self,
        words: Words,
        name: str = "curve_card",
        *,
        compact: bool = False,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "card")
        self.setAttribute(qt.STYLED)
        self._words = words
        self._compact = compact
        self._now_s = now_s
        self._spoken_at_s = -math.inf
        self._trace = Trace(())
        self._title = Label("", "muted" if compact else "section", elided=True)
        self._legend: Legend | None = None
        self._note_icon, self._note = Icon(16), Label("", "value", elided=True)
        self._note_place = panel("clear", f"{name}_note")
        self._note_place.setLayout(row(self._note_icon, self._note, spacing=SPACE_XS))
        self._note_place.hide()
        own = {"curve_card": ("brake_curve", "curve_empty")}.get(name, (f"{name}_plot", f"{name}_empty"))
        self.curve = CurveView(own[0], compact=compact, now_s=now_s)
        self.curve.quiet.connect(self._show_quiet)
        self.empty = Empty(own[1], "activity", 20 if compact else 36)
        self._stack = QStackedLayout()
        self._lay_out()

    def _lay_out(self) -> None:
        self._head = row(self._title, spacing=SPACE_M)
        edge = SPACE_S if self._compact else SPACE_L
        whole = column(spacing=SPACE_XS if self._compact else SPACE_S, margins=(edge, edge // 2 + 2, edge, SPACE_S))
        whole.addLayout(self._head)
        whole.addWidget(self._note_place)
        whole.addLayout(self._stack, 1)
        self.setLayout(whole)
        # only now: a stack without a parent shows its first part as a window of its own
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.curve)

    def show_curve(self, state: CurveState, samples: Samples | None) -> None:
        """Show the brake curve of a run, or why there is none."""
        self.show_plot(brake_plot(state, self._words), samples)

    def show_plot(self, plot: PlotState, trace: Trace | None) -> None:
        """Show any curve, or why there is none."""
        before = self.curve.plot
        is_new = trace is not self._trace
        self._trace = trace if trace is not None else Trace(())
        if plot.lines != before.lines or plot.unit != before.unit:
            self._make_legend(plot)
        has_curve = trace is not None and len(trace) > 0
        self._title.show_text(plot.title)
        self._fit_head()
        self.empty.show_empty(
            plot.note, icon_name=PHASE_ICON.get(plot.phase, "activity") if plot.phase is not Phase.EMPTY else "activity"
        )
        self._stack.setCurrentWidget(self.curve if has_curve else self.empty)
        if self._legend is not None:
            self._legend.setVisible(has_curve)
        self.curve.show_plot(plot if has_curve else NO_PLOT, self._trace)
        self._show_phase(plot if has_curve else NO_PLOT)
        if is_new or plot != before:
            self._spoken_at_s = -math.inf
        self.refresh()

    def _make_legend(self, plot: PlotState) -> None:
        if self._legend is not None:
            self._head.removeWidget(self._legend)
            self._legend.deleteLater()
            self._legend = None
        if plot.lines:
            shown = tuple(line for line in plot.lines if line.key == plot.top_of) if self._compact else plot.lines
            self._legend = Legend(f"{self.objectName()}_legend", plot.unit, shown, only_figures=self._compact)
            self._head.addWidget(self._legend)
            self._fit_head()

    def _fit_head(self) -> None:
        """Give the title a line of its own where the legend beside it would cut it and there is height for both."""
        if self._compact or self._legend is None:
            return
        look = look_of(self)
        needed = self._title.sizeHint().width() + self._legend.sizeHint().width() + self._head.spacing()
        is_narrow = needed > self.width() - 2 * look.px(SPACE_L) and self.height() >= look.px(TWO_LINES_PX)
        self._head.setDirection(DOWN if is_narrow else ACROSS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_head()

    def refresh(self) -> None:
        """Take over samples that were added."""
        plot = self.curve.plot
        if not plot.lines:
            return
        self.curve.grown()
        self.curve.look_for_limits()
        if self._legend is not None:
            self._legend.show_values(self._trace)
        self.curve.show_limits(tuple(self._limit_words(plot, number) for number in range(len(plot.limits))))
        if self._now_s() - self._spoken_at_s >= SPOKEN_EVERY_S:
            self._spoken_at_s = self._now_s()
            self.curve.setAccessibleDescription(spoken(plot, self._trace, self.curve.crossings, self._words))

    def _limit_words(self, plot: PlotState, number: int) -> str:
        """Say what is demanded and how much of it is still missing."""
        limit = plot.limits[number]
        if limit.words or limit.line not in self._trace.columns:
            return limit.words
        line = next(each for each in plot.lines if each.key == limit.line)
        level = f"{limit.value:.{line.decimals}f}"
        params = {"limit": level, "unit": plot.unit, "line": line.label}
        if limit.is_most:
            code = "ui.curve.passed" if number in self.curve.crossings else "ui.curve.kept"
            return self._words(code, **params)
        if number in self.curve.crossings:
            return self._words("ui.curve.enough", **params)
        top = self._trace.top(limit.line)
        step = 10**line.decimals
        missing = math.ceil((limit.value - (top[1] if top else 0.0)) * step - 1e-9) / step
        return self._words("ui.curve.lacking", **params, missing=f"{missing:.{line.decimals}f}")

    def _show_phase(self, plot: PlotState) -> None:
        is_doubtful = plot.phase in (Phase.STALE, Phase.OFFLINE, Phase.ERROR)
        self._show_note(plot.note if is_doubtful else "", PHASE_ICON.get(plot.phase, ""))

    def _show_quiet(self, seconds: int) -> None:
        if seconds:
            self._show_note(self._words("ui.curve.quiet", seconds=seconds), "history")
        else:
            self._show_phase(self.curve.plot)

    def _show_note(self, text: str, icon: str) -> None:
        self._note_icon.show_icon(icon if text else "", Tone.CAUTION)
        self._note.show_text(text, Tone.CAUTION)
        self._note_place.setVisible(bool(text))


def brake_plot(state: CurveState, words: Words) -> PlotState:
    """Return how a brake curve is drawn: both wheels, their sum, and what is demanded of it."""
    demanded = state.demanded_sum_daN
    lines = (
        LineState("left", words("ui.curve.left"), "curve_left"),
        LineState("right", words("ui.curve.right"), "curve_right", dashed=True),
        LineState("sum", words("ui.curve.sum"), "curve_sum", width_px=2.5),
    )
    return PlotState(
        title=state.title,
        unit="daN",
        lines=lines,
        x_words=words("ui.curve.time"),
        y_words=words("ui.curve.force"),
        limits=(LimitState(demanded, line="sum"),) if demanded is not None else (),
        moments=state.moments,
        top_of="sum",
        is_running=state.is_running,
        phase=state.phase,
        note=state.empty,
    )


def spoken(plot: PlotState, trace: Trace, crossings: dict[int, int], words: Words) -> str:
    """Return what the curve shows in figures, as a screen reader says it."""
    parts: list[str] = []
    for line in plot.lines:
        last, top = trace.last(line.key), trace.top(line.key)
        if top is not None:
            shown = "–" if last is None else f"{last:.{line.decimals}f}"
            greatest = f"{top[1]:.{line.decimals}f}"
            parts.append(
                words(
                    "ui.curve.said",
                    line=line.label,
                    value=shown,
                    unit=plot.unit,
                    top=greatest,
                    at=f"{trace.at_s(top[0]):.2f}",
                )
            )
    for number, limit in enumerate(plot.limits):
        level = f"{limit.value:g}"
        if number in crossings:
            at = f"{trace.at_s(crossings[number]):.2f}"
            parts.append(words("ui.curve.said_reached", limit=level, unit=plot.unit, at=at))
        else:
            parts.append(words("ui.curve.said_not_reached", limit=level, unit=plot.unit))
    parts += [words("ui.curve.said_moment", moment=moment.words, at=f"{moment.at_s:.2f}") for moment in plot.moments]
    return words("ui.curve.said_joint").join(parts)
