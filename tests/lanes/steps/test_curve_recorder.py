"""Blocks become one curve: whole, in order, with what is lost named and never filled in."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.devices.api.kinds import CurveBlock
from carcheck_desktop.lanes.errors import StepError
from carcheck_desktop.lanes.steps.curve_recorder import CurveRecorder


def block(first: int, values: list[int], lost: tuple[int, ...] = (), newest: int | None = None) -> CurveBlock:
    last = first + len(values) - 1
    left, right = tuple(values), tuple(-value for value in values)
    return CurveBlock(first, left, right, lost, last if newest is None else newest, 0, ended=False)


def recorded(*blocks: CurveBlock) -> CurveRecorder:
    recorder = CurveRecorder(10)
    for each in blocks:
        recorder.add(each)
    return recorder


def test_blocks_follow_each_other() -> None:
    curve = recorded(block(1, [1, 2]), block(3, [3])).curve()
    assert (curve.interval_ms, curve.left_daN, curve.right_daN, curve.lost) == (10, (1, 2, 3), (-1, -2, -3), ())


def test_lost_samples_are_zero_and_named() -> None:
    curve = recorded(block(1, [1, 2]), block(5, [5], lost=(3, 4))).curve()
    assert curve.left_daN == (1, 2, 0, 0, 5)
    assert curve.lost == (2, 3)


def test_a_lost_sample_inside_a_block_keeps_its_place() -> None:
    curve = recorded(block(1, [1, 99, 3], lost=(2,))).curve()
    assert curve.left_daN == (1, 0, 3)
    assert curve.lost == (1,)


def test_a_gap_that_nobody_named_is_lost_too() -> None:
    curve = recorded(block(1, [1]), block(4, [4])).curve()
    assert curve.lost == (1, 2)


def test_nothing_new_changes_nothing() -> None:
    recorder = recorded(block(1, [1, 2]))
    recorder.add(CurveBlock(3, (), (), (), 2, 0, ended=True))
    assert recorder.newest == 2


def test_a_bench_that_counts_anew_is_not_believed() -> None:
    with pytest.raises(StepError, match="other_test"):
        recorded(block(1, [1, 2, 3]), block(1, [7], newest=1))


def test_the_mean_leaves_lost_samples_out() -> None:
    recorder = recorded(block(1, [4, 6]), block(4, [8], lost=(3,)))
    assert recorder.mean_daN(0, 4) == (Decimal("6.0"), Decimal("-6.0"))
    with pytest.raises(StepError, match="no_drag"):
        recorder.mean_daN(2, 3)


@given(st.lists(st.integers(-100, 4000), min_size=1, max_size=300), st.data())
def test_however_it_is_cut_into_blocks_the_curve_is_the_same(values: list[int], data: st.DataObject) -> None:
    recorder = CurveRecorder(10)
    while recorder.newest < len(values):
        count = data.draw(st.integers(1, len(values) - recorder.newest))
        start = recorder.newest
        recorder.add(block(start + 1, values[start : start + count], newest=len(values)))
    assert recorder.curve().left_daN == tuple(values)
    assert recorder.curve().lost == ()
