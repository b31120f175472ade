"""Does a measurement count? Each function names the first reason why not, or returns None.

A run that does not count is `invalid`: never a pass, and never a fail either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.measurements import StopReason

if TYPE_CHECKING:
    from decimal import Decimal

    from carcheck_desktop.domain.measurements import Curve
    from carcheck_desktop.standards.brakes import Peak, Window


def curve_problem(curve: Curve) -> Message | None:
    """Say what is wrong with the curve as a record."""
    samples = len(curve.left_daN)
    if samples != len(curve.right_daN):
        return Message("standards.invalid.curve_lengths", {"left": samples, "right": len(curve.right_daN)})
    if samples == 0:
        return Message("standards.invalid.curve_empty")
    if curve.interval_ms <= 0:
        return Message("standards.invalid.curve_interval", {"interval_ms": curve.interval_ms})
    outside = [index for index in curve.lost if not 0 <= index < samples]
    if outside:
        return Message("standards.invalid.curve_lost_outside", {"index": outside[0], "samples": samples})
    return None


def run_problem(curve: Curve, press_index: int, stop_reason: StopReason, zero_band_daN: Decimal) -> Message | None:
    """Say why a run on the rollers does not count, whatever its forces came to."""
    problem = curve_problem(curve)
    if problem is not None:
        return problem
    if stop_reason is StopReason.DEVICE_ERROR:
        return Message("standards.invalid.device_error")
    if stop_reason is StopReason.HOST_SILENT:
        return Message("standards.invalid.host_silent")
    samples = len(curve.left_daN)
    if not 0 <= press_index < samples:
        return Message("standards.invalid.never_pressed", {"press_index": press_index, "samples": samples})
    return _negative(curve, press_index, zero_band_daN)


def _negative(curve: Curve, press_index: int, zero_band_daN: Decimal) -> Message | None:
    lost = frozenset(curve.lost)
    for index in range(press_index, len(curve.left_daN)):
        force_daN = min(curve.left_daN[index], curve.right_daN[index])
        if force_daN < -zero_band_daN and index not in lost:
            return Message("standards.invalid.negative_force", {"force_daN": force_daN, "index": index})
    return None


def rising_problem(curve: Curve, stop_reason: StopReason, peaks: tuple[Peak, Peak]) -> Message | None:
    """Say so when the host stopped the rollers while a wheel's force was still growing.

    A bench that stops itself at the slip limit ends at the peak; a host that stops it must not.
    """
    if stop_reason is not StopReason.HOST_COMMAND:
        return None
    lost = frozenset(curve.lost)
    known = [index for index in range(len(curve.left_daN)) if index not in lost]
    if known and known[-1] in (peaks[0].index, peaks[1].index):
        return Message("standards.invalid.stopped_while_rising", {"index": known[-1]})
    return None


def load_problem(*loads_kg: Decimal) -> Message | None:
    """Say so when a load is not a weight that a wheel, an axle or a car can have."""
    for load_kg in loads_kg:
        if not load_kg.is_finite() or load_kg <= 0:
            return Message("standards.invalid.no_load", {"load_kg": str(load_kg)})
    return None


def lost_in(curve: Curve, window: Window, press_index: int) -> int | None:
    """Return the first lost sample that can hide a greater difference of the build-up.

    That is one of the window, or of a gap that begins right behind it: the peak that ends the
    window may lie in there. Before the pedal was asked for there is nothing to hide.
    """
    end = window.end
    lost = frozenset(curve.lost)
    while end + 1 in lost:
        end += 1
    hiding = [index for index in curve.lost if max(window.start, press_index) <= index <= end]
    return min(hiding, default=None)


def lost_after_press(curve: Curve, press_index: int) -> int | None:
    """Return the first lost sample that can hide more force than was seen."""
    return min((index for index in curve.lost if index >= press_index), default=None)


def hidden(index: int) -> Message:
    """Say that a lost sample may hide what decides."""
    return Message("standards.invalid.lost_sample", {"index": index})
