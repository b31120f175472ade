"""Live curves on the screen have no hole because the painter was late."""

from __future__ import annotations

from carcheck_desktop.domain.live import MOST_WAITING, LiveCurve, LiveSamples, merged


def tick(at_s: float, first: int | None = None, count: int = 4, run: str = "run-1") -> LiveSamples:
    if first is None:
        return LiveSamples("1", at_s)
    forces = tuple(range(first, first + count))
    return LiveSamples("1", at_s, LiveCurve("B1", run, first, 10, forces, forces))


def test_a_curve_that_goes_on_is_joined() -> None:
    both = merged(tick(1.0, 1), tick(2.0, 5))
    assert both.curve is not None
    assert (both.at_s, both.curve.first, both.curve.left_daN) == (2.0, 1, (1, 2, 3, 4, 5, 6, 7, 8))


def test_after_a_hole_or_of_another_run_only_the_newer_part_is_kept() -> None:
    assert merged(tick(1.0, 1), tick(2.0, 9)) == tick(2.0, 9)
    assert merged(tick(1.0, 1), tick(2.0, 5, run="run-2")) == tick(2.0, 5, run="run-2")


def test_values_without_a_curve_do_not_take_it_away() -> None:
    both = merged(tick(1.0, 1), tick(2.0))
    assert (both.at_s, both.curve) == (2.0, tick(1.0, 1).curve)
    assert merged(tick(1.0), tick(2.0, 1)) == tick(2.0, 1)


def test_what_a_hanging_window_misses_does_not_grow_for_ever() -> None:
    long = tick(1.0, 1, count=MOST_WAITING + 1)
    assert merged(long, tick(2.0, MOST_WAITING + 2)) == tick(2.0, MOST_WAITING + 2)
