"""How far a ground stands out: its colour, its border and the edge of a shadow below.

The shadow is a lower border, one line more to draw. A blurred one (QGraphicsDropShadowEffect)
would paint everything above it through a picture of its own each time a figure changes.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Elevation:
    """One step: the palette's tokens for ground and border, and the shadow's depth in pixels at scale 1."""

    ground: str
    border: str
    shadow_px: int = 0


ELEVATIONS: dict[str, Elevation] = {
    "sunken": Elevation("sunken", "border"),
    "card": Elevation("surface", "border"),
    "raised": Elevation("raised", "border", 2),
    "overlay": Elevation("raised", "border_strong", 4),
}
"""By the `kind` of a panel: a place to put things, a card, what can be picked up, what lies over the window."""
