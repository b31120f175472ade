"""Words of the intake: where a value comes from, how a visit came about, what a look-up found."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from carcheck_desktop.base.messages import Message, Problem
from carcheck_desktop.domain.prices import ChargeLine
from carcheck_desktop.domain.vehicle import PlateKind, Vehicle, use_of
from carcheck_desktop.domain.vehicle_types import category_of
from carcheck_desktop.domain.verdicts import Confidence, Outcome, PlannedItem


class ValueOrigin(StrEnum):
    """Where a value of the vehicle comes from."""

    LICENCE = "licence"
    AUTHORITY = "authority"
    LAST_VISIT = "last_visit"
    TYPED = "typed"
    CONFIRMED = "confirmed"


class Channel(StrEnum):
    """How the visit came about."""

    WALK_IN = "walk_in"
    APP = "app"
    PHONE = "phone"
    SMS = "sms"
    DOOR_TO_DOOR = "door_to_door"


@dataclass(frozen=True, slots=True)
class AuthorityVehicle:
    """What the traffic authority has of a vehicle (the fields of 18C49 that we use, by our names).

    None and "" where it gave nothing. `state` has the letters of `zt`, several at once. `simulated` is the
    answer's own word that it comes from a simulation. `owner` is personal. `doubts` say what of the answer was not
    understood: an unknown code is kept as text beside its doubt, an unreadable value is left out.
    """

    plate: str
    plate_kind: PlateKind
    vin: str = ""
    engine_number: str = ""
    brand_model: str = ""
    vehicle_type: str = ""
    use_code: str = ""
    colour: str = ""
    fuel: str = ""
    owner: str = field(default="", repr=False)
    state: str = ""
    registered_on: date | None = None
    manufactured_on: date | None = None
    valid_until: date | None = None
    insured_until: date | None = None
    scrap_by: date | None = None
    curb_mass_kg: int | None = None
    total_mass_kg: int | None = None
    seats: int | None = None
    axles: int | None = None
    displacement_ml: int | None = None
    power_kW: Decimal | None = None
    simulated: bool = False
    doubts: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownVehicle:
    """The vehicle as its last visit here left it; `owner` is personal."""

    vehicle: Vehicle
    origins: dict[str, ValueOrigin]
    last_visit_id: str
    last_visit_at: datetime
    last_conclusion: Outcome | None
    owner: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Difference:
    """A field on which our last visit and the authority do not agree, both as text."""

    field: str
    ours: str = dataclasses.field(repr=False)
    theirs: str = dataclasses.field(repr=False)


@dataclass(frozen=True, slots=True)
class LookupAnswer:
    """What is known of a plate; nothing of it is kept but that somebody looked.

    `problem` says why the authority has no part in it. `open_visit_id` is a visit of this plate that is still
    here, opened by `open_visit_by`, and `open_visit_ways` what to do with it; `busy_with` is another person who looked this plate up moments ago
    (at `busy_since`) and opened nothing yet.
    """

    lookup_id: str
    known: KnownVehicle | None = None
    authority: AuthorityVehicle | None = None
    problem: Problem | None = None
    differences: tuple[Difference, ...] = ()
    open_visit_id: str | None = None
    open_visit_by: str = ""
    open_visit_ways: Message | None = None
    busy_with: str = ""
    busy_since: datetime | None = None
    booking_id: str | None = None


@dataclass(frozen=True, slots=True)
class SparedItem:
    """An item that this vehicle is not asked for, why, and how well that rule is known."""

    item: str
    reason: Message
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class VisitPreview:
    """What opening the visit would make: plan with reasons, price, and what stands in the way or in doubt.

    `problems` keep a visit from being opened; `advice` is for the clerk to look at and goes no further.
    """

    plan: tuple[PlannedItem, ...] = ()
    not_asked: tuple[SparedItem, ...] = ()
    charge: tuple[ChargeLine, ...] = ()
    problems: tuple[Problem, ...] = ()
    advice: tuple[Problem, ...] = ()


LICENCE_FIELDS = (
    "vin", "engine_number", "brand_model", "vehicle_type", "use_code", "colour", "fuel", "registered_on",
    "manufactured_on", "valid_until", "curb_mass_kg", "total_mass_kg", "seats", "axles", "displacement_ml", "power_kW",
)  # fmt: skip
"""What both the authority and a `Vehicle` have, by the same names."""
STATION_FIELDS = (
    "parking_axles", "drive", "lamp_system", "front_suspension", "brake_source", "has_traction_control_always_on",
)  # fmt: skip
"""What no licence gives: the car's last visit tells it, or somebody looks."""


def differences_of(known: KnownVehicle, authority: AuthorityVehicle) -> tuple[Difference, ...]:
    """Return where our last visit and the authority do not agree; what either does not have is no difference."""
    pairs = [(name, getattr(known.vehicle, name), getattr(authority, name)) for name in LICENCE_FIELDS]
    pairs.append(("owner", known.owner, authority.owner))
    return tuple(
        Difference(name, str(ours), str(theirs))
        for name, ours, theirs in pairs
        # a validity that moved on is what an inspection is for
        if name != "valid_until" and ours not in ("", None) and theirs not in ("", None) and ours != theirs
    )


def suggested(answer: LookupAnswer) -> tuple[dict[str, Any], dict[str, ValueOrigin]]:
    """Return what a look-up fills a form with: values by `Vehicle`'s field names (and `owner`), and their origins.

    The authority's word goes before our last visit's; what neither has is not in it and must be asked.
    """
    values: dict[str, Any] = {}
    origins: dict[str, ValueOrigin] = {}
    if answer.known is not None:
        vehicle = answer.known.vehicle
        names = ("plate", "plate_kind", "category", "use", *LICENCE_FIELDS, *STATION_FIELDS)
        values = {name: getattr(vehicle, name) for name in names} | {"owner": answer.known.owner}
    values = {name: value for name, value in values.items() if value not in ("", None, ())}
    origins = dict.fromkeys(values, ValueOrigin.LAST_VISIT)
    if answer.authority is not None:
        told = _told(answer.authority)
        values |= told
        origins |= dict.fromkeys(told, ValueOrigin.AUTHORITY)
    return values, origins


def _told(authority: AuthorityVehicle) -> dict[str, Any]:
    told = {name: getattr(authority, name) for name in ("plate", "plate_kind", *LICENCE_FIELDS, "owner")}
    told |= {"category": category_of(authority.vehicle_type), "use": use_of(authority.use_code)}
    return {name: value for name, value in told.items() if value not in ("", None)}
