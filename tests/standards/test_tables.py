"""The table file: what is in it, and that every way of getting it wrong is refused by name."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal

import pytest

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.domain.verdicts import Confidence, Quantity
from carcheck_desktop.standards.families.axes import BrakeClass, MassRatio, Place, RateBranch
from carcheck_desktop.standards.loading.edition import parse
from tests.standards.cars import CONTENT, ON, TABLES, assert_readable, changed

FRONT = '[[limit]]\nkey = "axle_brake_rate.front"\n'
DAY = "valid_from = 2021-01-01\n"


def block(start: str) -> str:
    """Return one table of the file, from its header to the next blank line."""
    text = CONTENT.decode()
    return text[text.index(start) : text.index("\n\n", text.index(start)) + 1]


def edited(start: str, before: str, after: str) -> bytes:
    """Return the file with one piece of one table replaced."""
    table = block(start)
    assert table.count(before) == 1
    return changed(table, table.replace(before, after))


def refusal(content: bytes) -> tuple[str, dict[str, str | int]]:
    with pytest.raises(DataError) as caught:
        parse(content)
    assert_readable(caught.value)
    return caught.value.code, caught.value.problem.params


LIGHT = {"brake_class": BrakeClass.LIGHT, "tester": "roller"}
IN_USE, NEW = InspectionKind.IN_USE, InspectionKind.REGISTRATION
LIMITS: list[tuple[Quantity, dict[str, str], int]] = [
    (Quantity.AXLE_BRAKE_RATE, {"place": Place.FRONT}, 60),
    (Quantity.AXLE_BRAKE_RATE, {"place": Place.REAR}, 20),
    (Quantity.IMBALANCE, {"inspection": IN_USE, "place": Place.FRONT, "branch": RateBranch.RATE_FROM}, 24),
    (Quantity.IMBALANCE, {"inspection": IN_USE, "place": Place.FRONT, "branch": RateBranch.RATE_BELOW}, 24),
    (Quantity.IMBALANCE, {"inspection": IN_USE, "place": Place.REAR, "branch": RateBranch.RATE_FROM}, 30),
    (Quantity.IMBALANCE, {"inspection": IN_USE, "place": Place.REAR, "branch": RateBranch.RATE_BELOW}, 10),
    (Quantity.IMBALANCE, {"inspection": NEW, "place": Place.FRONT, "branch": RateBranch.RATE_FROM}, 20),
    (Quantity.IMBALANCE, {"inspection": NEW, "place": Place.REAR, "branch": RateBranch.RATE_FROM}, 24),
    (Quantity.IMBALANCE, {"inspection": NEW, "place": Place.REAR, "branch": RateBranch.RATE_BELOW}, 8),
    (Quantity.WHOLE_VEHICLE_BRAKE_RATE, {}, 60),
    (Quantity.PARKING_BRAKE_RATE, {"mass_ratio": MassRatio.FROM}, 20),
    (Quantity.PARKING_BRAKE_RATE, {"mass_ratio": MassRatio.BELOW}, 15),
]


def test_every_brake_limit_of_a_small_passenger_car_is_what_the_sources_say() -> None:
    for quantity, case, value in LIMITS:
        limit = TABLES.limit(quantity, ON, **LIGHT, **case)
        assert limit.value == value, limit.slot
        assert limit.ground.confidence is Confidence.SOURCED
        assert len(limit.ground.sources) >= 2


def test_the_digest_is_that_of_the_bytes() -> None:
    assert TABLES.table_hash == hashlib.sha256(CONTENT).hexdigest()
    assert parse(CONTENT + b"\n").table_hash != TABLES.table_hash


def test_numbers_are_exactly_as_written() -> None:
    assert TABLES.constant("daN_per_kg", ON) == Decimal("0.98")
    assert str(parse(edited('[[constant]]\nkey = "daN_per_kg"', "0.98", "0.980")).constant("daN_per_kg", ON)) == "0.980"


def test_what_still_needs_the_paid_text_is_listed() -> None:
    assert {
        "parking_seats_from", "parking_years_over", "zero_band_daN", "idle_wheel_percent", "imbalance_window_end_roller",
        "imbalance_window_end_plate", "ten_year_count", "parking_at_mass_ratio",
    } <= {row.slot for row in TABLES.doubtful()}  # fmt: skip
    assert all(row.ground.confidence is not Confidence.SOURCED for row in TABLES.doubtful())


def test_every_source_is_used_and_described() -> None:
    rows = (TABLES.limits, TABLES.constants, TABLES.settings, TABLES.roundings, TABLES.items, TABLES.cycles)
    grounds = [row.ground for kind in rows for row in kind.all()]
    used = {source for ground in grounds for source in ground.sources}
    assert used == {source.id for source in TABLES.sources}
    assert all(source.what for source in TABLES.sources)


def test_an_edition_says_when_it_is_not_in_force() -> None:
    TABLES.require_in_force(date(2021, 1, 1))
    with pytest.raises(DataError) as caught:
        TABLES.require_in_force(date(2020, 12, 31))
    assert_readable(caught.value)
    assert caught.value.problem.params == {"edition": "GB 38900-2020", "on": "2020-12-31"}
    assert caught.value.code == "standards.tables.not_in_force"


def test_a_limit_changes_on_its_day() -> None:
    old = block(FRONT)
    first = old.replace(DAY, DAY + "valid_until = 2026-06-30\n")
    second = old.replace(DAY, "valid_from = 2026-07-01\n").replace("value = 60", "value = 62")
    tables = parse(changed(old, f"{first}\n{second}"))
    values = [
        tables.limit(Quantity.AXLE_BRAKE_RATE, on, **LIGHT, place=Place.FRONT).value
        for on in (date(2021, 1, 1), date(2026, 6, 30), date(2026, 7, 1), date(2099, 1, 1))
    ]
    assert values == [60, 60, 62, 62]


def test_a_slot_the_tables_do_not_have_is_refused() -> None:
    with pytest.raises(DataError) as caught:
        TABLES.constant("gravity", ON)
    assert_readable(caught.value)
    assert caught.value.problem.params == {"key": "gravity", "on": "2026-03-01"}


def two_rows(until: str, since: str) -> bytes:
    old = block(FRONT)
    first = old.replace(DAY, DAY + f"valid_until = {until}\n")
    return changed(old, f"{first}\n{old.replace(DAY, f'valid_from = {since}' + chr(10))}")


SLOT = "axle_brake_rate.light.roller.front"


def test_a_day_without_a_limit_is_refused() -> None:
    code, params = refusal(two_rows("2026-06-30", "2026-07-02"))
    assert (code, params) == (
        "standards.tables.gap",
        {"key": SLOT, "first": "2026-07-01", "last": "2026-07-01"},
    )


def test_days_before_the_first_row_are_refused() -> None:
    code, params = refusal(edited(FRONT, DAY, "valid_from = 2021-02-01\n"))
    assert (code, params) == ("standards.tables.gap", {"key": SLOT, "first": "2021-01-01", "last": "2021-01-31"})


def test_days_after_the_last_row_are_refused() -> None:
    code, params = refusal(edited(FRONT, DAY, DAY + "valid_until = 2030-12-31\n"))
    assert (code, params) == ("standards.tables.gap", {"key": SLOT, "first": "2031-01-01", "last": "…"})


@pytest.mark.parametrize("since", ["2026-06-30", "2021-01-01"])
def test_a_day_with_two_limits_is_refused(since: str) -> None:
    code, params = refusal(two_rows("2026-06-30", since))
    assert code == "standards.tables.overlap"
    assert params["key"] == SLOT


def test_the_same_row_twice_is_refused() -> None:
    old = block(FRONT)
    code, params = refusal(changed(old, f"{old}\n{old}"))
    assert (code, params) == ("standards.tables.overlap", {"key": SLOT, "day": "2021-01-01"})


@pytest.mark.parametrize(
    ("start", "section", "key"),
    [
        (FRONT, "limit", SLOT),
        ('[[constant]]\nkey = "daN_per_kg"', "constant", "daN_per_kg"),
        ('[[setting]]\nkey = "ten_year_count"', "setting", "ten_year_count"),
        ('[[rounding]]\nquantity = "imbalance"', "rounding", "imbalance"),
    ],
)
def test_a_missing_row_is_refused(start: str, section: str, key: str) -> None:
    code, params = refusal(changed(block(start), ""))
    assert code == "standards.tables.missing_row"
    assert params["section"] == section
    assert params["key"] == key


@pytest.mark.parametrize(
    ("before", "after", "code", "key", "value"),
    [
        ("value = 60", 'value = "60"', "wrong_type", "value", "60"),
        ("value = 60", "value = true", "wrong_type", "value", "True"),
        ("value = 60", "value = nan", "wrong_value", "value", "NaN"),
        ("value = 60", "value = -60", "wrong_value", "value", "-60"),
        ("value = 60", "value = 60\nvalu = 20", "unknown_key", "valu", 20),
        ("value = 60\n", "", "missing_key", "value", None),
        ('comparison = ">="', 'comparison = ">"', "wrong_value", "comparison", ">"),
        ('place = ["front"]', 'place = ["middle"]', "wrong_value", "place", "middle"),
        ('place = ["front"]', 'wheel = ["front"]', "unknown_key", "wheel", "['front']"),
        ('unit = "%"', 'unit = "daN"', "wrong_value", "unit", "daN"),
        ('confidence = "sourced"', 'confidence = "sure"', "wrong_value", "confidence", "sure"),
        ('["G1", "N1", "L3"]', '["G1", "X9"]', "wrong_value", "sources", "X9"),
        ('["G1", "N1", "L3"]', "[]", "wrong_value", "sources", "[]"),
        ('["G1", "N1", "L3"]', '["G1", "G1"]', "wrong_value", "sources", "['G1', 'G1']"),
        ('["G1", "N1", "L3"]', "[1]", "wrong_type", "sources", "[1]"),
        ('"light", ', '"tank", ', "wrong_value", "brake_class", "tank"),
        ("2021-01-01", '"2021-01-01"', "wrong_type", "valid_from", "2021-01-01"),
        ("2021-01-01", "2021-01-01T00:00:00", "wrong_type", "valid_from", "2021-01-01 00:00:00"),
        (DAY, DAY + "valid_until = 2020-01-01\n", "wrong_value", "valid_until", "2020-01-01"),
        ('standard = "GB 7258-2017"', "standard = 7258", "wrong_type", "standard", 7258),
    ],
)  # fmt: skip
def test_a_limit_written_wrongly_is_refused_by_key_and_value(
    before: str, after: str, code: str, key: str, value: str | int | None
) -> None:
    found, params = refusal(edited(FRONT, before, after))
    assert found == f"standards.tables.{code}"
    assert str(params["where"]).startswith(("limit[", "when"))
    assert params["key"] == key
    assert params.get("value") == (str(value) if isinstance(value, str) else value)


@pytest.mark.parametrize(
    ("content", "code", "key"),
    [
        (b"schema = ", "not_toml", None),
        (b"\xff\xfe", "not_toml", None),
        (b"", "missing_key", "schema"),
        (changed("schema = 2", "schema = 3"), "wrong_value", "schema"),
        (changed("schema = 2", "schema = -1"), "wrong_value", "schema"),
        (changed("schema = 2", "schema = 2.0"), "wrong_type", "schema"),
        (changed("schema = 2", "schema = 2\nextra = 1"), "unknown_key", "extra"),
        (changed('title = "', 'subtitle = "a"\ntitle = "'), "unknown_key", "subtitle"),
        (changed('[edition]\nfamily', '[edition2]\nfamily'), "missing_key", "edition"),
        (changed("schema = 2", "schema = 2\nlimit = 3").replace(b"[[limit]]", b"[[limits]]"), "wrong_type", "limit"),
        (changed("schema = 2", "schema = 2\nsource = [3]").replace(b"[[source]]", b"[[sources]]"), "wrong_type", "source[1]"),
        (edited('[[source]]\nid = "G1"', 'place = "', 'city = "'), "missing_key", "place"),
        (edited('[[constant]]\nkey = "light_to_kg"', "value = 3500", "value = 0"), "wrong_value", "value"),
        (edited('[[constant]]\nkey = "light_to_kg"', "light_to_kg", "heavy_from_kg"), "wrong_value", "key"),
        (edited('[[setting]]\nkey = "ten_year_count"', '"date_exact"', '"by_moon"'), "wrong_value", "value"),
        (edited('[[setting]]\nkey = "ten_year_count"', "ten_year_count", "nine_year_count"), "wrong_value", "key"),
        (edited('[[rounding]]\nquantity = "imbalance"', "decimals = 1", "decimals = true"), "wrong_type", "decimals"),
        (edited('[[rounding]]\nquantity = "imbalance"', '"half_up"', '"half_down"'), "wrong_value", "mode"),
    ],
)  # fmt: skip
def test_a_file_written_wrongly_is_refused_by_key(content: bytes, code: str, key: str | None) -> None:
    found, params = refusal(content)
    assert found == f"standards.tables.{code}"
    assert params.get("key") == key


def test_a_source_id_used_twice_is_refused() -> None:
    code, params = refusal(edited('[[source]]\nid = "F1"', '"F1"', '"G1"'))
    assert (code, params) == ("standards.tables.double_source", {"id": "G1"})


def test_one_rule_name_for_two_limits_is_refused() -> None:
    code, params = refusal(
        edited('[[limit]]\nkey = "axle_brake_rate.rear"', "axle_brake_rate.rear", "axle_brake_rate.front")
    )
    assert code == "standards.tables.double_rule"
    assert params["key"] == "axle_brake_rate.front"


def test_a_file_without_any_limit_is_refused() -> None:
    code, _ = refusal(CONTENT[: CONTENT.index(b"[[limit]]")])
    assert code == "standards.tables.missing_row"
