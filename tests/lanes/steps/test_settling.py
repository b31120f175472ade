"""Weights that settle, curves that are put together, tests that ended too early: for every input."""

from __future__ import annotations

import random
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carcheck_desktop.devices.api.kinds import BrakeTesterStatus, CurveBlock, WheelLoads
from carcheck_desktop.domain.measurements import StopReason
from carcheck_desktop.lanes.errors import StepError
from carcheck_desktop.lanes.steps import rollers
from carcheck_desktop.lanes.steps.axle_weighing import LEAST_AXLE_KG, SPREAD_KG, STABLE_READINGS, _Settling
from carcheck_desktop.lanes.steps.curve_recorder import CurveRecorder

kilograms = st.integers(3900, 4100).map(lambda tenths: Decimal(tenths) / 10)
loads = st.builds(WheelLoads, left_kg=kilograms, right_kg=kilograms, stable=st.booleans())


def standing(left: str, right: str = "400", *, stable: bool = True) -> WheelLoads:
    return WheelLoads(Decimal(left), Decimal(right), stable)


def settled_after(*readings: WheelLoads) -> int | None:
    """Return after how many readings the weight counts."""
    settling = _Settling()
    return next((number for number, each in enumerate(readings, 1) if settling.add(each)), None)


def test_five_stable_readings_that_agree_are_a_weight() -> None:
    assert settled_after(*[standing("400")] * 10) == STABLE_READINGS == 5


def test_one_unstable_reading_begins_anew() -> None:
    steady = [standing("400")] * 4
    assert settled_after(*steady, standing("400", stable=False), *steady) is None
    assert settled_after(*steady, standing("400", stable=False), *steady, standing("400")) == 10


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_pad_that_creeps_is_no_weight_although_the_scale_says_stable(side: str) -> None:
    creeping = [standing(*(("400", str(400 + kg)) if side == "right" else (str(400 + kg), "400"))) for kg in range(30)]
    assert settled_after(*creeping) is None


def test_readings_at_the_very_edge_of_the_spread_agree() -> None:
    edge = str(400 + SPREAD_KG)
    assert settled_after(standing("400"), standing(edge), standing("400"), standing(edge), standing("400")) == 5
    beyond = str(400 + SPREAD_KG + Decimal("0.1"))
    assert settled_after(standing("400"), standing(beyond), standing("400"), standing(beyond), standing("400")) is None


@pytest.mark.parametrize(("kg", "is_axle"), [("49.9", False), ("50", True)])
def test_less_than_the_lightest_axle_is_none(kg: str, is_axle: bool) -> None:
    assert Decimal(kg) * 2 < LEAST_AXLE_KG or is_axle
    assert (settled_after(*[standing(kg, kg)] * 6) is not None) == is_axle


@given(st.lists(loads, max_size=40))
def test_what_counts_always_rests_on_five_stable_readings_in_a_row_that_agree(readings: list[WheelLoads]) -> None:
    number = settled_after(*readings)
    if number is None:
        return
    last = readings[number - STABLE_READINGS : number]
    assert len(last) == STABLE_READINGS
    assert all(each.stable for each in last)
    for pad in ([each.left_kg for each in last], [each.right_kg for each in last]):
        assert max(pad) - min(pad) <= SPREAD_KG


# -- curves ----------------------------------------------------------------------------------------


def block(first: int, left: list[int], lost: tuple[int, ...] = (), newest: int | None = None) -> CurveBlock:
    right = tuple(2 * force for force in left)
    end = first + len(left) - 1 if newest is None else newest
    return CurveBlock(first, tuple(left), right, lost, end, None, ended=False)


@settings(max_examples=80)
@given(st.lists(st.integers(-5, 500), min_size=1, max_size=120), st.integers(0, 2**32))
def test_whatever_blocks_a_curve_comes_in_it_is_the_benchs_own_and_what_is_lost_is_named(
    forces_daN: list[int], seed: int
) -> None:
    dice, recorder, place = random.Random(seed), CurveRecorder(10), 0
    lost: set[int] = set()
    while place < len(forces_daN):
        skipped = dice.choice((0, 0, 0, dice.randrange(4)))
        gone = range(place + 1, min(place + skipped, len(forces_daN) - 1) + 1)
        begin = place + len(gone)
        end = min(len(forces_daN), begin + dice.randrange(1, 30))
        recorder.add(block(begin + 1, forces_daN[begin:end], tuple(gone)))
        lost |= {number - 1 for number in gone}
        place = end
        if dice.random() < 0.2:
            recorder.add(block(begin + 1, forces_daN[begin:end]))
    curve = recorder.curve()
    assert curve.lost == tuple(sorted(lost))
    assert curve.left_daN == tuple(0 if at in lost else force for at, force in enumerate(forces_daN))
    assert curve.right_daN == tuple(0 if at in lost else 2 * force for at, force in enumerate(forces_daN))
    assert recorder.newest == len(forces_daN)


@given(st.lists(st.integers(0, 50), min_size=4, max_size=40), st.data())
def test_the_drag_is_the_mean_of_the_samples_that_arrived(forces_daN: list[int], data: st.DataObject) -> None:
    recorder = CurveRecorder(10)
    recorder.add(block(1, forces_daN, lost=(2,)))
    start = data.draw(st.integers(0, len(forces_daN) - 3))
    end = data.draw(st.integers(start + 2, len(forces_daN) + 5))
    known = [force for at, force in enumerate(forces_daN[:end]) if at >= start and at != 1]
    left, right = recorder.mean_daN(start, end)
    assert abs(left - Decimal(sum(known)) / len(known)) <= Decimal("0.05")
    assert abs(right - 2 * Decimal(sum(known)) / len(known)) <= Decimal("0.05")


def test_where_every_sample_of_the_drag_was_lost_there_is_no_drag() -> None:
    recorder = CurveRecorder(10)
    recorder.add(block(4, [5, 5], lost=(1, 2, 3)))
    with pytest.raises(StepError) as caught:
        recorder.mean_daN(0, 3)
    assert caught.value.code == "lanes.brake.no_drag"


# -- the end of a test -----------------------------------------------------------------------------

PRESS = 450
"""Index of the first sample after the prompt."""


@pytest.mark.parametrize(
    ("reason", "samples", "refusal"),
    [
        (StopReason.BOTH_LOCKED, PRESS, "lanes.brake.ended_early"),
        (StopReason.BOTH_LOCKED, PRESS + 1, None),
        (StopReason.TIME_OUT, PRESS + 499, "lanes.brake.asked_late"),
        (StopReason.TIME_OUT, PRESS + 500, None),
        (StopReason.LEFT_LOCKED, PRESS + 499, None),
        (StopReason.DEVICE_ERROR, PRESS + 900, "lanes.brake.device_error"),
        (StopReason.HOST_SILENT, PRESS + 900, "lanes.brake.host_silent"),
        (StopReason.DEVICE_ERROR, 0, "lanes.brake.device_error"),
    ],
)
def test_what_the_driver_had_no_time_to_press_in_is_no_measurement(
    reason: StopReason, samples: int, refusal: str | None
) -> None:
    bench: Any = SimpleNamespace(name="bench")
    test: Any = SimpleNamespace(recorder=SimpleNamespace(newest=samples), interval_s=0.01)
    status = BrakeTesterStatus(
        vehicle_in=True, lift_up=False, left_running=False, right_running=False, is_testing=False, stop_reason=reason,
        error="E7",
    )  # fmt: skip
    plan = rollers._Plan(run_up_index=150, press_index=PRESS, due_s=4.5)
    if refusal is None:
        rollers._require_counts(bench, status, test, plan)
        return
    with pytest.raises(StepError) as caught:
        rollers._require_counts(bench, status, test, plan)
    assert caught.value.code == refusal
