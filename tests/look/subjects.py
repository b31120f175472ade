"""The register of what is looked at: each window in its situations, each page of the gallery.

A new window is one more line in `SUBJECTS`: its situations are functions of a language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from PySide6.QtWidgets import QWidget

from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.gallery.page import Page
from carcheck_desktop.ui.gallery.pages import PAGES
from carcheck_desktop.ui.theme import tokens
from carcheck_desktop.ui.theme.density import DENSITIES
from carcheck_desktop.ui.theme.look import Look, look_of, wear
from carcheck_desktop.ui.theme.tokens import Palette
from tests.look.cases import LANGUAGES, LEVEL, SIZES, UPRIGHT, Case
from tests.ui import (
    counter_scenes,
    keys_scenes,
    pay_scenes,
    pickup_scenes,
    scenes,
    signing_scenes,
    verdict_scenes,
    visit_scenes,
)
from tests.ui.hall_scenes import HALL

PALETTES = {palette.name: palette for palette in vars(tokens).values() if isinstance(palette, Palette)}
ALL_THEMES = tuple(PALETTES)
DENSITY = {density.name: density for density in DENSITIES}
DESK_TEXT_PX = 11.0
WALL_TEXT_SHARE = 1 / 45
"""Of the shorter side of a wall: 24 pixels at 1080, what is no plate and no instruction."""


@dataclass(frozen=True)
class Subject:
    """One situation of one window, or one page."""

    name: str
    open: Callable[[str], QWidget]
    settle: Callable[[QWidget], None]
    sizes: tuple[str, ...] = LEVEL
    themes: tuple[str, ...] = ALL_THEMES
    densities: tuple[str, ...] = ("",)
    """Empty: the window chooses by itself."""
    is_page: bool = False
    text_share: float = 0.0

    def cases(self) -> list[Case]:
        """Return every combination that is valid."""
        return [
            Case(self.name, language, size, theme, density)
            for language in LANGUAGES
            for size in self.sizes
            for theme in self.themes
            for density in self.densities
        ]

    def least_text_px(self, case: Case) -> float:
        """Return the smallest text that is allowed, in logical pixels."""
        return max(DESK_TEXT_PX, min(SIZES[case.size].logical) * self.text_share)


def dress(window: QWidget, case: Case) -> None:
    """Let a window wear the case's theme, and its density where the case has one."""
    look = replace(look_of(window), palette=PALETTES[case.theme])
    wear(window, replace(look, density=DENSITY[case.density]) if case.density else look)


def _page_opener(page: Page) -> Callable[[str], QWidget]:
    def opened(language: str) -> QWidget:
        widget = page.build(Words(Catalogue(language)))
        widget.setObjectName(widget.objectName() or f"page_{page.key}")
        wear(widget, Look())
        return widget

    return opened


def _windows(
    situations: Mapping[str, Callable[[str], QWidget]], prefix: str
) -> list[tuple[str, Callable[[str], QWidget]]]:
    return [(name if name.startswith(prefix) else f"{prefix}_{name}", make) for name, make in situations.items()]


def _made() -> list[Subject]:
    settle = scenes.settle
    subjects = [
        Subject(name, make, settle, themes=("light", "contrast"))
        for name, make in _windows(scenes.CONTROL | verdict_scenes.EXPLAINED, "control")
    ]
    subjects += [
        Subject(name, make, counter_scenes.settle, themes=("light", "contrast"))
        for name, make in _windows(counter_scenes.COUNTER | pay_scenes.PAYING | visit_scenes.VISITING, "counter")
    ]
    subjects += [
        Subject(name, make, signing_scenes.settle, themes=("light", "contrast"))
        for name, make in _windows(signing_scenes.SIGNING | verdict_scenes.EXPLAINED_TO_SIGNER, "signing")
    ]
    subjects += [
        Subject(name, make, pickup_scenes.settle, themes=("light", "contrast"))
        for name, make in _windows(pickup_scenes.PICKUP, "pickup")
    ]
    subjects += [
        Subject(name, make, keys_scenes.settle, themes=("light", "contrast"), densities=("touch", "desk"))
        for name, make in _windows(keys_scenes.KEYS, "keys")
    ]
    subjects += [
        Subject(name, make, settle, LEVEL + UPRIGHT, ("wall",), text_share=WALL_TEXT_SHARE)
        for name, make in _windows(HALL, "hall")
    ]
    subjects += [
        Subject(f"gallery_{page.key}", _page_opener(page), settle, densities=tuple(DENSITY), is_page=True)
        for page in PAGES
    ]
    known = set(PALETTES)
    return [replace(each, themes=tuple(theme for theme in each.themes if theme in known)) for each in subjects]


@cache
def subjects() -> dict[str, Subject]:
    """Return everything that is looked at, by name."""
    return {subject.name: subject for subject in _made()}


def all_cases() -> list[Case]:
    """Return every valid case."""
    return [case for subject in subjects().values() for case in subject.cases()]
