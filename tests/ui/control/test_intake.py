"""The open-visit form: mistakes, doubts, and the vehicle it makes; without Qt."""

from __future__ import annotations

from datetime import date

import pytest

from carcheck_desktop.domain.vehicle import InspectionKind, PlateKind, Use
from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.control.sheets.intake import MASS, SEATS, Checked, Typed, check, usual_province
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.forms.reading.dates import read_date
from carcheck_desktop.ui.widgets.forms.reading.numbers import read_number
from carcheck_desktop.ui.widgets.forms.reading.plates import read_plate
from tests.ui.desk import Desk

TODAY = date(2026, 11, 23)
WHOLE = {
    "plate": "粤b·39c71", "plate_kind": "02", "category": "small_passenger", "use": "private", "inspection": "in_use",
    "curb_mass": "1285", "total_mass": "1660", "seats": "5", "axles": "2", "registered": "2013-06-18",
    "manufactured": "20130402",
}  # fmt: skip


def checked(words: Words, typed: dict[str, str] | None = None, parking: tuple[int, ...] = (2,)) -> Checked:
    """Check a form of which some fields are typed otherwise."""
    said = {**WHOLE, **(typed or {})}
    form = Typed(
        read_plate(said["plate"]), said["plate_kind"], said["category"], said["use"], said["inspection"],
        read_number(said["curb_mass"], MASS), read_number(said["total_mass"], MASS), read_number(said["seats"], SEATS),
        said["axles"], parking, read_date(said["registered"], TODAY), read_date(said["manufactured"], TODAY),
    )  # fmt: skip
    return check(form, TODAY, words)


def test_a_whole_form_makes_the_vehicle(words: Words) -> None:
    found = checked(words)
    assert (found.fields, found.faults) == ({}, frozenset())
    vehicle = found.vehicle
    assert vehicle is not None
    assert (vehicle.plate, vehicle.plate_kind, vehicle.use) == ("粤B39C71", PlateKind.SMALL_CAR, Use.PRIVATE)
    assert (vehicle.curb_mass_kg, vehicle.total_mass_kg, vehicle.seats) == (1285, 1660, 5)
    assert (vehicle.registered_on, vehicle.manufactured_on) == (date(2013, 6, 18), date(2013, 4, 2))
    assert found.inspection is InspectionKind.IN_USE


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("plate", ""),
        ("plate", "B39C71"),
        ("plate", "粤BO9C71"),
        ("curb_mass", "12a5"),
        ("curb_mass", "12"),
        ("seats", "10"),
        ("seats", "0"),
        ("registered", "2013-02-30"),
        ("manufactured", ""),
    ],
)
def test_what_cannot_be_read_makes_no_vehicle(words: Words, field: str, value: str) -> None:
    found = checked(words, {field: value})
    assert found.vehicle is None
    assert found.faults == {field}


@pytest.mark.parametrize(("field", "value"), [("total_mass", "1000"), ("registered", "2012-01-01")])
def test_what_does_not_fit_together_is_said_at_its_field(words: Words, field: str, value: str) -> None:
    found = checked(words, {field: value})
    assert found.vehicle is None
    assert found.fields[field].tone is Tone.BAD
    assert found.fields[field].text


def test_a_car_without_a_parking_axle_is_not_taken_in(words: Words) -> None:
    found = checked(words, parking=())
    assert found.vehicle is None
    assert found.fields["parking_axles"].tone is Tone.BAD


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
    found = checked(words, {field: value})
    assert found.vehicle is not None
    assert found.fields[where].tone is Tone.CAUTION
    assert found.doubts >= 1


def test_the_province_that_most_cars_have_is_there_already(words: Words) -> None:
    desk = Desk(words)
    assert usual_province(desk.station.visits.values()) == ""
    for number, plate in enumerate(("粤B39C71", "湘A7Q20K", "粤BAD551")):
        desk.script.opened(f"v{number}", plate)
    desk.drain()
    assert usual_province(desk.station.visits.values()) == "粤"
