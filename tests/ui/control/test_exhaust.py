"""The exhaust on the screen: what came is drawn, limits come with the item's start, nothing is judged here."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from carcheck_desktop.domain.exhaust import IdlePhase
from carcheck_desktop.domain.live import LiveReading, LiveSamples
from carcheck_desktop.domain.measurements import Origin
from carcheck_desktop.ui.control.exhaust import ExhaustState, LiveExhaust
from carcheck_desktop.ui.control.state import Mode
from tests.ui import exhaust_scenes, scenes

LANGUAGES = ("zh_CN", "en")


def sample(at_s: float, **values: float | None) -> LiveSamples:
    readings = tuple(LiveReading("gas", name, value, "", "good", Origin.SIMULATOR) for name, value in values.items())
    return LiveSamples("1", at_s, None, readings)


def shown(window: object) -> ExhaustState:
    state = window.presenter.state()  # type: ignore[attr-defined]
    assert state.detail is not None
    assert state.detail.exhaust is not None
    found: ExhaustState = state.detail.exhaust
    return found


def test_a_second_that_was_not_heard_is_a_gap_and_the_newest_value_wins() -> None:
    live = LiveExhaust()
    for at_s, rpm in ((100.0, 800.0), (101.0, 900.0), (104.0, 2500.0)):
        live.add(sample(at_s, rpm=rpm, phase=float(list(IdlePhase).index(IdlePhase.HIGH_RISE))))
    column = live.trace.columns["rpm"]
    assert [column[0], column[1], column[4]] == [800.0, 900.0, 2500.0]
    assert all(value != value for value in column[2:4])  # noqa: PLR0124 - not a number
    assert live.phase is IdlePhase.HIGH_RISE


def test_an_analyser_without_speed_draws_no_line() -> None:
    live = LiveExhaust()
    live.add(sample(1.0, rpm=None, phase=None))
    assert (len(live.trace), live.phase) == (0, None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_bars_carry_the_limits_of_the_phase_and_the_seconds_that_are_left(app: QApplication, language: str) -> None:
    window = exhaust_scenes.sampling(language)
    scenes.settle(window)
    state = shown(window)
    gauges = {gauge.label: gauge for gauge in state.gauges}
    assert [bound.words for bound in gauges["CO"].bounds] == ["≤ 0.3"]
    assert [bound.words for bound in gauges["λ"].bounds] == ["≥ 0.95", "≤ 1.05"]
    assert "12" in state.left
    assert {limit.value for limit in state.plot.limits} == {2300.0, 2700.0}
    assert window.body.exhaust.isVisibleTo(window)
    assert not window.body.curve.isVisibleTo(window)
    window.close()


def test_at_idle_the_limits_of_idle_are_drawn_and_no_bar_has_a_verdict(app: QApplication) -> None:
    window = exhaust_scenes.idling_smoky("en")
    scenes.settle(window)
    gauges = {gauge.label: gauge for gauge in shown(window).gauges}
    assert [bound.words for bound in gauges["CO"].bounds] == ["≤ 0.6"]
    assert gauges["CO"].text == "1.64"
    assert gauges["λ"].bounds == ()
    assert len({gauge.tone for gauge in gauges.values()}) == 1
    window.close()


def test_an_invalid_test_says_its_reason_once_and_shows_no_empty_cards(app: QApplication) -> None:
    window = exhaust_scenes.diluted("en")
    scenes.settle(window)
    detail = window.presenter.state().detail
    assert detail is not None
    assert detail.result.cards == ()
    assert "diluted" in detail.result.void
    row = next(row for row in detail.items if row.key == "DB")
    assert "diluted" in row.detail
    window.close()


def test_five_verdicts_are_said_in_a_line_each(app: QApplication) -> None:
    window = exhaust_scenes.failed("en")
    window.resize(1920, 1080)
    window.show()
    scenes.settle(window)
    detail = window.presenter.state().detail
    assert detail is not None
    assert [card.unit for card in detail.result.cards] == ["%", "×10⁻⁶", "", "%", "×10⁻⁶"]
    window.presenter.choice.choose_item("W1")
    window.refresh()
    assert not window.body.exhaust.isVisibleTo(window)
    window.presenter.choice.choose_item("DB")
    window.presenter.choice.choose_mode(Mode.FULL)
    window.refresh()
    assert window.body.alone.exhaust.isVisibleTo(window)
    window.close()
