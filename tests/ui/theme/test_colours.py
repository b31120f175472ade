"""Colours that everybody can read and tell apart, in every theme."""

from __future__ import annotations

import itertools
import re

import pytest

from carcheck_desktop.base.catalogues import ROOT
from carcheck_desktop.ui.theme.density import DENSITIES
from carcheck_desktop.ui.theme.stylesheet import stylesheet
from carcheck_desktop.ui.theme.tokens import (
    CONTRAST,
    LIGHT,
    PALETTES,
    TONE_ICON,
    WALL,
    Palette,
    Tone,
    contrast,
    text_pairs,
)

Matrix = tuple[tuple[float, float, float], ...]
# Machado, Oliveira and Fernandes 2009, severity 1.0: linear RGB as people without one kind of cones see it
BLIND: dict[str, Matrix] = {
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
JUDGED = (Tone.GOOD, Tone.BAD, Tone.CAUTION, Tone.RUNNING)
LEAST_DISTANCE = 10.0
"""In CIE Lab, four times what side by side is just seen; the icon beside it is the second sign."""
every_palette = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)


def linear(colour: str) -> list[float]:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]


def lab(colour: str, matrix: Matrix) -> tuple[float, float, float]:
    """Return CIE L*a*b* (D65) of a colour as seen through a matrix."""
    mixed = [sum(part * each for part, each in zip(row, linear(colour), strict=True)) for row in matrix]
    red, green, blue = (min(1.0, max(0.0, each)) for each in mixed)
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    roots = [each ** (1 / 3) if each > 0.008856 else 7.787 * each + 16 / 116 for each in (x, y, z)]
    return 116 * roots[1] - 16, 500 * (roots[0] - roots[1]), 200 * (roots[1] - roots[2])


def distance(one: str, other: str, matrix: Matrix) -> float:
    pairs = zip(lab(one, matrix), lab(other, matrix), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


def test_the_contrast_is_that_of_the_guideline() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@every_palette
def test_every_text_stands_out_from_its_ground(palette: Palette) -> None:
    ratios = {name: round(contrast(*pair), 2) for name, pair in text_pairs(palette).items()}
    assert {name: ratio for name, ratio in ratios.items() if ratio < palette.least_contrast} == {}


def test_the_wall_and_high_contrast_ask_for_more_than_a_desk() -> None:
    assert [palette.least_contrast for palette in (LIGHT, WALL, CONTRAST)] == [4.5, 7.0, 7.0]


@every_palette
def test_what_is_filled_in_and_what_has_the_focus_is_seen(palette: Palette) -> None:
    for ground in (palette.surface, palette.canvas):
        assert contrast(palette.focus, ground) >= 3
    assert contrast(palette.border_strong, palette.surface) >= 3
    for ground in (palette.accent, palette.stop):
        assert contrast(palette.focus_on_accent, ground) >= 3


@every_palette
@pytest.mark.parametrize("blindness", BLIND)
def test_states_differ_for_people_who_do_not_see_all_colours(palette: Palette, blindness: str) -> None:
    near = {
        (one.value, other.value): round(away, 1)
        for one, other in itertools.combinations(JUDGED, 2)
        if (away := distance(palette.tones[one].ink, palette.tones[other].ink, BLIND[blindness])) < LEAST_DISTANCE
    }
    assert near == {}


@every_palette
@pytest.mark.parametrize("blindness", BLIND)
def test_both_wheels_differ_for_people_who_do_not_see_all_colours(palette: Palette, blindness: str) -> None:
    assert distance(palette.curve_left, palette.curve_right, BLIND[blindness]) > 60


def test_without_any_colour_every_tone_has_its_own_sign() -> None:
    """In grey several inks are alike; what is left is the icon, and in high contrast the kind of border."""
    assert len(set(TONE_ICON.values())) == len(Tone)
    strokes = {CONTRAST.tones[tone].stroke for tone in (Tone.GOOD, Tone.BAD, Tone.CAUTION, Tone.OFF)}
    assert len(strokes) == 4


@every_palette
def test_every_tone_has_colours(palette: Palette) -> None:
    assert set(palette.tones) == set(Tone)


@every_palette
def test_the_stylesheet_leaves_no_token_open_and_has_no_colour_of_its_own(palette: Palette) -> None:
    known = {str(getattr(palette, name)) for name in palette.__slots__}
    known |= {colour for each in palette.tones.values() for colour in (each.ink, each.soft, each.line)}
    for density in DENSITIES:
        made = stylesheet(palette, 1.2, density)
        assert not re.findall(r"\$\w+|\$\{", made)
        assert set(re.findall(r"#[0-9a-f]{6}\b", made)) <= known


def test_no_colour_is_written_outside_the_tokens() -> None:
    """Black and white are no colours: a code for a telephone is printed in them in every theme."""
    windows = ROOT / "carcheck_desktop" / "ui"
    written = [
        f"{path.relative_to(windows)}: {colour}"
        for path in windows.rglob("*.py")
        if "tokens" not in path.parts
        for colour in re.findall(r"#[0-9a-fA-F]{6}\b", path.read_text(encoding="utf-8"))
        if colour not in ("#000000", "#ffffff")
    ]
    assert written == []
