"""The exhaust while it is measured: what the lane showed last, kept a run, and how it is drawn; pure, no Qt.

Limits and bands are what the item's start carried; nothing is compared here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.domain.exhaust import IdlePhase
from carcheck_desktop.domain.verdicts import Comparison, ItemKind, Quantity
from carcheck_desktop.domain.views import ItemState
from carcheck_desktop.ui.widgets.charts.curve_samples import Trace
from carcheck_desktop.ui.widgets.charts.states import BoundState, GaugeState, LimitState, LineState, PlotState
from carcheck_desktop.ui.widgets.data.states import Phase

if TYPE_CHECKING:
    from carcheck_desktop.domain.exhaust import PhaseDemand, TwoSpeedIdleDemand
    from carcheck_desktop.domain.live import LiveSamples
    from carcheck_desktop.domain.views import ItemView
    from carcheck_desktop.ui.bridge.words import Words

PHASES = tuple(IdlePhase)
IDLE = frozenset((IdlePhase.IDLE_FALL, IdlePhase.IDLE_SETTLE, IdlePhase.IDLE_SAMPLE, IdlePhase.PROBE_OUT))
SIGN = {each: each.sign for each in Comparison}
LEAST_TOP_RPM = 3000.0


class LiveExhaust:
    """What was shown of one run: the newest value of each point, and the engine speed second by second."""

    def __init__(self) -> None:
        self.values: dict[str, float | None] = {}
        self.trace = Trace(("rpm",), interval_ms=1000)
        self._first_s: float | None = None

    def add(self, samples: LiveSamples) -> None:
        """Take in one message of the lane; seconds that this window did not hear are a gap."""
        self.values = {each.point: each.value for each in samples.readings}
        rpm = self.values.get("rpm")
        if rpm is None:
            return
        if self._first_s is None:
            self._first_s = samples.at_s
        place = round(samples.at_s - self._first_s)
        if place >= len(self.trace):
            self.trace.put(place, {"rpm": [rpm]})

    @property
    def phase(self) -> IdlePhase | None:
        """The phase that the lane is in; None while the analyser is seen to."""
        number = self.values.get("phase")
        return PHASES[int(number)] if number is not None and 0 <= number < len(PHASES) else None


@dataclass(frozen=True, slots=True)
class ExhaustState:
    """The exhaust of one run: phase with what is left of it, a bar each value, the engine speed over time.

    Once the run is over there are no bars any more: its result says what came of it.
    """

    title: str
    phase: str
    left: str
    gauges: tuple[GaugeState, ...]
    plot: PlotState


def exhaust_state(item: ItemView | None, live: LiveExhaust | None, words: Words) -> ExhaustState | None:
    """Return how an item's exhaust is drawn; None for every other item."""
    if item is None or item.kind is not ItemKind.TWO_SPEED_IDLE or item.run_id is None:
        return None
    is_running = item.state is ItemState.RUNNING
    phase = live.phase if live is not None and is_running else None
    said = words.name(phase) if phase is not None else words("ui.exhaust.preparing") if is_running else ""
    left_s = live.values.get("left_s") if live is not None and phase is not None else None
    return ExhaustState(
        title=words.item(item.kind, item.axle),
        phase=said,
        left=words("ui.exhaust.left", seconds=int(left_s)) if left_s else "",
        gauges=_gauges(item.demand, live, phase, words) if is_running else (),
        plot=_plot(item.demand, phase, words, is_running=is_running),
    )


def _gauges(
    demand: TwoSpeedIdleDemand | None, live: LiveExhaust | None, phase: IdlePhase | None, words: Words
) -> tuple[GaugeState, ...]:
    is_idle = phase in IDLE
    wanted = _wanted(demand, phase)
    co, hc = (
        _bounds(demand, quantity)
        for quantity in (
            (Quantity.IDLE_CO, Quantity.IDLE_HC) if is_idle else (Quantity.HIGH_IDLE_CO, Quantity.HIGH_IDLE_HC)
        )
    )
    lambdas = () if is_idle else _bounds(demand, Quantity.HIGH_IDLE_LAMBDA)
    band = (float(wanted.low_rpm), float(wanted.high_rpm)) if wanted and wanted.low_rpm and wanted.high_rpm else None

    def gauge(point: str, high: float, bounds: tuple[BoundState, ...] = (), low: float = 0.0) -> GaugeState:
        name, unit, decimals = POINTS[point]
        value = live.values.get(point) if live is not None else None
        shown = "–" if value is None else f"{value:.{decimals}f}"
        if point == "rpm" and band is not None:
            low_words, high_words = (f"{sign} {each:.0f}" for sign, each in zip(("≥", "≤"), band, strict=True))
            bounds = (BoundState(band[0], low_words), BoundState(band[1], high_words, is_most=True))
        high = max([high, *(bound.value * 1.5 for bound in bounds if point != "rpm")])
        return GaugeState(
            words(name), shown, unit, value, low, high, bounds, target=band if point == "rpm" else None,
            phase=Phase.READY,
        )  # fmt: skip

    return (
        gauge("rpm", 5000.0), gauge("lambda", 1.2, lambdas, 0.8),
        gauge("co_percent", 1.0, co), gauge("hc_ppm", 150.0, hc),
        gauge("co2_percent", 16.0, _dilution(demand)), gauge("o2_percent", 21.0),
    )  # fmt: skip


POINTS = {
    "rpm": ("ui.exhaust.rpm", "r/min", 0),
    "lambda": ("ui.exhaust.lambda", "", 2),
    "co_percent": ("ui.exhaust.co", "%", 2),
    "hc_ppm": ("ui.exhaust.hc", "×10⁻⁶", 0),
    "co2_percent": ("ui.exhaust.co2", "%", 1),
    "o2_percent": ("ui.exhaust.o2", "%", 1),
}
"""Word, unit and decimals of each bar."""


def _bounds(demand: TwoSpeedIdleDemand | None, quantity: Quantity) -> tuple[BoundState, ...]:
    if demand is None:
        return ()
    found = [each for each in demand.limits if each.quantity is quantity]
    return tuple(
        BoundState(float(each.value), f"{SIGN[each.comparison]} {each.value:f}", is_most=each.comparison.is_most)
        for each in found
    )


def _dilution(demand: TwoSpeedIdleDemand | None) -> tuple[BoundState, ...]:
    """Return where exhaust counts as diluted; CO is little beside CO₂."""
    return () if demand is None else (BoundState(float(demand.dilution_percent), f"≥ {demand.dilution_percent:f}"),)


def _wanted(demand: TwoSpeedIdleDemand | None, phase: IdlePhase | None) -> PhaseDemand | None:
    if demand is None or phase is None:
        return None
    return next((each for each in demand.phases if each.phase is phase), None)


def _plot(demand: TwoSpeedIdleDemand | None, phase: IdlePhase | None, words: Words, *, is_running: bool) -> PlotState:
    wanted = _wanted(demand, phase)
    limits = []
    if wanted is not None and wanted.low_rpm is not None:
        limits.append(LimitState(float(wanted.low_rpm), line="rpm"))
    if wanted is not None and wanted.high_rpm is not None:
        limits.append(LimitState(float(wanted.high_rpm), line="rpm", is_most=True))
    return PlotState(
        title=words("ui.exhaust.speed"), unit="r/min", lines=(LineState("rpm", words("ui.exhaust.rpm"), "curve_sum"),),
        x_words=words("ui.curve.time"), y_words=words("ui.exhaust.speed"), limits=tuple(limits),
        least_top=LEAST_TOP_RPM, least_span_s=30.0, is_running=is_running,
        note=words("ui.exhaust.waiting" if is_running else "ui.exhaust.not_seen"),
    )  # fmt: skip
