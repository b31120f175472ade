"""One inspection record of a file: the vehicle, the kind of inspection and day, and raw measurements, read strictly.

What the measurements come to is in `judging`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.standards.loading.edition import Bound
from carcheck_desktop.standards.platform_limits import PlatformLimit
from carcheck_desktop.standards.records.reading import number, record_of, under, value_of, wrong
from carcheck_desktop.standards.records.vehicle import checked_vehicle
from carcheck_desktop.standards.traits import Traits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from carcheck_desktop.standards.records.kind import Kind

PLATFORM_KINDS = {"00": InspectionKind.REGISTRATION} | dict.fromkeys(("01", "02", "03", "04"), InspectionKind.IN_USE)
"""检验类别 (jylb) of the platform, alone or with two digits of a sub-kind: registration limits for 00 alone."""
SUB_KIND_DIGITS = 4
MOST_MEASUREMENTS = 1000


@dataclass(frozen=True, slots=True)
class RecordFields:
    """One inspection as the file has it.

    A record may hold one measurement alone, and then only needs what that measurement is judged by.
    """

    date: date
    """Day of the inspection: it chooses the edition and its rows. Not later than today."""
    measurements: tuple[object, ...]
    """Raw measurements, each an object with `kind` and the fields of that kind; at least one."""
    id: str | None = None
    """Your own name for the record, given back with the result; without one its number in the file."""
    vehicle: Traits | None = None
    """What is known of the vehicle; a measurement that needs a fact which is not given names it."""
    inspection: str | None = None
    """`registration` or `in_use`, or the platform's code 检验类别 (jylb) `00` … `04`, of which `00` alone is registration.

    A sub-kind such as `0201` or `0402` is that of its first two digits. Must be given for safety measurements.
    """
    edition: str | None = None
    """Id of the edition to judge by, in its family; without it the one in force on the day. An edition that is not in force on
    that day judges by its nearest day, and its entry in the answer has `edition_outside_its_days`."""
    settings: dict[str, str] | None = None
    """The station's own words for settings of the tables, such as `limit_set`: `b`."""
    limits: dict[str, object] | None = None
    """Limits the platform sent, by quantity or by rule: a number where the tables have one bound, else an object."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """One measurement of a record; `values` is an instance of the kind's dataclass."""

    kind: Kind[Any]
    values: object


@dataclass(frozen=True, slots=True)
class InspectionRecord:
    """A record that can be judged as far as its own shape goes; `inspection` is None where nobody said it."""

    id: str
    vehicle: Traits
    inspection: InspectionKind | None
    on: date
    edition: str | None
    settings: Mapping[str, str]
    limits: Mapping[str, PlatformLimit]
    measurements: tuple[Measurement, ...] = field(default_factory=tuple)


def read_record(data: object, kinds: Mapping[str, Kind[Any]], today: date, name: str = "") -> InspectionRecord:
    """Read one record; `name` is what it is called where it has no id.

    Raises `DataError` naming the field that cannot be used and what could.
    """
    given = record_of(data, RecordFields)
    if given.date > today:
        raise DataError("standards.record.future", field="date", value=given.date, latest=today)
    if not given.measurements:
        raise DataError("standards.record.missing", field="measurements")
    if len(given.measurements) > MOST_MEASUREMENTS:
        raise wrong("measurements", len(given.measurements), f"1 … {MOST_MEASUREMENTS}")
    return InspectionRecord(
        id=given.id or name,
        vehicle=checked_vehicle(given.vehicle or Traits(), given.date),
        inspection=None if given.inspection is None else inspection_of(given.inspection),
        on=given.date,
        edition=given.edition,
        settings=given.settings or {},
        limits={
            key: _limit(each, under("limits", key)) for key, each in (given.limits or {}).items() if each is not None
        },
        measurements=tuple(
            _measurement(each, kinds, f"measurements[{index}]") for index, each in enumerate(given.measurements)
        ),
    )


def inspection_of(word: str) -> InspectionKind:
    """Return the kind of inspection by our word or the platform's code, sub-kinds too; raise `DataError` for any other."""
    code = word[:2] if len(word) == SUB_KIND_DIGITS and word.isascii() and word.isdecimal() else word
    if code in PLATFORM_KINDS:
        return PLATFORM_KINDS[code]
    allowed = [*InspectionKind, *PLATFORM_KINDS, "0201 …"]
    if word not in allowed:
        raise wrong("inspection", word, ", ".join(allowed))
    return InspectionKind(word)


def _measurement(data: object, kinds: Mapping[str, Kind[Any]], place: str) -> Measurement:
    if not isinstance(data, dict):
        raise wrong(place, data, "{…}")
    if data.get("kind") is None:
        raise DataError("standards.record.missing", field=under(place, "kind"))
    name = value_of(data["kind"], str, under(place, "kind"))
    kind = kinds.get(str(name))
    if kind is None:
        raise wrong(under(place, "kind"), name, ", ".join(kinds))
    values = {key: each for key, each in data.items() if key != "kind"}
    return Measurement(kind, record_of(values, kind.record, place))


def _limit(given: object, place: str) -> PlatformLimit:
    """Read a platform's limit: a number, or an object of figures with perhaps a comparison."""
    if not isinstance(given, dict):
        return PlatformLimit({"value": number(given, place)})
    figures = dict(given)
    word = figures.pop("comparison", None)
    bounds = [str(each) for each in Bound if each is not Bound.NONE]
    if word is not None and word not in bounds:
        raise wrong(under(place, "comparison"), word, ", ".join(bounds))
    read = {name: number(each, under(place, name)) for name, each in figures.items()}
    return PlatformLimit(read, None if word is None else Bound(word))
