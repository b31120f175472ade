"""The brake formulas of rollers and plates, in exact fractions; no limits and no verdicts here.

Forces are daN as the bench gave them, loads kg, rates and imbalances percent. Formulas as in
GB 38900-2020 annex D with GB 7258-2017 7.11; the two maxima of an axle are taken over the whole
press, each for itself, and the difference at one and the same sample of the build-up.

Confidence: the formulas agree in two independent lane programs and in training material; the
clause on the build-up of a roller bench (D.1.5) is recalled, that of plates (D.1.5.2) quoted by
one article, hence settings of the tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol, TypeAlias

from carcheck_desktop.domain.measurements import StopReason
from carcheck_desktop.standards.families.axes import WindowEnd

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

LOCKED = (StopReason.LEFT_LOCKED, StopReason.RIGHT_LOCKED, StopReason.BOTH_LOCKED)
Force: TypeAlias = int | Fraction
"""A force in daN: whole as devices give it, or a fraction where somebody wrote decimals."""


class Samples(Protocol):
    """A brake curve: both wheels' forces, and which samples never arrived."""

    @property
    def interval_ms(self) -> int:
        """How long a sample lasts."""
        ...

    @property
    def left_daN(self) -> Sequence[Force]:
        """The left wheel."""
        ...

    @property
    def right_daN(self) -> Sequence[Force]:
        """The right wheel."""
        ...

    @property
    def lost(self) -> Sequence[int]:
        """Indices of lost samples."""
        ...


@dataclass(frozen=True, slots=True)
class Peak:
    """The greatest force of one wheel and the first sample that has it (-1 when none is known)."""

    force_daN: Force
    index: int


@dataclass(frozen=True, slots=True)
class Window:
    """The samples of the build-up, both ends included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Both wheels where they differ most: at a sample of the build-up (the first of equals), or as a bench gave them (-1)."""

    left_daN: Force
    right_daN: Force
    index: int = -1

    @property
    def size_daN(self) -> Force:
        """How far the wheels are apart."""
        return apart(self.left_daN, self.right_daN)


@dataclass(frozen=True, slots=True)
class Trace:
    """A curve with what every formula asks of it, found once: lost samples and both maxima.

    What counts begins at sample `start`, where the driver was asked to press: before it the bench
    shows the inertia of its own start and the drag, which are no braking.
    """

    curve: Samples
    start: int
    lost: frozenset[int]
    left: Peak
    right: Peak

    @property
    def larger_daN(self) -> Force:
        """The larger of the two maxima."""
        return larger(self.left.force_daN, self.right.force_daN)

    def is_common(self, index: int) -> bool:
        """Say whether both wheels brake at a sample that arrived."""
        return self.curve.left_daN[index] > 0 and self.curve.right_daN[index] > 0 and index not in self.lost


def trace(curve: Samples, press_index: int) -> Trace:
    """Read a curve; any curve can be read, whether it counts is for `counting` to say."""
    lost, start = frozenset(curve.lost), max(0, press_index)
    return Trace(curve, start, lost, peak(curve.left_daN, lost, start), peak(curve.right_daN, lost, start))


def peak(forces_daN: Sequence[Force], lost: frozenset[int], start: int = 0) -> Peak:
    """Return one wheel's maximum from a sample on; lost samples say nothing."""
    known = forces_daN[start:]
    if lost:
        known = [0 if index in lost else force for index, force in enumerate(known, start)]
    best = max(known, default=0)
    return Peak(best, start + known.index(best)) if best > 0 else Peak(0, -1)


def build_up(run: Trace, end: WindowEnd, idle_percent: Decimal, *, locked: bool) -> Window | None:
    """Return the build-up, or None where the wheels never brake together before its end.

    It starts at the first sample that counts with force on both wheels. It ends where the sum of both wheels is greatest,
    or at the later of the two peaks or, when `end` says so or a wheel has `locked`, at the earlier one. A wheel that reaches
    less than `idle_percent` of the other hardly brakes: its peak may be anywhere in the drag and ends nothing.
    """
    if run.left.index < 0 or run.right.index < 0:
        return None
    used = end_used(run, end, idle_percent, locked=locked)
    last = sum_peak(run) if used is WindowEnd.SUM_PEAK else _peak(run, used)
    for index in range(run.start, last + 1):
        if run.is_common(index):
            return Window(index, last)
    return None


def end_used(run: Trace, end: WindowEnd, idle_percent: Decimal, *, locked: bool) -> WindowEnd:
    """Return where the build-up really ends: a locked wheel ends it at the earlier peak, unless one of both is idle."""
    if end is WindowEnd.SUM_PEAK:
        return end
    is_early = (end is WindowEnd.EARLIER_PEAK or locked) and not has_idle_wheel(run, idle_percent)
    return WindowEnd.EARLIER_PEAK if is_early else WindowEnd.LATER_PEAK


def has_idle_wheel(run: Trace, idle_percent: Decimal) -> bool:
    """Say whether one wheel reaches less than this share of the other's maximum."""
    return min(run.left.force_daN, run.right.force_daN) * 100 < Fraction(idle_percent) * run.larger_daN


def _peak(run: Trace, end: WindowEnd) -> int:
    return (min if end is WindowEnd.EARLIER_PEAK else max)(run.left.index, run.right.index)


def missing_wheel(run: Trace) -> Difference | None:
    """Return the difference of a run in which one wheel alone braked: at that wheel's peak; None for every other run."""
    if (run.left.force_daN > 0) == (run.right.force_daN > 0):
        return None
    return Difference(run.left.force_daN, run.right.force_daN, max(run.left.index, run.right.index))


def sum_peak(run: Trace) -> int:
    """Return the first sample at which both wheels together are strongest."""
    left, right = run.curve.left_daN, run.curve.right_daN
    known = [index for index in range(run.start, len(left)) if index not in run.lost]
    return max(known, key=lambda index: left[index] + right[index])


def greatest_difference(run: Trace, window: Window) -> Difference:
    """Return the pair of the window that differs most; a sample with an idle wheel is skipped."""
    left, right = run.curve.left_daN, run.curve.right_daN
    best, most = window.start, apart(left[window.start], right[window.start])
    for index in range(window.start, window.end + 1):
        one, other = left[index], right[index]
        size = one - other if one >= other else other - one  # `apart`, without a call for each of hundreds of samples
        if size > most and run.is_common(index):
            best, most = index, size
    return Difference(left[best], right[best], best)


def larger(left_daN: Force, right_daN: Force) -> Force:
    """Return the larger of two forces."""
    return left_daN if left_daN >= right_daN else right_daN


def apart(left_daN: Force, right_daN: Force) -> Force:
    """Return how far two forces are apart."""
    return left_daN - right_daN if left_daN >= right_daN else right_daN - left_daN


def rate(force_daN: Force, load_kg: Decimal | Fraction, daN_per_kg: Decimal) -> Fraction:
    """Return force over weight in percent: 制动率 = F / (0.98 m) x 100."""
    return Fraction(force_daN) * 100 / weight_daN(load_kg, daN_per_kg)


def weight_daN(load_kg: Decimal | Fraction, daN_per_kg: Decimal) -> Fraction:
    """Return the weight of a load."""
    return Fraction(load_kg) * Fraction(daN_per_kg)


def total_kg(loads_kg: Iterable[Decimal]) -> Fraction:
    """Return the exact sum of finite loads."""
    return sum((Fraction(load_kg) for load_kg in loads_kg), Fraction(0))


def imbalance(difference_daN: Force, base_daN: Fraction) -> Fraction:
    """Return the difference in percent of the larger wheel maximum or of the axle's weight."""
    return Fraction(difference_daN) * 100 / base_daN


def force_for(rate_percent: Decimal, load_kg: Decimal, daN_per_kg: Decimal) -> Fraction:
    """Return the force that gives exactly this rate."""
    return Fraction(rate_percent) * weight_daN(load_kg, daN_per_kg) / 100
