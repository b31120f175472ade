"""What the screen gets: at most 25 messages a second of real time, curves whole, readings newest."""

from __future__ import annotations

import pytest

from carcheck_desktop.base.clock import VirtualClock
from carcheck_desktop.domain.live import LiveCurve, LiveReading
from carcheck_desktop.domain.measurements import Origin
from carcheck_desktop.lanes.steps.live import LivePublisher
from tests.lanes.station import Screen


def reading(value: float) -> LiveReading:
    return LiveReading("scale", "left_kg", value, "kg", "good", Origin.SIMULATOR)


@pytest.mark.parametrize("speed", [1.0, 20.0])
def test_no_more_than_25_messages_in_a_real_second(speed: float) -> None:
    clock, screen = VirtualClock(), Screen()
    clock.speed = speed
    live = LivePublisher("1", clock, screen)
    for _ in range(1000):
        live.readings(reading(1.0))
        clock._elapsed_s += speed / 1000
    assert 24 <= len(screen.shown) <= 25


def test_curve_samples_that_come_too_soon_are_joined_and_flushed() -> None:
    clock, screen = VirtualClock(), Screen()
    live = LivePublisher("1", clock, screen)
    for first in (1, 3, 5):
        live.curve(LiveCurve("B1", "run-1", first, 10, (first, first + 1), (0, 0)))
    live.flush()
    live.flush()
    curves = [each.curve for each in screen.shown]
    assert [(c.first, c.left_daN) for c in curves if c] == [(1, (1, 2)), (3, (3, 4, 5, 6))]


def test_samples_of_another_run_are_not_joined() -> None:
    clock, screen = VirtualClock(), Screen()
    live = LivePublisher("1", clock, screen)
    live.readings(reading(1.0))
    live.curve(LiveCurve("B1", "run-1", 1, 10, (1,), (1,)))
    live.curve(LiveCurve("B2", "run-2", 1, 10, (2,), (2,)))
    live.flush()
    (curve,) = [each.curve for each in screen.shown if each.curve]
    assert (curve.run_id, curve.left_daN) == ("run-2", (2,))
