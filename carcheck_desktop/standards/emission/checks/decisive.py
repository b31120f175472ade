"""From which day of manufacture on a failed diagnosis fails the vehicle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.vehicle import Fuel
from carcheck_desktop.domain.verdicts import Confidence
from carcheck_desktop.standards.cards import Doubt
from carcheck_desktop.standards.emission.formulas.figures import missing, out_of_range
from carcheck_desktop.standards.families.axes import FirstDay

if TYPE_CHECKING:
    from carcheck_desktop.standards.case import Case

ENGINES = frozenset((Fuel.PETROL, Fuel.NATURAL_GAS, Fuel.LPG, Fuel.METHANOL, Fuel.ETHANOL, Fuel.MIXED_OIL))


@dataclass(frozen=True, slots=True)
class Decisive:
    """Whether the diagnosis decides, the day it goes by (None: no engine has one), and the doubts where they decide."""

    is_decisive: bool
    inputs: dict[str, str]
    doubts: tuple[Doubt, ...] = ()


def decisive(case: Case, production_date: date | None) -> Decisive:
    """Say whether a failed diagnosis fails the vehicle; raise `DataError` naming the fact of the vehicle that is missing."""
    vehicle = case.vehicle
    letters = vehicle.require("fuel", vehicle.fuel).upper()
    made_on = production_date or vehicle.manufactured_on
    if made_on is None:
        raise missing("vehicle.manufactured_on")
    if vehicle.manufactured_on not in (None, made_on):
        raise out_of_range(
            "production_date", made_on.isoformat(), f"{vehicle.manufactured_on} (vehicle.manufactured_on)"
        )
    if made_on > case.day:
        raise out_of_range("production_date", made_on.isoformat(), f"≤ {case.day.isoformat()}")
    key = _key(case, letters, made_on)
    if key is None:
        return Decisive(False, {"made_on": made_on.isoformat(), "obd_decisive": "no"})
    first = day(case, key)
    is_late = made_on > first or (made_on == first and case.choice("obd_first_day") == FirstDay.INCLUDED)
    is_binding = case.on >= day(case, "obd_binding_from")
    is_decisive = is_late and is_binding
    inputs = {
        "made_on": made_on.isoformat(),
        "decisive_from": first.isoformat(),
        "binding_from": day(case, "obd_binding_from").isoformat(),
        "obd_decisive": "yes" if is_decisive else "no",
    }
    return Decisive(is_decisive, inputs, _doubts(case, key, made_on, first) if is_binding else ())


def day(case: Case, key: str) -> date:
    """Return a day that the tables have as a number."""
    number = int(case.constant(key))
    return date(number // 10000, number // 100 % 100, number % 100)


def _key(case: Case, letters: str, made_on: date) -> str | None:
    """Return which day holds; the mass is asked for only where it makes a difference."""
    if Fuel.DIESEL in letters:
        return "obd_diesel_from"
    if not any(letter in letters for letter in ENGINES):
        return None
    light, heavy = day(case, "obd_light_petrol_from"), day(case, "obd_heavy_petrol_from")
    if not min(light, day(case, "obd_light_petrol_other")) <= made_on <= heavy and case.vehicle.total_mass_kg is None:
        return "obd_light_petrol_from"
    mass_kg = case.vehicle.require("total_mass_kg", case.vehicle.total_mass_kg)
    return "obd_light_petrol_from" if mass_kg <= case.constant("light_to_kg") else "obd_heavy_petrol_from"


def _doubts(case: Case, key: str, made_on: date, first: date) -> tuple[Doubt, ...]:
    doubts = []
    if made_on == first:
        reason = Message("standards.doubt.obd_first_day", {"day": first.isoformat()})
        doubts.append(Doubt(case.choice_confidence("obd_first_day"), reason))
    if key == "obd_light_petrol_from" and day(case, "obd_light_petrol_other") <= made_on < first:
        reason = Message("standards.doubt.obd_year", {"other": day(case, "obd_light_petrol_other").isoformat()})
        doubts.append(Doubt(Confidence.DISPUTED, reason))
    return tuple(doubts)
