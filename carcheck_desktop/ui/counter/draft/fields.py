"""The fields of an intake: where each stands, how its text is read, what must not be missing; pure.

The service checks again and decides; this saves the way there and back.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from carcheck_desktop.domain.identity import normalised_vin
from carcheck_desktop.domain.vehicle import (
    BrakeSource,
    Colour,
    Drive,
    Fuel,
    InspectionKind,
    LampSystem,
    Suspension,
    Use,
    UseCode,
    VehicleCategory,
)
from carcheck_desktop.ui.widgets.forms.reading.dates import read_date
from carcheck_desktop.ui.widgets.forms.reading.numbers import NumberFault, NumberRule, read_number
from carcheck_desktop.ui.widgets.forms.reading.typed import plain

LATER, YES, NO = "later", "yes", "no"
"""LATER: nobody knows it at the window; somebody looks at the car."""
FRAME_NUMBER = re.compile(r"[A-Z0-9*\-]{5,25}")
CODE = re.compile(r"[A-Z0-9]{1,6}")


ANY_NUMBER = NumberRule()


class FieldKind(StrEnum):
    """How a field is filled in."""

    TEXT = "text"
    CHOICE = "choice"
    DAY = "day"
    NUMBER = "number"


class FieldPage(StrEnum):
    """Where a field stands."""

    LICENCE = "licence"
    STATION = "station"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field; an `asked` one is gone to while it is empty. `table` has the words of a choice's values."""

    name: str
    kind: FieldKind
    page: FieldPage
    asked: bool = False
    rule: NumberRule = ANY_NUMBER
    table: type[StrEnum] | None = None
    values: tuple[str, ...] = ()
    """The values of a choice without a table of its own."""

    @property
    def choices(self) -> tuple[str, ...]:
        """Every value of a choice that the tables know, in their order."""
        own = tuple(member.value for member in self.table) if self.table is not None else ()
        return (*own, *self.values)


def _number(name: str, unit: str, span: tuple[int, int], *, asked: bool = True, places: int = 0) -> FieldSpec:
    rule = NumberRule(unit, Decimal(span[0]), Decimal(span[1]), places)
    return FieldSpec(name, FieldKind.NUMBER, FieldPage.LICENCE, asked, rule)


def _code(name: str, table: type[StrEnum], *, asked: bool = True) -> FieldSpec:
    return FieldSpec(name, FieldKind.CHOICE, FieldPage.LICENCE, asked, table=table)


def _looked_at(name: str, table: type[StrEnum] | None, *values: str) -> FieldSpec:
    return FieldSpec(name, FieldKind.CHOICE, FieldPage.STATION, asked=True, table=table, values=values)


FIELDS: dict[str, FieldSpec] = {
    spec.name: spec
    for spec in (
        FieldSpec("vin", FieldKind.TEXT, FieldPage.LICENCE, asked=True),
        FieldSpec("owner", FieldKind.TEXT, FieldPage.LICENCE),
        FieldSpec("vehicle_type", FieldKind.TEXT, FieldPage.LICENCE, asked=True),
        _code("use_code", UseCode),
        FieldSpec("brand_model", FieldKind.TEXT, FieldPage.LICENCE),
        FieldSpec("engine_number", FieldKind.TEXT, FieldPage.LICENCE),
        _code("fuel", Fuel),
        _code("colour", Colour, asked=False),
        FieldSpec("registered_on", FieldKind.DAY, FieldPage.LICENCE, asked=True),
        FieldSpec("manufactured_on", FieldKind.DAY, FieldPage.LICENCE, asked=True),
        FieldSpec("valid_until", FieldKind.DAY, FieldPage.LICENCE),
        _number("seats", "", (1, 9)),
        _number("axles", "", (2, 3)),
        _number("curb_mass_kg", "kg", (300, 4500)),
        _number("total_mass_kg", "kg", (300, 4500)),
        _number("displacement_ml", "ml", (0, 20000), asked=False),
        _number("power_kW", "kW", (0, 1000), asked=False, places=1),
        _code("category", VehicleCategory),
        _code("use", Use),
        _looked_at("drive", Drive, LATER),
        _looked_at("parking_axles", None, "2", "1", "1,2"),
        _looked_at("lamp_system", LampSystem, LATER),
        _looked_at("front_suspension", Suspension, LATER),
        _looked_at("brake_source", BrakeSource, LATER),
        _looked_at("has_traction_control_always_on", None, NO, YES, LATER),
        FieldSpec("inspection", FieldKind.CHOICE, FieldPage.STATION, table=InspectionKind),
    )
}
"""Every field by its name (a `Vehicle`'s where it has one), in the order in which it is asked."""
DERIVED = {"category": "vehicle_type", "use": "use_code"}
"""What follows from a code of the licence as a rule: asked only where the code does not say it."""


def text_of(value: object) -> str:
    """Return a value as the text that a field shows and `read_value` reads."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return ",".join(str(each) for each in value)
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


@dataclass(frozen=True, slots=True)
class Value:
    """What stands in a field: its value, or the code of what is wrong with it; an empty field has neither."""

    value: Any = None
    fault: str = ""


def read_value(spec: FieldSpec, text: str, today: date) -> Value:
    """Read the text of a field."""
    typed = plain(text)
    if not typed:
        return Value()
    if spec.kind is FieldKind.DAY:
        return _read_day(spec.name, typed, today)
    if spec.kind is FieldKind.NUMBER:
        return _read_number(spec, typed)
    if spec.kind is FieldKind.CHOICE:
        return _read_choice(spec, typed)
    return _read_text(spec.name, typed)


def _read_day(name: str, typed: str, today: date) -> Value:
    day = read_date(typed, today)
    if day is None:
        return Value(fault="ui.date.no_day")
    if name != "valid_until" and day > today:
        return Value(day, "ui.counter.fault.day_to_come")
    return Value(day)


def _read_number(spec: FieldSpec, typed: str) -> Value:
    reading = read_number(typed, spec.rule)
    if reading.fault in (NumberFault.TOO_SMALL, NumberFault.TOO_LARGE):
        return Value(None, "ui.counter.fault.out_of_range")
    if reading.fault is not None or reading.value is None:
        return Value(None, "ui.number.no_number")
    return Value(reading.value if spec.rule.places else int(reading.value))


def _read_choice(spec: FieldSpec, typed: str) -> Value:
    if typed == LATER:
        return Value()
    if spec.name == "parking_axles":
        axles = tuple(int(each) for each in typed.split(",") if each.isdigit())
        return Value(axles) if axles else Value(fault="ui.counter.fault.no_choice")
    if spec.name == "has_traction_control_always_on":
        return Value(typed == YES)
    is_open = spec.name in ("use_code", "fuel", "colour")
    if spec.table is None or is_open:
        return Value(typed)
    try:
        return Value(spec.table(typed))
    except ValueError:
        return Value(fault="ui.counter.fault.no_choice")


def _read_text(name: str, typed: str) -> Value:
    clean: dict[str, tuple[Callable[[str], str], re.Pattern[str]]] = {
        "vin": (normalised_vin, FRAME_NUMBER),
        "vehicle_type": (str.upper, CODE),
        "engine_number": (str.upper, re.compile(r".{1,64}")),
    }
    made, shape = clean.get(name, (str.strip, re.compile(r".{1,128}" if name == "owner" else r".{1,64}")))
    text = made(typed)
    return Value(text) if shape.fullmatch(text) else Value(text, f"ui.counter.fault.{name}")
