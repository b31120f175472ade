"""The time on the screen: the service's, also after somebody set its clock, and never to and fro."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from carcheck_desktop.ui.bridge.station_time import StationTime

AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


class Hand:
    """A monotonic clock that a test moves."""

    at_s = 0.0

    def __call__(self) -> float:
        return self.at_s


def running(speed: float = 1.0) -> tuple[StationTime, Hand]:
    hand = Hand()
    time = StationTime(hand)
    time.set(AT, speed)
    return time, hand


def now(time: StationTime) -> datetime:
    shown = time.now()
    assert shown is not None
    return shown


@pytest.mark.parametrize("speed", [1.0, 20.0])
def test_time_runs_at_the_stations_speed(speed: float) -> None:
    time, hand = running(speed)
    hand.at_s = 3.0
    assert now(time) == AT + timedelta(seconds=3 * speed)


@pytest.mark.parametrize("speed", [1.0, 20.0])
@pytest.mark.parametrize("step_s", [-3600.0, -60.0, 60.0, 3600.0])
def test_a_handshake_of_a_clock_that_was_set_is_followed_in_both_directions(step_s: float, speed: float) -> None:
    time, hand = running(speed)
    hand.at_s = 10.0
    time.set(AT + timedelta(seconds=10 * speed + step_s), speed)
    assert now(time) == AT + timedelta(seconds=10 * speed + step_s)


@pytest.mark.parametrize("speed", [1.0, 20.0])
def test_a_handshake_that_was_on_its_way_for_a_moment_does_not_set_the_clock_back(speed: float) -> None:
    time, hand = running(speed)
    shown = []
    for second in range(1, 6):
        hand.at_s = float(second)
        time.set(AT + timedelta(seconds=(second - 0.4) * speed), speed)
        shown.append(now(time))
    assert shown == sorted(shown)
    assert shown[-1] == AT + timedelta(seconds=5 * speed)


def test_a_fact_from_ahead_sets_the_clock_forward_and_an_old_one_does_nothing() -> None:
    time, hand = running()
    hand.at_s = 10.0
    time.hear(AT)  # waited for us while the link was down
    assert now(time) == AT + timedelta(seconds=10)
    time.hear(AT + timedelta(seconds=11))
    assert now(time) == AT + timedelta(seconds=10)
    time.hear(AT + timedelta(minutes=10))
    assert now(time) == AT + timedelta(minutes=10)


def test_before_the_first_handshake_there_is_no_time() -> None:
    time = StationTime(Hand())
    time.hear(AT)
    assert time.now() is None


def test_another_speed_is_taken_over_at_once() -> None:
    time, hand = running()
    time.set(AT - timedelta(seconds=1), 20.0)
    hand.at_s = 1.0
    assert now(time) == AT + timedelta(seconds=19)
