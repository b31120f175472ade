"""Texts that fit their place: smaller before they are broken into lines, broken before anything is left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from carcheck_desktop.ui.theme.fonts import font

LINE = 1.28
"""From one line to the next, as a part of the size."""
SMALLEST = 0.72
"""A text is made at most this much smaller."""
LEAST_PX = 24
"""No text on a wall is smaller, in pixels of a screen 1080 high: five arc minutes and more at 8 m."""
TOKEN = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]|[^\s\u2e80-\u9fff\uff00-\uffef]+|\s+")
CLOSING = "，。；：！？、）】》”’%"
"""Signs that never begin a line."""


class Box(NamedTuple):
    """A place in pixels."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    def rect(self) -> QRectF:
        """Return it as Qt wants it."""
        return QRectF(*self)


@dataclass(frozen=True, slots=True)
class Type:
    """How a text wants to look: size, weight and the smallest size it may take."""

    size_px: int
    bold: bool = False
    least_px: int = 1


class Fitted(NamedTuple):
    """Lines and the size at which they fit; `is_cut` when something had to be left out."""

    lines: tuple[str, ...]
    size_px: int
    is_cut: bool = False


@lru_cache(maxsize=256)
def metrics(size_px: int, bold: bool) -> QFontMetricsF:
    """Return the measures of the bundled font."""
    return QFontMetricsF(font(size_px, bold=bold))


@lru_cache(maxsize=4096)
def width_of(text: str, size_px: int, bold: bool) -> float:
    """Return how wide a text is on one line."""
    return metrics(size_px, bold).horizontalAdvance(text)


@lru_cache(maxsize=2048)
def fit(text: str, wanted: Type, width: float, height: float) -> Fitted:
    """Return the text as large as it may be in the place: on one line if it can, on more where there is room."""
    least = min(wanted.size_px, max(1, wanted.least_px))
    for size in range(wanted.size_px, least - 1, -1):
        if width_of(text, size, wanted.bold) <= width and "\n" not in text:
            return Fitted((text,), size)
        most = max(1, int(height / (size * LINE) + 0.05))
        if most > 1 and len(lines := wrapped(text, size, wanted.bold, width)) <= most:
            return Fitted(lines, size)
    most = max(1, int(height / (least * LINE) + 0.05))
    lines = wrapped(text, least, wanted.bold, width)
    if len(lines) <= most:
        return Fitted(lines, least)
    kept = lines[:most]
    return Fitted((*kept[:-1], _ended(kept[-1], least, wanted.bold, width)), least, is_cut=True)


def _ended(line: str, size_px: int, bold: bool, width: float) -> str:
    while line and width_of(line + "…", size_px, bold) > width:
        line = line[:-1]
    return line + "…"


@lru_cache(maxsize=1024)
def wrapped(text: str, size_px: int, bold: bool, width: float) -> tuple[str, ...]:
    """Return a text broken into lines: Chinese between signs, other languages between words."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for token in _tokens(paragraph, size_px, bold, width):
            if not line or width_of((line + token).rstrip(), size_px, bold) <= width:
                line += token
            elif token[0] in CLOSING and len(line) > 1:
                lines.append(line[:-1].rstrip())
                line = line[-1] + token
            else:
                lines.append(line.rstrip())
                line = token.lstrip()
        lines.append(line.rstrip())
    return tuple(lines)


def _tokens(text: str, size_px: int, bold: bool, width: float) -> list[str]:
    """Return words and signs; a word wider than the place is taken apart."""
    found: list[str] = []
    for token in TOKEN.findall(text):
        found.extend([token] if width_of(token, size_px, bold) <= width else list(token))
    return found


def lines_height(count: int, size_px: int) -> float:
    """Return how high so many lines are."""
    return count * size_px * LINE
