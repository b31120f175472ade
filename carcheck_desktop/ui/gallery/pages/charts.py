"""Curves, gauges and time ranges; the samples are made up for this page."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from carcheck_desktop.ui.bridge.station_time import STATION_ZONE
from carcheck_desktop.ui.gallery.specimen import specimen
from carcheck_desktop.ui.theme.tokens import SPACE_L, Tone
from carcheck_desktop.ui.widgets.basics.layout import column, panel, row
from carcheck_desktop.ui.widgets.charts.curve_card import CurveCard
from carcheck_desktop.ui.widgets.charts.curve_samples import Samples, Trace
from carcheck_desktop.ui.widgets.charts.gauge import Gauge
from carcheck_desktop.ui.widgets.charts.states import (
    BoundState,
    CurveState,
    GaugeState,
    LimitState,
    LineState,
    MomentState,
    PlotState,
    TimeRangeState,
)
from carcheck_desktop.ui.widgets.charts.time_range import TimeRange
from carcheck_desktop.ui.widgets.data.states import Phase

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from carcheck_desktop.ui.bridge.words import Words

CURVE_PX, COMPACT_PX = 240, 130
TEN = datetime(2026, 11, 22, 10, 0, tzinfo=STATION_ZONE)


def charts(words: Words) -> QWidget:
    """Build the page."""
    page = panel("canvas", "page_charts")
    page.setLayout(
        column(_curves(words), _compact(words), _gauges(words), _standing(words), _ranges(words), spacing=SPACE_L)
    )
    return page


def _samples(reach: float, *, gap: bool = False) -> Samples:
    samples = Samples()
    for number in range(520):
        if gap and 180 <= number < 240:
            continue
        rise = min(1.0, max(0.0, (number - 90) / 330)) ** 1.15
        left = 18 + reach * rise + 5 * math.sin(number / 7)
        right = 16 + reach * 0.93 * rise + 4 * math.sin(number / 6 + 1)
        samples.put(number, {"left": [left], "right": [right], "sum": [left + right]})
    return samples


def _curve(words: Words, name: str, samples: Samples | None, state: CurveState) -> CurveCard:
    card = CurveCard(words, f"curve_{name}")
    card.show_curve(state, samples)
    card.setMinimumHeight(CURVE_PX)
    return card


def _curves(words: Words) -> QWidget:
    title = words("gallery.data.brake_curve")
    plain = CurveState("r", title, 464.0, is_running=False, empty=words("gallery.note.empty"))
    locked = (
        MomentState(4.3, words("gallery.data.locked"), Tone.CAUTION),
        MomentState(5.1, words("gallery.data.end")),
    )
    states: dict[str, QWidget] = {
        "reached": _curve(words, "reached", _samples(270), replace(plain, moments=locked)),
        "lacking": _curve(words, "lacking", _samples(190), plain),
        "gap": _curve(words, "gap", _samples(270, gap=True), plain),
        "upper_limit": _smoke(words),
        "empty": _curve(words, "empty", None, plain),
        "loading": _curve(
            words, "loading", None, replace(plain, phase=Phase.LOADING, empty=words("gallery.note.loading"))
        ),
        "frozen": _curve(
            words, "frozen", _samples(190), replace(plain, phase=Phase.STALE, empty=words("ui.curve.quiet", seconds=3))
        ),
        "offline": _curve(
            words, "offline", _samples(190), replace(plain, phase=Phase.OFFLINE, empty=words("gallery.note.offline"))
        ),
    }
    return specimen(words, "curve", states, columns=2)


def _smoke(words: Words) -> CurveCard:
    trace = Trace(("k",), interval_ms=50)
    trace.put(0, {"k": [0.12 + 1.1 * math.exp(-(((n - 90) / 22) ** 2)) for n in range(160)]})
    line = LineState("k", words("gallery.data.opacity"), "curve_left", decimals=2)
    plot = PlotState(
        words("gallery.data.smoke_curve"), "m⁻¹", (line,), words("ui.curve.time"), words("gallery.data.opacity_axis"),
        (LimitState(1.0, line="k", is_most=True),), top_of="k", least_top=0.5,
    )  # fmt: skip
    card = CurveCard(words, "curve_upper_limit")
    card.show_plot(plot, trace)
    card.setMinimumHeight(CURVE_PX)
    return card


def _compact(words: Words) -> QWidget:
    made: dict[str, QWidget] = {}
    for name, samples, note in (
        ("reached", _samples(270), ""),
        ("lacking", _samples(190), ""),
        ("empty", None, "empty"),
    ):
        card = CurveCard(words, f"lane_curve_{name}", compact=True)
        empty = words(f"gallery.note.{note}") if note else ""
        card.show_curve(
            CurveState("r", words("gallery.data.brake_curve"), 464.0, is_running=False, empty=empty), samples
        )
        card.setMinimumHeight(COMPACT_PX)
        made[name] = card
    return specimen(words, "curve_compact", made)


def _gauge_states(words: Words) -> dict[str, GaugeState]:
    bound = BoundState(600.0, "≥ 600 kPa")
    base = GaugeState(
        words("gallery.data.pressure"), "720", "kPa", 720.0, 0.0, 1000.0, (bound,), (600.0, 850.0), Tone.GOOD
    )
    slip = (BoundState(-5.0, "≥ −5"), BoundState(5.0, "≤ +5", is_most=True))
    return {
        "in_band": base,
        "below_limit": replace(base, text="410", value=410.0, tone=Tone.BAD),
        "out_of_range": replace(base, text="1180", value=1180.0, tone=Tone.CAUTION),
        "two_limits": GaugeState(
            words("gallery.data.sideslip"), "−3.2", "m/km", -3.2, -10, 10, slip, (-5, 5), Tone.GOOD
        ),
        "stale": replace(base, phase=Phase.STALE, tone=Tone.NEUTRAL, note=words("gallery.note.stale")),
        "loading": replace(base, phase=Phase.LOADING, value=None, note=words("gallery.note.loading")),
        "offline": replace(base, phase=Phase.OFFLINE, value=None, note=words("gallery.note.offline")),
        "disabled": base,
    }


def _gauges(words: Words) -> QWidget:
    made: dict[str, QWidget] = {}
    for name, state in _gauge_states(words).items():
        gauge = Gauge(f"gauge_{name}")
        gauge.show_gauge(state)
        gauge.setEnabled(name != "disabled")
        made[name] = gauge
    return specimen(words, "gauge", made)


def _standing(words: Words) -> QWidget:
    line = row(spacing=SPACE_L)
    for name, state in _gauge_states(words).items():
        if name in ("in_band", "below_limit", "out_of_range", "two_limits", "stale"):
            gauge = Gauge(f"standing_{name}", standing=True)
            gauge.show_gauge(state)
            gauge.setMinimumHeight(190)
            line.addWidget(gauge)
    line.addStretch(1)
    place = panel("clear", "standing_gauges")
    place.setLayout(line)
    return specimen(words, "gauge_standing", {"ready": place}, columns=1)


def _ranges(words: Words) -> QWidget:
    def at(minutes: int) -> datetime:
        return TEN + timedelta(minutes=minutes)

    base = TimeRangeState(
        words("gallery.data.about", earliest="10:20", latest="10:35"), at(0), at(60), at(20), at(35), at(8),
        "10:00", "11:00", words("gallery.data.now", time="10:08"),
    )  # fmt: skip
    late_label = words("gallery.data.about", earliest="10:45", latest="11:05")
    states = {
        "ready": base,
        "late": replace(base, label=late_label, earliest=at(45), latest=at(65), late=words("gallery.data.late")),
        "loading": TimeRangeState("", phase=Phase.LOADING, note=words("gallery.note.loading")),
        "unknown": TimeRangeState("", phase=Phase.EMPTY, note=words("gallery.data.no_estimate")),
        "stale": replace(base, phase=Phase.STALE, note=words("gallery.note.stale")),
    }
    made: dict[str, QWidget] = {}
    for name, state in states.items():
        part = TimeRange(f"range_{name}")
        part.show_range(state)
        made[name] = part
    compact = TimeRange("range_compact", compact=True)
    compact.show_range(base)
    made["compact"] = compact
    return specimen(words, "time_range", made)
