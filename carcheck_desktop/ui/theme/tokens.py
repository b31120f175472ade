"""The design tokens: colours of both themes, type scale, spacing and radii; no Qt.

State colours are told apart by lightness and by the blue-orange axis, which people with red-green
weakness keep; a state is never shown by colour alone, an icon and a word stand beside it.
Contrast of text on its ground is at least 4.5:1, on the wall 7:1 (tests/ui/test_tokens.py).
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


@dataclass(frozen=True, slots=True)
class Palette:
    """All colours of a theme, as #rrggbb."""

    name: str
    canvas: str
    surface: str
    sunken: str
    raised: str
    border: str
    border_strong: str
    text: str
    text_muted: str
    text_on_accent: str
    accent: str
    accent_hover: str
    accent_pressed: str
    accent_soft: str
    focus: str
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


LIGHT = Palette(
    name="light",
    canvas="#e9edf2",
    surface="#ffffff",
    sunken="#f3f5f8",
    raised="#ffffff",
    border="#d5dce4",
    border_strong="#aab6c3",
    text="#15202b",
    text_muted="#52606f",
    text_on_accent="#ffffff",
    accent="#0b5fb5",
    accent_hover="#0a549f",
    accent_pressed="#084684",
    accent_soft="#e3eefa",
    focus="#0b5fb5",
    stop="#c1121f",
    stop_hover="#a90f1a",
    stop_pressed="#8b0b14",
    on_stop="#ffffff",
    training="#ffd23f",
    training_ink="#3a2b00",
    bar="#14273b",
    bar_text="#ffffff",
    bar_muted="#b4c3d3",
    bar_hover="#24405c",
    curve_left="#0072b2",
    curve_right="#c65300",
    curve_sum="#15202b",
    curve_limit="#7a1fa2",
    tones={
        Tone.NEUTRAL: ToneColours("#44515f", "#eef1f5", "#c5ced8"),
        Tone.RUNNING: ToneColours("#0b5fb5", "#e3eefa", "#8bb8e6"),
        Tone.GOOD: ToneColours("#00695c", "#dff3ef", "#7cc4b8"),
        Tone.BAD: ToneColours("#b4123e", "#fde8ec", "#eda0b0"),
        Tone.CAUTION: ToneColours("#7a4d00", "#fff1d1", "#e5bd62"),
        Tone.OFF: ToneColours("#5a6673", "#e6eaee", "#c0c8d1"),
        Tone.ALARM: ToneColours("#ffffff", "#b1001c", "#6f0011"),
    },
)

WALL = Palette(
    name="wall",
    canvas="#071523",
    surface="#0f2236",
    sunken="#0b1b2c",
    raised="#17304a",
    border="#274058",
    border_strong="#47637f",
    text="#ffffff",
    text_muted="#b9c9d9",
    text_on_accent="#071523",
    accent="#7cc0ff",
    accent_hover="#9bd0ff",
    accent_pressed="#5aa9ee",
    accent_soft="#17304a",
    focus="#7cc0ff",
    stop="#ff6b5e",
    stop_hover="#ff8378",
    stop_pressed="#e85a4e",
    on_stop="#071523",
    training="#ffd23f",
    training_ink="#2b2000",
    bar="#0b1b2c",
    bar_text="#ffffff",
    bar_muted="#b9c9d9",
    bar_hover="#17304a",
    curve_left="#56b4e9",
    curve_right="#f0a050",
    curve_sum="#ffffff",
    curve_limit="#e0a8ff",
    tones={
        Tone.NEUTRAL: ToneColours("#d3deea", "#17304a", "#34506c"),
        Tone.RUNNING: ToneColours("#8fcbff", "#0f3457", "#3f7fb8"),
        Tone.GOOD: ToneColours("#66e0cb", "#0c3d3c", "#2b8377"),
        Tone.BAD: ToneColours("#ffb0a4", "#4d1d20", "#a9524c"),
        Tone.CAUTION: ToneColours("#ffd774", "#473407", "#a37f28"),
        Tone.OFF: ToneColours("#b9c6d3", "#1b2b3b", "#3a4c5e"),
        Tone.ALARM: ToneColours("#ffffff", "#a8001a", "#ff6b5e"),
    },
)


@dataclass(frozen=True, slots=True)
class TypeScale:
    """Text sizes in pixels at scale 1."""

    caption: int = 12
    body: int = 14
    strong: int = 16
    title: int = 20
    headline: int = 28
    prompt: int = 34
    figure: int = 30
    wall_caption: int = 32
    wall_body: int = 38
    wall_strong: int = 48
    wall_title: int = 46
    wall_clock: int = 64


TYPE = TypeScale()
SPACE_XS, SPACE_S, SPACE_M, SPACE_L, SPACE_XL = 4, 8, 12, 16, 24
RADIUS_S, RADIUS_M, RADIUS_L = 4, 8, 12

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
