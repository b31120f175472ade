"""A bench's clock held against the lane's: better with every block, never better than it knows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.lanes.steps.device_time import DeviceTime

INTERVAL_S = 0.01


def seen(offset_s: float, exchanges: list[tuple[float, float, float]], status_s: float) -> DeviceTime:
    """Blocks as (device second of the look, seconds there, seconds back)."""
    time = DeviceTime()
    time.note_exchange(status_s)
    for device_s, there_s, back_s in exchanges:
        newest_s = device_s - device_s % INTERVAL_S
        time.note_block(offset_s + device_s - there_s, offset_s + device_s + back_s, newest_s, INTERVAL_S)
    return time


delays = st.floats(0.001, 0.08)
looks = st.lists(st.tuples(st.floats(0, 20), delays, delays), min_size=1, max_size=40)


@given(st.floats(-1e4, 1e4), looks)
def test_the_offset_is_never_outside_what_the_least_delayed_answer_allows(
    offset_s: float, exchanges: list[tuple[float, float, float]]
) -> None:
    exchanges.sort()
    time = seen(offset_s, exchanges, status_s=0.004)
    spread_s = min(there + back for _, there, back in exchanges) + INTERVAL_S
    assert abs(time.offset_s() - offset_s) <= spread_s + 0.0002 * 20 + 1e-6


def test_many_blocks_bring_it_close() -> None:
    exchanges = [(0.1 * look + 0.0031 * (look % 3), 0.002 + 0.001 * (look % 4), 0.012) for look in range(30)]
    assert seen(500.0, exchanges, status_s=0.008).offset_s() == pytest.approx(500.0, abs=0.004)


def test_a_clock_that_was_set_anew_is_believed_anew() -> None:
    time = seen(100.0, [(1.0, 0.002, 0.002)], status_s=0.004)
    time.note_block(600.0, 600.004, 0.0, INTERVAL_S)
    assert time.offset_s() == pytest.approx(600.0, abs=0.01)
