"""One axle as a record: testers, load bases, branches, windows, doubts, and what is no measurement."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.verdicts import Confidence, Outcome, Quantity
from tests.standards.bench.records import (
    BUS,
    CAR,
    MOPED,
    SPECIAL,
    THREE_WHEELED,
    TRAILER,
    TRAIN,
    TRICYCLE,
    TRUCK,
    VAN,
    card,
    case_of,
    judge,
    shown,
)

RATE, IMBALANCE, LOADED = Quantity.AXLE_BRAKE_RATE, Quantity.IMBALANCE, Quantity.LOADED_AXLE_BRAKE_RATE
FORCES = {"left_max_daN": 300, "right_max_daN": 290}
STRONG = {**FORCES, "static_load_kg": 900}
WEAK = {**FORCES, "static_load_kg": 1100}
POINT = {"difference_left_daN": 200, "difference_right_daN": 150}


@pytest.mark.parametrize(
    ("vehicle", "axle", "tester", "limit"),
    [
        (CAR, 1, "roller", "60"),
        (CAR, 2, "roller", "20"),
        (CAR | {"total_mass_kg": 3600}, 2, "roller", "20"),
        ({"vehicle_type": "K31", "total_mass_kg": 5000}, 2, "roller", "20"),
        (VAN, 2, "roller", "20"),
        (VAN | {"total_mass_kg": 3501}, 2, "roller", "50"),
        (VAN | {"total_mass_kg": 3501}, 2, "plate", "35"),
        (BUS, 1, "roller", "60"),
        (BUS, 2, "roller", "40"),
        (BUS, 2, "plate", "30"),
        ({"category": "medium_passenger", "total_mass_kg": 3500}, 2, "roller", "20"),
        ({"category": "medium_passenger", "total_mass_kg": 3501}, 2, "roller", "40"),
        (TRUCK, 2, "roller", "50"),
        (TRUCK | {"axles": 4, "front_axles": 2}, 2, "roller", "60"),
        (SPECIAL, 2, "roller", "50"),
        (SPECIAL, 2, "plate", "50"),
        (TRAILER, 1, "roller", "55"),
        (THREE_WHEELED, 2, "roller", "60"),
        (TRICYCLE, 2, "roller", "55"),
        (MOPED, 2, "roller", "50"),
    ],
)
def test_each_class_has_its_own_rate(vehicle: dict[str, Any], axle: int, tester: str, limit: str) -> None:
    """A load of 1000 kg and forces of exactly the limit, and of one decanewton less."""
    dynamic = {"dynamic_left_kg": 500, "dynamic_right_kg": 500} if tester == "plate" else {}
    at_limit = int(Decimal("9.8") * int(limit))
    for missing, outcome in ((0, "pass"), (1, "fail")):
        found = judge(
            "axle_brake",
            case_of(vehicle),
            axle=axle,
            tester=tester,
            left_max_daN=at_limit // 2,
            right_max_daN=at_limit - at_limit // 2 - missing,
            static_load_kg=1000,
            **dynamic,
        )
        assert shown(found, RATE)[1:] == (limit, outcome)


@pytest.mark.parametrize(
    ("vehicle", "base"),
    [
        (CAR, "dynamic"),
        ({"vehicle_type": "K31", "category": "small_passenger", "total_mass_kg": 4200}, "dynamic"),
        (VAN, "dynamic"),
        (VAN | {"total_mass_kg": 3501}, "static"),
        (THREE_WHEELED, "static"),
        (TRUCK, "static"),
    ],
)
def test_the_load_that_divides_on_a_plate(vehicle: dict[str, Any], base: str) -> None:
    found = judge(
        "axle_brake", case_of(vehicle), axle=2, tester="plate", **STRONG, dynamic_left_kg=400, dynamic_right_kg=395
    )
    inputs = card(found, RATE).inputs
    assert (inputs["load_base"], inputs["load_kg"]) == (base, {"dynamic": "795", "static": "900"}[base])


def test_the_dynamic_load_of_each_wheel_is_taken_at_its_own_greatest_force() -> None:
    found = judge(
        "axle_brake",
        case_of(CAR),
        axle=1,
        tester="plate",
        left_curve_daN=[50, 330, 200, 100],
        right_curve_daN=[40, 200, 326, 90],
        dynamic_left_curve_kg=[420, 495, 480, 470],
        dynamic_right_curve_kg=[410, 470, 485, 480],
    )
    assert shown(found, RATE)[0] == "68.3"
    assert card(found, RATE).inputs["load_kg"] == "980"


def test_a_rate_without_the_dynamic_loads_is_not_judged_and_the_imbalance_of_a_front_axle_is() -> None:
    found = judge("axle_brake", case_of(CAR), axle=1, tester="plate", **STRONG, **POINT)
    assert card(found, RATE).outcome is Outcome.NOT_JUDGED
    assert shown(found, IMBALANCE) == ("16.7", "24", "pass")
    with pytest.raises(DataError, match="dynamic_left_kg"):
        judge("axle_brake", case_of(CAR), axle=2, tester="plate", **STRONG, **POINT)


@pytest.mark.parametrize(("choice", "divided_by", "outcome"), [("dynamic", "1100", "pass"), ("static", "1000", "fail")])
def test_a_weak_rear_axle_on_a_plate_divides_by_the_load_just_defined(
    choice: str, divided_by: str, outcome: str
) -> None:
    found = judge(
        "axle_brake",
        case_of(CAR, plate_imbalance_load=choice),
        axle=2,
        tester="plate",
        **FORCES,
        static_load_kg=1000,
        dynamic_left_kg=550,
        dynamic_right_kg=550,
        difference_left_daN=200,
        difference_right_daN=97,
    )
    imbalance = card(found, IMBALANCE)
    assert (imbalance.inputs["divided_by_kg"], imbalance.outcome) == (divided_by, outcome)
    assert (imbalance.confidence, imbalance.reason is not None) == (Confidence.DISPUTED, True)


def test_a_tandem_is_taken_as_one_on_a_plate_alone() -> None:
    found = judge("axle_brake", case_of(TRUCK), axle=2, tandem=[3], tester="plate", **STRONG)
    assert shown(found, RATE)[1:] == ("35", "pass")
    with pytest.raises(DataError, match="tandem"):
        judge("axle_brake", case_of(TRUCK), axle=2, tandem=[3], **STRONG)


@pytest.mark.parametrize(
    ("place", "load", "inspection", "limit", "divided_by"),
    [
        ("front", WEAK, "in_use", "24", "larger_wheel_force"),
        ("rear", STRONG, "in_use", "30", "larger_wheel_force"),
        ("rear", WEAK, "in_use", "10", "axle_load"),
        ("front", WEAK, "registration", "20", "larger_wheel_force"),
        ("rear", STRONG, "registration", "24", "larger_wheel_force"),
        ("rear", WEAK, "registration", "8", "axle_load"),
    ],
)
def test_the_branch_of_the_imbalance(
    place: str, load: dict[str, int], inspection: str, limit: str, divided_by: str
) -> None:
    found = judge("axle_brake", case_of({}, inspection), place=place, **load, **POINT)
    imbalance = card(found, IMBALANCE)
    assert (str(imbalance.limit), imbalance.inputs["divided_by"]) == (limit, divided_by)
    assert [number.quantity for number in found.computed] == [RATE]


@pytest.mark.parametrize(
    ("percent", "limit"), [("60", "30"), ("59.95", "30"), ("59.949", None), ("59.9", None), ("80", "30")]
)
def test_a_given_rate_chooses_the_branch_by_its_rounded_value(percent: str, limit: str | None) -> None:
    fields = {"place": "rear", **FORCES, **POINT, "axle_brake_rate_percent": Decimal(percent)}
    if limit is None:
        with pytest.raises(DataError, match="static_load_kg"):
            judge("axle_brake", case_of({}), **fields)
    else:
        assert shown(judge("axle_brake", case_of({}), **fields), IMBALANCE)[1] == limit


def test_a_given_rate_that_contradicts_force_and_load_is_refused() -> None:
    with pytest.raises(DataError, match="axle_brake_rate_percent"):
        judge("axle_brake", case_of({}), place="rear", **STRONG, **POINT, axle_brake_rate_percent=70)


@pytest.mark.parametrize("vehicle", [MOPED, TRICYCLE, THREE_WHEELED])
def test_three_wheels_and_two_have_no_imbalance(vehicle: dict[str, Any]) -> None:
    imbalance = card(judge("axle_brake", case_of(vehicle), axle=2, **STRONG, **POINT), IMBALANCE)
    assert (imbalance.outcome, imbalance.counts) == (Outcome.NOT_JUDGED, False)


def test_a_train_has_no_axle_rate() -> None:
    rate = card(judge("axle_brake", case_of(TRAIN), axle=2, **STRONG), RATE)
    assert (rate.outcome, rate.counts) == (Outcome.NOT_JUDGED, False)


# -- windows ---------------------------------------------------------------------------------

SKEWED = {
    "left_curve_daN": [5, 150, 260, 250, 250, 240],
    "right_curve_daN": [5, 145, 200, 180, 256, 100],
}
"""Left peaks at 2 (60 apart), most apart before the later peak at 3 (70), the sum is greatest at 4."""


@pytest.mark.parametrize(
    ("tester", "settings", "locked", "end"),
    [
        ("roller", {}, False, "4"),
        ("roller", {}, True, "2"),
        ("roller", {"imbalance_window_end_roller": "earlier_peak"}, False, "2"),
        ("roller", {"imbalance_window_end_roller": "sum_peak"}, False, "4"),
        ("plate", {}, False, "4"),
        ("plate", {}, True, "4"),
        ("plate", {"imbalance_window_end_plate": "earlier_peak"}, False, "2"),
    ],
)
def test_where_the_build_up_ends(tester: str, settings: dict[str, str], locked: bool, end: str) -> None:
    found = judge(
        "axle_brake",
        case_of(CAR, **settings),
        axle=1,
        tester=tester,
        **SKEWED,
        static_load_kg=780,
        dynamic_left_kg=400,
        dynamic_right_kg=400,
        wheel_locked=locked,
    )
    imbalance = card(found, IMBALANCE)
    assert imbalance.inputs["window_end_index"] == end
    assert card(found, RATE).inputs["left_max_daN"] == "260"


def test_the_sum_peak_is_not_the_later_peak() -> None:
    found = judge(
        "axle_brake",
        case_of(CAR),
        axle=1,
        tester="plate",
        left_curve_daN=[10, 240, 260, 20, 10],
        right_curve_daN=[10, 230, 235, 245, 10],
        static_load_kg=780,
    )
    imbalance = card(found, IMBALANCE)
    assert (imbalance.inputs["window_end_index"], imbalance.outcome) == ("2", Outcome.PASS)
    assert (imbalance.confidence, imbalance.reason is not None and imbalance.reason.code) == (
        Confidence.SINGLE_SOURCE, "standards.doubt.window_sum_peak"
    )  # fmt: skip


def test_decimals_of_forces_stay_exact() -> None:
    curve = [Decimal("0.1"), Decimal("100.25"), Decimal("300.5"), Decimal("299.5")]
    found = judge("axle_brake", case_of(CAR), axle=1, left_curve_daN=curve, right_curve_daN=curve, static_load_kg=1000)
    assert str(card(found, RATE).exact) == "61.326530612244"
    assert card(found, RATE).inputs["left_max_daN"] == "300.5"


# -- loaded axles ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("vehicle", "limit", "confidence"),
    [(TRUCK, "50", Confidence.SOURCED), (TRAILER, "45", Confidence.DISPUTED), (SPECIAL, "50", Confidence.SOURCED)],
)
def test_a_loaded_axle_is_judged_by_its_loaded_load(
    vehicle: dict[str, Any], limit: str, confidence: Confidence
) -> None:
    found = judge(
        "loaded_axle_brake",
        case_of(vehicle),
        axle=2,
        left_max_daN=2600,
        right_max_daN=2500,
        loaded_load_kg=10000,
        difference_left_daN=2000,
        difference_right_daN=1020,
    )
    assert shown(found, LOADED, "L2") == ("52.0", limit, "pass")
    assert card(found, LOADED).confidence is confidence
    imbalance = card(found, IMBALANCE, "L2")
    assert (str(imbalance.rounded), str(imbalance.limit), imbalance.outcome) == ("10.0", "10", Outcome.PASS)
    assert imbalance.inputs["load_base"] == "loaded"


def test_a_loaded_second_steering_axle_is_a_front_axle_and_a_doubt_where_that_decides() -> None:
    twin = case_of(TRUCK | {"axles": 4, "front_axles": 2})
    fields = {"axle": 2, "left_max_daN": 3100, "right_max_daN": 3000, "loaded_load_kg": 10000}
    near, far = (
        card(
            judge("loaded_axle_brake", twin, **fields, difference_left_daN=2900, difference_right_daN=right), IMBALANCE
        )
        for right in (2200, 2100)
    )
    assert (near.rule, near.outcome, near.doubtful) == ("imbalance.front", Outcome.PASS, False)
    assert (far.outcome, far.confidence) == (Outcome.FAIL, Confidence.DISPUTED)


# -- what does not count ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"difference_left_daN": 301, "difference_right_daN": 200}, "difference_above_maximum"),
        ({"difference_left_daN": 200, "difference_right_daN": 291}, "difference_above_maximum"),
        ({"left_max_daN": 0, "right_max_daN": 0}, "no_force"),
        ({"axle": 3}, "no_such_axle"),
        ({"static_load_kg": 30}, "absurd_rate"),
    ],
)
def test_a_measurement_that_cannot_be_is_invalid(fields: dict[str, Any], code: str) -> None:
    for each in judge("axle_brake", case_of(CAR), **({"axle": 1} | STRONG | fields)).cards:
        assert each.outcome is Outcome.INVALID
        assert each.reason is not None
        assert each.reason.code == f"standards.invalid.{code}"


@pytest.mark.parametrize(
    ("left", "right", "code"),
    [
        ([1, 2, 3], [1, 2], "curve_lengths"),
        ([], [], "curve_empty"),
        ([10, -6, 90], [10, 20, 90], "negative_force"),
        ([10, 260, 0, 0], [0, 0, 255, 10], "no_build_up"),
        ([0, 260, 255, 0], [0, 0, 0, 0], "no_force_right"),
        ([250], [240], "few_samples"),
        ([10, 250], [10, 240], "few_samples"),
        ([250, 240, 230], [240, 235, 230], "no_rise"),
    ],
)
def test_a_curve_that_cannot_be_is_invalid(left: list[int], right: list[int], code: str) -> None:
    found = judge("axle_brake", case_of(CAR), axle=1, left_curve_daN=left, right_curve_daN=right, static_load_kg=780)
    imbalance = card(found, IMBALANCE)
    assert (imbalance.outcome, imbalance.reason is not None and imbalance.reason.code) == (
        Outcome.INVALID, f"standards.invalid.{code}"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"left_max_daN": -1}, "left_max_daN"),
        ({"left_max_daN": Decimal("NaN")}, "left_max_daN"),
        ({"left_max_daN": 30000}, "left_max_daN"),
        ({"static_load_kg": 0}, "static_load_kg"),
        ({"static_load_kg": -5}, "static_load_kg"),
        ({"static_load_kg": 900000}, "static_load_kg"),
        ({"difference_left_daN": 5}, "difference_right_daN"),
        ({"difference_left_daN": -1, "difference_right_daN": 3}, "difference_left_daN"),
        ({"static_left_kg": 400}, "static_right_kg"),
        ({"static_left_kg": 400, "static_right_kg": 400}, "static_load_kg"),
        ({"left_curve_daN": [1, 2]}, "right_curve_daN"),
        ({"left_curve_daN": [1, 250, 240], "right_curve_daN": [1, 250, 240]}, "left_max_daN"),
        ({"axle": 0}, "axle"),
        ({"axle": -1}, "axle"),
        ({"axle": 13}, "axle"),
        ({"wheels": 0}, "wheels"),
        ({"wheels": 1}, "right_max_daN"),
        ({"wheels": 1, "right_max_daN": None, **POINT}, "difference_left_daN"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_its_name(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(DataError) as caught:
        judge("axle_brake", case_of(CAR), **({"axle": 1} | STRONG | fields))
    assert caught.value.problem.params["field"] == field


@pytest.mark.parametrize(
    ("vehicle", "fields", "field"),
    [
        ({}, STRONG, "axle"),
        ({}, {"axle": 1, **STRONG}, "vehicle.category"),
        ({"category": "light_goods"}, {"axle": 2, **STRONG}, "vehicle.total_mass_kg"),
        ({"category": "heavy_special"}, {"axle": 2, "tester": "plate", **STRONG}, "vehicle.curb_mass_kg"),
        (CAR, {"axle": 1, **FORCES}, "static_load_kg"),
        (CAR, {"axle": 2, **FORCES, **POINT}, "static_load_kg"),
        (CAR, {"axle": 1, "static_load_kg": 900}, "left_max_daN"),
        (TRAILER, {"place": "front", **STRONG}, "place"),
    ],
)
def test_a_fact_that_decides_is_named_when_it_is_missing(
    vehicle: dict[str, Any], fields: dict[str, Any], field: str
) -> None:
    with pytest.raises(DataError) as caught:
        judge("axle_brake", case_of(vehicle), **fields)
    assert caught.value.problem.params["field"] == field
