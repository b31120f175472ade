"""The open-visit form: what does not fit together, what is doubtful, and the vehicle it makes; pure.

What is wrong with one field alone its own reading says. The service checks again and decides; this saves
the way there and back, and asks where a typing mistake is likely.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from carcheck_desktop.domain.vehicle import InspectionKind, PlateKind, Use, Vehicle, VehicleCategory
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.forms.reading.numbers import NumberReading, NumberRule
from carcheck_desktop.ui.widgets.forms.reading.plates import PROVINCES, PlateReading
from carcheck_desktop.ui.widgets.forms.states import FieldState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from carcheck_desktop.domain.views import VisitView
    from carcheck_desktop.ui.bridge.words import Words

NEW_ENERGY = (PlateKind.NEW_ENERGY_LARGE, PlateKind.NEW_ENERGY_SMALL)
USUAL_CURB_KG = range(600, 3001)
MASS = NumberRule("kg", Decimal(100), Decimal(50000))
"""Beyond, a figure was forgotten or doubled; what is unusual within is asked."""
SEATS = NumberRule("", Decimal(1), Decimal(9))


@dataclass(frozen=True, slots=True)
class IntakeRules:
    """What the form goes by: the station's day, and the province that most plates have."""

    today: date
    province: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form, as it was understood."""

    plate: PlateReading
    plate_kind: str
    category: str
    use: str
    inspection: str
    curb_mass: NumberReading
    total_mass: NumberReading
    seats: NumberReading
    axles: str
    parking_axles: tuple[int, ...]
    registered: date | None
    manufactured: date | None

    def faults(self) -> frozenset[str]:
        """Return the fields that cannot be taken as they stand."""
        found = {"plate"} if self.plate.fault is not None else set()
        numbers = {"curb_mass": self.curb_mass, "total_mass": self.total_mass, "seats": self.seats}
        found |= {field for field, reading in numbers.items() if reading.fault is not None}
        days = {"registered": self.registered, "manufactured": self.manufactured}
        return frozenset(found | {field for field, day in days.items() if day is None})


@dataclass(frozen=True, slots=True)
class Checked:
    """The fields that cannot be taken by themselves, those of which something is to be said, and the vehicle."""

    faults: frozenset[str]
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


def usual_province(visits: Iterable[VisitView]) -> str:
    """Return the province that most of the station's cars have; none while nobody knows."""
    seen = Counter(visit.vehicle.plate[:1] for visit in visits if visit.vehicle.plate[:1] in PROVINCES)
    return seen.most_common(1)[0][0] if seen else ""


def check(typed: Typed, today: date, words: Words) -> Checked:
    """Check a form."""
    sheet, faults = _Sheet(words), typed.faults()
    _check_plate(sheet, typed)
    _check_masses(sheet, _whole(typed.curb_mass), _whole(typed.total_mass))
    inspection = InspectionKind(typed.inspection)
    _check_days(sheet, typed.registered, typed.manufactured, today)
    if not typed.parking_axles:
        sheet.wrong("parking_axles", "ui.intake.parking_missing")
    is_new = typed.registered is not None and (today - typed.registered).days < 60
    if inspection is InspectionKind.REGISTRATION and typed.registered is not None and not is_new:
        sheet.doubt("inspection", "ui.intake.registration_old")
    is_whole = not faults and not sheet.count(Tone.BAD)
    return Checked(faults, sheet.fields, _vehicle(typed) if is_whole else None, inspection, sheet.count(Tone.CAUTION))


def _vehicle(typed: Typed) -> Vehicle | None:
    """Return the vehicle of a form without faults."""
    curb, total, seats = _whole(typed.curb_mass), _whole(typed.total_mass), _whole(typed.seats)
    registered, manufactured = typed.registered, typed.manufactured
    if curb is None or total is None or seats is None or registered is None or manufactured is None:
        return None
    return Vehicle(
        typed.plate.text, PlateKind(typed.plate_kind), VehicleCategory(typed.category), Use(typed.use), curb, total,
        seats, int(typed.axles), typed.parking_axles, registered, manufactured,
    )  # fmt: skip


def _whole(reading: NumberReading) -> int | None:
    return int(reading.value) if reading.fault is None and reading.value is not None else None


def _check_plate(sheet: _Sheet, typed: Typed) -> None:
    plate = typed.plate
    if plate.fault is None and (len(plate.text) == 8) != (PlateKind(typed.plate_kind) in NEW_ENERGY):
        sheet.doubt("plate_kind", "ui.intake.plate_kind_doubt", characters=len(plate.text))


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
    if registered is None or manufactured is None:
        return
    if registered < manufactured:
        sheet.wrong("registered", "ui.intake.registered_before")
    elif (registered - manufactured).days > 730:
        sheet.doubt("registered", "ui.intake.registered_late")
    if today.year - manufactured.year > 30:
        sheet.doubt("manufactured", "ui.intake.very_old")
