"""The design tokens: colours, measures, type, elevation and motion; no Qt."""

from carcheck_desktop.ui.theme.tokens.colour import (
    TONE_ICON,
    Palette,
    Tone,
    ToneColours,
    contrast,
    text_pairs,
)
from carcheck_desktop.ui.theme.tokens.elevation import ELEVATIONS, Elevation
from carcheck_desktop.ui.theme.tokens.measures import (
    RADIUS_L,
    RADIUS_M,
    RADIUS_S,
    SPACE_L,
    SPACE_M,
    SPACE_S,
    SPACE_XL,
    SPACE_XS,
)
from carcheck_desktop.ui.theme.tokens.motion import LIVELY, STILL, Motion
from carcheck_desktop.ui.theme.tokens.palettes import CONTRAST, LIGHT, PALETTES, WALL
from carcheck_desktop.ui.theme.tokens.plates import OTHER_PLATE, PLATE_COLOURS, PlateColours
from carcheck_desktop.ui.theme.tokens.type_scale import TYPE, WALL_SCREEN, TypeScale, arc_minutes, wall_scale

__all__ = [
    "CONTRAST",
    "ELEVATIONS",
    "LIGHT",
    "LIVELY",
    "OTHER_PLATE",
    "PALETTES",
    "PLATE_COLOURS",
    "RADIUS_L",
    "RADIUS_M",
    "RADIUS_S",
    "SPACE_L",
    "SPACE_M",
    "SPACE_S",
    "SPACE_XL",
    "SPACE_XS",
    "STILL",
    "TONE_ICON",
    "TYPE",
    "WALL",
    "WALL_SCREEN",
    "Elevation",
    "Motion",
    "Palette",
    "PlateColours",
    "Tone",
    "ToneColours",
    "TypeScale",
    "arc_minutes",
    "contrast",
    "text_pairs",
    "wall_scale",
]
