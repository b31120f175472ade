"""What is alike in everything typed: full-width characters and odd blanks; pure."""

from __future__ import annotations

import unicodedata

MINUS_SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-"})


def plain(text: str) -> str:
    """Return typed text with full-width characters as usual ones, one kind of minus, and no blanks at the ends."""
    return unicodedata.normalize("NFKC", text).translate(MINUS_SIGNS).strip()


def is_digits(text: str) -> bool:
    """Say whether text is one or more of the ten digits; other scripts' digits are not."""
    return text.isascii() and text.isdigit()
