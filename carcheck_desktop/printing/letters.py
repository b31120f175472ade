"""The bundled font on a page: which characters it has, lowered digits, and drawing runs of text at a place.

Where text is broken and where it stands is decided in `page`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from fpdf import FPDF
from fpdf.fonts import TTFFont

from carcheck_desktop.base.catalogues import ROOT
from carcheck_desktop.domain.documents import Run, Size
from carcheck_desktop.printing.cells import MISSING, Replaced

if TYPE_CHECKING:
    from collections.abc import Iterable

FONTS = ROOT / "resources" / "fonts"
REGULAR, BOLD = FONTS / "CarcheckSans-Regular.otf", FONTS / "CarcheckSans-Bold.otf"
FAMILY = "carcheck"
LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
"""The font has no lowered digits (CO₂): small ones stand lower, and a search finds CO2."""
LOWERED_RUN = re.compile("([₀-₉]+)")
LOWERED_SIZE, LOWERED_BY = 0.64, 0.14
MM_OF_A_POINT = 25.4 / 72


class Letters:
    """The bundled font in one PDF."""

    def __init__(self, pdf: FPDF, points: dict[Size, float]) -> None:
        self._pdf = pdf
        self._points = points
        pdf.add_font(FAMILY, fname=REGULAR)
        pdf.add_font(FAMILY, style="B", fname=BOLD)
        font = pdf.fonts[FAMILY]
        self._known = font.cmap if isinstance(font, TTFFont) else {}
        self.replaced: dict[str, Replaced] = {}

    def close(self) -> None:
        """Close the font files, which the library keeps open."""
        for font in self._pdf.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()

    def fit(self, text: str) -> str:
        """Return a text as the font can write it; what it has not is replaced visibly and kept in `replaced`."""
        return "".join(self._sign(sign) for sign in unicodedata.normalize("NFC", text))

    def height(self, run: Run) -> float:
        """Return the size of a run in mm."""
        return self._points[run.size] * MM_OF_A_POINT

    def width(self, run: Run) -> float:
        """Return how wide a run is in mm."""
        return sum(self._part_width(run, part) for part in LOWERED_RUN.split(run.text) if part)

    def draw(self, x: float, baseline: float, runs: Iterable[Run]) -> None:
        """Write runs one after another from `x`, on a baseline (mm)."""
        for run in runs:
            for part in LOWERED_RUN.split(run.text):
                if part:
                    wide = self._part_width(run, part)
                    lower = self.height(run) * LOWERED_BY if part[0] in LOWERED else 0.0
                    self._pdf.text(x, baseline + lower, _plain(part))
                    x += wide

    def _part_width(self, run: Run, part: str) -> float:
        """Choose the part's font and return how wide it is."""
        points = self._points[run.size] * (LOWERED_SIZE if part[0] in LOWERED else 1.0)
        self._pdf.set_font(FAMILY, "B" if run.bold else "", points)
        return self._pdf.get_string_width(_plain(part))

    def _sign(self, sign: str) -> str:
        if sign == "\n" or sign in LOWERED or (ord(sign) in self._known and sign.isprintable()):
            return sign
        if sign.isspace():
            return " "
        bare = unicodedata.normalize("NFKD", sign)[:1]
        by = bare if bare.isalpha() and ord(bare) in self._known else MISSING
        self.replaced[sign] = Replaced(sign, by)
        return by


def _plain(part: str) -> str:
    return "".join(LOWERED.get(sign, sign) for sign in part)
