"""Pictures inside documents: read, checked and brought to black and white at the width of the paper."""

from __future__ import annotations

import io

from PIL import Image

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.documents import Picture

MOST_PIXELS = 40_000_000
"""A picture larger than a page of 600 dpi is a mistake or an attack."""


def open_picture(picture: Picture) -> Image.Image:
    """Return the picture in grey on white; raise `DataError` when it is none, or too large."""
    try:
        image = Image.open(io.BytesIO(picture.png), formats=["PNG"])
        if image.width * image.height > MOST_PIXELS:
            raise DataError("printing.picture.too_large", width=image.width, height=image.height)
        colour = image.convert("RGBA")
    except (OSError, SyntaxError, ValueError) as error:  # what Pillow raises for a broken PNG
        raise DataError("printing.picture.unreadable", detail=error, bytes=len(picture.png)) from error
    ground = Image.new("RGBA", colour.size, "white")
    return Image.alpha_composite(ground, colour).convert("L")


def dotted(picture: Picture, dots: int) -> Image.Image:
    """Return the picture in black and white dots for a strip, `share` per cent of it wide."""
    grey = open_picture(picture)
    width = max(8, dots * min(100, max(1, picture.share)) // 100)
    height = max(1, round(grey.height * width / grey.width))
    return grey.resize((width, height)).convert("1")
