"""Records are read strictly: every wrong, missing or unknown field is named with its path."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.vehicle import InspectionKind, VehicleCategory
from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.records.kind import Kind
from carcheck_desktop.standards.records.kinds import by_name
from carcheck_desktop.standards.records.reading import MOST_DIGITS, Doubled
from carcheck_desktop.standards.records.record import InspectionRecord, read_record
from tests.standards.cars import assert_readable
from tests.standards.records.kinds import BY_NAME, RATE, Rate, Wheel, judge_rate

TODAY = date(2026, 11, 22)
AXLE: dict[str, Any] = {
    "kind": "test_rate", "left_max_daN": Decimal(272), "right_max_daN": Decimal(265), "load_kg": Decimal(830),
}  # fmt: skip


def record(**changed: Any) -> dict[str, Any]:
    plain = {"vehicle": {"category": "small_passenger"}, "inspection": "in_use", "date": "2026-03-01"}
    found = plain | {"measurements": [AXLE]} | changed
    return {name: value for name, value in found.items() if value is not ...}


def axle(**changed: Any) -> dict[str, Any]:
    found = AXLE | changed
    return record(measurements=[{name: value for name, value in found.items() if value is not ...}])


def read(data: object) -> InspectionRecord:
    return read_record(data, BY_NAME, TODAY)


def refused(data: object) -> DataError:
    with pytest.raises(DataError) as caught:
        read(data)
    assert_readable(caught.value)
    return caught.value


def values(data: dict[str, Any]) -> Rate:
    found = read(data).measurements[0].values
    assert isinstance(found, Rate)
    return found


def test_every_type_of_field_is_read_exactly() -> None:
    samples = [{"at_ms": Decimal(10), "force_daN": Decimal("0.1")}]
    found = values(
        axle(
            wheel="left",
            samples=samples,
            pair=[Decimal(1), Decimal(2)],
            checked_on="2026-02-28",
            checked_at="2026-02-28T08:00:00+08:00",
            is_locked=True,
            load_kg=Decimal("830.50"),
        )
    )
    assert found.wheel is Wheel.LEFT
    assert found.load_kg == Decimal("830.50")
    assert found.samples[0].force_daN == Decimal("0.1")
    assert found.pair == (Decimal(1), Decimal(2))
    assert found.checked_on == date(2026, 2, 28)
    assert found.checked_at is not None
    assert found.checked_at.utcoffset() is not None
    assert found.is_locked


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"left_max_daN": ...}, "measurements[0].left_max_daN"),
        ({"left_max_daN": None}, "measurements[0].left_max_daN"),
        ({"left_max_daN": "272"}, "measurements[0].left_max_daN"),
        ({"left_max_daN": True}, "measurements[0].left_max_daN"),
        ({"left_max_daN": Decimal("NaN")}, "measurements[0].left_max_daN"),
        ({"left_max_daN": Decimal("Infinity")}, "measurements[0].left_max_daN"),
        ({"left_max_daN": Decimal("1e999999")}, "measurements[0].left_max_daN"),
        ({"left_max_daN": Decimal("1e-999999")}, "measurements[0].left_max_daN"),
        ({"left_max_daN": Doubled.TWICE}, "measurements[0].left_max_daN"),
        ({"left_max_dan": Decimal(1)}, "measurements[0].left_max_dan"),
        ({"place": "middle"}, "measurements[0].place"),
        ({"wheel": "both"}, "measurements[0].wheel"),
        ({"wheel": Decimal(1)}, "measurements[0].wheel"),
        ({"samples": {}}, "measurements[0].samples"),
        ({"samples": [{"at_ms": Decimal("0.5"), "force_daN": Decimal(1)}]}, "measurements[0].samples[0].at_ms"),
        ({"samples": [{"at_ms": Decimal(1)}]}, "measurements[0].samples[0].force_daN"),
        ({"samples": [Decimal(1)]}, "measurements[0].samples[0]"),
        ({"pair": [Decimal(1)]}, "measurements[0].pair"),
        ({"checked_on": "20260301"}, "measurements[0].checked_on"),
        ({"checked_on": "2026-02-30"}, "measurements[0].checked_on"),
        ({"checked_at": "2026-02-28T08:00:00"}, "measurements[0].checked_at"),
        ({"is_locked": "yes"}, "measurements[0].is_locked"),
        ({"kind": "test_rat"}, "measurements[0].kind"),
        ({"kind": ...}, "measurements[0].kind"),
        ({"kind": Decimal(1)}, "measurements[0].kind"),
    ],
)
def test_a_wrong_field_of_a_measurement_is_named(changed: dict[str, Any], field: str) -> None:
    assert refused(axle(**changed)).problem.params["field"] == field


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"date": ...}, "date"),
        ({"date": "2026-11-23"}, "date"),
        ({"date": Decimal(20260301)}, "date"),
        ({"measurements": ...}, "measurements"),
        ({"measurements": []}, "measurements"),
        ({"measurements": [Decimal(1)]}, "measurements[0]"),
        ({"inspection": "05"}, "inspection"),
        ({"vehicle": {"category": "spaceship"}}, "vehicle.category"),
        ({"vehicle": {"categroy": "small_passenger"}}, "vehicle.categroy"),
        ({"vehicle": {"vehicle_type": "W99"}}, "vehicle.vehicle_type"),
        ({"vehicle": {"vehicle_type": "K33", "category": "heavy_goods"}}, "vehicle.category"),
        ({"vehicle": {"fuel": "petrol"}}, "vehicle.fuel"),
        ({"vehicle": {"fuel": "AX"}}, "vehicle.fuel"),
        ({"vehicle": {"use_code": "9"}}, "vehicle.use_code"),
        ({"vehicle": {"total_mass_kg": Decimal(-1)}}, "vehicle.total_mass_kg"),
        ({"vehicle": {"total_mass_kg": Decimal("1750.5")}}, "vehicle.total_mass_kg"),
        ({"vehicle": {"axles": Decimal(0)}}, "vehicle.axles"),
        ({"vehicle": {"axles": Decimal(2), "parking_axles": [Decimal(3)]}}, "vehicle.parking_axles[0]"),
        ({"vehicle": {"parking_axles": [Decimal(2), Decimal(2)]}}, "vehicle.parking_axles[1]"),
        ({"vehicle": {"registered_on": "2026-03-02"}}, "vehicle.registered_on"),
        ({"settings": {"limit_set": Decimal(1)}}, "settings.limit_set"),
        ({"limits": {"imbalance": "24"}}, "limits.imbalance"),
        ({"limits": {"imbalance": {"value": Decimal(24), "comparison": "<"}}}, "limits.imbalance.comparison"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_wrong_field_of_the_record_is_named(changed: dict[str, Any], field: str) -> None:
    error = refused(record(**changed))
    assert error.problem.params["field"] == field


def test_what_is_allowed_stands_beside_an_unknown_code() -> None:
    assert "heavy_goods" in str(refused(record(vehicle={"category": "spaceship"})).problem.params["allowed"])
    assert "left_max_daN" in str(refused(axle(left_max_dan=Decimal(1))).problem.params["allowed"])


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("00", InspectionKind.REGISTRATION), ("registration", InspectionKind.REGISTRATION),
        ("01", InspectionKind.IN_USE), ("02", InspectionKind.IN_USE), ("03", InspectionKind.IN_USE),
        ("04", InspectionKind.IN_USE), ("in_use", InspectionKind.IN_USE),
    ],
)  # fmt: skip
def test_only_the_platforms_kind_00_is_registration(word: str, kind: InspectionKind) -> None:
    assert read(record(inspection=word)).inspection is kind


@pytest.mark.parametrize(
    ("code", "category"),
    [
        ("K33", VehicleCategory.SMALL_PASSENGER), ("K11", VehicleCategory.LARGE_PASSENGER),
        ("K14", VehicleCategory.ARTICULATED_PASSENGER), ("H31", VehicleCategory.LIGHT_GOODS),
        ("Q11", VehicleCategory.HEAVY_TRACTOR_UNIT), ("B21", VehicleCategory.MEDIUM_TRAILER),
        ("N11", VehicleCategory.THREE_WHEELED), ("M21", VehicleCategory.MOTORCYCLE),
        ("M15", VehicleCategory.SIDECAR_MOTORCYCLE), ("M22", VehicleCategory.MOPED),
    ],
)  # fmt: skip
def test_the_licences_type_code_says_the_category(code: str, category: VehicleCategory) -> None:
    assert read(record(vehicle={"vehicle_type": code})).vehicle.category is category


def test_a_minibus_is_known_by_its_code_and_by_the_word_of_the_record() -> None:
    assert read(record(vehicle={"vehicle_type": "K39"})).vehicle.is_minibus is True
    assert read(record(vehicle={"vehicle_type": "K33"})).vehicle.is_minibus is False
    assert read(record(vehicle={"vehicle_type": "K39", "is_minibus": False})).vehicle.is_minibus is False


def test_a_record_without_a_vehicle_or_a_kind_of_inspection_can_be_read() -> None:
    found = read(record(vehicle=..., inspection=...))
    assert found.vehicle.category is None
    assert found.inspection is None


def test_a_platforms_limit_is_a_number_or_figures_with_a_comparison() -> None:
    found = read(
        record(
            limits={
                "imbalance": Decimal(20),
                "sideslip": {"comparison": "between", "low": Decimal(-5), "high": Decimal(5)},
            }
        )
    ).limits
    assert found[Quantity.IMBALANCE.value].figures == {"value": 20}
    assert found[Quantity.SIDESLIP.value].bound == "between"


def test_two_kinds_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="test_rate"):
        by_name((RATE, RATE))


def test_a_field_that_nobody_can_read_is_refused_when_kinds_are_put_together() -> None:
    @dataclass(frozen=True, slots=True)
    class Odd:
        shares: set[int]

    with pytest.raises(TypeError, match="set"):
        by_name((Kind("odd", "safety", Odd, judge_rate, {}),))


@given(some.decimals(allow_nan=True, allow_infinity=True))
def test_any_number_is_read_as_it_is_or_refused_by_name(value: Decimal) -> None:
    try:
        found = values(axle(load_kg=value)).load_kg
    except DataError as error:
        exponent = value.as_tuple().exponent
        is_absurd = not isinstance(exponent, int) or exponent < -MOST_DIGITS or value.adjusted() >= MOST_DIGITS
        if not is_absurd or error.problem.params["field"] != "measurements[0].load_kg":
            pytest.fail(f"{value} is refused: {error}")
    else:
        assert found == value


JSON = some.recursive(
    some.none() | some.booleans() | some.decimals() | some.text(max_size=5),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.sampled_from(sorted(AXLE)), inner, max_size=3),
    max_leaves=8,
)


@given(
    JSON, some.sampled_from(["vehicle", "date", "inspection", "edition", "settings", "limits", "measurements", "id"])
)
def test_nonsense_is_refused_and_never_crashes(nonsense: object, name: str) -> None:
    try:
        read(record(**{name: nonsense}))
    except DataError as error:
        if not error.problem.params.get("field"):
            pytest.fail(f"no field is named: {error}")
