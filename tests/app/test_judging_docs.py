"""The page and the schema of inspection records are those of the code, and show every quantity and every kind."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from carcheck_desktop.app.judging_docs import PAGE, SCHEMA, Page, page, quantities_shown, schema, unrounded
from carcheck_desktop.app.judging_examples import MORE
from carcheck_desktop.app.judging_fields import about, fields_of, unit_of
from carcheck_desktop.app.judging_file import load_editions, parsed_json
from carcheck_desktop.app.judging_page import TITLES, pretty
from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.records.kinds import GROUPS, KINDS
from carcheck_desktop.standards.records.reading import shape_of

HINT = "python -m carcheck_desktop.app.judging_docs"


def kept() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return found


def test_the_page_is_what_code_and_tables_say_today() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), HINT


def test_the_schema_is_what_the_code_reads() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == schema(), HINT


def test_every_quantity_has_a_worked_example() -> None:
    shown = quantities_shown(Page(load_editions()).results)
    assert [quantity.value for quantity in Quantity if quantity not in shown] == []


def test_every_further_example_stands_under_a_kind_and_every_group_has_a_title() -> None:
    assert MORE.keys() <= KINDS.keys()
    assert TITLES.keys() == GROUPS.keys()


def test_every_link_of_the_index_leads_to_a_heading() -> None:
    text = PAGE.read_text(encoding="utf-8")
    headings = {line.lstrip("# ").strip() for line in text.splitlines() if line.startswith("#")}
    assert set(re.findall(r"\]\(#(\w+)\)", text)) <= headings


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_says_what_it_is(name: str) -> None:
    assert len(about(KINDS[name].record)) > 20
    assert "(" + KINDS[name].record.__name__ not in about(KINDS[name].record)[:40], "the docstring is the generated one"


@pytest.mark.parametrize("name", KINDS)
def test_the_schema_of_a_kind_has_the_fields_of_its_record_and_no_others(name: str) -> None:
    found = kept()["$defs"][f"measurement.{name}"]
    shape = shape_of(KINDS[name].record)
    assert list(found["properties"]) == ["kind", *(each.name for each in shape)]
    assert found["required"] == ["kind", *(each.name for each in shape if each.is_required)]
    assert found["additionalProperties"] is False
    assert found["properties"]["kind"] == {"const": name}


def test_every_reference_of_the_schema_resolves() -> None:
    found = kept()
    wanted = set(re.findall(r'"#/\$defs/([^"]+)"', json.dumps(found)))
    assert wanted <= found["$defs"].keys()
    assert {f"measurement.{name}" for name in KINDS} <= wanted


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("left_max_daN", "daN (10 N)"), ("slip_m_per_km", "m/km"), ("k100_per_m", "m⁻¹"), ("temperature_C", "°C"),
        ("mfdd_m_s2", "m/s²"), ("place", ""), ("sample_interval_ms", "ms"),
    ],
)  # fmt: skip
def test_the_unit_of_a_field_is_the_end_of_its_name(name: str, unit: str) -> None:
    assert unit_of(name) == unit


def test_a_field_that_must_be_given_is_told_from_one_with_a_default() -> None:
    found = {each.name: each for each in fields_of(KINDS["analyser_check"].record)}
    assert found["component"].default is None
    assert found["cylinder"].default == ""


def test_readable_json_keeps_every_digit() -> None:
    text = b'{"a": [1.50, 2.0, 0.000000001], "b": {"c": "\\"x\\""}, "d": null, "e": [], "f": true}'
    assert parsed_json(pretty(parsed_json(text)).encode()) == parsed_json(text)
    assert "1.50" in pretty(parsed_json(text))
    long = parsed_json(json.dumps({"forces_daN": list(range(400))}).encode())
    assert parsed_json(pretty(long).encode()) == long
    assert max(len(line) for line in pretty(long).splitlines()) <= 120


def test_what_is_judged_unrounded_is_listed() -> None:
    listed = unrounded(load_editions())
    assert {"outline", "curb_mass", "light_truck_mass", "low_beam_height"} <= set(listed)
    assert "sideslip" not in listed
