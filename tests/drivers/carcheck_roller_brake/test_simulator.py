"""The simulated bench: commands, watchdog, locking, time-out, errors; and the whole way through the wire."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from carcheck_desktop.devices.api import (
    CurveBlock,
    DeviceError,
    RefusedByDeviceError,
    RestartedError,
    Side,
    StaleError,
    StopReason,
)
from drivers.carcheck_roller_brake import DRIVER
from drivers.carcheck_roller_brake import protocol as p
from tests.drivers.wire import Car, Rig, rig

OFFER = DRIVER.offers["BrakeTester"]


def ready(car: Car | None = None, **options: Any) -> Rig:
    """A bench with a car on its rollers, the lift down and the host alive."""
    stand = rig(OFFER, car, **options)
    stand.driver.identify()
    stand.driver.lift(up=False)
    stand.go_on(2.1, alive=True)
    return stand


def run(
    stand: Rig, *, alive: bool = True, step_s: float = 0.2, most: int = 150
) -> tuple[list[int], list[int], CurveBlock]:
    """Fetch until the test has ended."""
    left: list[int] = []
    right: list[int] = []
    after = 0
    for _ in range(most):
        stand.go_on(step_s, alive=alive)
        block = stand.driver.fetch_curve(after)
        left += block.left_daN
        right += block.right_daN
        after = block.first + len(block.left_daN) - 1
        if block.ended:
            return left, right, block
    raise AssertionError("the bench never ended the test")


def refused(action: Callable[[], None]) -> str:
    with pytest.raises(RefusedByDeviceError) as found:
        action()
    return str(found.value.problem.params["reason"]).rpartition(".")[2]


def test_a_brake_beyond_the_tyres_grip_locks_and_the_bench_stops_by_itself() -> None:
    stand = ready(Car(press_s=5.0, right_share=0.8))
    stand.driver.start(Side.LEFT)
    stand.go_on(0.5, alive=True)
    assert stand.driver.status().left_running
    assert not stand.driver.status().right_running
    stand.driver.start(Side.RIGHT)
    left, right, _ = run(stand)
    status = stand.driver.status()
    assert status.stop_reason is StopReason.LEFT_LOCKED
    assert not any((status.left_running, status.right_running, status.is_testing))
    grip_daN = 0.75 * 420 * 0.98
    assert max(left) == pytest.approx(grip_daN, abs=3)
    assert max(right) == pytest.approx(0.8 * grip_daN, abs=8)
    assert left.index(max(left)) > len(left) - 15
    result = {reading.point: reading.value for reading in stand.driver.results()}
    assert (result["max_left"], result["max_right"]) == (max(left), max(right))
    widest = max(zip(left, right, strict=True), key=lambda pair: abs(pair[0] - pair[1]))
    assert (result["difference_left"], result["difference_right"]) == widest


def test_both_wheels_locking_together_are_both_reported() -> None:
    stand = ready(Car(left_kg=400, right_kg=400, press_s=4.0))
    stand.driver.start(None)
    run(stand)
    assert stand.driver.status().stop_reason is StopReason.BOTH_LOCKED


def test_without_enough_brake_the_bench_ends_at_its_time_out() -> None:
    stand = ready(Car(press_s=4.0, most_daN=150.0))
    stand.driver.start(None)
    left, _, _ = run(stand)
    assert stand.driver.status().stop_reason is StopReason.TIME_OUT
    assert len(left) == 1000
    assert max(left) == pytest.approx(159, abs=4)


def test_rolling_free_gives_the_drag_after_the_run_up() -> None:
    stand = ready(Car(drag_daN=12.0))
    stand.driver.start(None)
    left, _, _ = run(stand)
    assert max(left[:30]) > 18, "the rollers' inertia is felt at the start"
    assert sum(left[200:300]) / 100 == pytest.approx(12, abs=0.5)


def test_samples_are_the_same_however_often_they_are_fetched() -> None:
    curves = []
    for step_s in (0.1, 0.5, 1.0):
        stand = ready(Car(press_s=5.0))
        stand.driver.start(None)
        curves.append(run(stand, step_s=step_s)[:2])
    assert curves[0] == curves[1] == curves[2]


def test_nobody_fetching_for_longer_than_the_ring_loses_samples_by_number() -> None:
    stand = ready(Car(press_s=1e9), ring_length=200)
    stand.driver.start(None)
    stand.go_on(5.0, alive=True)
    block = stand.driver.fetch_curve(0)
    assert 500 <= block.newest <= 540
    assert block.lost == tuple(range(1, block.first))
    assert block.newest - 200 < block.first <= block.newest - 200 + 6, "the bench went on while it was read"
    assert block.first + len(block.left_daN) - 1 == block.newest


def test_a_host_that_falls_silent_stops_the_motors_after_three_seconds() -> None:
    stand = ready()
    stand.driver.start(None)
    stand.driver.keep_alive()
    stand.go_on(2.5)
    assert stand.driver.status().left_running
    stand.go_on(1.0)
    status = stand.driver.status()
    assert status.stop_reason is StopReason.HOST_SILENT
    assert not status.left_running
    assert not stand.simulator.machine.bits & p.Status.RESULT_VALID


def test_a_start_without_a_living_host_is_refused() -> None:
    stand = rig(OFFER)
    stand.driver.lift(up=False)
    stand.go_on(2.5)
    assert refused(lambda: stand.driver.start(None)) == "no_host_alive"
    assert refused(stand.driver.drag_test) == "no_host_alive"


def test_a_start_while_the_lift_moves_is_refused_as_busy() -> None:
    stand = rig(OFFER)
    stand.driver.keep_alive()
    stand.driver.lift(up=False)
    assert stand.driver.status().lift_up
    assert refused(lambda: stand.driver.start(None)) == "busy"
    assert refused(lambda: stand.driver.lift(up=True)) == "busy"


def test_a_running_side_cannot_be_started_again_and_the_lift_stays() -> None:
    stand = ready()
    stand.driver.start(Side.LEFT)
    assert refused(lambda: stand.driver.start(Side.LEFT)) == "busy"
    assert refused(lambda: stand.driver.lift(up=True)) == "busy"


def test_a_start_on_the_raised_lift_is_an_error_that_a_stop_clears() -> None:
    stand = rig(OFFER)
    stand.driver.keep_alive()
    stand.driver.start(None)
    stand.go_on(0.1)
    status = stand.driver.status()
    assert status.error == "carcheck_roller_brake.error.vehicle_not_seated"
    assert status.stop_reason is StopReason.DEVICE_ERROR
    assert refused(lambda: stand.driver.lift(up=False)) == "error_pending"
    stand.driver.stop()
    assert stand.driver.status().error is None


def test_an_open_contactor_refuses_and_cuts() -> None:
    stand = ready(stop_output="io:0")
    stand.outputs["io:0"] = False
    assert refused(lambda: stand.driver.start(None)) == "contactor_off"
    stand.outputs["io:0"] = True
    stand.driver.start(None)
    stand.go_on(1.0, alive=True)
    stand.outputs["io:0"] = False
    stand.go_on(0.1)
    status = stand.driver.status()
    assert (status.left_running, status.stop_reason) == (False, StopReason.DEVICE_ERROR)


def test_an_emergency_stop_stays_until_it_is_released_and_cleared() -> None:
    stand = ready()
    stand.driver.start(None)
    stand.simulator.machine.emergency_stop = True
    stand.go_on(0.1)
    stand.driver.stop()
    stand.go_on(0.1)
    assert stand.driver.status().error == "carcheck_roller_brake.error.emergency_stop"
    stand.simulator.machine.emergency_stop = False
    stand.driver.stop()
    stand.go_on(0.1)
    assert stand.driver.status().error is None


@pytest.mark.parametrize("side", list(Side))
def test_a_roller_without_pulses_is_a_fault_of_its_side(side: Side) -> None:
    stand = ready()
    stand.simulator.machine.pulse_fault = side
    stand.driver.start(None)
    stand.go_on(1.2, alive=True)
    assert stand.driver.status().error == f"carcheck_roller_brake.error.{side.value}_pulse_fault"


def test_a_jammed_lift_times_out() -> None:
    stand = rig(OFFER)
    stand.simulator.machine.bench.lift_jammed = True
    stand.driver.lift(up=False)
    stand.go_on(5.2)
    assert stand.driver.status().error == "carcheck_roller_brake.error.lift_time_out"


def test_more_force_than_the_bench_can_measure_is_an_overload() -> None:
    stand = ready(Car(left_kg=6000, right_kg=6000, press_s=3.0, most_daN=5000, ramp_daN_s=2500))
    stand.driver.start(None)
    stand.go_on(3.0, alive=True)
    assert stand.driver.status().error == "carcheck_roller_brake.error.overload"


def test_weighing_gives_the_wheel_loads_when_it_is_complete() -> None:
    stand = ready()
    stand.driver.weigh()
    assert stand.driver.status().is_testing
    stand.go_on(1.1)
    assert stand.simulator.machine.bits & p.Status.RESULT_VALID
    result = {reading.point: reading.value for reading in stand.driver.results()}
    assert (result["unladen_left"], result["unladen_right"]) == (420, 410)
    live = {reading.point: reading.value for reading in stand.driver.live()}
    assert live["load_left"] == pytest.approx(420, abs=2)


def test_wheels_too_light_cannot_be_weighed() -> None:
    stand = ready(Car(left_kg=12.0))
    stand.driver.weigh()
    stand.go_on(1.2)
    assert stand.driver.status().error == "carcheck_roller_brake.error.wheel_weight_too_small"


def test_a_drag_test_measures_both_sides_and_complains_about_a_dragging_one() -> None:
    stand = ready(Car(drag_daN=14.0))
    stand.driver.drag_test()
    stand.go_on(2.2, alive=True)
    result = {reading.point: reading.value for reading in stand.driver.results()}
    assert result["result_drag_left"] == pytest.approx(14, abs=1)
    tight = ready(Car(drag_daN=60.0))
    tight.driver.drag_test()
    tight.go_on(2.2, alive=True)
    assert tight.driver.status().error == "carcheck_roller_brake.error.drag_too_high_left"


def test_a_stop_ends_the_test_and_the_ring_is_kept() -> None:
    stand = ready()
    stand.driver.start(None)
    stand.go_on(1.0, alive=True)
    stand.driver.stop()
    status = stand.driver.status()
    assert status.stop_reason is StopReason.HOST_COMMAND
    stand.go_on(1.0)
    kept = stand.driver.fetch_curve(0)
    assert kept.ended
    assert 100 <= len(kept.left_daN) == kept.newest <= 110
    live = {reading.point: reading.value for reading in stand.driver.live()}
    assert (live["speed_left"], live["speed_right"]) == (0, 0)


def test_a_command_number_is_carried_out_once() -> None:
    stand = ready()
    stand.driver.start(None)
    stand.go_on(0.5, alive=True)
    stand.driver.write_many([(p.COMMAND, p.Command.START_BOTH), (p.COMMAND_SEQ, stand.driver.sequence)])
    assert stand.simulator.machine.newest > 40
    assert stand.simulator.get(p.REFUSAL) == p.Refusal.NONE


def test_a_restart_in_mid_test_voids_the_item() -> None:
    stand = ready()
    stand.driver.start(None)
    stand.go_on(1.0, alive=True)
    stand.driver.fetch_curve(0)
    stand.simulator.power_up()
    stand.go_on(0.2)
    with pytest.raises(RestartedError):
        stand.driver.fetch_curve(50)


def test_a_restart_while_the_line_was_away_is_told_after_it_came_back() -> None:
    stand = ready()
    stand.driver.start(None)
    stand.go_on(1.0, alive=True)
    stand.simulator.power_up()
    stand.driver.identify()
    with pytest.raises(RestartedError):
        stand.driver.fetch_curve(0)


def test_a_frozen_bench_is_stale() -> None:
    stand = ready()
    stand.driver.check_health()
    stand.faults.stuck = True
    stand.driver.check_health()
    stand.go_on(2.1)
    with pytest.raises(StaleError):
        stand.driver.check_health()


def test_a_misspelt_attribute_of_the_simulator_fails() -> None:
    stand = rig(OFFER)
    with pytest.raises(AttributeError):
        stand.simulator.emergency_stopp = True


def test_the_other_word_order_works_on_both_sides() -> None:
    stand = ready(Car(press_s=4.0), word_order="CDAB")
    stand.driver.start(None)
    left, _, block = run(stand)
    assert block.newest == len(left) < 0x10000


def test_an_unknown_command_is_a_modbus_exception() -> None:
    stand = ready()
    with pytest.raises(DeviceError) as failed:
        stand.driver.context.modbus.write(1, p.COMMAND.area, 0, [99, 999])
    assert failed.value.problem.params["exception"] == 3
