"""Axes, gauges and time ranges: arithmetic that holds for any value."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from carcheck_desktop.ui.widgets.charts.axis import Scale, grown, round_step, tick_text, ticks
from carcheck_desktop.ui.widgets.charts.gauge import Gauge, fill_of, out_of_range, spread
from carcheck_desktop.ui.widgets.charts.states import BoundState, GaugeState, TimeRangeState
from carcheck_desktop.ui.widgets.charts.time_range import LEAST_BAND_PX, TimeRange, place
from carcheck_desktop.ui.widgets.data.states import Phase

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
SPANS = st.floats(1e-3, 1e6)


@given(st.floats(-1e6, 1e6), SPANS, st.integers(1, 30))
def test_ticks_are_round_inside_and_not_too_many(low: float, span: float, most: int) -> None:
    high = low + span
    assume(high - low > span / 2)
    found = ticks(low, high, most)
    step = round_step(high - low, most)
    assert len(found) <= most + 1
    assert all(low - step * 1e-6 <= tick <= high + step * 1e-6 for tick in found)
    assert all(other - one == pytest.approx(step, rel=1e-3) for one, other in pairwise(found))


@given(SPANS, st.integers(1, 30))
def test_from_zero_on_there_is_always_a_tick(high: float, most: int) -> None:
    found = ticks(0.0, high, most)
    assert found[0] == 0.0
    assert len(found) >= max(1, most // 3)


@pytest.mark.parametrize(
    ("value", "step", "text"),
    [(600.0, 200.0, "600"), (2.5, 0.5, "2.5"), (-0.02, 0.01, "−0.02"), (0.0, 0.1, "0.0"), (-0.0, 1.0, "0")],
)
def test_a_tick_has_the_decimals_of_its_step(value: float, step: float, text: str) -> None:
    assert tick_text(value, step) == text


@given(st.floats(0, 1e6), st.floats(1, 1000))
def test_a_range_grows_in_jumps_and_holds_the_value(value: float, least: float) -> None:
    end = grown(value, least)
    assert end >= value
    assert end == least or end <= value * 1.25 * (1 + 1e-9)


def test_nothing_between_equal_ends() -> None:
    assert ticks(3, 3, 5) == ()


def gauge(value: float | None, low: float, high: float) -> GaugeState:
    return GaugeState("压力", "1", "bar", value, low, high)


@given(st.floats(-1e5, 1e5), st.floats(-1e4, 1e4), SPANS, st.floats(1, 4000))
def test_a_gauge_never_fills_more_than_its_bar(value: float, low: float, span: float, pixels: float) -> None:
    assume(low + span > low)
    state = gauge(value, low, low + span)
    start, end = fill_of(state, pixels)
    assert 0 <= start <= end <= pixels
    assert out_of_range(state) == (value > state.high) - (value < state.low)


def test_a_gauge_fills_from_zero_where_zero_is_inside() -> None:
    assert fill_of(gauge(-5.0, -10.0, 10.0), 200.0) == (50.0, 100.0)
    assert fill_of(gauge(20.0, 10.0, 30.0), 200.0) == (0.0, 100.0)
    assert fill_of(gauge(None, 0.0, 30.0), 200.0) == (0.0, 0.0)


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(10, 60)), min_size=1, max_size=4))
def test_words_of_limits_do_not_lie_over_each_other(pairs: list[tuple[float, float]]) -> None:
    bounds = tuple(BoundState(value, "w") for value, _ in pairs)
    widths = [width for _, width in pairs]
    lefts = spread(bounds, widths, Scale(0, 100, 300.0))
    placed = sorted(zip(lefts, widths, strict=True))
    assert all(left + width <= after + 1e-6 for (left, width), (after, _) in pairwise(placed))
    assert placed[-1][0] + placed[-1][1] <= 300 + 1e-6


def time_range(earliest: int, latest: int, now: int = 0, end: int = 60) -> TimeRangeState:
    def at(minutes: int) -> datetime:
        return NOON + timedelta(minutes=minutes)

    return TimeRangeState("约 12:20–12:35", NOON, at(end), at(earliest), at(latest), at(now))


@given(st.integers(-500, 500), st.integers(-500, 500), st.integers(-500, 500), st.floats(20, 3000))
def test_a_band_lies_on_its_axis_and_can_be_seen(earliest: int, latest: int, now: int, pixels: float) -> None:
    placed = place(time_range(earliest, latest, now), pixels)
    assert placed is not None
    assert 0 <= placed.start < placed.end <= pixels
    assert placed.end - placed.start >= LEAST_BAND_PX - 1e-6
    assert placed.now is not None
    assert 0 <= placed.now <= pixels


def test_a_band_lies_where_its_times_are() -> None:
    placed = place(time_range(20, 35, 10), 600.0)
    assert placed is not None
    assert (placed.start, placed.end, placed.now) == (200.0, 350.0, 100.0)


def test_an_axis_that_is_not_known_is_not_drawn() -> None:
    assert place(TimeRangeState("约 12:20"), 600.0) is None
    assert place(time_range(1, 2, 0, end=0), 600.0) is None


def test_figures_are_said_with_what_is_doubtful(app: QApplication) -> None:
    bar = Gauge("g")
    bound = BoundState(6.0, "≥ 6.0 bar")
    bar.show_gauge(GaugeState("储气压力", "7.2", "bar", 7.2, 0, 10, (bound,), phase=Phase.STALE, note="3 秒前"))
    assert bar.accessibleName() == "储气压力 7.2 bar"
    assert bar.accessibleDescription() == "≥ 6.0 bar, 3 秒前"
    part = TimeRange("t")
    part.show_range(TimeRangeState("约 10:20–10:35", late="复检占用检测线"))
    assert (part.accessibleName(), part.accessibleDescription()) == ("约 10:20–10:35", "复检占用检测线")
