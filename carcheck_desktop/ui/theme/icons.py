"""Icons drawn from the SVG files in `resources/icons`, in any colour and size, kept once drawn.

The style draws some by itself and wants files: those lie coloured in the cache folder.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from carcheck_desktop.base.catalogues import cache_folder

FOLDER = Path(__file__).resolve().parents[3] / "resources" / "icons"


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return (FOLDER / f"{name}.svg").read_text(encoding="utf-8")


def _coloured(name: str, colour: str) -> bytes:
    return _source(name).replace("currentColor", colour).encode()


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_coloured(name, colour)))


@lru_cache(maxsize=256)
def icon_file(name: str, colour: str) -> Path:
    """Return a file of an icon in a colour, for rules of the stylesheet; the uncoloured one where none can be kept."""
    content = _coloured(name, colour)
    kept = cache_folder() / "icons" / f"{name}-{colour.removeprefix('#')}.svg"
    try:
        if not (kept.exists() and kept.read_bytes() == content):
            kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            beside = kept.with_suffix(f".{os.getpid()}")
            beside.write_bytes(content)
            beside.replace(kept)
    except OSError:
        return FOLDER / f"{name}.svg"
    return kept


def draw_icon(painter: QPainter, name: str, colour: str, box: QRectF) -> None:
    """Draw an icon into a box of the painter."""
    _renderer(name, colour).render(painter, box)


def pixmap(name: str, colour: str, size_px: int, ratio: float = 1.0) -> QPixmap:
    """Return an icon as a picture of `size_px` logical pixels."""
    picture = QPixmap(round(size_px * ratio), round(size_px * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    draw_icon(painter, name, colour, QRectF(0, 0, size_px, size_px))
    painter.end()
    return picture


def icon(name: str, colour: str, disabled_colour: str | None = None) -> QIcon:
    """Return an icon for a button, with the colour it has while disabled."""
    made = QIcon(pixmap(name, colour, 24, 2.0))
    if disabled_colour:
        made.addPixmap(pixmap(name, disabled_colour, 24, 2.0), QIcon.Mode.Disabled)
    return made
