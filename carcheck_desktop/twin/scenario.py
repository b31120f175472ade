"""Scenarios: which vehicles come, what is wrong with them, which instrument fails when; data only.

No verdict is written here: a worn pad is a worn pad, and what the lane makes of it is measured.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

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
from carcheck_desktop.twin.authority.registry import completed
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


@dataclass(frozen=True, slots=True)
class Arrival:
    """One vehicle that comes to the station."""

    vehicle: Vehicle
    car: Car
    fault: LineFault | None = None
    channel: Channel = Channel.WALK_IN
    booking_id: str | None = None


def arrivals(seed: int, count: int, province: str, today: date) -> tuple[Arrival, ...]:
    """Return the vehicles of a training day: sound, worn pad, pulled plug, the same with a smoky one first, and again."""
    dice = random.Random(f"day:{seed}")
    return tuple(_arrival(dice, seed, number, province, today) for number in range(count))


def _arrival(dice: random.Random, seed: int, number: int, province: str, today: date) -> Arrival:
    vehicle = _seen(completed(seed, _vehicle(dice, province, today), today))
    car = make_car(seed, vehicle.plate, vehicle.curb_mass_kg)
    part = number % 3
    if part == 1:
        car = with_worn_pad(car, axle=1, side=dice.choice((Side.LEFT, Side.RIGHT)))
    if number % 6 == 3:
        car = replace(car, engine=smoky(car.engine))
    fault = LineFault("pedal", 2, "bench", after_s=3.5) if part == 2 else None
    return Arrival(vehicle, car, fault)


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
