"""Numbers of a record as exact forces and loads; whatever cannot be is refused by the name of its field."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.measurements import StopReason
from carcheck_desktop.standards import brakes
from carcheck_desktop.standards.judging import counting
from carcheck_desktop.standards.rounding import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from carcheck_desktop.standards.case import Case

A = TypeVar("A")
T = TypeVar("T")
MOST_WHEEL_DAN = 20_000
"""More no wheel of a road vehicle brakes with; a greater figure was written in newtons."""
MOST_AXLE_KG = 50_000
MOST_AXLES = 12
"""More axles no vehicle has that comes to an inspection."""
LEAST_SAMPLES = 3
"""Recalled, a choice of this program: fewer samples show no build-up."""
MOST_SUM = 500_000
"""More no road vehicle weighs in kg or brakes with in daN."""
MOST_RATE_PERCENT = 200
"""More no tyre can hold; a greater rate says that a force or a load is in a wrong unit."""


@dataclass(frozen=True, slots=True)
class RecordCurve:
    """A curve that a record brought."""

    interval_ms: int
    left_daN: tuple[brakes.Force, ...]
    right_daN: tuple[brakes.Force, ...]
    lost: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Maxima:
    """Both wheels' maxima of one run, with the curve they come from if there is one."""

    left_daN: brakes.Force
    right_daN: brakes.Force
    trace: brakes.Trace | None = None
    problem: Message | None = None
    is_single: bool = False

    def inputs(self) -> dict[str, str]:
        """Return the two numbers as a card names them, of a single wheel the one."""
        if self.is_single:
            return {"wheels": "1", "wheel_max_daN": plain(self.left_daN + self.right_daN)}
        return {"left_max_daN": plain(self.left_daN), "right_max_daN": plain(self.right_daN)}


@dataclass(frozen=True, slots=True)
class Wheels:
    """What a record has of both wheels: maxima, or curves from which they follow."""

    left_max_daN: Decimal | None
    right_max_daN: Decimal | None
    left_curve_daN: tuple[Decimal, ...] | None = None
    right_curve_daN: tuple[Decimal, ...] | None = None
    press_index: int = 0
    sample_interval_ms: int = 10
    stopped_by_host: bool = False
    """Whether the bench was stopped by somebody else, so that a curve which ends at a peak may have missed more."""


def wrong(field: str, value: object, allowed: str) -> DataError:
    """Return the error of a value that cannot be."""
    return DataError("standards.record.wrong_value", field=field, value=str(value), allowed=allowed)


def within(path: str, read: Callable[[Case, A], T], case: Case, part: A) -> T:
    """Read a part of a record, and name its place in the errors of its own fields, which do not know it."""
    try:
        return read(case, part)
    except DataError as error:
        params: Mapping[str, object] = error.problem.params
        name = str(params.get("field", ""))
        if not name or name.startswith(("vehicle.", "settings.", "limits.")):
            raise
        raise DataError(error.code, **{**params, "field": f"{path}.{name}"}) from error


def required(field: str, value: Decimal | None) -> Decimal:
    """Return a value that has to be there; raise `DataError` naming the field."""
    if value is None:
        raise DataError("standards.record.missing", field=field)
    return value


def exact(field: str, value: Decimal) -> brakes.Force:
    """Return a finite number exactly, whole ones as integers; raise `DataError` for others."""
    if not value.is_finite():
        raise wrong(field, value, "a finite number")
    found = Fraction(value)
    return int(found) if found.denominator == 1 else found


def between(field: str, value: Decimal, low: int, high: int) -> brakes.Force:
    """Return a number of a range, its ends included; raise `DataError` for others."""
    found = exact(field, value)
    if not low <= found <= high:
        raise wrong(field, value, f"{low} - {high}")
    return found


def positive(field: str, value: Decimal, high: int) -> Fraction:
    """Return a number above 0; raise `DataError` for others."""
    found = exact(field, value)
    if not 0 < found <= high:
        raise wrong(field, value, f"> 0, <= {high}")
    return Fraction(found)


def axle_number(field: str, axle: int) -> int:
    """Return the number of an axle; raise `DataError` for one that no vehicle has."""
    if not 1 <= axle <= MOST_AXLES:
        raise wrong(field, axle, f"1 - {MOST_AXLES}")
    return axle


def load(field: str, value: Decimal | None, high: int = MOST_AXLE_KG) -> Fraction | None:
    """Return a load in kg, None where nobody gave it; raise `DataError` for one that is no weight."""
    return None if value is None else positive(field, value, high)


def maxima_of(case: Case, wheels: Wheels) -> Maxima:
    """Return the maxima as given or as the curves have them; both at once have to agree.

    Raises `DataError` naming what is missing or cannot be; curves that do not count are a `problem`.
    """
    if wheels.left_curve_daN is None and wheels.right_curve_daN is None:
        return Maxima(
            _wheel("left_max_daN", required("left_max_daN", wheels.left_max_daN)),
            _wheel("right_max_daN", required("right_max_daN", wheels.right_max_daN)),
        )
    curve = RecordCurve(
        wheels.sample_interval_ms,
        _curve("left_curve_daN", wheels.left_curve_daN),
        _curve("right_curve_daN", wheels.right_curve_daN),
    )
    trace = brakes.trace(curve, wheels.press_index)
    stop, band = StopReason.NOT_REPORTED, case.constant("zero_band_daN")
    problem = counting.run_problem(trace, wheels.press_index, stop, band) or _cut_off(case, trace, wheels)
    if problem is None:
        _agree("left_max_daN", wheels.left_max_daN, trace.left)
        _agree("right_max_daN", wheels.right_max_daN, trace.right)
    return Maxima(trace.left.force_daN, trace.right.force_daN, trace, problem)


def single_maximum(case: Case, wheels: Wheels) -> Maxima:
    """Return the maximum of an axle's only wheel, given on either side; the other side has to be left out, or 0."""
    if wheels.left_curve_daN is not None or wheels.right_curve_daN is not None:
        samples = (wheels.left_curve_daN if wheels.right_curve_daN is None else wheels.right_curve_daN) or ()
        none = (Decimal(0),) * len(samples)
        return maxima_of(
            case,
            replace(
                wheels,
                left_curve_daN=none if wheels.left_curve_daN is None else wheels.left_curve_daN,
                right_curve_daN=none if wheels.right_curve_daN is None else wheels.right_curve_daN,
            ),
        )
    left, right = wheels.left_max_daN or Decimal(0), wheels.right_max_daN or Decimal(0)
    if wheels.left_max_daN is None and wheels.right_max_daN is None:
        raise DataError("standards.record.missing", field="left_max_daN")
    if left and right:
        raise wrong("right_max_daN", plain(right), "0")
    return maxima_of(case, replace(wheels, left_max_daN=left, right_max_daN=right))


def _cut_off(case: Case, trace: brakes.Trace, wheels: Wheels) -> Message | None:
    """Say so when a curve does not show the build-up from below to the peaks, so that either may lie outside of it.

    A bench that stops itself at the slip limit ends at the peak; whoever else stops it must not. A wheel that hardly brakes has
    its peak anywhere in the drag, and is not looked at.
    """
    samples = len(trace.curve.left_daN)
    if samples - trace.start < LEAST_SAMPLES:
        return Message("standards.invalid.few_samples", {"samples": samples - trace.start, "least": LEAST_SAMPLES})
    peaks = {trace.left.index, trace.right.index} - {-1}
    if peaks == {trace.start}:
        return Message("standards.invalid.no_rise", {"index": trace.start})
    is_idle = brakes.has_idle_wheel(trace, case.constant("idle_wheel_percent"))
    if is_idle:
        peaks = {max(trace.left, trace.right, key=lambda peak: peak.force_daN).index}
    if samples - 1 in peaks and wheels.stopped_by_host:
        return Message("standards.invalid.stopped_while_rising", {"index": samples - 1})
    return None


def _wheel(field: str, value: Decimal) -> brakes.Force:
    return between(field, value, 0, MOST_WHEEL_DAN)


def _curve(field: str, samples: tuple[Decimal, ...] | None) -> tuple[brakes.Force, ...]:
    if samples is None:
        raise DataError("standards.record.missing", field=field)
    return tuple(
        between(f"{field}[{index}]", sample, -MOST_WHEEL_DAN, MOST_WHEEL_DAN) for index, sample in enumerate(samples)
    )


def _agree(field: str, value: Decimal | None, peak: brakes.Peak) -> None:
    if value is not None and exact(field, value) != peak.force_daN:
        raise wrong(field, value, f"{plain(peak.force_daN)}, as the curve has it")
