"""The virtual world as a device simulator sees it; the twin implements it.

A simulator knows the car only through this: what stands on a place, which wheel forces act there.
Times are seconds of the simulation's clock, so that a simulator can step through any interval and
get the same numbers at every speed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from carcheck_desktop.devices.api.kinds import Side


@dataclass(frozen=True, slots=True)
class WheelState:
    """One wheel at one moment.

    `load_kg` rests on the place; `brake_daN` is what the brakes (pedal or lever) would hold back
    if the tyre never slipped; `drag_daN` the rolling and residual drag; `adhesion` the friction
    coefficient between tyre and roller.
    """

    load_kg: float
    brake_daN: float
    drag_daN: float
    adhesion: float


@dataclass(frozen=True, slots=True)
class GasState:
    """The exhaust of the car at a place at one moment, at the end of its tail pipe.

    Concentrations in % vol and 10⁻⁶ vol (HC as n-hexane), undiluted. `probe_in`: the analyser's probe is in
    the pipe; otherwise it hangs in room air and only the pickups for engine speed and oil see the car.
    """

    co_percent: float
    co2_percent: float
    hc_ppm: float
    o2_percent: float
    no_ppm: float
    engine_speed_rpm: float
    oil_temperature_C: float
    probe_in: bool


class World(Protocol):
    """What stands where, and what the people in the cars do."""

    def wheel(self, place: str, side: Side, at_s: float) -> WheelState | None:
        """Return the wheel that stands on this side of a place at this moment, if any."""
        ...

    def is_occupied(self, place: str, at_s: float) -> bool:
        """Say whether a light barrier at the place is interrupted."""
        ...

    def gas(self, place: str, at_s: float) -> GasState | None:
        """Return the exhaust of the car at this place at this moment; None where no car stands."""
        ...

    def noise(self, place: str, channel: str, step: int) -> float:
        """Return the same standard normal number for the same arguments, always."""
        ...
