"""Colours that everybody can read and tell apart, and icons that exist."""

from __future__ import annotations

import itertools
import re

import pytest

from carcheck_desktop.ui.theme import icons
from carcheck_desktop.ui.theme.stylesheet import stylesheet
from carcheck_desktop.ui.theme.tokens import LIGHT, TONE_ICON, WALL, Palette, Tone, contrast

# Machado, Oliveira and Fernandes 2009, severity 1.0: linear RGB as people without green or red cones see it
BLIND = {
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
}


def seen(colour: str, matrix: tuple[tuple[float, ...], ...]) -> tuple[float, ...]:
    channels = [(int(colour[at : at + 2], 16) / 255) ** 2.2 for at in (1, 3, 5)]
    mixed = (sum(part * channel for part, channel in zip(row, channels, strict=True)) for row in matrix)
    return tuple(max(0.0, each) ** (1 / 2.2) for each in mixed)


@pytest.mark.parametrize(("palette", "least"), [(LIGHT, 4.5), (WALL, 7.0)], ids=["desk", "wall"])
def test_text_stands_out_from_its_ground(palette: Palette, least: float) -> None:
    pairs = [(palette.text, ground) for ground in (palette.canvas, palette.surface, palette.sunken)]
    pairs += [(palette.text_muted, ground) for ground in (palette.canvas, palette.surface)]
    pairs += [(palette.bar_text, palette.bar), (palette.bar_muted, palette.bar)]
    pairs += [(palette.training_ink, palette.training), (palette.text_on_accent, palette.accent)]
    pairs += [(colours.ink, colours.soft) for colours in palette.tones.values()]
    if palette is LIGHT:
        pairs += [("#ffffff", palette.stop), ("#ffffff", palette.stop_pressed)]
        pairs += [(colours.ink, palette.surface) for tone, colours in palette.tones.items() if tone is not Tone.ALARM]
        pairs += [(line, palette.surface) for line in (palette.curve_left, palette.curve_limit)]
    weak = {(ink, ground): round(contrast(ink, ground), 2) for ink, ground in pairs if contrast(ink, ground) < least}
    assert not weak


@pytest.mark.parametrize("blindness", BLIND)
def test_states_differ_for_people_who_see_no_red_or_green(blindness: str) -> None:
    judged = (Tone.GOOD, Tone.BAD, Tone.CAUTION, Tone.RUNNING)
    for one, other in itertools.combinations(judged, 2):
        inks = (seen(LIGHT.tones[tone].ink, BLIND[blindness]) for tone in (one, other))
        distance = sum((a - b) ** 2 for a, b in zip(*inks, strict=True)) ** 0.5
        assert distance > 0.12, (one, other)


def test_both_wheels_differ_for_people_who_see_no_red_or_green() -> None:
    for matrix in BLIND.values():
        left, right = (seen(colour, matrix) for colour in (LIGHT.curve_left, LIGHT.curve_right))
        assert sum((a - b) ** 2 for a, b in zip(left, right, strict=True)) ** 0.5 > 0.3


def test_every_tone_has_colours_and_an_icon_that_exists() -> None:
    for tone in Tone:
        assert tone in LIGHT.tones
        assert tone in WALL.tones
        assert (icons.FOLDER / f"{TONE_ICON[tone]}.svg").exists()


def test_the_stylesheet_leaves_no_token_open() -> None:
    for palette in (LIGHT, WALL):
        assert not re.findall(r"\$\w+|\$\{", stylesheet(palette, 1.2))
