"""Bytes for a receipt printer (ESC/POS), made by python-escpos from a document and a printer's profile.

The library's own `text` is never used: it changes code pages by the letter and prints `?` for ￥ and ℃. Every piece of
text goes out as FS & + GB 18030 + FS . , so that one printer mode draws all of it. What the printer has no character for
is replaced visibly and reported. Nothing is sent from here.
"""

from __future__ import annotations

import logging
import shutil
from typing import TYPE_CHECKING

from PIL import Image

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.documents import Align, Barcode, Cut, Document, Picture, Qr, Run, Size, Width
from carcheck_desktop.printing.cells import Printed
from carcheck_desktop.printing.codes import QUIET, bar_dots, qr_dots, qr_modules
from carcheck_desktop.printing.pictures import dotted
from carcheck_desktop.printing.profiles import Cutter, PrinterProfile
from carcheck_desktop.printing.strip import FACTORS, LINE_DOTS, TextRow, lay_out, printable_document

if TYPE_CHECKING:
    from carcheck_desktop.printing.strip import Laid

_handlers = list(logging.root.handlers)
from escpos import capabilities  # noqa: E402 - it hangs a handler on the root logger and leaves a folder behind
from escpos.constants import QR_ECLEVEL_M  # noqa: E402
from escpos.printer import Dummy  # noqa: E402

for _handler in [each for each in logging.root.handlers if each not in _handlers]:
    logging.root.removeHandler(_handler)
shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)

CHINESE, LATIN = b"\x1c&", b"\x1c."
CHINESE_SIZE = b"\x1c!"
USA = b"\x1bR\x00"
"""Chinese models start with a character set in which `$` is drawn as ￥."""
BAR_HEIGHT_DOTS = 80


def to_escpos(document: Document, profile: PrinterProfile) -> Printed:
    """Return what a printer of this profile is sent; raise `DataError` for a page (A4) and for what cannot fit."""
    if document.width is Width.A4:
        raise DataError("printing.escpos.page", kind=document.kind.value, profile=profile.name)
    fitted, replaced = printable_document(document, four_byte=profile.four_byte)
    job = _Job(profile)
    job.begin()
    for laid in lay_out(fitted, profile.cells):
        job.put(laid)
    job.end()
    return Printed(bytes(job.output), replaced)


class _Profile(capabilities.Profile):  # type: ignore[misc] # the library has no types
    """A profile of ours as the library asks for it."""

    def __init__(self, profile: PrinterProfile) -> None:
        super().__init__(
            columns=profile.cells,
            features={
                "paperFullCut": profile.cutter is Cutter.FULL,
                "paperPartCut": profile.cutter is Cutter.PARTIAL,
                "bitImageRaster": True,
                "barcodeB": True,
                "qrCode": profile.native_qr,
            },
        )
        self.profile_data = {
            **capabilities.CAPABILITIES["profiles"]["default"],
            "name": profile.title,
            "media": {"width": {"pixels": profile.dots, "mm": profile.dots / profile.dots_per_mm}, "dpi": 203},
        }


class _Job(Dummy):  # type: ignore[misc] # the library has no types
    """One paper on its way to bytes; style commands are sent only where the style changes."""

    def __init__(self, profile: PrinterProfile) -> None:
        super().__init__(profile=_Profile(profile))
        self._paper = profile
        self._align: Align | None = None
        self._style: tuple[Size, bool] | None = None
        self._spacing = 0

    def begin(self) -> None:
        """Put the printer into the state that everything after rests on."""
        self.hw("INIT")
        self._raw(USA)
        self._spaced(1)

    def end(self) -> None:
        """Leave the printer as others expect it."""
        self._styled(Size.NORMAL, is_bold=False)
        self._aligned(Align.LEFT)
        self.line_spacing()

    def put(self, laid: Laid) -> None:
        """Add one thing of the strip."""
        if isinstance(laid, TextRow):
            self._row(laid)
        elif isinstance(laid, Qr):
            self._qr(laid)
        elif isinstance(laid, Barcode):
            self._bars(laid)
        elif isinstance(laid, Picture):
            self._picture(dotted(laid, self._paper.dots))
        elif isinstance(laid, Cut):
            self._cut()
        elif self._paper.drawer_pin:
            self.cashdraw(self._paper.drawer_pin)

    def _row(self, row: TextRow) -> None:
        self._spaced(row.high)
        if row.runs:
            self._aligned(row.align)
        for run in row.runs:
            self._run(run)
        self.control("LF")

    def _run(self, run: Run) -> None:
        self._styled(run.size, is_bold=run.bold)
        self._raw(CHINESE + run.text.encode("gb18030") + LATIN)

    def _spaced(self, high: int) -> None:
        """Give a line of higher letters more room; the printer by itself would let them touch the next."""
        if high != self._spacing:
            self.line_spacing(LINE_DOTS * high)
            self._spacing = high

    def _aligned(self, align: Align) -> None:
        if align is not self._align:
            self.set(align={Align.CENTRE: "center"}.get(align, align.value))
            self._align = align

    def _styled(self, size: Size, *, is_bold: bool) -> None:
        """Choose size and weight; some models size Chinese by FS ! only, Epson's obey the GS ! that comes last."""
        if (size, is_bold) == self._style:
            return
        wide, high = FACTORS[size]
        self._raw(CHINESE_SIZE + bytes([(4 if wide > 1 else 0) + (8 if high > 1 else 0)]))
        self.set(custom_size=True, width=wide, height=high, bold=is_bold)
        self._style = (size, is_bold)

    def _qr(self, qr: Qr) -> None:
        """A code of about 30 mm: drawn by the printer where it can, else sent as a picture."""
        size = qr_dots(qr, self._paper.dots, self._paper.dots_per_mm)
        self._aligned(Align.CENTRE)
        if self._paper.native_qr:
            self.qr(qr.data, ec=QR_ECLEVEL_M, size=size, native=True)
            return
        modules = qr_modules(qr)
        drawn = Image.new("1", (len(modules), len(modules)), 1)
        drawn.putdata([0 if module else 1 for row in modules for module in row])
        framed = Image.new("1", (len(modules) + 2 * QUIET,) * 2, 1)
        framed.paste(drawn, (QUIET, QUIET))
        self._picture(framed.resize((framed.width * size,) * 2, Image.Resampling.NEAREST))

    def _bars(self, barcode: Barcode) -> None:
        """Not by the library's `barcode`, which writes on standard output."""
        self._aligned(Align.CENTRE)
        wide = bar_dots(barcode, self._paper.dots)
        data = "{B" + barcode.data.replace("{", "{{")
        self._hw_barcode(data, "CODE128", BAR_HEIGHT_DOTS, wide, align_ct=False, function_type="B", check=False)

    def _picture(self, image: Image.Image) -> None:
        self._aligned(Align.CENTRE)
        self.image(image, impl="bitImageRaster")

    def _cut(self) -> None:
        """Cut, or feed as far as a person tears it off."""
        if self._paper.cutter is Cutter.NONE:
            self.print_and_feed(6)
        else:
            self.cut(mode="FULL" if self._paper.cutter is Cutter.FULL else "PART")
