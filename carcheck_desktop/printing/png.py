"""Pictures of papers: a receipt dot by dot as its printer would print it, a page as a PDF reader shows it."""

from __future__ import annotations

import io
import math
import threading
from functools import cache
from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from carcheck_desktop.domain.documents import Align, Barcode, Cut, Document, Picture, Qr, Run, Width
from carcheck_desktop.printing.cells import Printed, cells_of
from carcheck_desktop.printing.codes import QUIET, bar_dots, bars, qr_dots, qr_modules
from carcheck_desktop.printing.letters import BOLD, REGULAR
from carcheck_desktop.printing.pdf import to_pdf
from carcheck_desktop.printing.pictures import dotted
from carcheck_desktop.printing.profiles import DOTS_OF_A_CELL, PrinterProfile
from carcheck_desktop.printing.strip import FACTORS, LINE_DOTS, Laid, TextRow, lay_out, printable_document, width_of

if TYPE_CHECKING:
    from datetime import datetime

CELL_HEIGHT = 24
SIDE_MM, END_DOTS = 4, 40
BAR_HEIGHT_DOTS = 80
DARK = 118
"""Grey above this becomes paper, below it a dot."""
PAGE_DPI = 144
GAP = 24
_one_at_a_time = threading.Lock()
"""PDFium knows no threads."""


def to_png(document: Document, profile: PrinterProfile, made_at: datetime | None = None) -> Printed:
    """Return a document's picture; the pages of an A4 document stand under each other. `profile` is for receipts."""
    if document.width is Width.A4:
        printed = to_pdf(document, made_at)
        return Printed(_png(_pages(printed.content)), printed.replaced)
    fitted, replaced = printable_document(document, four_byte=profile.four_byte)
    drawn = [_drawn(laid, profile) for laid in lay_out(fitted, profile.cells)]
    side = SIDE_MM * profile.dots_per_mm
    height = sum(each.height for each in drawn) + 2 * END_DOTS
    strip = Image.new("1", (profile.dots + 2 * side, height), 1)
    y = END_DOTS
    for each in drawn:
        strip.paste(each, (side + (profile.dots - each.width) // 2, y))
        y += each.height
    return Printed(_png(strip), replaced)


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _pages(pdf: bytes) -> Image.Image:
    """Return the pages of a PDF as one picture."""
    with _one_at_a_time:
        opened = pypdfium2.PdfDocument(pdf)
        try:
            pages = [page.render(scale=PAGE_DPI / 72).to_pil().convert("L") for page in opened]
        finally:
            opened.close()
    height = sum(page.height for page in pages) + GAP * (len(pages) - 1)
    whole = Image.new("L", (max(page.width for page in pages), height), 128)
    y = 0
    for page in pages:
        whole.paste(page, (0, y))
        y += page.height + GAP
    return whole


def _drawn(laid: Laid, profile: PrinterProfile) -> Image.Image:
    if isinstance(laid, TextRow):
        return _row(laid, profile.dots, profile.cells * DOTS_OF_A_CELL)
    if isinstance(laid, Qr):
        return _qr(laid, profile)
    if isinstance(laid, Barcode):
        return _bars(laid, profile)
    if isinstance(laid, Picture):
        return dotted(laid, profile.dots)
    return _cut(profile) if isinstance(laid, Cut) else Image.new("1", (1, 1), 1)


def _row(row: TextRow, dots: int, line: int) -> Image.Image:
    image = Image.new("1", (dots, LINE_DOTS * row.high), 1)
    free = line - DOTS_OF_A_CELL * sum(map(width_of, row.runs))
    x = {Align.LEFT: 0, Align.CENTRE: free // 2, Align.RIGHT: free}[row.align]
    for run in row.runs:
        for sign in run.text:
            glyph = _glyph(sign, run.bold, *FACTORS[run.size])
            image.paste(0, (x, CELL_HEIGHT * row.high - glyph.height), glyph)
            x += glyph.width
    return image


@cache
def _font(dots: int, is_bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(BOLD if is_bold else REGULAR, dots)


@cache
def _glyph(sign: str, is_bold: bool, wide: int, high: int) -> Image.Image:
    """Return the dots of one character in its cells, squeezed where the font is wider than they are."""
    cells = cells_of(sign)
    size = (DOTS_OF_A_CELL * cells * wide, CELL_HEIGHT * high)
    font = _font(round(size[1] * (0.9 if cells == 1 else 1)), is_bold)
    natural = DOTS_OF_A_CELL * cells * high
    advance = math.ceil(font.getlength(sign))
    canvas = Image.new("L", (max(natural, advance), size[1]), 0)
    ImageDraw.Draw(canvas).text(((canvas.width - advance) / 2, size[1] * 0.85), sign, fill=255, font=font, anchor="ls")
    return canvas.resize(size).point(lambda grey: 255 if grey > DARK else 0).convert("1")


def _qr(qr: Qr, profile: PrinterProfile) -> Image.Image:
    modules = qr_modules(qr)
    size = qr_dots(qr, profile.dots, profile.dots_per_mm)
    small = Image.new("1", (len(modules) + 2 * QUIET,) * 2, 1)
    for y, row in enumerate(modules, QUIET):
        for x, is_dark in enumerate(row, QUIET):
            small.putpixel((x, y), 0 if is_dark else 1)
    return small.resize((small.width * size,) * 2, Image.Resampling.NEAREST)


def _bars(barcode: Barcode, profile: PrinterProfile) -> Image.Image:
    wide = bar_dots(barcode, profile.dots)
    modules = bars(barcode)
    text = _row(TextRow((Run(barcode.data),), Align.CENTRE), profile.dots, profile.cells * DOTS_OF_A_CELL)
    image = Image.new("1", (profile.dots, BAR_HEIGHT_DOTS + text.height), 1)
    left = (profile.dots - wide * len(modules)) // 2
    draw = ImageDraw.Draw(image)
    for number, module in enumerate(modules):
        if module == "1":
            x = left + number * wide
            draw.rectangle((x, 0, x + wide - 1, BAR_HEIGHT_DOTS - 1), fill=0)
    image.paste(text, (0, BAR_HEIGHT_DOTS))
    return image


def _cut(profile: PrinterProfile) -> Image.Image:
    """Return the paper that is fed before a cut, and where it is cut."""
    image = Image.new("1", (profile.dots, 2 * END_DOTS), 1)
    draw = ImageDraw.Draw(image)
    for x in range(0, profile.dots, 16):
        draw.line((x, END_DOTS, x + 7, END_DOTS), fill=0)
    return image
