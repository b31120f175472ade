"""Whose cars are registered in the virtual world: complete, made from the seed alone, and plainly made up.

Owners are called 示例, makes 示例牌, and a VIN begins with LSAMPLE. The demonstration's cars are the scenario's; a few more are
registered that do not come by themselves, among them the seeds' own: an eleven-year-old private MPV with seven seats.
"""

from __future__ import annotations

import calendar
import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from carcheck_desktop.domain.vehicle import Colour, Drive, Fuel, PlateKind, Use, UseCode, Vehicle, VehicleCategory

if TYPE_CHECKING:
    from collections.abc import Iterable

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
VIN_VALUES = dict(
    zip("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", [*range(10), *range(1, 9), *range(1, 6), 7, 9, *range(2, 10)], strict=True)
)
YEARS = "ABCDEFGHJKLMNPRSTVWXY123456789"
"""Model year letters of GB 16735, thirty in turn; 2010 is A again."""
MPV_AGE_YEARS = 11
MORE_CARS = 5


@dataclass(frozen=True, slots=True)
class RegisteredCar:
    """One vehicle in the register with what only the register has; `owner` is made up."""

    vehicle: Vehicle
    owner: str
    insured_until: date
    state: str = "A"


def registered_cars(seed: int, coming: Iterable[Vehicle], province: str, today: date) -> tuple[RegisteredCar, ...]:
    """Return the register: the cars that come, the seeds' MPV, and a few more; the same for the same seed and day."""
    dice = random.Random(f"register:{seed}")
    more = [_small_car(dice, province, today) for _ in range(MORE_CARS)]
    cars = {car.plate: car for car in (*more, mpv(seed, province, today), *coming)}
    return tuple(_registered(seed, car, today) for car in cars.values())


def mpv(seed: int, province: str, today: date) -> Vehicle:
    """Return the seeds' car: a private MPV with seven seats, eleven years old, petrol, traction control always on."""
    dice = random.Random(f"mpv:{seed}")
    registered = date(today.year - MPV_AGE_YEARS, today.month, dice.randint(1, min(today.day, 28)))
    return Vehicle(
        plate=f"{province}A{dice.choice(LETTERS)}{dice.randrange(1000, 9999)}",
        plate_kind=PlateKind.SMALL_CAR,
        category=VehicleCategory.SMALL_PASSENGER,
        use=Use.PRIVATE,
        curb_mass_kg=1855,
        total_mass_kg=2480,
        seats=7,
        axles=2,
        parking_axles=(2,),
        registered_on=registered,
        manufactured_on=registered - timedelta(days=60),
        brand_model="示例牌 SL6520M",
        displacement_ml=2384,
        power_kW=Decimal("137.0"),
        drive=Drive.FRONT,
        has_traction_control_always_on=True,
    )


def completed(seed: int, vehicle: Vehicle, today: date) -> Vehicle:
    """Return the vehicle with everything that a licence has; what it had stays as it was."""
    dice = random.Random(f"{seed}:{vehicle.plate_kind.value}:{vehicle.plate}")
    is_large = vehicle.seats > 5
    displacement_ml = vehicle.displacement_ml or dice.choice((1798, 1984, 2384) if is_large else (1395, 1497, 1598))
    return replace(
        vehicle,
        vin=vehicle.vin or vin_of(dice, vehicle.manufactured_on.year),
        engine_number=vehicle.engine_number or f"SL{displacement_ml // 100}{dice.randrange(100_000, 999_999)}",
        brand_model=vehicle.brand_model or f"示例牌 SL{'64' if is_large else '71'}{dice.randrange(10, 99)}",
        vehicle_type=vehicle.vehicle_type or ("K31" if is_large else "K33"),
        use_code=vehicle.use_code or _use_code(vehicle.use),
        colour=vehicle.colour or dice.choice((Colour.WHITE, Colour.GREY, Colour.BLACK, Colour.BLUE)).value,
        fuel=vehicle.fuel or Fuel.PETROL.value,
        displacement_ml=displacement_ml,
        power_kW=vehicle.power_kW or Decimal(round(displacement_ml * 0.0575)).quantize(Decimal("0.1")),
        valid_until=vehicle.valid_until or _validity(vehicle.registered_on, today),
    )


def vin_of(dice: random.Random, year: int) -> str:
    """Return a made-up VIN with the check digit of GB 16735 at place 9."""
    digits = [*"LSAMPLE", dice.choice(LETTERS.replace("Q", "").replace("O", "")), "0", YEARS[(year - 2010) % 30], "X"]
    digits += [str(dice.randrange(10)) for _ in range(6)]
    rest = sum(weight * VIN_VALUES[each] for weight, each in zip(VIN_WEIGHTS, digits, strict=True)) % 11
    digits[8] = "X" if rest == 10 else str(rest)
    return "".join(digits)


def _registered(seed: int, vehicle: Vehicle, today: date) -> RegisteredCar:
    dice = random.Random(f"owner:{seed}:{vehicle.plate_kind.value}:{vehicle.plate}")
    whole = completed(seed, vehicle, today)
    insured_until = today + timedelta(days=dice.randrange(20, 340))
    return RegisteredCar(whole, f"示例车主{dice.randrange(100, 999)}", insured_until)


def _small_car(dice: random.Random, province: str, today: date) -> Vehicle:
    registered = today - timedelta(days=dice.randrange(6 * 365, 14 * 365))
    curb_kg = dice.randrange(1120, 1560, 5)
    return Vehicle(
        plate=f"{province}A{dice.randrange(10_000, 99_999)}",
        plate_kind=PlateKind.SMALL_CAR,
        category=VehicleCategory.SMALL_PASSENGER,
        use=Use.PRIVATE,
        curb_mass_kg=curb_kg,
        total_mass_kg=curb_kg + 375,
        seats=5,
        axles=2,
        parking_axles=(2,),
        registered_on=registered,
        manufactured_on=registered - timedelta(days=dice.randrange(20, 120)),
    )


def _use_code(use: Use) -> str:
    return (UseCode.NON_COMMERCIAL if use is Use.PRIVATE else UseCode.RENTAL).value


def _validity(registered_on: date, today: date) -> date:
    """Return the end of the month of registration that comes next: whoever is inspected comes before it."""
    year = today.year + (today.month > registered_on.month)
    return date(year, registered_on.month, calendar.monthrange(year, registered_on.month)[1])
