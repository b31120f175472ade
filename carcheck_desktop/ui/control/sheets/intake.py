"""The open-visit form: what is wrong, what is doubtful, and the vehicle it makes; pure.

The service checks again and decides; this saves the way there and back, and asks where a typing
mistake is likely.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from carcheck_desktop.domain.vehicle import InspectionKind, PlateKind, Use, Vehicle, VehicleCategory
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.forms.states import FieldState

if TYPE_CHECKING:
    from carcheck_desktop.ui.bridge.words import Words

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
PLATE = re.compile(f"[{PROVINCES}][A-HJ-NP-Z][A-HJ-NP-Z0-9]{{4,5}}[A-HJ-NP-Z0-9挂学警港澳]")
NEW_ENERGY = (PlateKind.NEW_ENERGY_LARGE, PlateKind.NEW_ENERGY_SMALL)
DAY = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?")
SMALL_MOST_SEATS = 9
USUAL_CURB_KG = range(600, 3001)


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form, as text."""

    plate: str
    plate_kind: str
    category: str
    use: str
    inspection: str
    curb_mass: str
    total_mass: str
    seats: str
    axles: str
    parking_axles: tuple[int, ...]
    registered: str
    manufactured: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The form's fields with what is to be said, and the vehicle when nothing is wrong."""

    fields: dict[str, FieldState]
    vehicle: Vehicle | None
    inspection: InspectionKind
    doubts: int


class _Sheet:
    """Collects what is said of each field."""

    def __init__(self, words: Words) -> None:
        self.fields: dict[str, FieldState] = {}
        self._words = words

    def wrong(self, field: str, code: str, **params: object) -> None:
        """Say that a field is wrong; the first mistake of a field is the one shown."""
        known = self.fields.get(field)
        if known is None or known.tone is not Tone.BAD:
            self.fields[field] = FieldState(Tone.BAD, self._words(code, **params))

    def doubt(self, field: str, code: str, **params: object) -> None:
        """Ask whether a field is meant so."""
        if field not in self.fields:
            self.fields[field] = FieldState(Tone.CAUTION, self._words(code, **params))

    def count(self, tone: Tone) -> int:
        """Return how many fields stand so."""
        return sum(state.tone is tone for state in self.fields.values())


def parse_day(text: str) -> date | None:
    """Read a date as people type it: 2014-05-12, 20140512, 2014/5/12."""
    match = DAY.fullmatch(text.strip())
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def check(typed: Typed, today: date, words: Words) -> Checked:
    """Check a form."""
    sheet = _Sheet(words)
    plate = typed.plate.upper().replace("·", "").replace(" ", "")
    kind = PlateKind(typed.plate_kind)
    _check_plate(sheet, plate, kind)
    curb, total, seats = (_number(sheet, *pair) for pair in _numbers(typed))
    _check_masses(sheet, curb, total)
    if seats is not None and not 1 <= seats <= SMALL_MOST_SEATS:
        sheet.wrong("seats", "ui.intake.seats_range", most=SMALL_MOST_SEATS)
    registered, manufactured = (
        _day(sheet, "registered", typed.registered),
        _day(sheet, "manufactured", typed.manufactured),
    )
    inspection = InspectionKind(typed.inspection)
    _check_days(sheet, registered, manufactured, today)
    if not typed.parking_axles:
        sheet.wrong("parking_axles", "ui.intake.parking_missing")
    is_new = registered is not None and (today - registered).days < 60
    if inspection is InspectionKind.REGISTRATION and registered is not None and not is_new:
        sheet.doubt("inspection", "ui.intake.registration_old")
    vehicle = None
    if not sheet.count(Tone.BAD) and None not in (curb, total, seats, registered, manufactured):
        vehicle = Vehicle(
            plate, kind, VehicleCategory(typed.category), Use(typed.use), curb or 0, total or 0, seats or 0,
            int(typed.axles), typed.parking_axles, registered or today, manufactured or today,
        )  # fmt: skip
    return Checked(sheet.fields, vehicle, inspection, sheet.count(Tone.CAUTION))


def _numbers(typed: Typed) -> tuple[tuple[str, str], ...]:
    return ("curb_mass", typed.curb_mass), ("total_mass", typed.total_mass), ("seats", typed.seats)


def _number(sheet: _Sheet, field: str, text: str) -> int | None:
    if not text:
        sheet.wrong(field, "ui.intake.missing")
        return None
    if not (text.isascii() and text.isdigit()):
        sheet.wrong(field, "ui.intake.no_number")
        return None
    return int(text)


def _day(sheet: _Sheet, field: str, text: str) -> date | None:
    if not text:
        sheet.wrong(field, "ui.intake.missing")
        return None
    day = parse_day(text)
    if day is None:
        sheet.wrong(field, "ui.intake.no_date")
    return day


def _check_plate(sheet: _Sheet, plate: str, kind: PlateKind) -> None:
    if not plate:
        sheet.wrong("plate", "ui.intake.missing")
        return
    if not PLATE.fullmatch(plate):
        # the input method was off: everything but the Chinese character was typed
        is_cut = PLATE.fullmatch(PROVINCES[0] + plate) is not None
        sheet.wrong("plate", "ui.intake.plate_province" if is_cut else "ui.intake.plate_shape")
        return
    if (len(plate) == 8) != (kind in NEW_ENERGY):
        sheet.doubt("plate_kind", "ui.intake.plate_kind_doubt", characters=len(plate))


def _check_masses(sheet: _Sheet, curb: int | None, total: int | None) -> None:
    if curb is None or total is None:
        return
    if total < curb:
        sheet.wrong("total_mass", "ui.intake.total_below_curb")
    elif curb not in USUAL_CURB_KG:
        sheet.doubt("curb_mass", "ui.intake.curb_unusual", least=USUAL_CURB_KG.start, most=USUAL_CURB_KG.stop - 1)
    elif total > curb * 2:
        sheet.doubt("total_mass", "ui.intake.total_unusual")


def _check_days(sheet: _Sheet, registered: date | None, manufactured: date | None, today: date) -> None:
    for field, day in (("registered", registered), ("manufactured", manufactured)):
        if day is not None and day > today:
            sheet.wrong(field, "ui.intake.in_future")
    if registered is None or manufactured is None:
        return
    if registered < manufactured:
        sheet.wrong("registered", "ui.intake.registered_before")
    elif (registered - manufactured).days > 730:
        sheet.doubt("registered", "ui.intake.registered_late")
    if today.year - manufactured.year > 30:
        sheet.doubt("manufactured", "ui.intake.very_old")
