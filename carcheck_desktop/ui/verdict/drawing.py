"""The drawing of a verdict as plot and trace: lines, the limit as a level, the moments it rests on; for the screen only."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from carcheck_desktop.base.units import behind
from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.ui.bridge.words import figure
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.verdict.cards import COMPARISON_SIGN
from carcheck_desktop.ui.widgets.charts.curve_samples import Trace
from carcheck_desktop.ui.widgets.charts.states import LimitState, LineState, MomentState, PlotState
from carcheck_desktop.ui.widgets.data.states import Phase

if TYPE_CHECKING:
    from carcheck_desktop.domain.explained import Drawing, DrawnLimit, DrawnMark
    from carcheck_desktop.ui.bridge.words import Words

WHEELS = ("left", "right", "sum")
EXHAUST = {
    Quantity.HIGH_IDLE_CO: "co_percent",
    Quantity.IDLE_CO: "co_percent",
    Quantity.HIGH_IDLE_HC: "hc_ppm",
    Quantity.IDLE_HC: "hc_ppm",
    Quantity.HIGH_IDLE_LAMBDA: "lambda",
}
"""Which line shows what was judged."""
DECIMALS = {"co_percent": 2, "lambda": 2}
LEAST_TOP = {"co_percent": 0.1, "hc_ppm": 10.0, "lambda": 1.2}
MARK_TONE = {"difference": Tone.CAUTION}


def trace_of(drawing: Drawing) -> Trace:
    """Return the samples by line; a lost one is a gap."""
    trace = Trace(tuple(line.name for line in drawing.lines), drawing.interval_ms)
    trace.put(
        0,
        {line.name: [math.nan if value is None else float(value) for value in line.values] for line in drawing.lines},
    )
    return trace


def plot_of(drawing: Drawing, quantity: Quantity, words: Words) -> PlotState | None:
    """Return how the samples behind a quantity are drawn; None where no line shows it."""
    names = [line.name for line in drawing.lines]
    if set(WHEELS) <= set(names):
        return _brakes(drawing, quantity, words)
    line = EXHAUST.get(quantity, "")
    return _exhaust(drawing, quantity, line, words) if line in names else None


def _brakes(drawing: Drawing, quantity: Quantity, words: Words) -> PlotState:
    is_imbalance = quantity is Quantity.IMBALANCE
    lines = (
        LineState("left", words("ui.curve.left"), "curve_left"),
        LineState("right", words("ui.curve.right"), "curve_right", dashed=True),
        LineState("sum", words("ui.curve.sum"), "curve_sum", width_px=2.5),
    )
    return PlotState(
        title=words("ui.verdict.curve.brake"), unit="daN", lines=lines[:2] if is_imbalance else lines,
        x_words=words("ui.curve.time"), y_words=words("ui.curve.force"),
        limits=tuple(_limit(each, "daN", words) for each in drawing.limits if each.quantity is quantity),
        moments=_moments(drawing, quantity, words), top_of="" if is_imbalance else "sum", least_span_s=1.0,
        phase=_phase(drawing), note=_note(drawing, words),
    )  # fmt: skip


def _exhaust(drawing: Drawing, quantity: Quantity, line: str, words: Words) -> PlotState:
    unit = behind(next(each.unit for each in drawing.lines if each.name == line))
    label = words(f"ui.verdict.line.{line}")
    return PlotState(
        title=words("ui.verdict.curve.exhaust"), unit=unit,
        lines=(LineState(line, label, "curve_sum", decimals=DECIMALS.get(line, 0)),),
        x_words=words("ui.curve.time"), y_words=f"{label} {unit}".strip(),
        limits=tuple(_limit(each, unit, words) for each in drawing.limits if each.quantity is quantity),
        moments=_moments(drawing, quantity, words), least_top=LEAST_TOP.get(line, 1.0), least_span_s=10.0,
        phase=_phase(drawing), note=_note(drawing, words),
    )  # fmt: skip


def _limit(limit: DrawnLimit, unit: str, words: Words) -> LimitState:
    code = "ui.verdict.demanded" if limit.line == "sum" else "ui.verdict.level"
    said = words(code, sign=COMPARISON_SIGN[limit.comparison], limit=figure(limit.value), unit=unit)
    return LimitState(float(limit.value), said, limit.line, is_most=limit.comparison.is_most)


def _moments(drawing: Drawing, quantity: Quantity, words: Words) -> tuple[MomentState, ...]:
    found: dict[str, DrawnMark] = {
        mark.name: mark for mark in drawing.marks if mark.quantity is None or mark.quantity is quantity
    }
    if any(limit.quantity is quantity and limit.line in WHEELS for limit in drawing.limits):
        found.pop("press", None)  # the level's own words stand there
    return tuple(
        MomentState(float(mark.at_s), words(f"ui.verdict.mark.{name}"), MARK_TONE.get(name, Tone.NEUTRAL))
        for name, mark in found.items()
    )


def _phase(drawing: Drawing) -> Phase:
    return Phase.STALE if drawing.lost else Phase.READY


def _note(drawing: Drawing, words: Words) -> str:
    return words("ui.verdict.lost", lost=drawing.lost, samples=drawing.samples) if drawing.lost else ""
