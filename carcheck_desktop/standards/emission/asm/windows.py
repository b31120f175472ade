"""Seconds corrected for dilution and humidity, and the windows of ten of them that are judged."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.standards.emission.asm.modes import QUANTITIES, AsmGas, AsmMode
from carcheck_desktop.standards.emission.cards import is_full, is_hc_recorded, limit_of
from carcheck_desktop.standards.emission.formulas.dilution import DilutionConstants, dilution_constants, dilution_factor
from carcheck_desktop.standards.emission.formulas.figures import mean
from carcheck_desktop.standards.emission.formulas.fuels import ExhaustFuel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from carcheck_desktop.standards.case import Case
    from carcheck_desktop.standards.emission.asm.record import AsmSecond


@dataclass(frozen=True, slots=True)
class Corrected:
    """One second as it is judged: CO in percent, HC and NO in 10⁻⁶, with its dilution factor."""

    values: Mapping[AsmGas, Fraction]
    factor: Fraction


@dataclass(frozen=True, slots=True)
class Window:
    """Ten seconds from index `start` on: means of the gases, exact and rounded, and whether the speed was steady enough."""

    start: int
    exact: Mapping[AsmGas, Fraction]
    rounded: Mapping[AsmGas, Decimal]
    is_steady: bool

    def keeps(self, limits: Mapping[AsmGas, Decimal], percent: Fraction, *, full: bool) -> bool:
        """Say whether every gas that has a limit is at or below a share of it."""
        return all(
            (self.exact[gas] if full else Fraction(self.rounded[gas])) <= Fraction(limit) * percent / 100
            for gas, limit in limits.items()
        )


class Windows:
    """The windows over the seconds of one mode."""

    def __init__(
        self, case: Case, mode: AsmMode, fuel: ExhaustFuel, seconds: Sequence[AsmSecond], kH: Fraction
    ) -> None:
        self._case = case
        self._quantities = QUANTITIES[mode]
        self._speeds = [each.speed_kmh for each in seconds]
        self.dilution = dilution_constants(case, fuel)
        self.corrected = [_corrected(each, self.dilution, kH) for each in seconds]
        self.length = int(case.constant("asm_window_s"))
        self._steady_kmh = case.constant("asm_window_kmh")
        self.full = is_full(case)
        self.limits = {
            gas: limit_of(case, quantity).value
            for gas, quantity in self._quantities.items()
            if not (gas is AsmGas.HC and is_hc_recorded(case, fuel))
        }

    def at(self, end: int) -> Window:
        """Return the window whose last second has index `end`."""
        exact = {gas: self._mean(gas, end) for gas in AsmGas}
        rounded = {gas: self._case.rounded(self._quantities[gas], value) for gas, value in exact.items()}
        return Window(end - self.length + 1, exact, rounded, self.is_steady(end))

    def is_steady(self, end: int) -> bool:
        """Say whether the speed of every second of a window stays within less than 1 km/h of its first."""
        start = end - self.length + 1
        first = self._speeds[start]
        return all(abs(speed - first) < self._steady_kmh for speed in self._speeds[start + 1 : end + 1])

    def passes(self, end: int, percent: Fraction) -> bool:
        """Say whether a window counts and every gas is at or below a share of its limit."""
        return self.is_steady(end) and all(
            self._compared(gas, end) <= Fraction(limit) * percent / 100 for gas, limit in self.limits.items()
        )

    def _mean(self, gas: AsmGas, end: int) -> Fraction:
        return mean(each.values[gas] for each in self.corrected[end - self.length + 1 : end + 1])

    def _compared(self, gas: AsmGas, end: int) -> Fraction:
        exact = self._mean(gas, end)
        return exact if self.full else Fraction(self._case.rounded(self._quantities[gas], exact))

    def is_beyond(self, end: int, percent: Fraction, count: int) -> bool:
        """Say whether `count` values running of one gas, the last at index `end`, exceed a share of its limit."""
        taken = self.corrected[end - count + 1 : end + 1]
        return len(taken) == count and any(
            all(each.values[gas] > Fraction(limit) * percent / 100 for each in taken)
            for gas, limit in self.limits.items()
        )


def _corrected(second: AsmSecond, constants: DilutionConstants, kH: Fraction) -> Corrected:
    co = Fraction(second.co_percent)
    factor = dilution_factor(constants, co, Fraction(second.co2_percent))
    values = {
        AsmGas.CO: co * factor,
        AsmGas.HC: Fraction(second.hc_ppm) * factor,
        AsmGas.NO: Fraction(second.no_ppm) * factor * kH,
    }
    return Corrected(values, factor)
