"""The body that simulated gas analysers share: sample line, pump, cells, warm-up, drift and residue.

Pure and stepped from outside, like `physics`. It sees the exhaust through `World.gas` only and knows no
protocol. Times in seconds of the simulation, concentrations in % vol and 10⁻⁶ vol.
"""

from __future__ import annotations

import zlib
from collections import deque
from dataclasses import dataclass
from typing import NamedTuple

from carcheck_desktop.devices.api.kinds import AnalyserState, GasAction, GasFlag, GasSource
from carcheck_desktop.devices.api.simulator import Faults
from carcheck_desktop.devices.api.world import World

LINE_S = 2.0
"""How long gas takes from the probe to the cells at full flow."""
OPTICAL_S = 1.2
CELL_S = 1.6
"""Time constants: T90 = 2.303 times as long; with the line 4.8 s (CO, CO2, HC) and 5.7 s (O2, NO)."""
STANDING_S = 90.0
"""With the pump off what is in the cells thins out so slowly."""
LOW_FLOW = 0.3
LEAK_SHARE = 0.25
ACTION_S = {GasAction.ZERO: 30.0, GasAction.LEAK_CHECK: 20.0, GasAction.HC_RESIDUE: 30.0}
ZERO_EVERY_S = 1800.0
RESIDUE_LIMIT_PPM = 20.0
STICKS = 0.03
STICK_S = 60.0
LET_GO_S = 45.0
PURGE_S = 6.0
"""HC that sticks in hose and filter: its share of what passes, and how fast it comes, goes, and is blown out."""
DRIFT_PER_S = {"co": 2e-6, "hc": 8e-4, "no": 1e-3}
NOISE = {"co": 0.003, "co2": 0.02, "hc": 0.6, "o2": 0.03, "no": 1.5}
MOST_LAMBDA = 9.99
ROOM_C = 23.5


class Mixture(NamedTuple):
    """What is in the line or in the cells: % vol and 10⁻⁶ vol."""

    co: float
    co2: float
    hc: float
    o2: float
    no: float

    def mixed(self, other: Mixture, share: float) -> Mixture:
        """Return this with a share of another mixture in it."""
        return Mixture(*(mine + (theirs - mine) * share for mine, theirs in zip(self, other, strict=True)))


ROOM_AIR = Mixture(0.0, 0.04, 1.0, 20.9, 0.0)


@dataclass(slots=True)
class GasFaults(Faults):
    """Also on the body: what goes wrong with analysers.

    `low_flow` the line is blocked, `leak` it draws a quarter of room air, `zero_fails`, `residue` the line
    is dirty with HC, `cold` the mains were off (clears itself: the analyser warms up anew).
    """

    low_flow: bool = False
    leak: bool = False
    zero_fails: bool = False
    residue: bool = False
    cold: bool = False


class GasBench:
    """One analyser's body, moved on in steps of `step_s`."""

    def __init__(self, world: World, place: str, faults: Faults, step_s: float, warm_up_s: float) -> None:
        self.world = world
        self.place = place
        self.faults = faults
        self.step_s = step_s
        self.warm_up_s = warm_up_s
        self.failed: set[GasFlag] = set()
        self._drifts = {name: _way(place, name) for name in DRIFT_PER_S} | dict.fromkeys(("co2", "o2"), 0.0)
        self.cells = self.switch_on(0.0)

    def switch_on(self, warm_left_s: float) -> Mixture:
        """Begin with so much warming up left, pump off and room air everywhere."""
        self.warm_left_s = warm_left_s
        self.source = GasSource.OFF
        self.action: GasAction | None = None
        self.action_left_s = 0.0
        self.outcome: tuple[GasAction, bool] | None = None
        self.zero_age_s = 0.0
        self.residue_ppm = 0.0
        self.engine_speed_rpm = 0.0
        self.oil_temperature_C = ROOM_C
        self.shown = ROOM_AIR
        self.failed.clear()
        self._moved = 0.0
        self._line = deque([ROOM_AIR] * round(LINE_S / self.step_s), maxlen=round(LINE_S / self.step_s))
        self.cells = ROOM_AIR
        return ROOM_AIR

    @property
    def state(self) -> AnalyserState:
        """What the analyser does now."""
        if self.warm_left_s > 0:
            return AnalyserState.WARMING_UP
        if self.action is not None:
            states = {GasAction.ZERO: AnalyserState.ZEROING, GasAction.LEAK_CHECK: AnalyserState.LEAK_CHECK}
            return states.get(self.action, AnalyserState.BUSY)
        return AnalyserState.READY if self.source is GasSource.OFF else AnalyserState.MEASURING

    @property
    def is_free(self) -> bool:
        """Whether it takes commands: warm, and no action under way."""
        return self.warm_left_s <= 0 and self.action is None

    @property
    def pump_on(self) -> bool:
        """Whether the pump turns."""
        return self.source is not GasSource.OFF or self.action is not None

    @property
    def has_low_flow(self) -> bool:
        """Whether the flow sensor says so: the pump turns and too little comes."""
        return self.pump_on and self._is_on("low_flow")

    @property
    def wants_zero(self) -> bool:
        """Whether the last zero is long ago."""
        return self.zero_age_s > ZERO_EVERY_S

    def begin(self, action: GasAction) -> bool:
        """Start an action; False when the analyser is not free."""
        if not self.is_free:
            return False
        self.action, self.action_left_s, self.outcome = action, ACTION_S[action], None
        return True

    def pump(self, source: GasSource) -> bool:
        """Draw from a source; False when the analyser is not free. Off works always and ends an action."""
        if source is GasSource.OFF:
            self.action = None
        elif not self.is_free:
            return False
        self.source = source
        return True

    def step(self, at_s: float, number: int) -> None:
        """Move everything on to `at_s`."""
        self._power()
        self.zero_age_s += self.step_s
        self._pick_up(at_s)
        self._move(at_s)
        self._stick()
        if self.action is not None:
            self.action_left_s -= self.step_s
            if self.action_left_s <= 0:
                self._end(self.action)
        self.shown = self._measured(number)

    def lambda_value(self) -> float:
        """Return the excess-air figure of what is shown, by Brettschneider's formula for petrol."""
        co, co2, hc, o2, _ = (max(0.0, value) for value in self.shown)
        burnt = co + co2
        if burnt < 0.5:
            return MOST_LAMBDA
        ratio = 3.5 / (3.5 + co / co2) if co2 else 0.0
        above = co2 + co / 2 + o2 + (1.7261 / 4 * ratio - 0.0176 / 2) * burnt
        below = (1 + 1.7261 / 4 - 0.0176 / 2) * (burnt + 6e-4 * hc)
        return min(MOST_LAMBDA, above / below)

    def _is_on(self, fault: str) -> bool:
        return bool(getattr(self.faults, fault, False))

    def _power(self) -> None:
        if self._is_on("cold"):
            # `cold` is a moment, not a state
            setattr(self.faults, "cold", False)  # noqa: B010 - only `GasFaults` has it
            self.switch_on(self.warm_up_s)
        self.warm_left_s = max(0.0, self.warm_left_s - self.step_s)

    def _pick_up(self, at_s: float) -> None:
        car = self.world.gas(self.place, at_s)
        self.engine_speed_rpm = car.engine_speed_rpm if car else 0.0
        self.oil_temperature_C = car.oil_temperature_C if car else ROOM_C

    def _move(self, at_s: float) -> None:
        """Move gas along the line; with the pump off it stands and thins out."""
        if not self.pump_on:
            self.cells = self.cells.mixed(ROOM_AIR, self.step_s / STANDING_S)
            return
        flow = LOW_FLOW if self._is_on("low_flow") else 1.0
        self._moved += flow
        if self._moved >= 1.0:
            self._moved -= 1.0
            self._line.append(self._drawn(at_s))
        head = self._line[0]
        optical, cell = self.step_s * flow / OPTICAL_S, self.step_s * flow / CELL_S
        fast, slow = self.cells.mixed(head, optical), self.cells.mixed(head, cell)
        self.cells = Mixture(fast.co, fast.co2, fast.hc, slow.o2, slow.no)

    def _drawn(self, at_s: float) -> Mixture:
        car = self.world.gas(self.place, at_s)
        draws_sample = self.source is GasSource.SAMPLE and self.action is None
        if car is None or not car.probe_in or not draws_sample:
            return ROOM_AIR
        exhaust = Mixture(car.co_percent, car.co2_percent, car.hc_ppm, car.o2_percent, car.no_ppm)
        return exhaust.mixed(ROOM_AIR, LEAK_SHARE) if self._is_on("leak") else exhaust

    def _stick(self) -> None:
        if not self.pump_on:
            return
        target_ppm = STICKS * self._line[-1].hc
        if self.source is GasSource.BLOW_BACK:
            constant_s = PURGE_S
        else:
            constant_s = STICK_S if target_ppm > self.residue_ppm else LET_GO_S
        self.residue_ppm += (target_ppm - self.residue_ppm) * self.step_s / constant_s
        if self._is_on("residue"):
            self.residue_ppm = max(self.residue_ppm, 2 * RESIDUE_LIMIT_PPM)

    def _end(self, action: GasAction) -> None:
        flags = {
            GasAction.ZERO: (GasFlag.ZERO_FAILED, not self._is_on("zero_fails")),
            GasAction.LEAK_CHECK: (GasFlag.LEAK, not self._is_on("leak")),
            GasAction.HC_RESIDUE: (GasFlag.RESIDUE, self.shown.hc <= RESIDUE_LIMIT_PPM),
        }
        flag, passed = flags[action]
        (self.failed.discard if passed else self.failed.add)(flag)
        if action is GasAction.ZERO and passed:
            self.zero_age_s = 0.0
        self.action, self.outcome = None, (action, passed)
        self.source = GasSource.OFF

    def _measured(self, number: int) -> Mixture:
        """Return what the cells show: contents, residue, drift since the last zero, noise."""
        dirty = self.cells._replace(hc=self.cells.hc + self.residue_ppm)
        return Mixture(*(value + self._error(name, number) for name, value in zip(Mixture._fields, dirty, strict=True)))

    def _error(self, name: str, number: int) -> float:
        drift = DRIFT_PER_S.get(name, 0.0) * self.zero_age_s * self._drifts[name]
        # a new value twice a second, as the cells deliver them
        beat = number // max(1, round(0.5 / self.step_s))
        return drift + NOISE[name] * self.world.noise(self.place, f"gas_{name}", beat)


def _way(place: str, name: str) -> float:
    """Return which way, from -1 to 1, a cell of this very instrument drifts: always the same."""
    return zlib.crc32(f"{place}/{name}".encode()) / 0x7FFFFFFF - 1.0
