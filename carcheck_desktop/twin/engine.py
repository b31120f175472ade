"""The physics of a petrol engine at a standstill: speed by the pedal, oil, mixture, catalyst, exhaust; pure.

Everything is a function of the clock, like the rest of the twin: a change of the pedal is put down with its moment.
What a cause (a dead catalyst, a rich mixture) does to the exhaust follows; no verdict is written here.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace
from itertools import pairwise

HYDROGEN, OXYGEN, HC_SHARE = 1.7261, 0.0176, 6e-4
WATER_GAS = 3.5
CARBON_PERCENT = 15.3
"""CO + CO2 of a mixture without excess air, % vol of dry exhaust."""
RISE_S, FALL_S = 0.7, 1.1
"""Time constants of the engine speed."""
RAW_HC_IDLE_PPM, RAW_HC_FAST_PPM = 210.0, 130.0
FAST_RPM = 1500.0
RICH_CO_PERCENT = 30.0
RICH_HC_PPM = 900.0


@dataclass(frozen=True, slots=True)
class Pedal:
    """From a moment on the driver holds this engine speed; None: foot off."""

    since_s: float
    rpm: float | None


@dataclass(frozen=True, slots=True)
class Exhaust:
    """What leaves the tail pipe: % vol and 10⁻⁶ vol (HC as n-hexane)."""

    co_percent: float
    co2_percent: float
    hc_ppm: float
    o2_percent: float
    no_ppm: float


ROOM_AIR = Exhaust(0.0, 0.04, 1.0, 20.9, 0.0)


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine as it came in: idle speed, oil, excess air of its mixture, and how much its catalyst converts.

    `stalls_after_s`: so long after the pedal was first held it dies, and is started again `restarts_after_s`
    later; None: it runs.
    """

    idle_rpm: float = 780.0
    oil_C: float = 90.0
    warming_s: float = 260.0
    mixture: float = 1.002
    conversion: float = 0.97
    stalls_after_s: float | None = None
    restarts_after_s: float = 40.0

    def speed_rpm(self, pedals: tuple[Pedal, ...], at_s: float) -> float:
        """Return the engine speed at a moment."""
        if self._is_dead(pedals, at_s):
            return 0.0
        begun = [each for each in pedals if each.since_s <= at_s]
        ends = [*(each.since_s for each in begun[1:]), at_s] if begun else []
        rpm = self.idle_rpm
        for pedal, end_s in zip(begun, ends, strict=True):
            target = self.idle_rpm if pedal.rpm is None else pedal.rpm
            constant_s = RISE_S if target > rpm else FALL_S
            rpm = target + (rpm - target) * math.exp(-(end_s - pedal.since_s) / constant_s)
        return rpm

    def oil_temperature_C(self, entered_s: float, pedals: tuple[Pedal, ...], at_s: float) -> float:
        """Return the oil's temperature: it goes to 95 °C, three times as fast while the pedal is held."""
        marks = [entered_s, *(each.since_s for each in pedals if entered_s < each.since_s < at_s), at_s]
        celsius = self.oil_C
        for begin_s, end_s in pairwise(marks):
            last = next((each for each in reversed(pedals) if each.since_s <= begin_s), None)
            constant_s = self.warming_s / (3.0 if last is not None and last.rpm is not None else 1.0)
            celsius = 95.0 + (celsius - 95.0) * math.exp(-max(0.0, end_s - begin_s) / constant_s)
        return celsius

    def exhaust(self, rpm: float) -> Exhaust:
        """Return what leaves the pipe at an engine speed; room air from an engine that stands."""
        if rpm < 100.0:
            return ROOM_AIR
        lack = max(0.0, 1.0 - self.mixture)
        left = 1.0 - self.conversion
        raw_hc = RAW_HC_FAST_PPM if rpm > FAST_RPM else RAW_HC_IDLE_PPM
        co = (0.6 + RICH_CO_PERCENT * lack) * left
        hc = (raw_hc + RICH_HC_PPM * lack) * left
        co2 = CARBON_PERCENT / max(1.0, self.mixture) - co - 6 * hc / 1e4
        return Exhaust(co, co2, hc, self._oxygen(co, co2, hc), (1800.0 if rpm > FAST_RPM else 250.0) * left)

    def _oxygen(self, co: float, co2: float, hc: float) -> float:
        """Return the oxygen that goes with this mixture: a catalyst changes none of its excess air."""
        water = HYDROGEN / 4 * WATER_GAS / (WATER_GAS + co / co2) - OXYGEN / 2
        whole = self.mixture * (1 + HYDROGEN / 4 - OXYGEN / 2) * (co2 + co + HC_SHARE * hc)
        return max(0.0, whole - co2 - co / 2 - water * (co2 + co))

    def _is_dead(self, pedals: tuple[Pedal, ...], at_s: float) -> bool:
        first = next((each.since_s for each in pedals if each.rpm is not None), None)
        if first is None or self.stalls_after_s is None:
            return False
        died_s = first + self.stalls_after_s
        return died_s <= at_s < died_s + self.restarts_after_s


def make_engine(seed: int, plate: str) -> Engine:
    """Return a sound, warm engine; its scatter comes from seed and plate alone."""
    dice = random.Random(f"engine:{seed}:{plate}")
    return Engine(
        idle_rpm=dice.uniform(720.0, 840.0),
        oil_C=dice.uniform(86.0, 93.0),
        mixture=dice.uniform(0.998, 1.006),
        conversion=dice.uniform(0.94, 0.98),
    )


def smoky(engine: Engine) -> Engine:
    """Return the engine with a dead catalyst behind a mixture that is too rich."""
    return replace(engine, mixture=0.958, conversion=0.12)


def cold(engine: Engine, oil_C: float = 62.0) -> Engine:
    """Return the engine as it comes after a short way."""
    return replace(engine, oil_C=oil_C)


def stalling(engine: Engine, after_s: float) -> Engine:
    """Return the engine that dies once, so long after the pedal was first held."""
    return replace(engine, stalls_after_s=after_s)
