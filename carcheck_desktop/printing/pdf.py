"""A document as PDF: text that can be searched, codes as vectors, the bundled font cut down to what is used.

The same document, font and `made_at` give the same bytes, so a digest of the file holds. A report or page of failed items
that would be a little longer than one page is set smaller until it fits.
"""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime

from fpdf import FPDF

from carcheck_desktop.domain.documents import SIMULATED_MARK, Document, DocumentKind, Run, Size, Width
from carcheck_desktop.printing.cells import Printed
from carcheck_desktop.printing.letters import FAMILY, Letters
from carcheck_desktop.printing.page import Flow, Sheet

A4 = Sheet(width=210, height=297, margin=14, bottom=13, qr=24, bar_height=11)
STRIPS = {
    Width.RECEIPT80: Sheet(width=80, height=2000, margin=4, bottom=4, qr=30, bar_height=10),
    Width.RECEIPT58: Sheet(width=58, height=2000, margin=4, bottom=4, qr=28, bar_height=10),
    Width.LABEL: Sheet(width=58, height=2000, margin=4, bottom=4, qr=26, bar_height=10),
}
"""Receipts are one page, as long as their text."""
PAGE_POINTS = {Size.SMALL: 7.5, Size.NORMAL: 9.2, Size.TALL: 12.0, Size.LARGE: 17.0, Size.HUGE: 34.0}
STRIP_POINTS = {Size.SMALL: 7.5, Size.NORMAL: 8.5, Size.TALL: 12.0, Size.LARGE: 16.0, Size.HUGE: 34.0}
SCALES = {DocumentKind.REPORT: (1.0, 0.93, 0.86, 0.8), DocumentKind.FAILED_ITEMS: (1.3, 1.15, 1.0, 0.9, 0.8)}
"""How large papers of one page may be set, the largest that fits is taken: never below 7.4 points."""
NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)
WATER_GREY, FOOT_GREY = 232, 90


def to_pdf(document: Document, made_at: datetime | None = None) -> Printed:
    """Return a document as PDF; `made_at` is the time that the file says it was made, 1970 where none is given."""
    at = made_at or NO_TIME
    if document.width is not Width.A4:
        sheet = STRIPS[document.width]
        length = max(40.0, _length(_Pdf(document, sheet, STRIP_POINTS, at), document) + sheet.bottom)
        fitting = Sheet(sheet.width, length, sheet.margin, 0.0, sheet.qr, sheet.bar_height)
        return _finished(_Pdf(document, fitting, STRIP_POINTS, at), document)
    pages, points = 1, PAGE_POINTS
    for scale in SCALES.get(document.kind, (1.0,)):
        points = {size: value * scale for size, value in PAGE_POINTS.items()}
        pdf = _Pdf(document, A4, points, at)
        with closing(pdf.letters):
            pdf.fill(document)
            pages = pdf.pages_count
            if pages == 1:
                return _output(pdf)
    return _finished(_Pdf(document, A4, points, at, pages), document)


def _length(pdf: _Pdf, document: Document) -> float:
    """Return how far down a document goes on a page of any length."""
    with closing(pdf.letters):
        return pdf.fill(document)


def _finished(pdf: _Pdf, document: Document) -> Printed:
    with closing(pdf.letters):
        pdf.fill(document)
        return _output(pdf)


def _output(pdf: _Pdf) -> Printed:
    return Printed(bytes(pdf.output()), tuple(pdf.letters.replaced.values()))


class _Pdf(FPDF):
    """One PDF; pages of simulated documents carry the mark in large pale letters and at the top."""

    def __init__(
        self, document: Document, sheet: Sheet, points: dict[Size, float], made_at: datetime, pages: int = 1
    ) -> None:
        super().__init__(unit="mm", format=(sheet.width, sheet.height))
        self._sheet, self._document, self._pages = sheet, document, pages
        self.set_auto_page_break(auto=False)
        self.set_margin(0)
        self.set_creation_date(made_at)
        self.set_title(document.title or document.number or document.kind.value)
        self.set_creator("carcheck")
        self.set_lang(document.language.partition("+")[0].replace("_", "-"))
        self.letters = Letters(self, points)

    def fill(self, document: Document) -> float:
        """Put every block on pages; return how far down the last page goes."""
        self.add_page()
        flow = Flow(self, self.letters, self._sheet)
        if document.simulated:
            flow.y += 1.0
        for block in document.blocks:
            flow.put(block)
        return flow.end()

    def header(self) -> None:
        """Mark a simulated page before anything stands on it."""
        if not self._document.simulated:
            return
        middle = self._sheet.width / 2
        self.set_text_color(WATER_GREY)
        self.set_font(FAMILY, "B", self._sheet.width * 0.24)
        wide = self.get_string_width(SIMULATED_MARK)
        if self._document.width is Width.A4:
            with self.rotation(50, middle, self._sheet.height / 2):
                self.text(middle - wide / 2, self._sheet.height / 2, SIMULATED_MARK)
        self.set_text_color(0)
        run = Run(f"*** {SIMULATED_MARK} ***", Size.NORMAL, bold=True)
        self.letters.draw(middle - self.letters.width(run) / 2, self._sheet.margin - 2.2, [run])

    def footer(self) -> None:
        """Number the pages of a document that is on pages."""
        if self._document.width is not Width.A4:
            return
        self.set_text_color(FOOT_GREY)
        run = Run(f"{self.page_no()} / {self._pages}", Size.SMALL)
        number = Run(self.letters.fit(self._document.number), Size.SMALL)
        below = self._sheet.height - 7.0
        self.letters.draw(self._sheet.margin, below, [number])
        self.letters.draw(self._sheet.width - self._sheet.margin - self.letters.width(run), below, [run])
        self.set_text_color(0)
