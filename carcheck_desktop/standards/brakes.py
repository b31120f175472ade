"""The brake formulas on a roller bench, in exact fractions; no limits and no verdicts here.

Forces are daN as the bench gave them, loads kg, rates and imbalances percent. Formulas as in
GB 38900-2020 annex D with GB 7258-2017 7.11; the two maxima of an axle are taken over the whole
curve, each for itself, and the difference at one and the same sample of the build-up.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from carcheck_desktop.domain.measurements import StopReason
from carcheck_desktop.standards.tables import WindowEnd

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from carcheck_desktop.domain.measurements import Curve

LOCKED = (StopReason.LEFT_LOCKED, StopReason.RIGHT_LOCKED, StopReason.BOTH_LOCKED)


@dataclass(frozen=True, slots=True)
class Peak:
    """The greatest force of one wheel and the first sample that has it (-1 when none is known)."""

    force_daN: int
    index: int


@dataclass(frozen=True, slots=True)
class Window:
    """The samples of the build-up, both ends included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Both wheels at the sample of the build-up where they differ most (the first of equals)."""

    left_daN: int
    right_daN: int
    index: int

    @property
    def size_daN(self) -> int:
        """How far the wheels are apart."""
        return abs(self.left_daN - self.right_daN)


def peak(forces_daN: Sequence[int], lost: frozenset[int]) -> Peak:
    """Return one wheel's maximum over the whole curve; lost samples say nothing."""
    best = Peak(0, -1)
    for index, force in enumerate(forces_daN):
        if force > best.force_daN and index not in lost:
            best = Peak(force, index)
    return best


def peaks(curve: Curve) -> tuple[Peak, Peak]:
    """Return the maxima of the left and the right wheel."""
    lost = frozenset(curve.lost)
    return peak(curve.left_daN, lost), peak(curve.right_daN, lost)


def build_up(curve: Curve, end: WindowEnd, stop_reason: StopReason) -> Window | None:
    """Return the build-up, or None where the wheels never brake together before its end.

    It starts at the first sample with force on both wheels. It ends at the later of the two
    peaks or, when `end` says so or a wheel has locked, at the earlier one.
    """
    left, right = peaks(curve)
    if left.index < 0 or right.index < 0:
        return None
    is_early = end is WindowEnd.EARLIER_PEAK or stop_reason in LOCKED
    last = min(left.index, right.index) if is_early else max(left.index, right.index)
    lost = frozenset(curve.lost)
    for index in range(last + 1):
        if _is_common(curve, index, lost):
            return Window(index, last)
    return None


def greatest_difference(curve: Curve, window: Window) -> Difference:
    """Return the pair of the window that differs most; a sample with an idle wheel is skipped."""
    lost = frozenset(curve.lost)
    best = Difference(curve.left_daN[window.start], curve.right_daN[window.start], window.start)
    for index in range(window.start, window.end + 1):
        found = Difference(curve.left_daN[index], curve.right_daN[index], index)
        if found.size_daN > best.size_daN and _is_common(curve, index, lost):
            best = found
    return best


def rate(force_daN: int, load_kg: Decimal | Fraction, daN_per_kg: Decimal) -> Fraction:
    """Return force over weight in percent: 制动率 = F / (0.98 m) x 100."""
    return Fraction(force_daN) * 100 / weight_daN(load_kg, daN_per_kg)


def weight_daN(load_kg: Decimal | Fraction, daN_per_kg: Decimal) -> Fraction:
    """Return the weight of a load."""
    return Fraction(load_kg) * Fraction(daN_per_kg)


def total_kg(loads_kg: Iterable[Decimal]) -> Fraction:
    """Return the exact sum of finite loads."""
    return sum((Fraction(load_kg) for load_kg in loads_kg), Fraction(0))


def imbalance(difference_daN: int, base_daN: Fraction) -> Fraction:
    """Return the difference in percent of the larger wheel maximum or of the axle's weight."""
    return Fraction(difference_daN) * 100 / base_daN


def force_for(rate_percent: Decimal, load_kg: Decimal, daN_per_kg: Decimal) -> Fraction:
    """Return the force that gives exactly this rate."""
    return Fraction(rate_percent) * weight_daN(load_kg, daN_per_kg) / 100


def _is_common(curve: Curve, index: int, lost: frozenset[int]) -> bool:
    return curve.left_daN[index] > 0 and curve.right_daN[index] > 0 and index not in lost
