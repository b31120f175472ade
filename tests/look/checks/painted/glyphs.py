"""Characters that come out as boxes, and texts that are not in our font."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QFont, QImage, QPainter, QRawFont

from carcheck_desktop.ui.theme.fonts import FAMILY, font
from tests.look.findings import Finding

if TYPE_CHECKING:
    from tests.look.sitting import Seen

NOBODYS = "\U0010fffd"
"""A code point that no font has: how a missing character is drawn."""


def check(seen: Seen) -> list[Finding]:
    """Ask our font for each character; draw those it lacks and compare them with the box."""
    found = []
    for text in seen.texts:
        if text.font.family() != FAMILY:
            found.append(Finding("glyphs", text.where, repr(text.text), f"in {text.font.family()}"))
        missing = [character for character in set(text.text) if not character.isspace() and _is_box(character)]
        if missing:
            codes = " ".join(f"U+{ord(character):04X}" for character in sorted(missing))
            found.append(Finding("glyphs", text.where, repr(text.text), f"boxes for {codes}"))
    return found


@lru_cache(maxsize=8192)
def _is_box(character: str) -> bool:
    if QRawFont.fromFont(font(32)).supportsCharacter(ord(character)):
        return False
    return _drawn(character) in (_drawn(NOBODYS), _drawn(""))


def _drawn(text: str) -> bytes:
    picture = QImage(64, 64, QImage.Format.Format_Grayscale8)
    picture.fill(255)
    painter = QPainter(picture)
    painter.setFont(QFont(font(32)))
    painter.setPen(QColor("black"))
    painter.drawText(8, 44, text)
    painter.end()
    return bytes(picture.constBits())
