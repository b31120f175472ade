"""A table file that was approved long ago is still read: what came later is lacking, what went is passed over, no more."""

from __future__ import annotations

import pytest

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.verdicts import Quantity
from carcheck_desktop.standards.emission.judging import judge_two_speed_idle
from carcheck_desktop.standards.families.known import FAMILIES
from carcheck_desktop.standards.loading.edition import Edition, parse, parse_kept
from carcheck_desktop.standards.loading.files import edition_of, kept_edition_of, lacking_of
from carcheck_desktop.standards.plan import plan
from tests.standards.cars import CAR, IN_USE, ON, assert_readable, curve, judge, judge_lever, parked, run
from tests.standards.emission.runs import clean
from tests.standards.old_tables import (
    NEWER,
    PETROL,
    SAFETY,
    TODAY,
    blocks,
    edited,
    is_row,
    old,
    with_another,
    with_other,
    without,
)

FILES = tuple(TODAY)


def refused(content: bytes) -> DataError:
    with pytest.raises(DataError) as caught:
        parse_kept(content)
    assert_readable(caught.value)
    return caught.value


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_today_is_the_same_either_way(name: str) -> None:
    assert parse_kept(TODAY[name]) == parse(TODAY[name])


@pytest.mark.parametrize("name", [SAFETY, PETROL])
def test_an_old_table_opens_and_says_what_it_lacks_and_what_is_passed_over(name: str) -> None:
    edition = parse_kept(old(name))
    assert edition.lacking == (" ".join(NEWER[name]),)
    assert edition.passed_over == ("constant forgotten_number",)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (without(TODAY[PETROL], *NEWER[PETROL]), "standards.tables.missing_row"),
        (
            with_another(TODAY[PETROL], "constant", "stall_rpm", key='"forgotten_number"'),
            "standards.tables.wrong_value",
        ),
        (with_other(TODAY[PETROL], "setting", "idle_band", value='"as_before"'), "standards.tables.wrong_value"),
        (TODAY[PETROL] + b"\n[[forgotten]]\nkey = 1\n", "standards.tables.unknown_key"),
    ],
)
def test_a_file_that_is_to_be_approved_is_read_as_strictly_as_ever(content: bytes, code: str) -> None:
    parse_kept(content)
    with pytest.raises(DataError) as caught:
        parse(content)
    assert caught.value.code == code


def test_a_setting_that_came_later_never_gets_a_value_of_today() -> None:
    edition = parse_kept(old(PETROL))
    with pytest.raises(DataError) as caught:
        edition.choice("natural_gas_hc", ON)
    assert caught.value.code == "standards.tables.no_row"
    assert caught.value.problem.params == {"key": "natural_gas_hc", "on": ON.isoformat()}


def test_a_quantity_that_came_later_is_lacking_by_its_name_whatever_its_cases() -> None:
    parts = [each for each in blocks(TODAY[PETROL]) if '\nquantity = "vmas_co"\n' not in each]
    edition = parse_kept("".join(parts).encode())
    assert edition.lacking == ("limit vmas_co", "rounding vmas_co")
    with pytest.raises(DataError) as caught:
        edition.limit(Quantity.VMAS_CO, ON, limit_set="a")
    assert str(caught.value.problem.params["key"]).startswith("vmas_co.")


def test_of_a_word_that_nobody_knows_any_more_the_days_it_held_on_are_open() -> None:
    content = with_other(TODAY[PETROL], "setting", "idle_band", value='"as_before"', valid_from="2025-01-01")
    first = next(each for each in blocks(TODAY[PETROL]) if is_row(each, "setting", "idle_band"))
    began = next(line for line in first.splitlines() if line.startswith("valid_from"))
    before = first.replace(began, f"{began}\nvalid_until = 2024-12-31")
    edition = parse_kept(content + b"\n" + before.encode())
    assert edition.passed_over == ("setting idle_band (as_before)",)
    assert edition.lacking == ("setting idle_band",)
    assert edition.choice("idle_band", ON.replace(year=2024)) == parse(TODAY[PETROL]).choice("idle_band", ON)
    with pytest.raises(DataError):
        edition.choice("idle_band", ON)


def test_a_limit_for_words_of_which_one_is_gone_holds_for_the_others() -> None:
    row = next(each for each in blocks(TODAY[SAFETY]) if is_row(each, "limit", "axle_brake_rate.front"))
    line = next(each for each in row.splitlines() if each.startswith("when"))
    words = line.replace('place = ["front"]', 'place = ["front", "beside"]')
    assert words != line
    edition = parse_kept(TODAY[SAFETY].replace(row.encode(), row.replace(line, words).encode(), 1))
    assert edition.passed_over == ("limit axle_brake_rate.front (beside)",)
    assert edition.limits == parse(TODAY[SAFETY]).limits


def test_a_word_that_is_younger_than_a_table_is_open_on_the_days_for_which_the_table_names_the_others() -> None:
    rows = [each for each in blocks(TODAY[PETROL]) if '\nquantity = "idle_co"\n' in each and "[[limit]]" in each]
    left = "".join(each for each in blocks(TODAY[PETROL]) if each not in rows)
    then = (
        rows[0]
        .replace('when = { limit_set = ["a"] }\n', "")
        .replace("valid_from", "valid_until = 2020-12-31\nvalid_from")
    )
    since = edited(rows[0], {"key": '"idle_co.since"', "valid_from": "2021-01-01"})
    edition = parse_kept(f"{left}\n{then}\n{since}".encode())
    assert edition.lacking == ("limit idle_co.b",)
    assert edition.limit(Quantity.IDLE_CO, ON.replace(year=2020), limit_set="b").key == "idle_co"
    with pytest.raises(DataError):
        edition.limit(Quantity.IDLE_CO, ON, limit_set="b")


def test_a_quantity_and_a_section_that_nobody_knows_any_more_are_passed_over() -> None:
    content = with_another(TODAY[PETROL], "rounding", "idle_co", quantity='"soot_number"')
    edition = parse_kept(content + b"\n[[forgotten]]\nkey = 1\n")
    assert edition.passed_over == ("rounding soot_number", "forgotten 1")
    assert edition.lacking == ()


def test_rows_that_overlap_leave_days_open_or_have_a_wrong_type_are_refused_of_a_kept_file_too() -> None:
    content = TODAY[PETROL]
    assert refused(with_another(content, "constant", "stall_rpm")).code == "standards.tables.overlap"
    late = with_other(content, "constant", "stall_rpm", valid_from="2025-01-01")
    assert refused(late).code == "standards.tables.gap"
    assert refused(with_other(content, "constant", "stall_rpm", value='"many"')).code == "standards.tables.wrong_type"
    assert (
        refused(with_other(content, "constant", "stall_rpm", sources='["hearsay"]')).code
        == "standards.tables.wrong_value"
    )
    assert refused(content.replace(b"schema = 2", b"schema = 1", 1)).code == "standards.tables.wrong_value"


def keys(name: str, *needed: str) -> list[tuple[str, str]]:
    """Return every constant and setting of a file but those that the measurement itself needs."""
    family = FAMILIES[parse(TODAY[name]).family.name]
    rows = [("constant", key) for key in family.constants] + [("setting", key) for key in family.settings]
    assert {key for _, key in rows} >= set(needed)
    return [each for each in rows if each[1] not in needed]


def old_of(name: str, *needed: str) -> Edition:
    """Return a table that has of all constants and settings only those that are needed."""
    content = TODAY[name]
    for row in keys(name, *needed):
        content = without(content, *row)
    return parse_kept(content)


BRAKES = (
    "daN_per_kg", "idle_wheel_percent", "imbalance_branch_rate", "zero_band_daN", "imbalance_window_end_roller",
    "parking_mass_ratio", "parking_at_mass_ratio",
)  # fmt: skip
IDLE = ("lambda_hcv", "lambda_k1", "lambda_ocv", "lambda_water_gas", "limit_set", "lambda_bounds", "compared")


def test_a_car_on_the_roller_bench_is_judged_by_a_table_that_has_what_its_brakes_need() -> None:
    table = old_of(SAFETY, *BRAKES)
    shape = curve([*range(0, 300, 5), *[300] * 40], [*range(0, 290, 5), *[290] * 42])
    new, then = parse(TODAY[SAFETY]), table
    for judged in (
        lambda tables: [card.outcome for card in judge(run(), shape, tables)],
        lambda tables: judge_lever((parked(), shape), tables=tables).outcome,
    ):
        assert judged(then) == judged(new)


def test_what_a_plan_needs_beside_is_told_by_name() -> None:
    with pytest.raises(DataError) as caught:
        plan(old_of(SAFETY, *BRAKES), CAR, IN_USE, ON)
    assert caught.value.problem.params["key"] == "parking_seats_from"


def test_a_two_speed_idle_run_of_petrol_is_judged_by_a_table_that_has_what_it_needs() -> None:
    ended, record = clean()
    table, new = old_of(PETROL, *IDLE), parse(TODAY[PETROL])
    cards = [judge_two_speed_idle(each, ON, ended, record) for each in (table, new)]
    assert [(each.quantity, each.rounded, each.outcome) for each in cards[0]] == [
        (each.quantity, each.rounded, each.outcome) for each in cards[1]
    ]


def test_a_table_that_nobody_works_with_any_more_lacks_nothing_today() -> None:
    content = without(TODAY["gb21861-2014.toml"], "constant", "road_speed_short_kmh")
    ended = parse_kept(content).valid_until
    assert ended is not None
    assert lacking_of("a.toml", content, ended) == "constant road_speed_short_kmh"
    assert lacking_of("a.toml", content, ON) == ""
    assert lacking_of("a.toml", content, None) == ""


def test_a_file_is_parsed_once_and_never_taken_for_whole_because_it_was_kept() -> None:
    content = old(PETROL)
    assert kept_edition_of("a.toml", content) is kept_edition_of("b.toml", content)
    with pytest.raises(DataError) as caught:
        edition_of("a.toml", content)
    assert caught.value.problem.params["file"] == "a.toml"
