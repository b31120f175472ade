"""Texts whose letters lie over each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.look.findings import Finding
from tests.look.painting import in_sight

if TYPE_CHECKING:
    from tests.look.sitting import Seen

TOLERANCE_PX = 1.0


def check(seen: Seen) -> list[Finding]:
    """Intersect the places of the letters, as far as they are seen, of every two texts."""
    placed = [
        (text, text.ink.intersected(in_sight(text.widget, seen.target)).intersected(text.clip)) for text in seen.texts
    ]
    placed.sort(key=lambda pair: pair[1].top())
    found = []
    for number, (text, place) in enumerate(placed):
        for other, its_place in placed[number + 1 :]:
            if its_place.top() > place.bottom():
                break
            common = place.intersected(its_place)
            if common.width() > TOLERANCE_PX and common.height() > TOLERANCE_PX:
                size = f"{common.width():.0f} x {common.height():.0f} px"
                found.append(Finding("overlapping", text.where, f"{text.text!r} and {other.text!r}", size))
    return found
