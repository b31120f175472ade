"""Bodies that simulators of several makes share: a roller bench with lift and wheels, a load cell.

Pure and stepped from outside: the same steps with the same world give the same numbers, bit for
bit, however fast the simulation runs. No protocol and no make lives here.
"""

from __future__ import annotations

import math

from carcheck_desktop.devices.api.kinds import Side
from carcheck_desktop.devices.api.world import WheelState, World

DAN_PER_KG = 0.98
NEWTON_PER_DAN = 10.0
KMH_PER_MS = 3.6
LIFT_TRAVEL_S = 2.0
FORCE_NOISE_DAN = 0.6
LOAD_NOISE_KG = 0.4


class RollerSide:
    """One side of a roller brake tester: motor, rollers, the wheel on them and the force cell.

    The motor drives the rollers; the wheel is turned by them and hands back what brakes and drag
    hold, at most what the tyre can grip. Beyond that the wheel loses speed against the rollers:
    that slip is what a bench looks for. Speeds in km/h, forces in daN, times in seconds.
    """

    RUN_UP_S = 0.25
    RUN_DOWN_S = 0.15
    CELL_S = 0.03
    ROLLER_MASS_KG = 40.0
    WHEEL_MASS_KG = 12.0
    SAG_PER_DAN = 0.00005
    CREEP = 0.02
    SLIDING_GRIP = 0.95

    def __init__(self, speed_kmh: float = 2.5) -> None:
        self.nominal_kmh = speed_kmh
        self.motor_on = False
        self.speed_kmh = 0.0
        self.wheel_kmh = 0.0
        self.force_daN = 0.0
        self._slides = False

    @property
    def slip_percent(self) -> float:
        """How much slower than the rollers the wheel turns; 0 while the rollers hardly move."""
        if self.speed_kmh < 0.2 * self.nominal_kmh:
            return 0.0
        return 100.0 * (self.speed_kmh - self.wheel_kmh) / self.speed_kmh

    def step(self, dt_s: float, wheel: WheelState | None) -> None:
        """Go on by one small step (up to 10 ms) with what stands on the rollers now."""
        before_kmh = self.speed_kmh
        held_daN = self._turn_wheel(dt_s, wheel) if wheel and self.speed_kmh > 0.0 else 0.0
        self._drive(dt_s, held_daN)
        if wheel is None:
            self.wheel_kmh = self.speed_kmh
            self._slides = False
        moved_kg = self.ROLLER_MASS_KG + (self.WHEEL_MASS_KG if wheel else 0.0)
        acceleration = max(0.0, self.speed_kmh - before_kmh) / KMH_PER_MS / dt_s
        felt_daN = held_daN + moved_kg * acceleration / NEWTON_PER_DAN
        self.force_daN += (felt_daN - self.force_daN) * min(1.0, dt_s / self.CELL_S)

    def _drive(self, dt_s: float, held_daN: float) -> None:
        if self.motor_on:
            target_kmh = self.nominal_kmh * (1.0 - self.SAG_PER_DAN * held_daN)
            self.speed_kmh += (target_kmh - self.speed_kmh) * dt_s / self.RUN_UP_S
            return
        self.speed_kmh -= self.speed_kmh * dt_s / self.RUN_DOWN_S
        if self.speed_kmh < 0.02:
            self.speed_kmh = 0.0
            self.wheel_kmh = 0.0
            self._slides = False

    def _turn_wheel(self, dt_s: float, wheel: WheelState) -> float:
        """Return the force between tyre and roller and let the wheel follow or slide."""
        grip_daN = max(0.0, wheel.adhesion * wheel.load_kg * DAN_PER_KG)
        wanted_daN = max(0.0, wheel.drag_daN) + max(0.0, wheel.brake_daN)
        if wanted_daN <= grip_daN and not self._slides:
            creep = self.CREEP * wanted_daN / grip_daN if grip_daN else 0.0
            self.wheel_kmh = self.speed_kmh * (1.0 - creep)
            return wanted_daN
        held_daN = grip_daN * (self.SLIDING_GRIP if self._slides else 1.0)
        excess_ms2 = (held_daN - wanted_daN) * NEWTON_PER_DAN / self.WHEEL_MASS_KG
        turned_kmh = max(self.wheel_kmh + excess_ms2 * KMH_PER_MS * dt_s, 0.0)
        self._slides = turned_kmh < self.speed_kmh
        self.wheel_kmh = min(turned_kmh, self.speed_kmh)
        return held_daN


class RollerBench:
    """A roller bench with a car on it, moved on in steps of `step_s`.

    The wheels rest on the rollers only when the lift is all the way down.
    """

    def __init__(self, world: World, place: str, step_s: float) -> None:
        self.world = world
        self.place = place
        self.step_s = step_s
        self.rollers = {side: RollerSide() for side in Side}
        self.offset_daN = dict.fromkeys(Side, 0.0)
        self.lift = 1.0
        self.lift_to = 1.0
        self.lift_jammed = False

    @property
    def is_lift_down(self) -> bool:
        """Whether the rollers carry the wheels."""
        return self.lift == 0.0

    @property
    def is_lift_moving(self) -> bool:
        """Whether the lift is still on its way."""
        return self.lift != self.lift_to

    @property
    def is_turning(self) -> bool:
        """Whether any roller is driven or still runs down."""
        return any(side.motor_on or side.speed_kmh > 0.0 for side in self.rollers.values())

    def wheel(self, side: Side, at_s: float) -> WheelState | None:
        """Return the wheel that rests on the rollers of a side, if any."""
        return self.world.wheel(self.place, side, at_s) if self.is_lift_down else None

    def is_seated(self, at_s: float) -> bool:
        """Whether a wheel rests on both sides."""
        return all(self.wheel(side, at_s) is not None for side in Side)

    def switch(self, *sides: Side) -> None:
        """Let exactly these motors run besides those that already do; none: all off."""
        for side, roller in self.rollers.items():
            roller.motor_on = bool(sides) and (roller.motor_on or side in sides)

    def zero(self) -> None:
        """Take what the force cells show as zero."""
        self.offset_daN = {side: roller.force_daN for side, roller in self.rollers.items()}

    def step(self, at_s: float) -> None:
        """Move lift and rollers on."""
        if self.is_lift_moving and not self.lift_jammed:
            travel = self.step_s / LIFT_TRAVEL_S
            gap = self.lift_to - self.lift
            self.lift = self.lift_to if abs(gap) <= travel else self.lift + (travel if gap > 0.0 else -travel)
        for side, roller in self.rollers.items():
            if roller.motor_on or roller.speed_kmh > 0.0 or roller.force_daN > 0.0:
                roller.step(self.step_s, self.wheel(side, at_s))
                if not roller.motor_on and roller.speed_kmh == 0.0 and roller.force_daN < 0.01:
                    roller.force_daN = 0.0

    def force_daN(self, side: Side, step: int) -> int:
        """Return what the bench's converter gives for the force of a side, noise included."""
        noise = FORCE_NOISE_DAN * self.world.noise(self.place, f"force_{side.value}", step)
        return round(self.rollers[side].force_daN - self.offset_daN[side] + noise)

    def load_kg(self, side: Side, at_s: float, step: int) -> float:
        """Return what the scale under the rollers gives for a side."""
        wheel = self.wheel(side, at_s)
        noise = LOAD_NOISE_KG * self.world.noise(self.place, f"load_{side.value}", step)
        return (wheel.load_kg if wheel else 0.0) + noise


class LoadCell:
    """A weighing pad: what it shows follows the load like a damped spring, `settling_s` to 1/e."""

    def __init__(self, settling_s: float = 0.25) -> None:
        self.settling_s = settling_s
        self.load_kg = 0.0

    def step(self, dt_s: float, load_kg: float) -> None:
        """Go on by `dt_s` with the load that rests on the pad now."""
        self.load_kg += (load_kg - self.load_kg) * (1.0 - math.exp(-dt_s / self.settling_s))
