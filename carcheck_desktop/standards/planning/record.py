"""What a plan is asked for in a file: the vehicle, kind and day of a record, and the platform's lists if it sent any.

A record that is to be judged may be planned as it is: its measurements and limits are passed over.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.standards.cycle.dates import NOTHING_ELSE
from carcheck_desktop.standards.cycle.groups import Circumstances
from carcheck_desktop.standards.emission.method import NOT_SEEN, Fitness
from carcheck_desktop.standards.planning.platform import PlatformPlan
from carcheck_desktop.standards.planning.whole import Occasion
from carcheck_desktop.standards.records.reading import record_of
from carcheck_desktop.standards.records.record import inspection_of
from carcheck_desktop.standards.records.vehicle import checked_vehicle
from carcheck_desktop.standards.traits import Traits

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class PlanFields:
    """One inspection to be planned, as the file has it; the more is known of the vehicle, the more can be told."""

    date: date
    """Day of the inspection: it chooses the edition and its rows."""
    vehicle: Traits
    """What is known of the vehicle."""
    inspection: str = InspectionKind.IN_USE
    """`registration` or `in_use`, or the platform's code 检验类别 (jylb) `00` … `04`."""
    id: str | None = None
    """Your own name for the record."""
    settings: dict[str, str] | None = None
    """The station's own words for settings of the tables, such as `ten_year_count`: `calendar`."""
    platform: PlatformPlan | None = None
    """The platform's answer (18C47), which goes before the tables."""
    lane_has_free_rollers: bool = False
    """Whether a lane has rollers that leave the other axles free."""
    fitness: Fitness | None = None
    """What was found at the vehicle itself: `fit_for_dynamometer`, `lugdown_possible`."""
    circumstances: Circumstances | None = None
    """What else decides the cycle: `was_illegally_modified`, `was_commercial`, `school_bus_permit_on`, and the accident that
    `vehicle.had_casualty_accident` says as well."""
    edition: str | None = None
    """Passed over: the day chooses."""
    limits: dict[str, object] | None = None
    """Passed over."""
    measurements: tuple[object, ...] | None = None
    """Passed over."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A plan that is asked for: its name, what for, and the platform's answer if there is one."""

    id: str
    occasion: Occasion
    platform: PlatformPlan | None


def read_wanted(data: object, settings: Mapping[str, tuple[str, ...]], name: str = "") -> Wanted:
    """Read one record; `settings` are the words that the tables know, `name` what it is called where it has no id.

    Raises `DataError` naming the field that cannot be used and what could.
    """
    given = record_of(data, PlanFields)
    for key, word in (given.settings or {}).items():
        if word not in settings.get(key, ()):
            allowed = ", ".join(settings.get(key, ())) or ", ".join(settings)
            raise DataError("standards.record.wrong_value", field=f"settings.{key}", value=word, allowed=allowed)
    circumstances = given.circumstances or NOTHING_ELSE
    vehicle = checked_vehicle(given.vehicle, given.date)
    if circumstances.had_casualty_accident:
        vehicle = replace(vehicle, had_casualty_accident=True)
    occasion = Occasion(
        vehicle=vehicle,
        inspection=inspection_of(given.inspection),
        on=given.date,
        choices=given.settings or {},
        free_rollers=given.lane_has_free_rollers,
        fitness=given.fitness or NOT_SEEN,
        circumstances=circumstances,
    )
    return Wanted(given.id or name, occasion, given.platform)
