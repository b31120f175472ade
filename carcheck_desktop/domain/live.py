"""Live samples and readings for the screen: newest wins, never stored, never judged."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from carcheck_desktop.domain.measurements import Origin


@dataclass(frozen=True, slots=True)
class LiveCurve:
    """The samples of a running curve since the last message; the first of a run has number 1."""

    item: str
    run_id: str
    first: int
    interval_ms: int
    left_daN: tuple[int, ...]
    right_daN: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LiveReading:
    """One slow value as the instrument gave it; `quality` is a `Quality` of devices by name."""

    device: str
    point: str
    value: float | None
    unit: str
    quality: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class LiveSamples:
    """One message a tick for one lane; `at_s` is the lane clock's second."""

    lane: str
    at_s: float
    curve: LiveCurve | None = None
    readings: tuple[LiveReading, ...] = field(default=())


MOST_WAITING = 6000
"""A minute at 100 Hz: a window that hangs for longer shows a gap and costs no more memory."""


def merged(old: LiveSamples, new: LiveSamples) -> LiveSamples:
    """Return what a reader that missed `old` should draw: the newest values, the curve without a hole.

    A curve is continued when `new` goes on where `old` ends; of another run or after a hole only
    the newer part is kept.
    """
    before, after = old.curve, new.curve
    if before is None or after is None:
        return new if before is None else replace(new, curve=before)
    waiting = len(before.left_daN)
    if before.run_id != after.run_id or before.first + waiting != after.first or waiting > MOST_WAITING:
        return new
    whole = replace(
        after,
        first=before.first,
        left_daN=before.left_daN + after.left_daN,
        right_daN=before.right_daN + after.right_daN,
    )
    return replace(new, curve=whole)
