"""The open-visit form: mistakes, doubts, and the vehicle it makes; without Qt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from carcheck_desktop.domain.vehicle import InspectionKind, PlateKind, Use
from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.control.sheets.intake import Typed, check, parse_day
from carcheck_desktop.ui.theme.tokens import Tone

TODAY = date(2026, 11, 23)
WHOLE = Typed(
    plate="粤b·39c71", plate_kind="02", category="small_passenger", use="private", inspection="in_use",
    curb_mass="1285", total_mass="1660", seats="5", axles="2", parking_axles=(2,),
    registered="2013-06-18", manufactured="20130402",
)  # fmt: skip


def test_a_whole_form_makes_the_vehicle(words: Words) -> None:
    checked = check(WHOLE, TODAY, words)
    assert checked.fields == {}
    vehicle = checked.vehicle
    assert vehicle is not None
    assert (vehicle.plate, vehicle.plate_kind, vehicle.use) == ("粤B39C71", PlateKind.SMALL_CAR, Use.PRIVATE)
    assert (vehicle.curb_mass_kg, vehicle.total_mass_kg, vehicle.seats) == (1285, 1660, 5)
    assert (vehicle.registered_on, vehicle.manufactured_on) == (date(2013, 6, 18), date(2013, 4, 2))
    assert checked.inspection is InspectionKind.IN_USE


@pytest.mark.parametrize(
    ("field", "value", "where"),
    [
        ("plate", "", "plate"),
        ("plate", "B39C71", "plate"),
        ("plate", "粤BO9C71", "plate"),
        ("curb_mass", "12a5", "curb_mass"),
        ("curb_mass", "１２８５", "curb_mass"),
        ("total_mass", "1000", "total_mass"),
        ("seats", "10", "seats"),
        ("seats", "0", "seats"),
        ("registered", "2013-02-30", "registered"),
        ("registered", "2030-01-01", "registered"),
        ("registered", "2012-01-01", "registered"),
        ("manufactured", "", "manufactured"),
        ("parking_axles", (), "parking_axles"),
    ],
)
def test_a_mistake_is_said_at_its_field_and_nothing_is_made(
    words: Words, field: str, value: object, where: str
) -> None:
    checked = check(replace(WHOLE, **{field: value}), TODAY, words)  # type: ignore[arg-type]
    assert checked.vehicle is None
    assert checked.fields[where].tone is Tone.BAD
    assert checked.fields[where].text


@pytest.mark.parametrize(
    ("field", "value", "where"),
    [
        ("plate", "粤BD28837", "plate_kind"),
        ("plate_kind", "52", "plate_kind"),
        ("total_mass", "3200", "total_mass"),
        ("curb_mass", "450", "curb_mass"),
        ("registered", "2019-06-18", "registered"),
        ("inspection", "registration", "inspection"),
    ],
)
def test_a_doubt_is_asked_but_does_not_stop(words: Words, field: str, value: str, where: str) -> None:
    checked = check(replace(WHOLE, **{field: value}), TODAY, words)  # type: ignore[arg-type]
    assert checked.vehicle is not None
    assert checked.fields[where].tone is Tone.CAUTION
    assert checked.doubts >= 1


@pytest.mark.parametrize("text", ["2014-05-12", "20140512", "2014/5/12", "2014.05.12", "2014年5月12日"])
def test_a_date_is_read_however_it_is_typed(text: str) -> None:
    assert parse_day(text) == date(2014, 5, 12)


@pytest.mark.parametrize("text", ["", "2014", "20141301", "gestern", "2014-02-29"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_day(text) is None


def test_a_plate_without_its_province_is_told_from_nonsense(words: Words) -> None:
    def said(plate: str) -> str:
        return check(replace(WHOLE, plate=plate), TODAY, words).fields["plate"].text

    assert said("B39C71") == "缺少省份简称，如 渝、川"
    assert said("12") != said("B39C71")
