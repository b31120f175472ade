"""The one stylesheet, built from the tokens for a palette, a scale and a density; no component styles itself.

Widgets say what they are by the dynamic properties `kind` (card, bar, chip …), `level` (a step of
the type scale), `tone` (a `Tone`) and `role` (primary, stop, large, bar, quiet): `restyle` sets them.
The rules stand in `sheets`, here they get their figures.
"""

from __future__ import annotations

from functools import lru_cache

from carcheck_desktop.ui.theme import fonts
from carcheck_desktop.ui.theme.density import DESK, Density
from carcheck_desktop.ui.theme.icons import icon_file
from carcheck_desktop.ui.theme.sheets.controls import BUTTONS, FIELDS, MARKS
from carcheck_desktop.ui.theme.sheets.forms import FORMS
from carcheck_desktop.ui.theme.sheets.grounds import ELEVATION, GROUNDS, SHADOW, SHAPES, TONES
from carcheck_desktop.ui.theme.sheets.lists import LISTS, POPUPS
from carcheck_desktop.ui.theme.tokens import (
    ELEVATIONS,
    PALETTES,
    RADIUS_L,
    RADIUS_M,
    RADIUS_S,
    SPACE_L,
    SPACE_M,
    SPACE_S,
    SPACE_XL,
    SPACE_XS,
    TYPE,
    Palette,
    Tone,
)

BUTTON_INSET, BIG_INSET, FIELD_INSET = (5, 13), (5, 21), (4, 9)
"""Border and padding together, upright and level, in pixels at scale 1."""


def stylesheet(palette: Palette, scale: float = 1.0, density: Density = DESK) -> str:
    """Return the stylesheet of a palette with all text and measures `scale` times as large."""
    return _made(palette.name, round(scale, 3), density)


@lru_cache(maxsize=16)
def _made(name: str, scale: float, density: Density) -> str:
    palette = PALETTES[name]
    values = _values(palette, scale, density)
    parts = [part.substitute(values) for part in (GROUNDS, BUTTONS, FIELDS, MARKS, FORMS, LISTS, POPUPS)]
    parts += _elevations(palette, values)
    for tone, colours in palette.tones.items():
        words = {"tone": tone.value, "ink": colours.ink, "soft": colours.soft, "line": colours.line}
        parts.append(TONES.substitute(words, edge=_edge(palette, colours.stroke, scale), stroke=colours.stroke))
    parts.append(SHAPES.substitute(values))
    return "".join(parts)


def _elevations(palette: Palette, values: dict[str, str]) -> list[str]:
    parts = []
    for kind, step in ELEVATIONS.items():
        colours = {"ground": getattr(palette, step.ground), "line": getattr(palette, step.border)}
        radius = values["radius_m" if kind == "sunken" else "radius_l"]
        parts.append(ELEVATION.substitute(colours, kind=kind, edge=values["edge"], radius=radius))
        if step.shadow_px:
            parts.append(SHADOW.substitute(kind=kind, depth=step.shadow_px, shadow=palette.shadow))
    return parts


def _edge(palette: Palette, stroke: str, scale: float) -> int:
    # two lines and the gap between them need three pixels
    least = 3 if stroke == "double" else palette.border_px
    return max(least, round(least * scale))


def _values(palette: Palette, scale: float, density: Density) -> dict[str, str]:
    values = {name: round(getattr(TYPE, name) * scale * density.text) for name in TYPE.__slots__}
    edges = _edges(palette, scale)
    values.update(edges)
    values.update(_measures(scale, density, edges["ring"]))
    texts = {name: str(value) for name, value in values.items()}
    texts.update({name: str(getattr(palette, name)) for name in palette.__slots__ if name != "tones"})
    texts.update(_pads(scale, edges))
    texts.update(_icons(palette))
    texts.update(
        family=fonts.family(),
        disabled=palette.tones[Tone.OFF].ink,
        bad=palette.tones[Tone.BAD].ink,
        bad_soft=palette.tones[Tone.BAD].soft,
        caution=palette.tones[Tone.CAUTION].ink,
        accent_ink=palette.tones[Tone.RUNNING].ink,
    )
    return texts


def _edges(palette: Palette, scale: float) -> dict[str, int]:
    """Return how thick lines are: plain ones, those of a fault or a doubt, rings of focus."""
    edge = max(palette.border_px, round(palette.border_px * scale))
    ring = max(palette.focus_px, round(palette.focus_px * scale))
    return {"edge": edge, "mark_edge": edge + 1 if edge < ring else edge, "ring": ring, "big_ring": ring + 1}


def _measures(scale: float, density: Density, ring: int) -> dict[str, int]:
    def px(size: float) -> int:
        return round(size * scale)

    mark, scroll = px(density.mark_px), px(density.scroll_px)
    return {
        "button": max(1, px(density.control_px) - 2 * px(BUTTON_INSET[0])),
        "field": max(1, px(density.control_px) - 2 * px(FIELD_INSET[0])),
        "big": max(1, px(density.big_px) - 2 * px(BIG_INSET[0])),
        "row": px(density.row_px),
        "mark": mark,
        "mark_line": max(1, px(density.control_px) - 2 * ring),
        "arrow": max(12, px(density.mark_px * 0.9)),
        "arrow_room": px(density.mark_px + 10),
        "scroll": scroll,
        "scroll_round": max(1, scroll // 2 - 1),
        "scroll_least": px(28 + density.scroll_px),
        **{f"radius_{name}": px(size) for name, size in (("s", RADIUS_S), ("m", RADIUS_M), ("l", RADIUS_L))},
        **{f"space_{name}": px(size) for name, size in _SPACES},
    }


_SPACES = (("xs", SPACE_XS), ("s", SPACE_S), ("m", SPACE_M), ("l", SPACE_L), ("xl", SPACE_XL))


def _pads(scale: float, edges: dict[str, int]) -> dict[str, str]:
    """Return paddings that leave a control as large as it was when its border grows."""

    def pad(inset: tuple[int, int], border: str) -> str:
        upright, level = (max(0, round(size * scale) - edges[border]) for size in inset)
        return f"{upright}px {level}px"

    return {
        "button_pad": pad(BUTTON_INSET, "edge"),
        "button_pad_focus": pad(BUTTON_INSET, "ring"),
        "big_pad": pad(BIG_INSET, "edge"),
        "big_pad_focus": pad(BIG_INSET, "big_ring"),
        "field_pad": pad(FIELD_INSET, "edge"),
        "field_pad_mark": pad(FIELD_INSET, "mark_edge"),
        "field_pad_focus": pad(FIELD_INSET, "ring"),
        "field_pad_big": pad(FIELD_INSET, "big_ring"),
    }


def _icons(palette: Palette) -> dict[str, str]:
    """Return the files of the icons that the style draws by itself."""
    ink, off = palette.text, palette.tones[Tone.OFF].ink
    files = {
        "icon_down": icon_file("chevron-down", ink),
        "icon_down_off": icon_file("chevron-down", off),
        "icon_check": icon_file("check", palette.text_on_accent),
        "icon_check_off": icon_file("check", off),
    }
    return {name: file.as_posix() for name, file in files.items()}
