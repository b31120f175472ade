"""The bundled font, so that all PCs and pictures agree."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from carcheck_desktop.base.errors import UsageError

FOLDER = Path(__file__).resolve().parents[3] / "resources" / "fonts"
FILES = ("CarcheckSans-Regular.otf", "CarcheckSans-Bold.otf")
FAMILY = "Carcheck Sans"


def load_fonts() -> None:
    """Make the bundled family known to Qt once; raise `UsageError` when a file is missing."""
    if FAMILY in QFontDatabase.families():
        return
    for name in FILES:
        if QFontDatabase.addApplicationFont(str(FOLDER / name)) < 0:
            raise UsageError("ui.font.missing", path=FOLDER / name)


def font(size_px: int, *, bold: bool = False) -> QFont:
    """Return the bundled font in a size in pixels."""
    made = QFont(FAMILY)
    made.setPixelSize(max(1, size_px))
    made.setBold(bold)
    return made
