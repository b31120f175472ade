"""The physics of one car on rollers and pads; pure, and the same for the same seed and plate.

A brake is a gain per wheel times how far the pedal (or lever) is pressed, behind a dead time of
its own; a worn pad has less gain and answers later. How much of it the tyre can hold is the
instrument's affair: adhesion times load.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from carcheck_desktop.devices.api.kinds import Side
from carcheck_desktop.twin.engine import Engine, make_engine

DRIVER_KG = 75
STANDARD = Engine()
ENGINE_OFF_SHARE = 0.35
"""Share of the brake force that is left without the booster's vacuum."""


@dataclass(frozen=True, slots=True)
class Wheel:
    """One wheel: static load, brake gain at full pedal and full lever, and how late it answers."""

    load_kg: float
    pedal_gain_daN: float
    lever_gain_daN: float
    lag_s: float
    drag_daN: float
    adhesion: float


@dataclass(frozen=True, slots=True)
class Actuation:
    """A pedal pressed (or a lever pulled) slowly from a moment on, and perhaps let go again."""

    pressed_at_s: float
    ramp_s: float
    released_at_s: float | None = None

    def level(self, at_s: float) -> float:
        """Return how far it is pressed, 0 to 1; released within 0.3 s."""
        if at_s <= self.pressed_at_s:
            return 0.0
        pressed = min(1.0, (at_s - self.pressed_at_s) / self.ramp_s)
        if self.released_at_s is None or at_s <= self.released_at_s:
            return pressed
        return max(0.0, pressed - (at_s - self.released_at_s) / 0.3)


@dataclass(frozen=True, slots=True)
class Car:
    """A car as the instruments will find it: axles from the front, left and right."""

    plate: str
    axles: tuple[tuple[Wheel, Wheel], ...]
    parking_axles: tuple[int, ...]
    engine_on: bool = True
    engine: Engine = STANDARD

    def wheel(self, axle: int, side: Side) -> Wheel:
        """Return one wheel; `axle` counts from 1."""
        left, right = self.axles[axle - 1]
        return left if side is Side.LEFT else right

    def brake_daN(
        self, axle: int, side: Side, at_s: float, *, pedal: Actuation | None, lever: Actuation | None
    ) -> float:
        """Return what this wheel's brake would hold back now if the tyre never slipped."""
        wheel = self.wheel(axle, side)
        force = 0.0
        if pedal is not None:
            share = 1.0 if self.engine_on else ENGINE_OFF_SHARE
            force = wheel.pedal_gain_daN * share * pedal.level(at_s - wheel.lag_s)
        if lever is not None and axle in self.parking_axles:
            force = max(force, wheel.lever_gain_daN * lever.level(at_s - wheel.lag_s))
        return force


def make_car(seed: int, plate: str, curb_mass_kg: int) -> Car:
    """Return a sound car; its scatter comes from seed and plate alone."""
    dice = random.Random(f"{seed}:{plate}")
    mass_kg = curb_mass_kg + DRIVER_KG
    front_share = dice.uniform(0.575, 0.61)
    adhesion = dice.uniform(0.72, 0.8)
    axles = tuple(
        _axle(dice, mass_kg * share, adhesion, pedal_surplus=surplus, lever=lever)
        for share, surplus, lever in (
            (front_share, 1.25, 0.0),
            (1 - front_share, 1.18, 0.27 * mass_kg * 0.98),
        )
    )
    return Car(plate, axles, parking_axles=(2,), engine=make_engine(seed, plate))


def _axle(
    dice: random.Random, axle_kg: float, adhesion: float, *, pedal_surplus: float, lever: float
) -> tuple[Wheel, Wheel]:
    lean = dice.uniform(-0.02, 0.02)
    gain = axle_kg / 2 * 0.98 * adhesion * pedal_surplus

    def wheel(sign: int) -> Wheel:
        return Wheel(
            load_kg=axle_kg / 2 * (1 + sign * lean),
            pedal_gain_daN=gain * dice.uniform(0.97, 1.03),
            lever_gain_daN=lever / 2 * dice.uniform(0.97, 1.03),
            lag_s=dice.uniform(0.02, 0.07),
            drag_daN=dice.uniform(3.0, 7.0),
            adhesion=adhesion * dice.uniform(0.99, 1.01),
        )

    return wheel(1), wheel(-1)


def with_worn_pad(car: Car, axle: int, side: Side, gain_left: float = 0.45) -> Car:
    """Return the car with one pad worn down to a share of its gain, answering later."""
    worn = car.wheel(axle, side)
    worn = replace(worn, pedal_gain_daN=worn.pedal_gain_daN * gain_left, lag_s=worn.lag_s + 0.12)
    axles = list(car.axles)
    left, right = axles[axle - 1]
    axles[axle - 1] = (worn, right) if side is Side.LEFT else (left, worn)
    return replace(car, axles=tuple(axles))
