"""The mechanics behind the simulated PLC: lift, rollers, wheels, force cells. No registers here."""

from __future__ import annotations

from carcheck_desktop.devices.api import Side, WheelState, World
from carcheck_desktop.devices.api.physics import RollerSide

LIFT_TRAVEL_S = 2.0
FORCE_NOISE_DAN = 0.6
LOAD_NOISE_KG = 0.4


class Bench:
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
