"""Distances and corners in pixels at scale 1; what differs between desk and thumb is in `theme.density`."""

from __future__ import annotations

SPACE_XS, SPACE_S, SPACE_M, SPACE_L, SPACE_XL = 4, 8, 12, 16, 24
RADIUS_S, RADIUS_M, RADIUS_L = 4, 8, 12
