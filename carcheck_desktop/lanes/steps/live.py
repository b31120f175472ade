"""Live samples of one lane for the screen: at most 25 messages a second, never judged, never stored."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from carcheck_desktop.domain.live import LiveCurve, LiveReading, LiveSamples

if TYPE_CHECKING:
    from carcheck_desktop.base.clock import Clock
    from carcheck_desktop.domain.ports import SampleSink

TICK_S = 0.04
"""Real seconds between two messages."""


class LivePublisher:
    """Collects what a step sees and hands it on in ticks; samples of one curve are joined, not dropped."""

    def __init__(self, lane: str, clock: Clock, sink: SampleSink) -> None:
        self._lane = lane
        self._clock = clock
        self._sink = sink
        self._next_s = float("-inf")
        self._curve: LiveCurve | None = None

    def curve(self, curve: LiveCurve) -> None:
        """Show more samples of a running curve."""
        waiting = self._curve
        if waiting is not None and waiting.run_id == curve.run_id:
            curve = replace(
                waiting, left_daN=waiting.left_daN + curve.left_daN, right_daN=waiting.right_daN + curve.right_daN
            )
        self._curve = curve
        self._tick(())

    def readings(self, *readings: LiveReading) -> None:
        """Show slow values; the newest of a tick win."""
        self._tick(readings)

    def flush(self) -> None:
        """Show what is still waiting."""
        self._next_s = float("-inf")
        if self._curve is not None:
            self._tick(())

    def _tick(self, readings: tuple[LiveReading, ...]) -> None:
        now_s = self._clock.monotonic()
        if now_s < self._next_s:
            return
        self._next_s = now_s + TICK_S * self._clock.speed
        curve, self._curve = self._curve, None
        self._sink.publish((LiveSamples(self._lane, now_s, curve, readings),))
