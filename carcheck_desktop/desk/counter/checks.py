"""What was typed of a vehicle: what cannot be true (refused) and what looks unusual (advice); pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date, timedelta
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.base.messages import Problem, Severity, params_of
from carcheck_desktop.domain.identity import ORDINARY, PROVINCES, plate_advice, vin_advice
from carcheck_desktop.domain.vehicle import Colour, Fuel, UseCode, Vehicle, use_of
from carcheck_desktop.domain.vehicle_types import category_of

if TYPE_CHECKING:
    from enum import StrEnum

    from carcheck_desktop.domain.intake import ValueOrigin
    from carcheck_desktop.domain.private import Presenter
    from carcheck_desktop.domain.vehicle import PlateKind

ORDINARY_PLATE = re.compile(f"[{PROVINCES}][A-Z][A-Z0-9]{{4,5}}[A-Z0-9挂学警港澳]")
OTHER_PLATE = re.compile(r"[A-Z0-9\u4e00-\u9fff]{3,15}")
VIN = re.compile(r"[A-Z0-9*\-]{0,25}")
"""The platform allows 25 characters; old frame numbers have other forms than a VIN."""
CODE = re.compile(r"[A-Z0-9]{0,6}")
TELEPHONE = re.compile(r"\+?[0-9][0-9 \-]{4,19}")
ORIGIN_FIELDS = frozenset(field.name for field in fields(Vehicle)) | {"owner"}
LIGHTEST_KG = 300
HEAVIEST_KG = 4500
MOST_SEATS = 9
OLDEST = date(1950, 1, 1)
"""No car that comes for inspection was made before; an earlier date is a slip of the keyboard."""
LATEST_VALIDITY = timedelta(days=20 * 366)
LONGEST_TEXT = 64
LONGEST_NAME = 128
USUAL_CURB_KG = range(600, 3001)
USUAL_WAIT = timedelta(days=730)
VERY_OLD_YEARS = 30


def vehicle_problems(vehicle: Vehicle, today: date) -> tuple[Problem, ...]:
    """Return why this vehicle's data contradict themselves or the category; nothing when they can be true."""
    return (*_identity(vehicle), *_masses(vehicle), *_seats_and_axles(vehicle), *_dates(vehicle, today))


def vehicle_advice(vehicle: Vehicle, today: date) -> tuple[Problem, ...]:
    """Return what looks unusual and should be compared with the licence once more."""
    found = [*plate_advice(vehicle.plate, vehicle.plate_kind), *vin_advice(vehicle.vin)]
    found += _unusual_masses(vehicle)
    found += _unusual_dates(vehicle, today)
    found += _unusual_codes(vehicle)
    return tuple(found)


def origin_problems(origins: Mapping[str, ValueOrigin]) -> tuple[Problem, ...]:
    """Return that origins are told of something that no vehicle has."""
    unknown = sorted(origins.keys() - ORIGIN_FIELDS)
    return (_wrong("desk.intake.bad_origin", fields=", ".join(unknown)[:100]),) if unknown else ()


def person_problems(owner: str, presenter: Presenter | None) -> tuple[Problem, ...]:
    """Return what cannot be kept of owner and presenter; what was typed stands in no problem."""
    found = []
    if not _is_text(owner, LONGEST_NAME):
        found.append(_wrong("desk.checks.bad_text", field="owner", length=len(owner), most=LONGEST_NAME))
    if presenter is None:
        return tuple(found)
    if not presenter.name.strip() or not _is_text(presenter.name, LONGEST_NAME):
        found.append(_wrong("desk.checks.bad_text", field="presenter", length=len(presenter.name), most=LONGEST_NAME))
    if presenter.telephone and not TELEPHONE.fullmatch(presenter.telephone):
        found.append(_wrong("desk.checks.bad_telephone", length=len(presenter.telephone)))
    if presenter.consented_at is None or not presenter.consent_text_version.strip():
        found.append(_wrong("desk.checks.no_consent", version=presenter.consent_text_version[:20] or "-"))
    elif presenter.consented_at.tzinfo is None or not _is_text(presenter.consent_text_version, LONGEST_TEXT):
        found.append(_wrong("desk.checks.no_consent", version=presenter.consent_text_version[:20]))
    return tuple(found)


def refuse_plate(plate: str, kind: PlateKind) -> None:
    """Raise `RefusedError` for a plate that cannot be one of its kind."""
    if not _is_plate(plate, kind):
        raise RefusedError("desk.intake.bad_plate", plate=plate[:20])


def _is_plate(plate: str, kind: PlateKind) -> bool:
    shape = ORDINARY_PLATE if kind in ORDINARY else OTHER_PLATE
    return bool(shape.fullmatch(plate))


def _identity(vehicle: Vehicle) -> Iterator[Problem]:
    if not _is_plate(vehicle.plate, vehicle.plate_kind):
        yield _wrong("desk.intake.bad_plate", plate=vehicle.plate[:20])
    if not VIN.fullmatch(vehicle.vin):
        yield _wrong("desk.checks.bad_vin", vin=vehicle.vin[:30])
    for name in ("engine_number", "brand_model"):
        text = getattr(vehicle, name)
        if not _is_text(text, LONGEST_TEXT):
            yield _wrong("desk.checks.bad_text", field=name, length=len(text), most=LONGEST_TEXT)
    for name in ("vehicle_type", "use_code", "colour", "fuel"):
        if not CODE.fullmatch(getattr(vehicle, name)):
            yield _wrong("desk.checks.bad_code", field=name, given=getattr(vehicle, name)[:20])


def _masses(vehicle: Vehicle) -> Iterator[Problem]:
    curb_kg, total_kg = vehicle.curb_mass_kg, vehicle.total_mass_kg
    if not LIGHTEST_KG <= curb_kg <= total_kg <= HEAVIEST_KG:
        yield _wrong("desk.intake.bad_masses", curb=curb_kg, total=total_kg, least=LIGHTEST_KG, most=HEAVIEST_KG)


def _seats_and_axles(vehicle: Vehicle) -> Iterator[Problem]:
    if not 1 <= vehicle.seats <= MOST_SEATS:
        yield _wrong("desk.intake.bad_seats", seats=vehicle.seats, most=MOST_SEATS)
    if vehicle.axles != 2 or not set(vehicle.parking_axles) <= {1, 2} or not vehicle.parking_axles:
        axles = ", ".join(map(str, vehicle.parking_axles))
        yield _wrong("desk.intake.bad_axles", axles=vehicle.axles, parking=axles)
    for name in ("displacement_ml", "power_kW"):
        value = getattr(vehicle, name)
        if value is not None and not 0 <= value <= 100_000:
            yield _wrong("desk.checks.bad_number", field=name, given=value)


def _dates(vehicle: Vehicle, today: date) -> Iterator[Problem]:
    if not OLDEST <= vehicle.manufactured_on <= vehicle.registered_on <= today:
        yield _wrong(
            "desk.intake.bad_dates",
            manufactured=vehicle.manufactured_on,
            registered=vehicle.registered_on,
            today=today,
        )
    elif (
        vehicle.valid_until is not None and not vehicle.registered_on <= vehicle.valid_until <= today + LATEST_VALIDITY
    ):
        yield _wrong("desk.checks.bad_validity", valid_until=vehicle.valid_until, registered=vehicle.registered_on)


def _unusual_masses(vehicle: Vehicle) -> Iterator[Problem]:
    curb_kg, total_kg = vehicle.curb_mass_kg, vehicle.total_mass_kg
    if curb_kg not in USUAL_CURB_KG:
        yield _odd("desk.checks.odd_curb", curb=curb_kg, least=USUAL_CURB_KG.start, most=USUAL_CURB_KG.stop - 1)
    elif total_kg > curb_kg * 2:
        yield _odd("desk.checks.odd_total", curb=curb_kg, total=total_kg)


def _unusual_dates(vehicle: Vehicle, today: date) -> Iterator[Problem]:
    made, registered = vehicle.manufactured_on, vehicle.registered_on
    if registered - made > USUAL_WAIT:
        yield _odd("desk.checks.registered_late", manufactured=made, registered=registered)
    if today.year - made.year > VERY_OLD_YEARS:
        yield _odd("desk.checks.very_old", manufactured=made)
    if vehicle.valid_until is not None and vehicle.valid_until < today:
        yield _odd("desk.checks.overdue", valid_until=vehicle.valid_until)


def _unusual_codes(vehicle: Vehicle) -> Iterator[Problem]:
    if vehicle.vehicle_type and category_of(vehicle.vehicle_type) is not vehicle.category:
        yield _odd("desk.checks.other_category", vehicle_type=vehicle.vehicle_type, seats=vehicle.seats)
    expected = use_of(vehicle.use_code)
    if expected is not None and expected is not vehicle.use:
        yield _odd("desk.checks.other_use", use_code=vehicle.use_code)
    tables: tuple[tuple[str, str, type[StrEnum]], ...] = (
        ("use_code", vehicle.use_code, UseCode), ("fuel", vehicle.fuel, Fuel), ("colour", vehicle.colour, Colour),
    )  # fmt: skip
    for name, text, table in tables:
        known = {member.value for member in table}
        if not (set(text) <= known or text in known):
            yield _odd("desk.checks.unknown_code", field=name, given=text)


def _is_text(text: str, longest: int) -> bool:
    return len(text) <= longest and text == text.strip() and all(sign.isprintable() for sign in text)


def _wrong(code: str, **params: object) -> Problem:
    return Problem(code, params_of(params))


def _odd(code: str, **params: object) -> Problem:
    return Problem(code, params_of(params), Severity.WARNING)
