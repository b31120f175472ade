"""Texts smaller than people can read from where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.look.findings import Finding

if TYPE_CHECKING:
    from tests.look.sitting import Seen


def check(seen: Seen) -> list[Finding]:
    """Compare each text's size, as it is painted, with the least of its window."""
    return [
        Finding("small", text.where, repr(text.text), f"{text.size_px:.1f} px, wanted {seen.least_text_px:.1f}")
        for text in seen.texts
        if text.size_px < seen.least_text_px - 0.05
    ]
