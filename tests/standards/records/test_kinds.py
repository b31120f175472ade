"""Every kind of every room: its example is judged, and whatever is done to it is named, invalid or judged, never a crash."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_UP, Decimal, localcontext
from typing import Any

import pytest

from carcheck_desktop.app.judging_fields import fields_of
from carcheck_desktop.app.judging_file import load_editions, parsed_json
from carcheck_desktop.base.data import to_exact_json
from carcheck_desktop.base.errors import DataError
from carcheck_desktop.standards.families.known import FAMILIES
from carcheck_desktop.standards.records.judging import RecordResult, judge_record
from carcheck_desktop.standards.records.kinds import GROUPS, KINDS
from carcheck_desktop.standards.records.record import read_record
from tests.standards.cars import assert_readable

EDITIONS = load_editions()
TODAY = date(2026, 11, 22)
ODD: tuple[object, ...] = (
    None, Decimal("NaN"), Decimal("Infinity"), Decimal("1e9999"), Decimal(-1), Decimal(0), Decimal("1e-20"), Decimal("1e20"),
    "text", "", True, [], {}, [None], [Decimal("NaN")],
)  # fmt: skip


def example(name: str) -> dict[str, Any]:
    data = parsed_json(to_exact_json(KINDS[name].example))
    assert isinstance(data, dict)
    return data


def judged(data: dict[str, Any]) -> RecordResult:
    return judge_record(read_record(data, KINDS, TODAY), EDITIONS)


def leaves(data: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of every value in plain data; of a list the first and the last."""
    if path:
        yield path
    if isinstance(data, dict):
        for name, each in data.items():
            yield from leaves(each, (*path, name))
    elif isinstance(data, list):
        for index in sorted({0, len(data) - 1} if data else ()):
            yield from leaves(data[index], (*path, index))


def with_value(data: dict[str, Any], path: tuple[str | int, ...], value: object) -> dict[str, Any]:
    changed = copy.deepcopy(data)
    place: Any = changed
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return changed


def survives(data: dict[str, Any]) -> DataError | None:
    """Judge what may be nonsense; an error must name a field, anything but a `DataError` is a crash."""
    try:
        judged(data)
    except DataError as error:
        if not error.problem.params.get("field"):
            pytest.fail(f"no field is named: {error}")
        return error
    return None


@pytest.mark.parametrize("name", KINDS)
def test_the_example_of_a_kind_is_judged(name: str) -> None:
    data = example(name)
    assert name in [each["kind"] for each in data["measurements"]]
    assert any(each.judgement.cards or each.judgement.computed for each in judged(data).judged)


@pytest.mark.parametrize("name", KINDS)
def test_odd_values_at_every_place_of_an_example_never_crash(name: str) -> None:
    data = example(name)
    places = {tuple(step for step in path if isinstance(step, str)): path for path in leaves(data)}
    for path in places.values():
        for value in ODD:
            error = survives(with_value(data, path, value))
        if error is not None:
            assert_readable(error)


@pytest.mark.parametrize("name", KINDS)
def test_a_fact_of_the_vehicle_that_is_missing_is_named_or_not_needed(name: str) -> None:
    data = example(name)
    for fact in data.get("vehicle", {}):
        error = survives(data | {"vehicle": {key: each for key, each in data["vehicle"].items() if key != fact}})
        assert error is None or str(error.problem.params["field"]).startswith(("vehicle.", "measurements["))


@pytest.mark.parametrize("name", KINDS)
def test_every_field_of_a_kind_alone_is_read_or_refused_by_name(name: str) -> None:
    """A measurement of nothing, and of one odd field at a time."""
    data = example(name)
    for field in ("", *(each.name for each in fields_of(KINDS[name].record))):
        for value in (Decimal(1), "text", [Decimal(1)], "2026-01-01"):
            survives(data | {"measurements": [{"kind": name} | ({field: value} if field else {})]})


@pytest.mark.parametrize("name", KINDS)
def test_both_kinds_of_inspection_and_every_day_of_the_tables_are_judged_or_named(name: str) -> None:
    data = example(name)
    for inspection in ("registration", "in_use", "00", "03"):
        survives(data | {"inspection": inspection})
    for edition in EDITIONS:
        survives(data | {"date": edition.valid_from.isoformat()})


@pytest.mark.parametrize("name", KINDS)
def test_a_verdict_is_the_same_again_in_any_decimal_context_and_in_any_order(name: str) -> None:
    data = example(name)
    first = judged(data).judged
    assert judged(data).judged == first
    with localcontext() as context:
        context.prec, context.rounding = 4, ROUND_UP
        assert judged(data).judged == first
    turned = judged(data | {"measurements": data["measurements"][::-1]})
    assert turned.judged == first[::-1]


def test_every_family_has_its_kinds() -> None:
    assert {kind.family for kind in KINDS.values()} == set(FAMILIES)


def test_every_group_has_kinds_of_its_own() -> None:
    assert all(GROUPS.values())
    assert sum(len(kinds) for kinds in GROUPS.values()) == len(KINDS)
