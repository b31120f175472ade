"""The live curve: every sample in its place, a gap where none came, the limit as it was demanded."""

from __future__ import annotations

import math

import pytest
from PySide6.QtWidgets import QApplication

from carcheck_desktop.domain.live import LiveCurve
from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.widgets.charts.curve_card import CurveCard
from carcheck_desktop.ui.widgets.charts.curve_samples import Samples
from carcheck_desktop.ui.widgets.charts.states import CurveState

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def batch(first: int, left: tuple[int, ...], right: tuple[int, ...]) -> LiveCurve:
    return LiveCurve("B1", "r1", first, 10, left, right)


def test_batches_follow_each_other() -> None:
    samples = Samples()
    samples.add(batch(1, (1, 2), (3, 4)))
    samples.add(batch(3, (5,), (6,)))
    assert samples.sum_daN() == [4, 6, 11]
    assert samples.seconds() == [0.0, 0.01, 0.02]
    assert samples.newest() == (5, 6)
    assert samples.top_sum() == 11


def test_a_batch_that_was_overtaken_leaves_a_gap_and_fills_it_when_it_comes() -> None:
    samples = Samples()
    samples.add(batch(1, (1,), (1,)))
    samples.add(batch(4, (9,), (9,)))
    assert math.isnan(samples.left_daN[1])
    assert samples.top_sum() == 18
    samples.add(batch(2, (2, 3), (2, 3)))
    assert samples.left_daN == [1, 2, 3, 9]


def test_nothing_is_known_before_the_first_sample() -> None:
    assert Samples().newest() is None
    assert Samples().top_sum() is None


def words_at_limit(card: CurveCard) -> str:
    return card._limit_words(card.curve.plot, 0)


def test_the_card_draws_what_came_and_what_is_needed(app: QApplication, words: Words) -> None:
    card = CurveCard(words)
    card.resize(800, 400)
    samples = Samples()
    samples.add(batch(1, (100, 200), (90, 180)))
    card.show_curve(CurveState("r1", "B1", 464.0, is_running=True, empty=""), samples)
    card.show()
    card.curve.paint_now()
    assert "还差 84" in words_at_limit(card)
    assert card.curve.drawn == 2
    samples.add(batch(3, (260,), (230,)))
    card.refresh()
    card.curve.paint_now()
    assert "已达到" in words_at_limit(card)
    assert card.curve.drawn == 3
    assert card.curve.crossings == {0: 2}
    card.close()


def test_no_curve_is_a_sentence_and_not_an_empty_plot(app: QApplication, words: Words) -> None:
    card = CurveCard(words)
    card.resize(800, 400)
    card.show_curve(CurveState("r9", "B1", None, is_running=False, empty="没有曲线"), None)
    card.show()
    assert card.empty.isVisible()
    assert not card.curve.isVisible()
    card.close()
