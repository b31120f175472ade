"""One axle as a record: what is not demanded, a wheel without a brake, one wheel alone, curves cut off, and axles not loaded."""

from __future__ import annotations

from typing import Any

import pytest

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.verdicts import Confidence, Outcome, Quantity
from carcheck_desktop.standards.explain import explain
from tests.standards.bench.records import CAR, THREE_WHEELED, TRAIN, TRICYCLE, TRUCK, card, case_of, judge, shown

RATE, IMBALANCE, LOADED = Quantity.AXLE_BRAKE_RATE, Quantity.IMBALANCE, Quantity.LOADED_AXLE_BRAKE_RATE
FORCES = {"left_max_daN": 300, "right_max_daN": 290}
STRONG = {**FORCES, "static_load_kg": 900}
POINT = {"difference_left_daN": 200, "difference_right_daN": 150}
SKEWED = {
    "left_curve_daN": [5, 150, 260, 250, 250, 240],
    "right_curve_daN": [5, 145, 200, 180, 256, 100],
}


# -- what does not decide is not demanded ----------------------------------------------------


@pytest.mark.parametrize(
    ("vehicle", "axle", "tester", "limit"),
    [
        ({"category": "light_goods"}, 1, "roller", "60"),
        ({"category": "medium_passenger"}, 1, "roller", "60"),
        ({"category": "heavy_special"}, 1, "roller", "60"),
        ({"category": "heavy_special"}, 2, "roller", "50"),
        ({"category": "heavy_trailer"}, 1, "plate", "55"),
    ],
)
def test_masses_are_not_asked_where_every_row_has_the_same_limit(
    vehicle: dict[str, Any], axle: int, tester: str, limit: str
) -> None:
    found = judge("axle_brake", case_of(vehicle), axle=axle, tester=tester, **STRONG, **POINT)
    assert str(card(found, RATE).limit) == limit
    assert card(found, IMBALANCE).outcome is not Outcome.INVALID


@pytest.mark.parametrize(("left", "doubtful"), [(100, True), (300, False), (40, False)])
def test_a_light_special_vehicle_is_in_two_rows_and_says_so_where_that_decides(left: int, doubtful: bool) -> None:
    light = {"category": "light_special", "axles": 2, "curb_mass_kg": 3000, "total_mass_kg": 3500}
    rear = {"axle": 2, "left_max_daN": left, "right_max_daN": left, "static_load_kg": 1000}
    found = card(judge("axle_brake", case_of(light), **rear), RATE)
    assert (str(found.limit), found.confidence is Confidence.DISPUTED) == ("20", doubtful)
    heavier = card(judge("axle_brake", case_of(light | {"curb_mass_kg": 2500}), **rear), RATE)
    assert heavier.confidence is Confidence.SOURCED


# -- a wheel without a brake -----------------------------------------------------------------


@pytest.mark.parametrize("axle", [1, 2])
@pytest.mark.parametrize("point", [{}, {"difference_left_daN": 400, "difference_right_daN": 0}])
def test_a_wheel_without_force_beside_one_that_brakes_fails(axle: int, point: dict[str, int]) -> None:
    fields = {"left_max_daN": 500, "right_max_daN": 0, "static_load_kg": 800}
    found = judge("axle_brake", case_of(CAR), axle=axle, **fields, **point)
    assert card(found, RATE).outcome is Outcome.PASS
    assert shown(found, IMBALANCE)[2] == "fail"
    if not point:
        assert shown(found, IMBALANCE)[0] == "100.0"


def test_a_wheel_that_only_drags_before_the_pedal_is_no_dead_channel() -> None:
    fields = {"left_curve_daN": [4, 3, 100, 500, 490], "right_curve_daN": [3, 2, 0, 0, 0]}
    found = judge("axle_brake", case_of(CAR), axle=1, **fields, static_load_kg=800, press_index=2)
    assert shown(found, IMBALANCE) == ("100.0", "24", "fail")
    assert card(found, IMBALANCE).inputs["difference_index"] == "3"


def test_a_wheel_that_hardly_brakes_is_not_cut_off_at_the_end() -> None:
    fields = {"left_curve_daN": [0, 100, 300, 480, 470, 460], "right_curve_daN": [0, 0, 0, 0, 50, 60]}
    found = judge("axle_brake", case_of(CAR), axle=1, **fields, static_load_kg=800, stopped_by_host=True)
    assert shown(found, IMBALANCE)[2] == "fail"


@pytest.mark.parametrize(("left", "right"), [([10, 200, 250], [10, 240, 230]), ([10, 250, 240], [10, 230, 240])])
def test_a_curve_may_end_at_a_peak_unless_somebody_stopped_the_bench(left: list[int], right: list[int]) -> None:
    fields = {"axle": 1, "left_curve_daN": left, "right_curve_daN": right, "static_load_kg": 780}
    assert card(judge("axle_brake", case_of(CAR), **fields), RATE).outcome is Outcome.PASS
    stopped = judge("axle_brake", case_of(CAR), **fields, stopped_by_host=True)
    for each in stopped.cards:
        assert each.outcome is Outcome.INVALID
        assert each.reason is not None
        assert each.reason.code == "standards.invalid.stopped_while_rising"
    locked = judge("axle_brake", case_of(CAR), **fields, stopped_by_host=True, wheel_locked=True)
    assert card(locked, RATE).outcome is Outcome.PASS


# -- one wheel -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wheel",
    [{"left_max_daN": 100}, {"right_max_daN": 100}, {"left_max_daN": 100, "right_max_daN": 0}],
)
def test_the_single_front_wheel_of_three_blocks_nothing(wheel: dict[str, int]) -> None:
    front = {"axle": 1, "wheels": 1, "static_load_kg": 300, **wheel}
    rear = {"axle": 2, "left_max_daN": 300, "right_max_daN": 290, "static_load_kg": 900}
    both = judge("service_brake", case_of(THREE_WHEELED), axles=[front, rear])
    assert {(each.item, each.outcome) for each in both.cards if each.counts} == {("B2", Outcome.PASS)}
    assert [each.quantity for each in both.cards if each.item == "B1"] == [RATE]
    alone = judge("service_brake", case_of(THREE_WHEELED), axles=[rear])
    assert {(each.item, each.outcome) for each in alone.cards if each.counts} == {("B2", Outcome.PASS)}


def test_a_single_wheel_may_come_as_a_curve() -> None:
    found = judge(
        "axle_brake", case_of(TRICYCLE), axle=1, wheels=1, right_curve_daN=[0, 50, 64, 60], static_load_kg=100
    )
    assert shown(found, RATE) == ("65.3", "60", "pass")
    assert [each.quantity for each in found.cards] == [RATE]


def test_what_has_no_limit_never_blocks_even_when_it_does_not_count_as_a_measurement() -> None:
    front = {"axle": 1, "left_max_daN": 0, "right_max_daN": 0, "static_load_kg": 300, **POINT}
    found = judge("axle_brake", case_of(THREE_WHEELED), **front)
    assert [(each.outcome, each.counts) for each in found.cards] == [(Outcome.INVALID, False)] * 2


# -- the end that was used, and what was not asked -------------------------------------------


def test_a_lock_is_named_with_the_end_that_it_moved() -> None:
    fields: dict[str, Any] = {"axle": 1, "static_load_kg": 780, **SKEWED}
    locked = card(judge("axle_brake", case_of(CAR), **fields, wheel_locked=True), IMBALANCE)
    assert {name: locked.inputs[name] for name in ("window_end", "wheel_locked", "left_max_index", "right_max_index")} == {
        "window_end": "earlier_peak", "wheel_locked": "true", "left_max_index": "2", "right_max_index": "4",
    }  # fmt: skip
    assert "standards.explain.window_locked" in [each.code for each in explain(locked)]
    rolling = card(judge("axle_brake", case_of(CAR), **fields), IMBALANCE)
    assert rolling.inputs["window_end"] == "later_peak"
    assert "standards.explain.window_locked" not in [each.code for each in explain(rolling)]
    idle = fields | {"right_curve_daN": [5, 20, 30, 30, 40, 10]}
    kept = card(judge("axle_brake", case_of(CAR), **idle, wheel_locked=True), IMBALANCE)
    assert (kept.inputs["window_end"], kept.inputs["window_end_index"]) == ("later_peak", "4")


def test_an_imbalance_alone_says_that_no_rate_was_judged() -> None:
    found = judge("axle_brake", case_of(CAR), axle=1, **FORCES, **POINT)
    rate = card(found, RATE)
    assert (rate.outcome, rate.counts) == (Outcome.NOT_JUDGED, False)
    assert shown(found, IMBALANCE)[2] == "pass"
    given = judge("axle_brake", case_of(CAR), axle=1, **FORCES, **POINT, axle_brake_rate_percent=65)
    assert [each.quantity for each in given.cards] == [IMBALANCE]


# -- loaded, but not asked -------------------------------------------------------------------

HEAVY_LOAD = {"left_max_daN": 2000, "right_max_daN": 2000, "loaded_load_kg": 10000}


@pytest.mark.parametrize(
    ("vehicle", "axle", "counts"),
    [
        (TRUCK, 2, True),
        (TRUCK, 1, False),
        (TRUCK, 3, False),
        (TRUCK | {"axles": 2}, 2, False),
        ({"category": "heavy_goods"}, 3, True),
    ],
)
def test_an_axle_that_is_not_tested_loaded_does_not_count(vehicle: dict[str, Any], axle: int, counts: bool) -> None:
    found = card(judge("loaded_axle_brake", case_of(vehicle), axle=axle, **HEAVY_LOAD), LOADED)
    assert (found.outcome, found.counts) == (Outcome.FAIL, counts)


def test_an_axle_on_air_is_refused_on_the_loading_bench() -> None:
    with pytest.raises(DataError, match="axle"):
        judge("loaded_axle_brake", case_of(TRUCK | {"air_suspension_axles": [2]}), axle=2, **HEAVY_LOAD)


@pytest.mark.parametrize(("axle", "force", "doubtful"), [(4, 2300, True), (4, 2500, False), (2, 2300, False)])
def test_a_loaded_axle_of_a_train_may_be_the_trailers(axle: int, force: int, doubtful: bool) -> None:
    load = {"left_max_daN": force, "right_max_daN": force, "loaded_load_kg": 10000}
    found = card(judge("loaded_axle_brake", case_of(TRAIN), axle=axle, **load), LOADED)
    assert (str(found.limit), found.confidence is Confidence.DISPUTED) == ("50", doubtful)
