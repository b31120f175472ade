"""How close things stand: at a desk with a mouse, under a cold thumb, on a wall; no Qt."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Density:
    """Factors and least sizes of one way of use; lengths in pixels at scale 1."""

    name: str
    text: float
    control_px: int
    """Height of what is pressed or filled in."""
    big_px: int
    """Height of the one next action."""
    gap_px: int
    """Distance between parts that belong together."""


DESK = Density("desk", 1.0, 28, 50, 8)
TOUCH = Density("touch", 1.15, 44, 64, 12)
"""At least 10 mm under a thumb in a glove at 110 pixels an inch."""
WALL_DENSITY = Density("wall", 1.0, 44, 64, 16)
DENSITIES = (DESK, TOUCH, WALL_DENSITY)
