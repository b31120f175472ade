"""Texts that stand out too little from what is around their letters, measured on rendered pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tests.look.findings import Finding
from tests.look.painting import in_sight

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tests.look.painting import DrawnText
    from tests.look.sitting import Picture, Seen

NEAR = 60
"""Sum of the three channels' distances up to which a pixel counts as ink."""


def check(seen: Seen) -> list[Finding]:
    """Measure each text that is at least partly seen."""
    found = []
    for text in seen.texts:
        place = text.ink.intersected(in_sight(text.widget, seen.target)).intersected(text.clip)
        if place.width() < 1 or place.height() < 1:
            continue
        measured = _measured(text, seen.picture)
        if measured is not None and measured[0] < seen.least_contrast - 0.05:
            ratio, ink, ground = measured
            evidence = f"{ratio:.2f}:1, {ink} on {ground}, wanted {seen.least_contrast}:1"
            found.append(Finding("contrast", text.where, repr(text.text), evidence))
    return found


def _measured(text: DrawnText, picture: Picture) -> tuple[float, str, str] | None:
    """Return contrast, ink and ground: the pixel nearest to the pen's colour and the most frequent other one."""
    pixels = picture.part(text.ink.toAlignedRect().adjusted(-1, -1, 1, 1)).reshape(-1, 3).astype(np.int32)
    if not len(pixels):
        return None
    pen = np.array([text.colour.red(), text.colour.green(), text.colour.blue()], np.int32)
    away = np.abs(pixels - pen).sum(axis=1)
    nearest = int(away.min())
    grounds = pixels[away > nearest + NEAR]
    if not len(grounds):
        grounds = pixels
    ink, ground = pixels[int(away.argmin())], _most_frequent(grounds)
    return _ratio(ink, ground), _name(ink), _name(ground)


def _most_frequent(pixels: NDArray[np.int32]) -> NDArray[np.int32]:
    keys = (pixels[:, 0] << 16) | (pixels[:, 1] << 8) | pixels[:, 2]
    values, counts = np.unique(keys, return_counts=True)
    key = int(values[int(counts.argmax())])
    return np.array([key >> 16, key >> 8 & 255, key & 255], np.int32)


def _name(colour: NDArray[np.int32]) -> str:
    return "#" + "".join(f"{int(part):02x}" for part in colour)


def _ratio(one: NDArray[np.int32], other: NDArray[np.int32]) -> float:
    """Return the contrast of two colours (WCAG 2.1, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: NDArray[np.int32]) -> float:
    share = colour / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return float(linear @ np.array([0.2126, 0.7152, 0.0722]))
