"""Inspections of cars as a station stores them: two axles with whole curves, the lever, two-speed idle second by second."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from carcheck_desktop.base.data import to_json
from carcheck_desktop.domain.exhaust import (
    ExhaustRecord,
    ExhaustSecond,
    IdleEnd,
    IdlePhase,
    PhaseSpan,
    Preparation,
    TwoSpeedIdleRun,
)
from carcheck_desktop.domain.measurements import AxleWeighing, Curve, ParkingBrakeRun, ServiceBrakeRun, StopReason
from carcheck_desktop.domain.vehicle import Drive, Fuel, PlateKind, Use, Vehicle, VehicleCategory
from carcheck_desktop.standards.emission.idle import demand_of
from carcheck_desktop.standards.loading.edition import Edition

ON = date(2026, 3, 1)
AT = datetime(2026, 3, 1, 1, 0, tzinfo=UTC)
INTERVAL_MS = 10
PRESS = 120
"""The sample at which the driver was asked to press: the rollers had run for 1.2 s."""
SAMPLES = 460
SECONDS = (
    (IdlePhase.ACCELERATE, 4, 3900), (IdlePhase.HOLD, 30, 3920), (IdlePhase.PROBE_IN, 5, 800),
    (IdlePhase.HIGH_RISE, 4, 2500), (IdlePhase.HIGH_SETTLE, 15, 2500), (IdlePhase.HIGH_SAMPLE, 30, 2500),
    (IdlePhase.IDLE_FALL, 4, 800), (IdlePhase.IDLE_SETTLE, 15, 800), (IdlePhase.IDLE_SAMPLE, 30, 800),
    (IdlePhase.PROBE_OUT, 3, 800),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Inspection:
    """Everything raw of one inspection."""

    vehicle: Vehicle
    weighings: tuple[AxleWeighing, ...]
    service: tuple[tuple[ServiceBrakeRun, Curve], ...]
    parking: tuple[tuple[ParkingBrakeRun, Curve], ...]
    idle: TwoSpeedIdleRun
    exhaust: ExhaustRecord


def stored(seed: int, emission: Edition) -> bytes:
    """Return one inspection as its JSON; most cars pass, one in eight fails in something."""
    dice = random.Random(seed)
    curb_kg = dice.randrange(1050, 1750, 5)
    vehicle = Vehicle(
        plate=f"粤B{seed:05d}", plate_kind=PlateKind.SMALL_CAR, category=VehicleCategory.SMALL_PASSENGER,
        use=Use.PRIVATE, curb_mass_kg=curb_kg, total_mass_kg=curb_kg + 375, seats=5, axles=2, parking_axles=(2,),
        registered_on=date(2014, 5, 20), manufactured_on=date(2014, 1, 15), fuel=Fuel.PETROL.value, drive=Drive.FRONT,
    )  # fmt: skip
    front_kg, rear_kg = (Decimal(curb_kg * share // 200) / 1 for share in (120, 80))
    loads_kg = {1: front_kg, 2: rear_kg}
    weak = Decimal("0.8") if dice.random() < 0.08 else Decimal(1)
    service = tuple(
        (
            ServiceBrakeRun(axle, load, load, Decimal(6), Decimal(5), PRESS, StopReason.TIME_OUT, "0" * 64),
            _curve(dice, int(load * Decimal("0.66") * weak)),
        )
        for axle, load in loads_kg.items()
    )
    whole_kg = 2 * (front_kg + rear_kg)
    lever = ParkingBrakeRun(2, whole_kg, PRESS, StopReason.TIME_OUT, "0" * 64)
    idle, exhaust = _idle(dice, vehicle, emission)
    weighings = tuple(AxleWeighing(axle, load, load) for axle, load in loads_kg.items())
    parking = ((lever, _curve(dice, int(whole_kg * Decimal("0.11")))),)
    return to_json(Inspection(vehicle, weighings, service, parking, idle, exhaust)).encode()


def _curve(dice: random.Random, peak_daN: int) -> Curve:
    """Drag, a rise of half a second, a plateau at the slip of the rollers; the sides differ a little."""
    sides = []
    for lag in (0, dice.randrange(0, 6)):
        top = peak_daN * dice.randrange(94, 107) // 100
        side = []
        for index in range(SAMPLES):
            pressed = index - PRESS - 20 - lag
            share = min(1000, max(0, pressed * 18))
            side.append(5 + dice.randrange(3) + (top - 5) * share // 1000 - (dice.randrange(6) if pressed > 60 else 0))
        sides.append(tuple(side))
    return Curve(INTERVAL_MS, sides[0], sides[1])


def _idle(dice: random.Random, vehicle: Vehicle, emission: Edition) -> tuple[TwoSpeedIdleRun, ExhaustRecord]:
    co = Decimal("0.45") if dice.random() < 0.04 else Decimal("0.08")
    seconds: list[ExhaustSecond] = []
    spans = []
    for phase, count, rpm in SECONDS:
        spans.append(PhaseSpan(phase, len(seconds), len(seconds) + count))
        for _ in range(count):
            number = len(seconds) + 1
            seconds.append(
                ExhaustSecond(
                    number,
                    AT + timedelta(seconds=number),
                    Decimal(number),
                    phase,
                    co + Decimal(dice.randrange(6)) / 100,
                    Decimal("14.6") + Decimal(dice.randrange(4)) / 10,
                    Decimal(18 + dice.randrange(12)),
                    Decimal("0.3") + Decimal(dice.randrange(3)) / 10,
                    Decimal(90),
                    Decimal("1.01"),
                    rpm + dice.randrange(-40, 41),
                    Decimal(88),
                    is_steady=True,
                )
            )
    preparation = Preparation(AT, AT, Decimal(2), Decimal("21.5"), Decimal(48), Decimal("101.2"))
    demand = demand_of(emission, vehicle, ON)
    return TwoSpeedIdleRun(demand, preparation, tuple(spans), IdleEnd.WHOLE, "0" * 64), ExhaustRecord(tuple(seconds))
