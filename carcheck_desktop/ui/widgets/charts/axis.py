"""Axes: round steps, texts of ticks, ranges that grow in jumps, places of values in pixels; pure, no Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass

STEPS = (1.0, 2.0, 5.0, 10.0)
"""What a round step may begin with."""
MOST_TICKS = 200
SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class Scale:
    """A range of values (`low` < `high`) along a line of `pixels`; a value outside lies outside the line."""

    low: float
    high: float
    pixels: float

    def at(self, value: float) -> float:
        """Return how many pixels from the line's beginning a value lies."""
        return (value - self.low) / (self.high - self.low) * self.pixels

    def clamped(self, value: float) -> float:
        """Return the place of a value, at the nearer end when it is out of range."""
        return min(max(self.at(value), 0.0), self.pixels)


def round_step(span: float, most: int) -> float:
    """Return the smallest round step that divides `span` (> 0) into at most `most` parts."""
    rough = span / max(1, most)
    power = 10.0 ** math.floor(math.log10(rough))
    return next((power * step for step in STEPS if power * step >= rough * (1 - SLACK)), power * 10)


def ticks(low: float, high: float, most: int) -> tuple[float, ...]:
    """Return round values from `low` to `high`, both included where they are round; at most `most` + 1 of them."""
    if not high > low:
        return ()
    step = round_step(high - low, min(most, MOST_TICKS))
    first = math.ceil(low / step - SLACK)
    last = math.floor(high / step + SLACK)
    return tuple(number * step for number in range(first, last + 1))


def tick_text(value: float, step: float) -> str:
    """Return a tick's value with as many decimals as its step has, with a real minus."""
    decimals = next((n for n in range(9) if abs(step * 10**n - round(step * 10**n)) < SLACK * 10**n * 10), 9)
    text = f"{abs(value):.{decimals}f}"
    return f"−{text}" if value < 0 and float(text) != 0 else text


def grown(value: float, least: float) -> float:
    """Return the end of a range that holds `value`: it grows in jumps of a quarter, so that the picture stands still."""
    end = least
    while end < value:
        end *= 1.25
    return end
