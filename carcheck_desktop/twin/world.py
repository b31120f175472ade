"""Which car stands where and what its driver does, as the device simulators see it.

Everything is kept as functions of the simulation clock: a drive, a press of the pedal is put down
with the moment it begins, so that a simulator may step through any interval, early or late, and
get the same numbers.
"""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass, field, replace
from statistics import NormalDist
from typing import TYPE_CHECKING

from carcheck_desktop.devices.api.world import GasState, WheelState
from carcheck_desktop.twin.engine import Pedal

if TYPE_CHECKING:
    from collections.abc import Callable

    from carcheck_desktop.devices.api.kinds import Side
    from carcheck_desktop.twin.car import Actuation, Car

NORMAL = NormalDist()
ROLLING_S = 2.5
"""How long a car rolls between two positions."""


@dataclass(frozen=True, slots=True)
class Stay:
    """From `since_s` on, `axle` stands on `place`; no place means driven away."""

    since_s: float
    place: str | None
    axle: int


@dataclass(frozen=True, slots=True)
class Visitor:
    """A car in a lane with what its driver has done so far."""

    car: Car
    stays: tuple[Stay, ...] = ()
    pedals: tuple[Actuation, ...] = ()
    levers: tuple[Actuation, ...] = ()
    throttle: tuple[Pedal, ...] = ()
    probe: tuple[tuple[float, bool], ...] = ()

    def stay(self, at_s: float) -> Stay | None:
        """Return where the car stands at this moment."""
        for stay in reversed(self.stays):
            if stay.since_s <= at_s:
                return stay
        return None


@dataclass
class VirtualWorld:
    """Fulfils `devices.api.World` for every simulator of the station; safe for threads."""

    seed: int
    _visitors: dict[str, Visitor] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def enter(self, lane: str, car: Car) -> None:
        """Let a car queue before a lane; it stands on no instrument yet."""
        with self._lock:
            self._visitors[lane] = Visitor(car)

    def leave(self, lane: str, at_s: float) -> None:
        """Drive the car out of the lane."""
        self._stay(lane, Stay(at_s, None, 0))

    def drive_onto(self, lane: str, position: str, axle: int, at_s: float) -> None:
        """Let an axle stand on a position of the lane from a moment on, brakes released.

        On the way there the car stands on no instrument.
        """
        self._stay(lane, Stay(at_s - ROLLING_S, None, 0))
        self._stay(lane, Stay(at_s, f"{lane}/{position}", axle))

    def press_pedal(self, lane: str, actuation: Actuation) -> None:
        """Let the driver press the brake pedal."""
        self._change(lane, lambda who: replace(who, pedals=(*who.pedals, actuation)))

    def pull_lever(self, lane: str, actuation: Actuation) -> None:
        """Let the driver pull the parking brake's lever."""
        self._change(lane, lambda who: replace(who, levers=(*who.levers, actuation)))

    def rev(self, lane: str, at_s: float, rpm: float | None) -> None:
        """Let the driver hold an engine speed from a moment on; None: foot off."""
        self._change(lane, lambda who: replace(who, throttle=(*who.throttle, Pedal(at_s, rpm))))

    def put_probe(self, lane: str, at_s: float, *, into_pipe: bool) -> None:
        """Put the analyser's probe into the car's pipe at a moment, or take it out."""
        self._change(lane, lambda who: replace(who, probe=(*who.probe, (at_s, into_pipe))))

    def release(self, lane: str, at_s: float) -> None:
        """Let the driver take foot and hand away."""

        def let_go(who: Visitor) -> Visitor:
            return replace(who, pedals=_released(who.pedals, at_s), levers=_released(who.levers, at_s))

        self._change(lane, let_go)

    def car_in(self, lane: str) -> Car | None:
        """Return the car that is in a lane."""
        visitor = self._visitors.get(lane)
        return visitor.car if visitor else None

    def wheel(self, place: str, side: Side, at_s: float) -> WheelState | None:
        """Return the wheel that stands on this side of a place at this moment, if any."""
        visitor = self._visitors.get(place.split("/", 1)[0])
        stay = visitor.stay(at_s) if visitor else None
        if visitor is None or stay is None or stay.place != place:
            return None
        wheel = visitor.car.wheel(stay.axle, side)
        brake_daN = visitor.car.brake_daN(
            stay.axle,
            side,
            at_s,
            pedal=_current(visitor.pedals, at_s),
            lever=_current(visitor.levers, at_s),
        )
        return WheelState(wheel.load_kg, brake_daN, wheel.drag_daN, wheel.adhesion)

    def is_occupied(self, place: str, at_s: float) -> bool:
        """Say whether a light barrier at the place is interrupted."""
        visitor = self._visitors.get(place.split("/", 1)[0])
        stay = visitor.stay(at_s) if visitor else None
        return stay is not None and stay.place == place

    def gas(self, place: str, at_s: float) -> GasState | None:
        """Return the exhaust of the car at this place at this moment; None where no car stands."""
        visitor = self._visitors.get(place.split("/", 1)[0])
        stay = visitor.stay(at_s) if visitor else None
        if visitor is None or stay is None or stay.place != place:
            return None
        engine, throttle = visitor.car.engine, visitor.throttle
        rpm = engine.speed_rpm(throttle, at_s)
        gas = engine.exhaust(rpm)
        oil_C = engine.oil_temperature_C(stay.since_s, throttle, at_s)
        return GasState(
            gas.co_percent, gas.co2_percent, gas.hc_ppm, gas.o2_percent, gas.no_ppm, rpm, oil_C,
            probe_in=_is_probe_in(visitor.probe, at_s),
        )  # fmt: skip

    def noise(self, place: str, channel: str, step: int) -> float:
        """Return the same standard normal number for the same arguments, always."""
        visitor = self._visitors.get(place.split("/", 1)[0])
        plate = visitor.car.plate if visitor else ""
        told = f"{self.seed}:{plate}:{place}:{channel}:{step}".encode()
        whole = int.from_bytes(hashlib.blake2b(told, digest_size=7).digest(), "big")
        return NORMAL.inv_cdf((whole + 0.5) / 2**56)

    def _stay(self, lane: str, stay: Stay) -> None:
        def moved(who: Visitor) -> Visitor:
            return replace(
                who,
                stays=(*who.stays, stay),
                pedals=_released(who.pedals, stay.since_s),
                levers=_released(who.levers, stay.since_s),
                throttle=(*who.throttle, Pedal(stay.since_s, None)) if who.throttle else (),
                probe=(*who.probe, (stay.since_s, False)) if who.probe else (),
            )

        self._change(lane, moved)

    def _change(self, lane: str, change: Callable[[Visitor], Visitor]) -> None:
        with self._lock:
            visitor = self._visitors.get(lane)
            if visitor is not None:
                self._visitors[lane] = change(visitor)


def _released(actuations: tuple[Actuation, ...], at_s: float) -> tuple[Actuation, ...]:
    return tuple(replace(each, released_at_s=at_s) if each.released_at_s is None else each for each in actuations)


def _is_probe_in(moves: tuple[tuple[float, bool], ...], at_s: float) -> bool:
    return next((into_pipe for moved_s, into_pipe in reversed(moves) if moved_s <= at_s), False)


def _current(actuations: tuple[Actuation, ...], at_s: float) -> Actuation | None:
    for actuation in reversed(actuations):
        if actuation.pressed_at_s <= at_s:
            return actuation
    return None
