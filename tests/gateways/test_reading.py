"""Answers read with the profile: by hand-written ones, by the simulated register's, and by whatever chance makes."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from carcheck_desktop.domain.intake import LICENCE_FIELDS
from carcheck_desktop.domain.vehicle import Fuel, PlateKind, Use, UseCode, Vehicle, VehicleCategory
from carcheck_desktop.gateways.errors import GatewayError
from carcheck_desktop.gateways.reading import cleaned, is_same_plate, normal_plate, read_answer, read_record
from carcheck_desktop.twin.authority.registry import RegisteredCar
from carcheck_desktop.twin.authority.vehicles import fields_of
from tests.gateways.asking import PROFILE, answer, record

GOLDEN = Path(__file__).parent / "golden"
DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31))
TEXTS = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=20)


def golden(name: str) -> dict[str, Any]:
    """Return the values of a hand-written answer's only record."""
    told = read_answer(PROFILE, (GOLDEN / name).read_bytes())
    assert told.simulated
    read = read_record(PROFILE, told.records[0])
    assert (read.doubts, read.missing) == ((), ())
    return read.values


def test_the_seven_seat_car_is_read_as_its_licence_says() -> None:
    assert golden("mpv.json") == {
        "plate": "AC7733",
        "plate_kind": "02",
        "vin": "LSAMPLEZ1FX507087",
        "engine_number": "SL23868741",
        "brand_model": "示例牌 SL6520M",
        "vehicle_type": "K31",
        "use_code": "A",
        "colour": "H",
        "fuel": "A",
        "owner": "示例车主",
        "state": "A",
        "registered_on": date(2015, 11, 8),
        "manufactured_on": date(2015, 9, 9),
        "valid_until": date(2026, 11, 30),
        "insured_until": date(2027, 7, 5),
        "curb_mass_kg": 1855,
        "total_mass_kg": 2480,
        "seats": 7,
        "axles": 2,
        "displacement_ml": 2384,
        "power_kW": Decimal("137.0"),
    }


def test_figures_as_text_old_frame_numbers_and_several_letters_are_read_too() -> None:
    values = golden("texts.json")
    assert (values["vin"], values["vehicle_type"], values["colour"], values["fuel"]) == (
        "SAMPLE-4711",
        "K33",
        "AJ",
        "AC",
    )
    assert (values["registered_on"], values["manufactured_on"]) == (date(2019, 5, 31), date(2019, 4, 1))
    assert (values["total_mass_kg"], values["power_kW"], values["valid_until"]) == (
        1910,
        Decimal("81.5"),
        date(2027, 5, 31),
    )


def test_no_data_is_no_error() -> None:
    assert read_answer(PROFILE, (GOLDEN / "nothing.json").read_bytes()).records == ()


def test_a_refusal_is_said_without_what_is_personal() -> None:
    with pytest.raises(GatewayError) as caught:
        read_answer(PROFILE, (GOLDEN / "not_filed.json").read_bytes(), secrets=("渝AC7733", "AC7733"))
    assert caught.value.code == "gateways.said.not_filed"
    assert caught.value.problem.params["said"] == "检验机构备案异常，号牌…，电话…"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("$E", "at_fault"),
        (10, "too_often"),
        ("12", "not_authorised"),
        ("-1001", "incomplete"),
        ("-77", "refused"),
        ("0", "refused"),
    ],
)
def test_every_code_says_what_to_do(code: object, said: str) -> None:
    with pytest.raises(GatewayError) as caught:
        read_answer(PROFILE, answer(head={"code": code, "message": "x"}))
    assert caught.value.code == f"gateways.said.{said}"
    assert caught.value.problem.params["code"] == str(code)


@st.composite
def cars(draw: st.DrawFn) -> RegisteredCar:
    """Any car with all that a licence has."""
    curb_kg = draw(st.integers(600, 9000))
    vehicle = Vehicle(
        plate=draw(st.sampled_from("渝京沪苏"))
        + draw(st.from_regex(r"[A-HJ-NP-Z][A-HJ-NP-Z0-9]{5,6}", fullmatch=True)),
        plate_kind=draw(st.sampled_from(PlateKind)),
        category=VehicleCategory.SMALL_PASSENGER,
        use=Use.PRIVATE,
        curb_mass_kg=curb_kg,
        total_mass_kg=curb_kg + draw(st.integers(1, 2000)),
        seats=draw(st.integers(1, 9)),
        axles=draw(st.integers(1, 6)),
        parking_axles=(2,),
        registered_on=draw(DAYS),
        manufactured_on=draw(DAYS),
        vin=draw(st.from_regex(r"[A-HJ-NPR-Z0-9]{4,25}", fullmatch=True)),
        engine_number=draw(st.from_regex(r"[A-Z0-9]{1,30}", fullmatch=True)),
        brand_model=f"{draw(TEXTS)}牌 {draw(TEXTS)}",
        vehicle_type=draw(st.sampled_from(sorted(PROFILE.tables["cllx"]))),
        use_code=draw(st.sampled_from(UseCode)).value,
        colour="".join(draw(st.lists(st.sampled_from("ABCDEFGHIJZ"), min_size=1, max_size=5))),
        fuel="".join(draw(st.lists(st.sampled_from([each.value for each in Fuel]), min_size=1, max_size=3))),
        displacement_ml=draw(st.integers(1, 9999)),
        power_kW=Decimal(draw(st.integers(0, 9999))) / 10,
        valid_until=draw(DAYS),
    )
    return RegisteredCar(vehicle, draw(TEXTS), draw(DAYS))


@given(cars())
def test_whatever_the_register_has_of_a_car_arrives_as_it_is(car: RegisteredCar) -> None:
    told = read_answer(PROFILE, answer(fields_of(car)))
    read = read_record(PROFILE, told.records[0])
    assert (read.doubts, read.missing) == ((), ())
    assert {name: read.values[name] for name in LICENCE_FIELDS} == {
        name: getattr(car.vehicle, name) for name in LICENCE_FIELDS
    }
    assert (read.values["owner"], read.values["insured_until"]) == (car.owner, car.insured_until)
    assert is_same_plate(car.vehicle.plate, read.values["plate"])
    assert read.values["plate_kind"] == car.vehicle.plate_kind.value


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)
NAMES = sorted({each.theirs for each in PROFILE.fields})
BLURRED = JSON | st.sampled_from([10**40, -1, 1e308, "-5", "1e9", "９", "2015-13-40", "\u0000", "\u202ex", "A" * 5000])


@given(st.binary(max_size=200))
@example(b"\xef\xbb\xbf{}")
@example(b'{"head": {"code": "\\ud800"}}')
@example(b"[" * 100_000)
def test_whatever_bytes_come_it_is_said_and_nothing_breaks(content: bytes) -> None:
    with pytest.raises(GatewayError):
        read_answer(PROFILE, content)


@given(JSON, JSON, JSON, JSON)
def test_whatever_stands_in_an_answer_it_is_read_or_said(
    code: object, rows: object, body: object, mark: object
) -> None:
    content = json.dumps({"head": {"code": code, "rownum": rows}, "body": body, "simulated": mark}).encode()
    try:
        told = read_answer(PROFILE, content)
    except GatewayError:  # every other kind breaks this test
        return
    for each in told.records:
        read_record(PROFILE, each)


@settings(max_examples=50)
@given(st.dictionaries(st.sampled_from(NAMES), BLURRED, max_size=len(NAMES)))
def test_whatever_stands_in_a_record_it_is_a_value_a_doubt_or_missing(changes: dict[str, Any]) -> None:
    read = read_record(PROFILE, record(**changes))
    doubted = {str(each.params["field"]) for each in read.doubts}
    for field in PROFILE.fields:
        raw = record(**changes).get(field.theirs)
        is_empty = raw is None or (isinstance(raw, str) and not raw.strip())
        assert is_empty or field.ours in read.values or field.ours in doubted
    assert set(read.missing) == {each.theirs for each in PROFILE.fields if each.must and each.ours not in read.values}


@pytest.mark.parametrize(
    ("name", "value", "ours"),
    [("rlzl", "AW", "fuel"), ("cllx", "K99", "vehicle_type"), ("zt", "A9", "state"), ("syxz", "Y", "use_code")],
)
def test_an_unknown_code_is_kept_and_said(name: str, value: str, ours: str) -> None:
    read = read_record(PROFILE, record(**{name: value}))
    assert read.values[ours] == value
    assert [(each.code, each.params["field"]) for each in read.doubts] == [("gateways.doubt.unknown_code", ours)]


@pytest.mark.parametrize(
    ("name", "value", "ours"),
    [
        ("zbzl", -5, "curb_mass_kg"), ("zbzl", "0", "curb_mass_kg"), ("zbzl", 1855.5, "curb_mass_kg"),
        ("hdzk", "seven", "seats"), ("hdzk", True, "seats"), ("ccdjrq", "2015-02-30", "registered_on"),
        ("syr", "x" * 129, "owner"), ("syr", {"name": "x"}, "owner"), ("zzl", "1_000", "total_mass_kg"),
        ("cllx", "K3-", "vehicle_type"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_value_is_left_out_and_said_without_repeating_it(name: str, value: object, ours: str) -> None:
    read = read_record(PROFILE, record(**{name: value}))
    assert ours not in read.values
    assert [(each.code, each.params) for each in read.doubts] == [
        ("gateways.doubt.unreadable", {"field": ours, "theirs": name})
    ]


@pytest.mark.parametrize(
    ("asked", "told", "is_same"),
    [
        ("渝AC7733", " AC7733", True), ("渝AC7733", "渝AC7733", True), ("渝A·C7733", "渝ac7733", True),
        ("渝ＡＣ７７３３", "AC7733", True), ("苏B1234挂", "B1234", True), ("渝AC7733", "京AC7733", False),
        ("渝AC7733", "AC7734", False), ("渝AC7733", "", False), ("渝AC7733", "C7733", False),
    ],
)  # fmt: skip
def test_plates_are_compared_as_people_mean_them(asked: str, told: str, is_same: bool) -> None:
    assert is_same_plate(asked, told, PROFILE.plate.drop_suffix) is is_same


@given(st.text())
def test_a_plate_is_normal_once_and_for_all(text: str) -> None:
    once = normal_plate(text)
    assert normal_plate(once) == once


@given(st.text(), st.text(min_size=2))
def test_a_secret_is_never_in_what_is_said(text: str, secret: str) -> None:
    assert secret not in cleaned(f"{text}{secret}{text}", (secret,)) or secret in "……"
