"""The facts of a vehicle in a record: what can be those of one vehicle on one day, and what one fact says of another.

Refused by the field's name: figures and days that no vehicle has, and facts that contradict each other.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.vehicle import Fuel, Use, UseCode, VehicleCategory
from carcheck_desktop.standards.records.reading import wrong
from carcheck_desktop.standards.records.vehicle_types import BY_START, MINIBUSES, category_of_type
from carcheck_desktop.standards.traits import Traits

MOST_KG = 200_000
MOST_AXLES = 20
MOST_LETTERS = {"fuel": 3, "use_code": 1}
FIRST_DAY = date(1950, 1, 1)
"""Before it nothing was registered that is still inspected."""
MOST_YEARS_VALID = 10
NO_PART_OF = {"front_axles", "seats"}
"""What a trailer may have none of."""
USE_OF = dict.fromkeys(
    (
        UseCode.COACH,
        UseCode.CITY_BUS,
        UseCode.TAXI,
        UseCode.TOURIST,
        UseCode.GOODS,
        UseCode.RENTAL,
        UseCode.DANGEROUS_GOODS,
        UseCode.RIDE_HAILING,
    ),
    Use.COMMERCIAL,
) | dict.fromkeys(
    (
        UseCode.NON_COMMERCIAL,
        UseCode.POLICE,
        UseCode.FIRE,
        UseCode.AMBULANCE,
        UseCode.RESCUE,
        UseCode.FORMER_COMMERCIAL,
        UseCode.FORMER_TAXI,
        UseCode.FORMER_RIDE_HAILING,
    ),
    Use.PRIVATE,
)
"""What a use code says of commercial or not; training cars and school buses may be either."""


def checked_vehicle(given: Traits, on: date) -> Traits:
    """See that the facts can be those of a vehicle on the day; codes say what is not given beside them.

    The type code says the category, the use code whether the use is commercial.
    """
    _check_letters("fuel", given.fuel, [str(each) for each in Fuel])
    _check_letters("use_code", given.use_code, [str(each) for each in UseCode])
    known = _by_use_code(_by_type(given))
    _check_numbers(known)
    _check_masses(known)
    _check_axles(known)
    _check_days(known, on)
    return known


def _by_type(given: Traits) -> Traits:
    if given.vehicle_type is None:
        return given
    category = category_of_type(given.vehicle_type)
    if category is None:
        raise wrong("vehicle.vehicle_type", given.vehicle_type, ", ".join(f"{each}…" for each in BY_START))
    if given.category not in (None, category, VehicleCategory.ROAD_TRAIN):
        raise wrong("vehicle.category", given.category, f"{category} ({given.vehicle_type})")
    is_minibus = given.vehicle_type in MINIBUSES if given.is_minibus is None else given.is_minibus
    return replace(given, category=given.category or category, is_minibus=is_minibus)


def _by_use_code(given: Traits) -> Traits:
    use = None if given.use_code is None else USE_OF.get(UseCode(given.use_code))
    if use is None:
        return given
    if given.use not in (None, use):
        raise wrong("vehicle.use", given.use, f"{use} (use_code {given.use_code})")
    return replace(given, use=use)


def _check_numbers(given: Traits) -> None:
    for each in fields(given):
        value, path = getattr(given, each.name), f"vehicle.{each.name}"
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            continue
        may_be_none = each.name in NO_PART_OF and (given.is_trailer or given.category is None)
        least = 0 if may_be_none or isinstance(value, Decimal) else 1
        most = MOST_AXLES if each.name in ("axles", "front_axles") else MOST_KG
        if not least <= value <= most or (isinstance(value, Decimal) and value == 0):
            raise wrong(path, value, f"{least} … {most}")


def _check_masses(given: Traits) -> None:
    curb_kg, total_kg = given.curb_mass_kg, given.total_mass_kg
    if curb_kg is not None and total_kg is not None and curb_kg > total_kg:
        raise wrong("vehicle.curb_mass_kg", curb_kg, f"<= {total_kg} (vehicle.total_mass_kg)")


def _check_axles(given: Traits) -> None:
    last = given.axles or MOST_AXLES
    if (given.front_axles or 0) > last:
        raise wrong("vehicle.front_axles", given.front_axles, f"<= {last}")
    for name in ("parking_axles", "tandem_axles", "air_suspension_axles"):
        axles: tuple[int, ...] = getattr(given, name) or ()
        for index, axle in enumerate(axles):
            if not 1 <= axle <= last or axle in axles[:index]:
                raise wrong(f"vehicle.{name}[{index}]", axle, f"1 … {last}")


def _check_days(given: Traits, on: date) -> None:
    """See that a vehicle was made, then registered, before the day, and is valid from there on for no more than some years."""
    registered, made, until = given.registered_on, given.manufactured_on, given.valid_until
    for name, day in (("registered_on", registered), ("manufactured_on", made)):
        if day is not None and day > on:
            raise DataError("standards.record.future", field=f"vehicle.{name}", value=day, latest=on)
        if day is not None and day < FIRST_DAY:
            raise wrong(f"vehicle.{name}", day, f">= {FIRST_DAY}")
    if made is not None and registered is not None and made > registered:
        raise wrong("vehicle.manufactured_on", made, f"<= {registered} (registered_on)")
    if until is None:
        return
    first, last = registered or FIRST_DAY, date(on.year + MOST_YEARS_VALID, 12, 31)
    if not first <= until <= last:
        raise wrong("vehicle.valid_until", until, f"{first} … {last}")


def _check_letters(name: str, given: str | None, allowed: list[str]) -> None:
    """See that every letter of a licence code is one of its table."""
    if given is None:
        return
    if not given or len(given) > MOST_LETTERS[name] or any(letter not in allowed for letter in given):
        raise wrong(f"vehicle.{name}", given, ", ".join(allowed))
