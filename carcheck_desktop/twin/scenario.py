"""Scenarios: which vehicles come, what is wrong with them, how their owners pay, what fails around them; data only.

No verdict is written here: a worn pad is a worn pad, and what the lane makes of it is measured.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from carcheck_desktop.devices.api.kinds import Side
from carcheck_desktop.domain.intake import Channel
from carcheck_desktop.domain.vehicle import (
    BrakeSource,
    Drive,
    LampSystem,
    PlateKind,
    Suspension,
    Use,
    Vehicle,
    VehicleCategory,
)
from carcheck_desktop.twin.authority.registry import completed, mpv
from carcheck_desktop.twin.car import Car, make_car, with_worn_pad
from carcheck_desktop.twin.engine import smoky

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class LineFault:
    """A plug pulled once, `after_s` seconds after the lane showed a prompt for an axle."""

    prompt: str
    axle: int
    device: str
    after_s: float


class Pays(StrEnum):
    """How an owner pays."""

    CASH = "cash"
    SCAN = "scan"
    SCAN_CONFIRMED = "scan_confirmed"
    """By scanned code, and the customer is asked to confirm on the telephone first."""
    SCAN_LATE = "scan_late"
    """By scanned code, and the provider's answer comes when nobody waits for it any more."""


class Trouble(StrEnum):
    """What happens at a printer while this car's papers are made."""

    NONE = ""
    COVER_OPEN = "cover_open"
    """The first printer at the counter stands open."""
    PAPER_OUT = "paper_out"
    """The roll at pickup ends in the middle of the report."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One vehicle that comes to the station.

    `at_gate`: key and licence are handed over before the intake. `brought_by` is who presents a car that is not his own.
    `mended` is the car as it comes again after it failed; None: its owner goes home with the page.
    """

    vehicle: Vehicle
    car: Car
    fault: LineFault | None = None
    channel: Channel = Channel.WALK_IN
    booking_id: str | None = None
    at_gate: bool = False
    brought_by: str = ""
    pays: Pays = Pays.CASH
    is_insured: bool = True
    mended: Car | None = None
    trouble: Trouble = Trouble.NONE


STORIES = 6
PAYS = (Pays.SCAN_CONFIRMED, Pays.CASH, Pays.SCAN_LATE, Pays.CASH, Pays.SCAN, Pays.CASH)


def arrivals(seed: int, count: int, province: str, today: date) -> tuple[Arrival, ...]:
    """Return the vehicles of a training day, six stories in turn.

    A booked MPV whose key is handed over at the gate; a worn pad that is mended; a pulled plug; no insurance yet; a smoky
    engine; a printer without paper.
    """
    dice = random.Random(f"day:{seed}")
    return tuple(_arrival(dice, seed, number, province, today) for number in range(count))


def _arrival(dice: random.Random, seed: int, number: int, province: str, today: date) -> Arrival:
    story = number % STORIES
    plain = _vehicle(dice, province, today)
    if story == 0:
        plain = mpv(seed + number, province, today)
    vehicle = _seen(completed(seed, plain, today))
    sound = make_car(seed, vehicle.plate, vehicle.curb_mass_kg)
    comes = Arrival(vehicle, sound, pays=PAYS[story])
    if story == 0:
        booking = f"APP{dice.randrange(10_000, 99_999)}"
        return replace(
            comes, channel=Channel.APP, booking_id=booking, at_gate=True, brought_by=f"示例送检人{dice.randrange(100, 999)}"
        )  # fmt: skip
    if story == 1:
        worn = with_worn_pad(sound, axle=1, side=dice.choice((Side.LEFT, Side.RIGHT)))
        return replace(comes, car=worn, mended=sound)
    if story == 2:
        fault = LineFault("pedal", 2, "bench", after_s=3.5)
        return replace(comes, fault=fault, trouble=Trouble.COVER_OPEN)
    if story == 3:
        return replace(comes, is_insured=False)
    if story == 4:
        return replace(comes, car=replace(sound, engine=smoky(sound.engine)))
    return replace(comes, trouble=Trouble.PAPER_OUT)


def _seen(vehicle: Vehicle) -> Vehicle:
    """Return the vehicle with what no licence gives and somebody must look at: the demonstration's cars are of one kind."""
    return replace(
        vehicle,
        drive=Drive.FRONT,
        lamp_system=LampSystem.TWO_HIGH_LOW,
        front_suspension=Suspension.INDEPENDENT,
        brake_source=BrakeSource.HYDRAULIC,
        has_traction_control_always_on=True,
    )


def _vehicle(dice: random.Random, province: str, today: date) -> Vehicle:
    curb_kg = dice.randrange(1180, 1620, 5)
    registered = today - timedelta(days=dice.randrange(11 * 365, 15 * 365))
    digits = "".join(dice.choice("0123456789") for _ in range(3))
    return Vehicle(
        plate=f"{province}A{dice.choice(LETTERS)}{digits}{dice.choice(LETTERS)}",
        plate_kind=PlateKind.SMALL_CAR,
        category=VehicleCategory.SMALL_PASSENGER,
        use=Use.PRIVATE,
        curb_mass_kg=curb_kg,
        total_mass_kg=curb_kg + 375 + dice.randrange(0, 60, 5),
        seats=5,
        axles=2,
        parking_axles=(2,),
        registered_on=registered,
        manufactured_on=registered - timedelta(days=dice.randrange(20, 120)),
    )
