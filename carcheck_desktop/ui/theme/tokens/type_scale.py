"""The steps of the type scale, and how large they look from where people stand."""

from __future__ import annotations

import math
from dataclasses import dataclass

WALL_SCREEN = (1920, 1080)
"""The screen for which the wall's sizes are said, lying; standing it is turned."""


@dataclass(frozen=True, slots=True)
class TypeScale:
    """Text sizes in pixels at scale 1; those of the wall are parts of a screen 1080 pixels high."""

    caption: int = 12
    body: int = 14
    strong: int = 16
    title: int = 20
    headline: int = 28
    figure: int = 30
    prompt: int = 34
    wall_caption: int = 32
    """3.0 % of the height."""
    wall_body: int = 38
    """3.5 %."""
    wall_title: int = 46
    """4.3 %."""
    wall_strong: int = 48
    """4.4 %: what a car's row says first."""
    wall_clock: int = 64
    """5.9 %."""


TYPE = TypeScale()


def wall_scale(width_px: float, height_px: float) -> float:
    """Return how much larger than designed everything on a wall is drawn, so that it keeps its part of the screen."""
    long, short = max(width_px, height_px), min(width_px, height_px)
    return min(long / WALL_SCREEN[0], short / WALL_SCREEN[1])


def arc_minutes(size_px: float, screen_height_px: int, diagonal_inch: float, distance_m: float) -> float:
    """Return under which angle a size on a lying 16:9 screen is seen; 12 minutes and more read well."""
    height_mm = diagonal_inch * 25.4 * 9 / math.hypot(16, 9)
    size_mm = size_px * height_mm / screen_height_px
    return math.degrees(2 * math.atan(size_mm / 2 / (distance_m * 1000))) * 60
