"""The samples of a run as a window saw them, by number; for drawing only, no Qt."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from carcheck_desktop.domain.live import LiveCurve


class Samples:
    """The forces of one run by sample number, as far as they came."""

    def __init__(self) -> None:
        self.interval_ms = 10
        self.left_daN: list[float] = []
        self.right_daN: list[float] = []

    def add(self, curve: LiveCurve) -> None:
        """Put a batch in its place; batches that were overtaken leave gaps."""
        self.interval_ms = curve.interval_ms
        start = max(0, curve.first - 1)
        for kept, fresh in ((self.left_daN, curve.left_daN), (self.right_daN, curve.right_daN)):
            kept.extend([math.nan] * (start + len(fresh) - len(kept)))
            kept[start : start + len(fresh)] = [float(force) for force in fresh]

    def sum_daN(self) -> list[float]:
        """Return left plus right sample by sample, for drawing only."""
        return [left + right for left, right in zip(self.left_daN, self.right_daN, strict=True)]

    def seconds(self) -> list[float]:
        """Return the time of each sample from the first."""
        return [number * self.interval_ms / 1000 for number in range(len(self.left_daN))]

    def newest(self) -> tuple[float, float] | None:
        """Return the last forces that arrived."""
        if not self.left_daN or math.isnan(self.left_daN[-1]):
            return None
        return self.left_daN[-1], self.right_daN[-1]

    def top_sum(self) -> float | None:
        """Return the greatest sum so far, None before the first sample."""
        real = [force for force in self.sum_daN() if not math.isnan(force)]
        return max(real) if real else None
