"""A file of records: one, a list, lines; a broken one among good ones; numbers exact from the file to the answer."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from carcheck_desktop.app.judging_file import Entry, Form, Judging, entries_of, parsed_json
from carcheck_desktop.app.judging_plain import text_lines
from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.base.data import to_exact_json
from carcheck_desktop.base.errors import UsageError
from carcheck_desktop.standards.records.reading import Doubled
from tests.standards.cars import TABLES, assert_readable
from tests.standards.records.kinds import BY_NAME
from tests.standards.records.test_reading import TODAY

GOOD = (
    '{"id": "a", "date": "2026-03-01", "inspection": "in_use", "vehicle": {"category": "small_passenger"},'
    ' "measurements": [{"kind": "test_rate", "left_max_daN": 272, "right_max_daN": 265, "load_kg": 830}]}'
)
BAD = GOOD.replace("265", "NaN").replace('"a"', '"b"')
JUDGING = Judging((TABLES,), Catalogue("en"), TODAY, BY_NAME)


def entries(text: str) -> tuple[Form, list[Entry]]:
    found = entries_of(io.BytesIO(text.encode()), "file.json")
    return found.form, list(found.each)


def judged(text: str) -> list[dict[str, Any]]:
    return [JUDGING.judged(entry) for entry in entries(text)[1]]


@pytest.mark.parametrize(
    ("text", "form", "count"),
    [
        (GOOD, Form.ONE, 1),
        (GOOD.replace(", ", ",\n"), Form.ONE, 1),
        ("\ufeff" + GOOD + "\r\n", Form.ONE, 1),
        (f"[{GOOD}, {BAD}]", Form.LIST, 2),
        (f"[\n{GOOD},\n{BAD}\n]\n", Form.LIST, 2),
        (f"{GOOD}\n\n{BAD}\n", Form.LINES, 2),
        (f"{GOOD}\nnonsense\n{GOOD}", Form.LINES, 3),
        (f"nonsense\n{GOOD}\n{GOOD}", Form.LINES, 3),
    ],
)
def test_one_record_a_list_and_lines_are_told_apart(text: str, form: Form, count: int) -> None:
    found, each = entries(text)
    assert (found, [entry.number for entry in each]) == (form, list(range(1, count + 1)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n \n",
        "[]",
        "plate,force\n1,2\n",
        "\x00",
        "{",
        "\udcff".encode("utf-8", "surrogateescape").decode("latin-1"),
        "[" * 100_000,
    ],
)
def test_a_file_without_records_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        entries(text)
    assert_readable(caught.value)


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UsageError):
        entries_of([b'{"id": "\xff\xfe"}'], "file.json")


@given(
    some.lists(
        some.binary(max_size=40) | some.sampled_from([GOOD.encode(), BAD.encode(), b"[", b"{}", b"null"]), max_size=5
    )
)
def test_any_bytes_are_judged_entry_by_entry_or_refused(lines: list[bytes]) -> None:
    try:
        found = [JUDGING.judged(entry) for entry in entries_of([line + b"\n" for line in lines], "file.json").each]
    except UsageError:
        return
    assert found
    assert all(("error" in each) != ("conclusion" in each) for each in found)
    assert json.loads(to_exact_json(found))


def test_a_broken_record_is_an_entry_with_its_error_and_the_others_are_judged() -> None:
    first, second, third, fourth = judged(f"{GOOD}\n{BAD}\nnonsense\n5\n")
    assert first["conclusion"]["outcome"] == "pass"
    assert (second["id"], second["error"]["field"]) == ("b", "measurements[0].right_max_daN")
    assert second["error"]["code"] == "standards.record.wrong_value"
    assert all(second["error"][part] for part in ("cause", "evidence", "next"))
    assert (third["id"], third["error"]["code"]) == ("3", "app.judging.bad_line")
    assert (fourth["id"], fourth["error"]["code"]) == ("4", "app.judging.no_record")


def test_a_mistake_in_a_formula_is_said_and_gives_no_verdict() -> None:
    (found,) = judged(GOOD.replace("test_rate", "test_broken"))
    assert found["error"]["code"] == "app.judging.defect"
    assert "conclusion" not in found


def test_a_name_that_stands_twice_is_refused() -> None:
    (found,) = judged(GOOD.replace('"load_kg": 830', '"load_kg": 830, "load_kg": 83'))
    assert (found["error"]["code"], found["error"]["field"]) == ("standards.record.twice", "measurements[0].load_kg")


def test_numbers_are_exact_from_the_file_to_the_answer() -> None:
    odd = parsed_json(b"[0.1, 1e400, NaN, -Infinity, 1e99999999999999999999]")
    assert (
        str(odd)
        == "[Decimal('0.1'), Decimal('1E+400'), Decimal('NaN'), Decimal('-Infinity'), Beyond(written='1e99999999999999999999')]"
    )
    (found,) = judged(GOOD.replace("830", "830.000000000000000000"))
    written = to_exact_json(found).decode()
    again = json.loads(written, parse_float=Decimal)["results"][0]["cards"][0]
    assert '"rounded":66.0,' in written
    assert str(again["exact"]).startswith("66.0191")
    assert again["inputs"]["daN_per_kg"] == Decimal("0.98")
    assert again["margin"] == Decimal("6.0")


def test_a_doubled_name_is_marked_by_the_parser() -> None:
    assert parsed_json(b'{"a": 1, "a": 2, "b": 3}') == {"a": Doubled.TWICE, "b": Decimal(3)}


def test_half_a_character_is_shown_as_unknown_and_a_whole_one_as_it_is() -> None:
    lines = [GOOD.replace('"a"', name) for name in (r'"\ud800"', r'"\ud83d\ude97"')]
    half, whole = judged("\n".join(lines))
    assert (half["error"]["field"], whole["id"]) == ("id", "\U0001f697")
    assert to_exact_json([half, whole])


def test_a_card_says_what_was_judged_and_how_in_words() -> None:
    (found,) = judged(GOOD)
    card = found["results"][0]["cards"][0]
    assert card["quantity"] == "axle_brake_rate"
    assert (card["limit"], card["comparison"], card["outcome"], card["counts"]) == (60, ">=", "pass", True)
    assert any("66.0" in line for line in card["explanation"])
    assert found["editions"][0]["table_hash"] == TABLES.table_hash
    assert any("66.0" in line for line in text_lines(found, JUDGING.words))


def test_a_long_file_of_lines_is_read_as_it_is_asked_for() -> None:
    taken = []

    def lines() -> Iterator[bytes]:
        for number in range(1000):
            taken.append(number)
            yield GOOD.encode() + b"\n"

    found = entries_of(lines(), "file.jsonl")
    next(found.each)
    assert len(taken) <= 3


def test_half_a_character_is_refused_by_the_name_of_its_field() -> None:
    for text, field in (
        (GOOD.replace('"small_passenger"', r'"\ud800"'), "vehicle.category"),
        (GOOD.replace('"test_rate"', r'"\udfff"'), "measurements[0].kind"),
    ):
        (found,) = judged(text)
        assert found["error"]["field"] == field
        assert to_exact_json(found)


def test_text_for_people_has_no_sign_that_steers_a_terminal() -> None:
    (found,) = judged(GOOD.replace('"a"', r'"a\u0000\u001b[31m\u0007"'))
    lines = list(text_lines(found, JUDGING.words))
    assert lines[0].startswith("a[31m  2026-03-01")
    assert all(line.isprintable() for line in lines)


@pytest.mark.parametrize("day", ["0001-01-01", "1949-12-31"])
def test_a_day_before_anything_is_refused_by_name(day: str) -> None:
    (found,) = judged(GOOD.replace("2026-03-01", day))
    assert (found["error"]["field"], found["error"]["code"]) == ("date", "standards.record.wrong_value")
