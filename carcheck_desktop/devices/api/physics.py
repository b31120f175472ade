"""Bodies that simulators of several makes share: a driven roller pair with a wheel, a load cell.

Pure and stepped from outside: the same steps with the same world give the same numbers, bit for
bit, however fast the simulation runs. No protocol and no make lives here.
"""

from __future__ import annotations

import math

from carcheck_desktop.devices.api.world import WheelState

DAN_PER_KG = 0.98
NEWTON_PER_DAN = 10.0
KMH_PER_MS = 3.6


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


class LoadCell:
    """A weighing pad: what it shows follows the load like a damped spring, `settling_s` to 1/e."""

    def __init__(self, settling_s: float = 0.25) -> None:
        self.settling_s = settling_s
        self.load_kg = 0.0

    def step(self, dt_s: float, load_kg: float) -> None:
        """Go on by `dt_s` with the load that rests on the pad now."""
        self.load_kg += (load_kg - self.load_kg) * (1.0 - math.exp(-dt_s / self.settling_s))
