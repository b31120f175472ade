"""How close things stand: at a desk with a mouse, under a cold thumb, on a wall; no Qt."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Density:
    """Factors and least sizes of one way of use; lengths in pixels at scale 1, borders and padding within."""

    name: str
    text: float
    control_px: int
    """Height of what is pressed or filled in."""
    big_px: int
    """Height of the one next action."""
    row_px: int
    """Height of a row in a table or a list of choices."""
    mark_px: int
    """Side of a check mark, a radio button, an arrow that is pressed."""
    scroll_px: int
    """Width of a scroll bar."""
    gap_px: int
    """Distance between parts that belong together."""


DESK = Density("desk", 1.0, control_px=36, big_px=58, row_px=32, mark_px=18, scroll_px=10, gap_px=8)
TOUCH = Density("touch", 1.15, control_px=48, big_px=68, row_px=48, mark_px=28, scroll_px=18, gap_px=12)
"""Targets of 44 pixels and more: 10 mm under a thumb in a glove at 110 pixels an inch."""
WALL_DENSITY = Density("wall", 1.0, control_px=48, big_px=68, row_px=56, mark_px=28, scroll_px=10, gap_px=16)
DENSITIES = (DESK, TOUCH, WALL_DENSITY)
