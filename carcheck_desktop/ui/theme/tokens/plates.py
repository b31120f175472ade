"""The colours of number plates as they are on the road (GA 36-2018), the same in every theme."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlateColours:
    """Two grounds and the ink; `is_split` ones change at the side of the first two characters, others run downwards."""

    first: str
    second: str
    ink: str
    is_split: bool = False


_YELLOW = PlateColours("#f5b800", "#f5b800", "#10151a")
_BLUE = PlateColours("#1a4fa3", "#1a4fa3", "#ffffff")
_BLACK = PlateColours("#15181c", "#15181c", "#ffffff")
_GREEN = PlateColours("#14602e", "#14602e", "#ffffff")
OTHER_PLATE = PlateColours("#ffffff", "#ffffff", "#10151a")
"""White: police, armed forces, temporary ones, and kinds that nobody knows."""

PLATE_COLOURS: dict[str, PlateColours] = {
    **dict.fromkeys(("01", "07", "13", "15", "16", "17"), _YELLOW),
    **dict.fromkeys(("02", "08"), _BLUE),
    **dict.fromkeys(("03", "04", "05", "06", "09", "10", "11", "12", "26", "27"), _BLACK),
    "14": _GREEN,
    "51": PlateColours("#f5c518", "#57b56c", "#10151a", is_split=True),
    "52": PlateColours("#eef7ef", "#5fbf78", "#10151a"),
}
"""By the kind of plate (GA/T 16.7)."""
