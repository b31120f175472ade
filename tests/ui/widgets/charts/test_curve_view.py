"""The curve that grows: the same picture as one drawn at once, limits found, gaps kept, silence told."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.widgets.charts.curve_card import CurveCard, brake_plot
from carcheck_desktop.ui.widgets.charts.curve_samples import Samples, Trace
from carcheck_desktop.ui.widgets.charts.states import CurveState, LimitState, LineState, MomentState, PlotState
from carcheck_desktop.ui.widgets.data.states import Phase
from tests.look.painting import texts_of

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
STATE = CurveState("r1", "B1", 464.0, is_running=True, empty="没有曲线")


class Clock:
    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def force(number: int) -> float:
    return 20 + min(260.0, number * 1.1) + 4 * math.sin(number / 5)


def put(samples: Samples, first: int, count: int) -> None:
    left = [force(number) for number in range(first, first + count)]
    right = [value * 0.9 for value in left]
    samples.put(first, {"left": left, "right": right, "sum": [a + b for a, b in zip(left, right, strict=True)]})


def card(words: Words, *, compact: bool = False, clock: Clock | None = None) -> CurveCard:
    made = CurveCard(words, compact=compact, now_s=clock or Clock())
    made.resize(700, 320)
    return made


def differing(one: QImage, other: QImage) -> float:
    """Return the part of the pixels that are clearly not alike."""
    count = 0
    for x in range(0, one.width(), 2):
        for y in range(0, one.height(), 2):
            a, b = one.pixelColor(x, y), other.pixelColor(x, y)
            count += abs(a.red() - b.red()) + abs(a.green() - b.green()) + abs(a.blue() - b.blue()) > 180
    return count / (one.width() * one.height() / 4)


@pytest.mark.parametrize("compact", [False, True])
def test_a_curve_that_grew_looks_like_one_drawn_at_once(app: QApplication, words: Words, compact: bool) -> None:
    grown, whole = card(words, compact=compact), card(words, compact=compact)
    growing, complete = Samples(), Samples()
    put(complete, 0, 400)
    whole.show_curve(STATE, complete)
    for first in range(0, 400, 4):
        put(growing, first, 4)
        grown.show_curve(STATE, growing)
        grown.curve.paint_now()
    grown.show()
    whole.show()
    app.processEvents()
    assert differing(grown.curve.grab().toImage(), whole.curve.grab().toImage()) < 0.002


@given(st.lists(st.one_of(st.floats(0, 900), st.just(math.nan)), max_size=60), st.floats(0, 900))
def test_a_limit_is_reached_by_the_first_measured_sample_that_is_there(values: list[float], level: float) -> None:
    trace = Trace(("k",))
    trace.put(0, {"k": values})
    expected = next((number for number, value in enumerate(values) if value >= level), None)
    assert trace.first_at("k", level) == expected
    real = [value for value in values if not math.isnan(value)]
    top = trace.top("k")
    assert (top[1] if top else None) == (max(real) if real else None)


def test_an_upper_limit_is_passed_only_above_it() -> None:
    trace = Trace(("k",))
    trace.put(0, {"k": [0.5, 1.0, 1.01]})
    assert trace.first_at("k", 1.0, above=True) == 2
    assert trace.first_at("k", 1.0) == 1


def test_a_gap_that_is_filled_later_is_drawn_and_searched_anew(app: QApplication, words: Words) -> None:
    part, samples = card(words), Samples()
    put(samples, 0, 20)
    put(samples, 300, 20)
    part.show_curve(STATE, samples)
    part.show()
    part.curve.paint_now()
    assert part.curve.crossings == {0: 300}
    put(samples, 20, 280)
    part.refresh()
    part.curve.paint_now()
    reached = part.curve.crossings[0]
    assert reached < 300
    assert samples.columns["sum"][reached] >= 464 > samples.columns["sum"][reached - 1]


def test_silence_of_a_running_curve_is_told_and_ends_with_the_next_sample(app: QApplication, words: Words) -> None:
    clock = Clock()
    part, samples = card(words, clock=clock), Samples()
    put(samples, 0, 40)
    part.show_curve(STATE, samples)
    part.show()
    part.curve.paint_now()
    assert not part._note_place.isVisible()
    clock.now_s += 3.2
    part.curve.paint_now()
    assert part._note.text() == "3 秒未收到新数据"
    put(samples, 40, 4)
    part.refresh()
    part.curve.paint_now()
    assert not part._note_place.isVisible()


def test_a_curve_that_is_over_may_be_silent(app: QApplication, words: Words) -> None:
    clock = Clock()
    part, samples = card(words, clock=clock), Samples()
    put(samples, 0, 40)
    part.show_curve(replace(STATE, is_running=False), samples)
    part.show()
    clock.now_s += 60
    part.curve.paint_now()
    assert not part._note_place.isVisible()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_figures_are_said_in_words(app: QApplication, language: str) -> None:
    part, samples = card(Words(Catalogue(language))), Samples()
    put(samples, 0, 300)
    state = replace(STATE, moments=(MomentState(2.5, "locked"),))
    part.show_curve(state, samples)
    said = part.curve.accessibleDescription()
    assert "ui." not in said
    assert "464" in said
    assert "locked" in said
    assert f"{samples.columns['sum'][-1]:.0f} daN" in said


def test_without_the_service_the_curve_stays_with_the_reason_above(app: QApplication, words: Words) -> None:
    part, samples = card(words), Samples()
    put(samples, 0, 40)
    part.show_curve(replace(STATE, phase=Phase.OFFLINE, empty="离线"), samples)
    part.show()
    assert part.curve.isVisible()
    assert part._note.text() == "离线"
    part.show_curve(replace(STATE, phase=Phase.OFFLINE, empty="离线"), None)
    assert part.empty.accessibleName() == "离线"


def test_nothing_is_drawn_when_nothing_came(app: QApplication, words: Words) -> None:
    part, samples = card(words), Samples()
    put(samples, 0, 40)
    part.show_curve(STATE, samples)
    part.show()
    part.curve.paint_now()
    app.processEvents()
    painted: list[int] = []
    part.curve.paintEvent = lambda event: painted.append(1)  # type: ignore[method-assign]
    for _ in range(5):
        part.curve.paint_now()
        app.processEvents()
    assert painted == []


def test_any_number_of_lines_with_an_upper_limit(app: QApplication, words: Words) -> None:
    lines = tuple(LineState(f"l{n}", f"line {n}", "curve_left", decimals=2) for n in range(5))
    trace = Trace(tuple(line.key for line in lines), interval_ms=500)
    trace.put(0, {line.key: [0.1 * n, 1.2 * n] for n, line in enumerate(lines)})
    plot = PlotState("CO", "%", lines, limits=(LimitState(3.0, line="l4", is_most=True),), top_of="l4", least_top=1)
    part = card(words)
    part.show_plot(plot, trace)
    part.show()
    part.curve.paint_now()
    assert part.curve.crossings == {0: 1}
    assert part._limit_words(plot, 0) == "line 4须 ≤ 3.00 % · 已超限"


def test_the_brake_plot_demands_the_sum(words: Words) -> None:
    plot = brake_plot(STATE, words)
    assert [limit.line for limit in plot.limits] == ["sum"]
    assert brake_plot(replace(STATE, demanded_sum_daN=None), words).limits == ()


def test_paper_gets_the_words_of_the_axes_as_words(app: QApplication, words: Words) -> None:
    samples = Samples()
    put(samples, 0, 200)
    shown = card(words)
    shown.show_curve(STATE, samples)
    shown.show()
    shown.curve.paint_now()
    written = {text.text for text in texts_of(shown.curve)}
    assert {"200", "400", words("ui.curve.time")} <= written
    assert any("464" in text for text in written)
    shown.close()
