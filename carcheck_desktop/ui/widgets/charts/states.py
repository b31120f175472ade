"""States of curves, gauges and time ranges; no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.data.states import Phase

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class LineState:
    """One line of a curve: its column in the trace, its word, and how it is drawn (`ink` names a token)."""

    key: str
    label: str
    ink: str
    dashed: bool = False
    width_px: float = 2.0
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class LimitState:
    """A level that a line is held against: to be reached (`is_most` False) or not to be passed (True)."""

    value: float
    words: str = ""
    line: str = ""
    is_most: bool = False


@dataclass(frozen=True, slots=True)
class MomentState:
    """A moment of a run that matters: wheels locked, end of the measurement."""

    at_s: float
    words: str
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True, slots=True)
class PlotState:
    """What is to be drawn: lines, limits, moments; a note instead while `phase` says so and nothing has come."""

    title: str
    unit: str
    lines: tuple[LineState, ...]
    x_words: str = ""
    y_words: str = ""
    limits: tuple[LimitState, ...] = ()
    moments: tuple[MomentState, ...] = ()
    top_of: str = ""
    """The line whose greatest value is marked and whose figure is the large one."""
    least_top: float = 100.0
    least_span_s: float = 8.0
    is_running: bool = False
    phase: Phase = Phase.EMPTY
    note: str = ""


@dataclass(frozen=True, slots=True)
class CurveState:
    """Which brake curve is to be drawn, and the demanded sum of both wheels in daN, None where none is."""

    run_id: str
    title: str
    demanded_sum_daN: float | None
    is_running: bool
    empty: str
    moments: tuple[MomentState, ...] = ()
    phase: Phase = Phase.EMPTY


@dataclass(frozen=True, slots=True)
class BoundState:
    """A limit drawn into a gauge: a value that should not be fallen below, or not be passed."""

    value: float
    words: str
    is_most: bool = False


@dataclass(frozen=True, slots=True)
class GaugeState:
    """A value in its range; `target` is the band it should lie in, `value` None while there is none.

    `text` is the value as people read it (the figure that counts is never made from a float here).
    """

    label: str
    text: str
    unit: str
    value: float | None
    low: float
    high: float
    bounds: tuple[BoundState, ...] = ()
    target: tuple[float, float] | None = None
    tone: Tone = Tone.NEUTRAL
    phase: Phase = Phase.READY
    note: str = ""


def limit_bar(value: float, limit: float, tone: Tone, words: str, *, is_most: bool) -> GaugeState:
    """Return a value against its limit as a bar from zero on that has room for both; only to be looked at."""
    high = max(abs(value), abs(limit), 1e-9) * 1.25
    low = min(0.0, value, limit) * 1.25
    return GaugeState("", "", "", value, low, high, (BoundState(limit, words, is_most=is_most),), tone=tone)


@dataclass(frozen=True, slots=True)
class TimeRangeState:
    """When something will be done, honestly: from … to, what it is called, and why it is late.

    `label` is what people read (about 10:20 to 10:35); the three times place the band. `now` and
    both ends are moments of the station's clock; the axis runs from `begin` to `end`.
    """

    label: str
    begin: datetime | None = None
    end: datetime | None = None
    earliest: datetime | None = None
    latest: datetime | None = None
    now: datetime | None = None
    begin_words: str = ""
    end_words: str = ""
    now_words: str = ""
    late: str = ""
    phase: Phase = Phase.READY
    note: str = ""
