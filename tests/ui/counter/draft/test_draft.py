"""A draft: what is typed, offered, derived, missing and doubtful, without any window."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.base.messages import Problem, Severity
from carcheck_desktop.domain.intake import LICENCE_FIELDS, STATION_FIELDS, LookupAnswer, ValueOrigin
from carcheck_desktop.domain.vehicle import PlateKind, Vehicle
from carcheck_desktop.ui.counter.draft.checks import FIELD_OF, check, field_of
from carcheck_desktop.ui.counter.draft.draft import Draft
from carcheck_desktop.ui.counter.draft.fields import FIELDS, FieldPage, read_value, text_of
from tests.ui import counter_scenes as scenes

TODAY = date(2026, 11, 23)


def filled() -> Draft:
    draft = Draft()
    draft.type_plate(scenes.PLATE)
    draft.answered(scenes.known_answer())
    return draft


def test_every_field_of_a_vehicle_has_its_place_on_a_page() -> None:
    asked = set(FIELDS) - {"owner", "inspection"}
    assert asked | {"plate", "plate_kind"} == {field.name for field in fields(Vehicle)}
    assert set(STATION_FIELDS) <= {name for name, spec in FIELDS.items() if spec.page is FieldPage.STATION}


@pytest.mark.parametrize("name", [*LICENCE_FIELDS, *STATION_FIELDS])
def test_every_value_of_a_car_comes_back_from_its_text(name: str) -> None:
    value: Any = getattr(scenes.mpv(), name)
    assert read_value(FIELDS[name], text_of(value), TODAY).value == value


@given(st.sampled_from(sorted(FIELDS)), st.text(max_size=40))
def test_whatever_is_typed_is_a_value_or_has_a_fault_with_words(name: str, text: str) -> None:
    value = read_value(FIELDS[name], text, TODAY)
    assert value.fault == "" or value.fault.startswith("ui.")


@given(st.lists(st.tuples(st.sampled_from(sorted(FIELDS)), st.text(max_size=20)), max_size=12))
def test_a_draft_makes_a_vehicle_or_says_what_it_lacks(typed: list[tuple[str, str]]) -> None:
    draft = filled()
    for name, text in typed:
        draft.type(name, text)
    checked = check(draft, TODAY)
    assert (checked.vehicle is None) == bool(checked.missing or checked.faults)
    assert checked.vehicle is None or set(draft.origins()) <= {field.name for field in fields(Vehicle)} | {"owner"}


def test_what_a_known_car_was_is_the_vehicle_again() -> None:
    assert check(filled(), TODAY).vehicle == scenes.mpv()


def test_what_was_typed_stays_when_the_answer_comes_and_both_are_told() -> None:
    draft = Draft()
    draft.type_plate(scenes.PLATE)
    draft.type("curb_mass_kg", "1800")
    draft.answered(scenes.known_answer())
    assert draft.text("curb_mass_kg") == "1800"
    assert draft.entries["curb_mass_kg"].origin is ValueOrigin.TYPED
    assert "curb_mass_kg" in check(draft, TODAY).doubts
    draft.type("curb_mass_kg", "1780")
    assert draft.origins()["curb_mass_kg"] is ValueOrigin.AUTHORITY


def test_category_and_use_follow_the_codes_and_are_asked_where_they_say_nothing() -> None:
    draft = Draft()
    draft.type("vehicle_type", "k33")
    assert not draft.is_shown("category")
    draft.type("vehicle_type", "X99")
    assert draft.is_shown("category")
    assert "category" in check(draft, TODAY).missing
    draft.type("use_code", "L")
    assert "use" in check(draft, TODAY).missing
    draft.type("use", "private")
    draft.type("use_code", "A")
    assert draft.text("use") == "private"
    assert draft.is_shown("use"), "what a person said stays in sight"


def test_the_shape_of_a_plate_chooses_its_kind_until_somebody_does() -> None:
    draft = Draft()
    draft.type_plate("粤BD12345")
    assert draft.plate_kind.value == "52"
    draft.choose_kind(PlateKind.LARGE_CAR)
    draft.type_plate("粤B12345")
    assert draft.plate_kind is PlateKind.LARGE_CAR


def test_an_authority_that_is_not_understood_is_doubted_at_its_field() -> None:
    problem = Problem(
        "gateways.reading.unknown_code", {"field": "fuel", "theirs": "rlzl", "code": "W"}, Severity.WARNING
    )
    draft = Draft()
    draft.type_plate(scenes.PLATE)
    draft.answered(LookupAnswer("lookup-1", None, scenes.authority(fuel="W", doubts=(problem,))))
    checked = check(draft, TODAY)
    assert checked.doubts["fuel"] is problem
    draft.confirm("fuel")
    assert "fuel" not in check(draft, TODAY).doubts


def test_every_place_of_a_problem_is_a_field_of_the_window() -> None:
    assert set(FIELD_OF.values()) <= set(FIELDS) | {"plate", "telephone"}
    assert field_of(Problem("desk.checks.bad_text", {"field": "presenter"})) == "presenter"
    assert field_of(Problem("desk.door.busy")) == ""
