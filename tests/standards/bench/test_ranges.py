"""What the documentation says of a figure's range is what the judges refuse by; and what no vehicle is, is refused by name."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from carcheck_desktop.app.judging_schema import schema_of
from carcheck_desktop.base.errors import DataError
from carcheck_desktop.standards.bench.ranges import RANGES, Range, range_of
from carcheck_desktop.standards.bench.records import KINDS
from carcheck_desktop.standards.records.reading import record_of
from carcheck_desktop.standards.records.vehicle import checked_vehicle
from carcheck_desktop.standards.traits import Traits
from tests.standards.bench.records import CAR, case_of, judge, plain

FIGURES = [
    (kind.name, each.name, RANGES[each.name])
    for kind in KINDS
    for each in fields(kind.record)
    if each.name in RANGES and "tuple" not in str(each.type)
]


@pytest.mark.parametrize(("kind", "field", "found"), FIGURES)
def test_a_figure_beyond_its_range_is_refused_by_its_name(kind: str, field: str, found: Range) -> None:
    example: Any = next(each for each in KINDS if each.name == kind).example
    measurement = {name: value for name, value in example["measurements"][0].items() if name != "kind"}
    if field.startswith("laden_"):
        measurement |= {"laden_left_sum_daN": 5000, "laden_right_sum_daN": 5000, "laden_load_kg": 20000}
    below = found.least if found.above else found.least - 1
    for value in (below, found.most + 1):
        with pytest.raises(DataError) as caught:
            judge(kind, case_of(example["vehicle"]), **(measurement | {field: value}))
        assert caught.value.problem.params["field"] == field


def test_every_range_is_that_of_a_field() -> None:
    known = {each.name for kind in KINDS for each in fields(kind.record)}
    assert set(RANGES) - known == {"left_curve_daN", "right_curve_daN"} - known
    assert range_of(Traits, "axles") is None


def test_the_schema_says_the_ranges() -> None:
    found = schema_of({kind.name: kind for kind in KINDS})["$defs"]["measurement.axle_brake"]["properties"]
    assert (found["left_max_daN"]["minimum"], found["left_max_daN"]["maximum"]) == (0, 20000)
    assert found["static_load_kg"]["exclusiveMinimum"] == 0
    assert found["left_curve_daN"]["items"]["minimum"] == -20000


@pytest.mark.parametrize(
    ("changes", "field", "other"),
    [
        ({"curb_mass_kg": 1751}, "vehicle.curb_mass_kg", "vehicle.total_mass_kg"),
        ({"front_axles": 3}, "vehicle.front_axles", "2"),
    ],
)
def test_facts_that_contradict_each_other_are_refused_with_both_names(
    changes: dict[str, Any], field: str, other: str
) -> None:
    with pytest.raises(DataError) as caught:
        checked_vehicle(record_of(plain(CAR | changes), Traits, "vehicle"), date(2026, 3, 1))
    params: Any = caught.value.problem.params
    assert params["field"] == field
    assert other in params["allowed"]
    same = record_of(plain(CAR | {"curb_mass_kg": 1750}), Traits, "vehicle")
    assert checked_vehicle(same, date(2026, 3, 1)).curb_mass_kg == Decimal(1750)
