"""The bundled font, so that all PCs and pictures agree; a PC's own where a file is missing."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from carcheck_desktop.base.messages import Problem

FOLDER = Path(__file__).resolve().parents[3] / "resources" / "fonts"
FILES = ("CarcheckSans-Regular.otf", "CarcheckSans-Bold.otf")
FAMILY = "Carcheck Sans"
STAND_INS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Micro Hei",
    "SimHei",
)
"""Families of other makers that look most like ours, best first."""


class _Chosen:
    """What windows are set in, since the fonts were loaded."""

    family = FAMILY
    problem: Problem | None = None


def load_fonts() -> Problem | None:
    """Make the bundled family known to Qt; where a file is missing, take a stand-in and return what to say of it."""
    _Chosen.family, _Chosen.problem = FAMILY, None
    if FAMILY in QFontDatabase.families():
        return None
    refused = [name for name in FILES if QFontDatabase.addApplicationFont(str(FOLDER / name)) < 0]
    if refused:
        _Chosen.problem = Problem("ui.font.missing", {"path": str(FOLDER / refused[0])})
        _Chosen.family = FAMILY if len(refused) < len(FILES) else _stand_in()
        logging.getLogger("ui").warning("font %s cannot be loaded, %s instead", refused, _Chosen.family)
    return _Chosen.problem


def _stand_in() -> str:
    chinese = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    known = [family for family in STAND_INS if family in chinese]
    usual = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    return next(iter([*known, *chinese]), usual)


def family() -> str:
    """Return the family that windows are set in."""
    return _Chosen.family


def font_problem() -> Problem | None:
    """Return what is wrong with the bundled font, for windows to show; None when it is there."""
    return _Chosen.problem


def font(size_px: int, *, bold: bool = False) -> QFont:
    """Return the windows' font in a size in pixels."""
    made = QFont(_Chosen.family)
    made.setPixelSize(max(1, size_px))
    made.setBold(bold)
    return made
