"""What a palette consists of, and how its contrast is reckoned; the values live in `palettes`.

State colours are told apart by lightness and by the blue-orange axis, which people with red-green
weakness keep; a state is never shown by colour alone, an icon and a word stand beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """How a thing stands: what every component colours, names and draws an icon by."""

    NEUTRAL = "neutral"
    RUNNING = "running"
    GOOD = "good"
    BAD = "bad"
    CAUTION = "caution"
    OFF = "off"
    ALARM = "alarm"
    """Somebody may be hurt: a dark red ground with white words, only for banners and prompts."""


@dataclass(frozen=True, slots=True)
class ToneColours:
    """One tone: `ink` for text and icon, `soft` as the ground under it, `line` for its border."""

    ink: str
    soft: str
    line: str
    stroke: str = "solid"
    """How the border is drawn (solid, dashed, dotted, double), so that a state shows without any colour."""


@dataclass(frozen=True, slots=True)
class Palette:
    """All colours of a theme, as #rrggbb, and how thick its lines are in pixels at scale 1."""

    name: str
    least_contrast: float
    """What every text keeps to its ground (WCAG 2.1, 1 to 21)."""
    canvas: str
    surface: str
    sunken: str
    raised: str
    border: str
    border_strong: str
    shadow: str
    text: str
    text_muted: str
    text_on_accent: str
    accent: str
    accent_hover: str
    accent_pressed: str
    accent_soft: str
    focus: str
    focus_soft: str
    """The ground of what has the focus."""
    focus_on_accent: str
    """The ring on the ground of the next action and of the stop."""
    stop: str
    stop_hover: str
    stop_pressed: str
    on_stop: str
    training: str
    training_ink: str
    bar: str
    bar_text: str
    bar_muted: str
    bar_hover: str
    curve_left: str
    curve_right: str
    curve_sum: str
    curve_limit: str
    tones: dict[Tone, ToneColours]
    border_px: int = 1
    focus_px: int = 2


TONE_ICON: dict[Tone, str] = {
    Tone.NEUTRAL: "circle-dashed",
    Tone.RUNNING: "circle-dot",
    Tone.GOOD: "circle-check",
    Tone.BAD: "circle-x",
    Tone.CAUTION: "triangle-alert",
    Tone.OFF: "unplug",
    Tone.ALARM: "octagon-x",
}
"""The icon of a tone where nothing says it better."""


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two #rrggbb colours (WCAG 2.1, 1 to 21)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def text_pairs(palette: Palette) -> dict[str, tuple[str, str]]:
    """Return every pair of ink and ground in which the stylesheet and the components set text, by its name."""
    grounds = ("canvas", "surface", "sunken", "raised", "accent_soft", "focus_soft")
    names = [(ink, ground) for ground in grounds for ink in ("text", "text_muted")]
    names += [("text_on_accent", ground) for ground in ("accent", "accent_hover", "accent_pressed")]
    names += [("on_stop", ground) for ground in ("stop", "stop_hover", "stop_pressed")]
    names += [("bar_text", "bar"), ("bar_muted", "bar"), ("bar_text", "bar_hover"), ("training_ink", "training")]
    names += [(curve, "surface") for curve in ("curve_left", "curve_right", "curve_sum", "curve_limit")]
    pairs = {f"{ink} / {ground}": (getattr(palette, ink), getattr(palette, ground)) for ink, ground in names}
    for tone, colours in palette.tones.items():
        pairs[f"{tone.value} / {tone.value}"] = (colours.ink, colours.soft)
        if tone is not Tone.ALARM:
            free = {f"{tone.value} / {ground}": (colours.ink, getattr(palette, ground)) for ground in grounds[:4]}
            pairs.update(free)
    return pairs
