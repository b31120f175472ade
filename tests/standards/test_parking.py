"""The parking brake: load of all axles, the mass ratio, and one verdict over all parking axles."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from carcheck_desktop.domain.measurements import StopReason
from carcheck_desktop.domain.vehicle import Vehicle
from carcheck_desktop.domain.verdicts import Confidence, Outcome
from tests.standards.cars import CAR, code, curve, judge_lever, parked, with_setting

HEAVY = replace(CAR, curb_mass_kg=1500, total_mass_kg=1799)
"""Total over curb mass just below 1.2."""
EXACT = replace(CAR, curb_mass_kg=1500, total_mass_kg=1800)
BOTH = replace(CAR, parking_axles=(1, 2))


@pytest.mark.parametrize(
    ("car", "sum_daN", "rounded", "limit", "outcome"),
    [
        (CAR, 196, "20.0", "20", Outcome.PASS),
        (CAR, 195, "19.9", "20", Outcome.FAIL),
        (HEAVY, 147, "15.0", "15", Outcome.PASS),
        (HEAVY, 146, "14.9", "15", Outcome.FAIL),
        (EXACT, 147, "15.0", "20", Outcome.FAIL),
    ],
)
def test_the_limit_follows_total_over_curb_mass(
    car: Vehicle, sum_daN: int, rounded: str, limit: str, outcome: Outcome
) -> None:
    card = judge_lever((parked(2, 1000), curve([5, 70], [5, sum_daN - 70])), car=car)
    assert (str(card.rounded), str(card.limit), card.outcome) == (rounded, limit, outcome)


def test_a_ratio_of_exactly_one_point_two_is_doubtful_only_where_it_decides() -> None:
    between = curve([5, 80], [5, 90])
    card = judge_lever((parked(2, 1000), between), car=EXACT)
    assert (card.outcome, card.confidence, code(card)) == (
        Outcome.FAIL, Confidence.DISPUTED, "standards.doubt.mass_ratio"
    )  # fmt: skip
    other = judge_lever(
        (parked(2, 1000), between), car=EXACT, tables=with_setting("parking_at_mass_ratio", "mass_ratio_below")
    )
    assert (other.outcome, str(other.limit), other.doubtful) == (Outcome.PASS, "15", True)
    strong = judge_lever((parked(2, 1000), curve([5, 120], [5, 120])), car=EXACT)
    assert (strong.outcome, strong.doubtful, strong.reason) == (Outcome.PASS, False, None)


def test_the_forces_of_all_parking_axles_are_added_and_divided_by_the_load_of_all_axles() -> None:
    first, second = (parked(1, 1000), curve([5, 60], [5, 60])), (parked(2, 1000), curve([5, 50], [5, 40]))
    card = judge_lever(first, second, car=BOTH)
    assert str(card.exact) == "21.428571428571"
    assert judge_lever(second, first, car=BOTH) == card
    assert card.inputs["axle1_left_max_daN"] == "60"
    assert card.inputs["axle2_right_max_daN"] == "40"
    assert card.inputs["vehicle_kg"] == "1000"


def test_there_is_no_verdict_before_the_last_parking_axle() -> None:
    card = judge_lever((parked(2, 1000), curve([5, 200], [5, 200])), car=BOTH)
    assert (card.outcome, code(card)) == (Outcome.NOT_JUDGED, "standards.missing.parking_axle")
    assert card.reason is not None
    assert card.reason.params == {"axle": 1}
    assert judge_lever().outcome is Outcome.NOT_JUDGED


def test_the_last_run_of_an_axle_counts() -> None:
    weak, strong = (parked(), curve([5, 50], [5, 50])), (parked(), curve([5, 150], [5, 150]))
    assert judge_lever(weak, strong).outcome is Outcome.PASS
    assert judge_lever(strong, weak).outcome is Outcome.FAIL


@pytest.mark.parametrize("stop", [StopReason.LEFT_LOCKED, StopReason.BOTH_LOCKED, StopReason.NOT_REPORTED])
def test_a_wheel_may_lock(stop: StopReason) -> None:
    assert judge_lever((parked(stop=stop), curve([5, 150], [5, 150]))).outcome is Outcome.PASS


def test_one_wheel_alone_may_hold_the_car() -> None:
    card = judge_lever((parked(2, 1000), curve([0, 200], [0, 0])))
    assert (card.outcome, str(card.rounded)) == (Outcome.PASS, "20.4")


@pytest.mark.parametrize(
    ("axle", "vehicle_kg", "stop", "left_daN", "reason"),
    [
        (1, "1370", StopReason.TIME_OUT, 150, "not_a_parking_axle"),
        (2, "0", StopReason.TIME_OUT, 150, "no_load"),
        (2, "NaN", StopReason.TIME_OUT, 150, "no_load"),
        (2, "1370", StopReason.DEVICE_ERROR, 150, "device_error"),
        (2, "1370", StopReason.HOST_SILENT, 150, "host_silent"),
        (2, "1370", StopReason.HOST_COMMAND, 150, "stopped_while_rising"),
        (2, "1370", StopReason.TIME_OUT, 0, "no_force"),
        (2, "1370", StopReason.TIME_OUT, -40, "negative_force"),
    ],
)
def test_a_run_that_does_not_count_is_invalid(
    axle: int, vehicle_kg: str, stop: StopReason, left_daN: int, reason: str
) -> None:
    right_daN = max(left_daN, 0)
    card = judge_lever((parked(axle, Decimal(vehicle_kg), stop), curve([0, left_daN], [0, right_daN])))
    assert (card.outcome, code(card)) == (Outcome.INVALID, f"standards.invalid.{reason}")


def test_runs_with_different_loads_of_the_car_do_not_belong_together() -> None:
    shape = curve([5, 150], [5, 150])
    card = judge_lever((parked(1, 1000), shape), (parked(2, 1001), shape), car=BOTH)
    assert code(card) == "standards.invalid.loads_differ"


@pytest.mark.parametrize(("curb_kg", "total_kg"), [(0, 1750), (-1, 1750), (1800, 1750)])
def test_masses_that_cannot_be_choose_no_limit(curb_kg: int, total_kg: int) -> None:
    car = replace(CAR, curb_mass_kg=curb_kg, total_mass_kg=total_kg)
    assert code(judge_lever((parked(), curve([5, 150], [5, 150])), car=car)) == "standards.invalid.masses"


def test_lost_samples_keep_a_pass_and_forbid_a_fail() -> None:
    strong, weak = curve([5, 150, 0], [5, 150, 0], lost=[2]), curve([5, 50, 0], [5, 50, 0], lost=[2])
    assert judge_lever((parked(), strong)).outcome is Outcome.PASS
    assert code(judge_lever((parked(), weak))) == "standards.invalid.lost_sample"


@pytest.mark.parametrize(
    ("curb_kg", "total_kg", "is_invalid"),
    [(1375, 1375, False), (1375, 1376, False), (1376, 1375, True), (0, 1375, True), (-1, 1375, True)],
)
def test_masses_that_no_licence_can_state_give_no_verdict(curb_kg: int, total_kg: int, is_invalid: bool) -> None:
    car = replace(CAR, curb_mass_kg=curb_kg, total_mass_kg=total_kg)
    card = judge_lever((parked(2, 1000), curve([5, 120], [5, 120])), car=car)
    assert (card.outcome is Outcome.INVALID) == is_invalid
    assert (card.reason is not None and card.reason.code == "standards.invalid.masses") == is_invalid
