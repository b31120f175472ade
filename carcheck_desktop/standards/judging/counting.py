"""Does a measurement count? Each function names the first reason why not, or returns None.

A run that does not count is `invalid`: never a pass, and never a fail either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.measurements import StopReason
from carcheck_desktop.standards.rounding import plain

if TYPE_CHECKING:
    from decimal import Decimal

    from carcheck_desktop.standards.brakes import Force, Samples, Trace

NO_SUCH_AXLE = "standards.invalid.no_such_axle"
CUT_SHORT = (StopReason.HOST_COMMAND, StopReason.NONE)
"""The rollers did not stop by themselves, or nobody knows that they did."""


def curve_problem(curve: Samples) -> Message | None:
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


def run_problem(run: Trace, press_index: int, stop_reason: StopReason, zero_band_daN: Decimal) -> Message | None:
    """Say why a run on the rollers does not count, whatever its forces came to."""
    problem = curve_problem(run.curve)
    if problem is not None:
        return problem
    if stop_reason is StopReason.DEVICE_ERROR:
        return Message("standards.invalid.device_error")
    if stop_reason is StopReason.HOST_SILENT:
        return Message("standards.invalid.host_silent")
    samples = len(run.curve.left_daN)
    if not 0 <= press_index < samples:
        return Message("standards.invalid.never_pressed", {"press_index": press_index, "samples": samples})
    return _negative(run, press_index, zero_band_daN) or _rising(run, stop_reason)


def _negative(run: Trace, press_index: int, zero_band_daN: Decimal) -> Message | None:
    left, right = run.curve.left_daN, run.curve.right_daN
    if min(left[press_index:]) >= -zero_band_daN and min(right[press_index:]) >= -zero_band_daN:
        return None
    for index in range(press_index, len(left)):
        force_daN = min(left[index], right[index])
        if force_daN < -zero_band_daN and index not in run.lost:
            return Message("standards.invalid.negative_force", {"force_daN": shown(force_daN), "index": index})
    return None


def shown(force_daN: Force) -> int | str:
    """Return a force as a message names it."""
    return force_daN if isinstance(force_daN, int) else plain(force_daN)


def _rising(run: Trace, stop_reason: StopReason) -> Message | None:
    """Say so when the host stopped the rollers while a wheel's force was still growing.

    A bench that stops itself at the slip limit ends at the peak; a host that stops it must not.
    """
    if stop_reason not in CUT_SHORT:
        return None
    last = max((index for index in range(len(run.curve.left_daN)) if index not in run.lost), default=None)
    if last is not None and last in (run.left.index, run.right.index):
        return Message("standards.invalid.stopped_while_rising", {"index": last})
    return None


def load_problem(*loads_kg: Decimal) -> Message | None:
    """Say so when a load is not a weight that a wheel, an axle or a car can have."""
    for load_kg in loads_kg:
        if not load_kg.is_finite() or load_kg <= 0:
            return Message("standards.invalid.no_load", {"load_kg": str(load_kg)})
    return None


def force_problem(left_daN: Force, right_daN: Force, curve: Samples | None = None) -> Message | None:
    """Say so when nothing was measured: no force on either wheel, or a wheel without any in the whole curve.

    Even an idle wheel drags, so such a channel is dead. A wheel that has no force once the pedal is pressed, or a maximum of 0
    beside one that braked, is what a wheel without a brake shows, and is judged.
    """
    if curve is None:
        return Message("standards.invalid.no_force") if left_daN == right_daN == 0 else None
    is_left, is_right = (max(each, default=0) > 0 for each in (curve.left_daN, curve.right_daN))
    if is_left and is_right:
        return None
    if is_left:
        return Message("standards.invalid.no_force_right")
    if is_right:
        return Message("standards.invalid.no_force_left")
    return Message("standards.invalid.no_force")


def lost_after_press(run: Trace, press_index: int) -> int | None:
    """Return the first lost sample that can hide more force, or a greater difference, than was seen.

    Before the pedal was asked for there is nothing to hide. From then on any sample may have been
    the peak that ends the build-up, so nothing is taken as harmless for where it lies.
    """
    return min((index for index in run.lost if index >= press_index), default=None)


def hidden(index: int) -> Message:
    """Say that a lost sample may hide what decides."""
    return Message("standards.invalid.lost_sample", {"index": index})
