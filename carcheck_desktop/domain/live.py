"""Live samples and readings for the screen: newest wins, never stored, never judged."""

from __future__ import annotations

from dataclasses import dataclass, field

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
