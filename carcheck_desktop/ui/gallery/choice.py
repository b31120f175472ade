"""What is chosen at the top of the gallery, and what there is to choose from; no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field

from carcheck_desktop.base.catalogues import LANGUAGES, PSEUDO
from carcheck_desktop.ui.theme.density import DENSITIES, DESK, Density
from carcheck_desktop.ui.theme.look import Look
from carcheck_desktop.ui.theme.tokens import LIGHT, LIVELY, PALETTES, STILL, Motion, Palette

SCALES = (1.0, 1.25, 1.5, 2.0)
ALL_LANGUAGES = (*LANGUAGES, PSEUDO)
DENSITY_BY_NAME = {density.name: density for density in DENSITIES}
MOTIONS = {"lively": LIVELY, "still": STILL}
OPTIONS: dict[str, tuple[str, ...]] = {
    "language": ALL_LANGUAGES,
    "theme": tuple(PALETTES),
    "density": tuple(DENSITY_BY_NAME),
    "scale": tuple(f"{scale:.0%}" for scale in SCALES),
    "motion": tuple(MOTIONS),
}
"""The switches with the keys of their values, in the order in which they stand."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Language, theme, density, scale and motion of everything that is shown."""

    language: str = LANGUAGES[0]
    palette: Palette = field(default=LIGHT)
    density: Density = field(default=DESK)
    scale: float = 1.0
    motion: Motion = field(default=LIVELY)

    @property
    def look(self) -> Look:
        """The look of the window."""
        return Look(self.palette, self.density, self.scale, self.motion)

    @property
    def keys(self) -> dict[str, str]:
        """What the switches stand at."""
        return {
            "language": self.language,
            "theme": self.palette.name,
            "density": self.density.name,
            "scale": f"{self.scale:.0%}",
            "motion": next(name for name, motion in MOTIONS.items() if motion == self.motion),
        }


def choice_of(keys: dict[str, str]) -> Choice:
    """Return what the switches stand at; every key of `OPTIONS` has one of its values."""
    scale = SCALES[OPTIONS["scale"].index(keys["scale"])]
    motion = MOTIONS[keys["motion"]]
    return Choice(keys["language"], PALETTES[keys["theme"]], DENSITY_BY_NAME[keys["density"]], scale, motion)
