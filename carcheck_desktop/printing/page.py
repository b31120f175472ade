"""A document laid out on pages (mm): paragraphs, pairs, tables, codes and pictures one under another.

How a PDF begins and ends, and the choice of paper, lives in `pdf`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carcheck_desktop.domain.documents import (
    Align,
    Barcode,
    Block,
    Line,
    PageBreak,
    Pair,
    Picture,
    Qr,
    Row,
    Rule,
    Run,
    Size,
    Space,
    Table,
)
from carcheck_desktop.printing.codes import bars, qr_modules
from carcheck_desktop.printing.pictures import open_picture
from carcheck_desktop.printing.strip import MOST_SPACE
from carcheck_desktop.printing.wrapping import wrap

if TYPE_CHECKING:
    from fpdf import FPDF

    from carcheck_desktop.printing.letters import Letters

LEADING = 1.42
"""Line distance against letter size."""
BASELINE = 1.05
"""Where letters stand in a line, against letter size."""
PAD_X, PAD_Y = 1.2, 0.55
GREY, PALE = 150, 238
OVERLAP = 0.02
"""Dark modules overlap a little, or viewers draw hairlines between them."""
CAPTION = Size.SMALL


@dataclass(frozen=True, slots=True)
class Sheet:
    """A kind of page: its size and margins in mm, and the size of codes."""

    width: float
    height: float
    margin: float
    bottom: float
    qr: float
    bar_height: float


class Flow:
    """Puts blocks on pages from top to bottom."""

    def __init__(self, pdf: FPDF, letters: Letters, sheet: Sheet) -> None:
        self._pdf, self._letters, self._sheet = pdf, letters, sheet
        self.y = sheet.margin
        self._beside_until = 0.0
        self._beside_width = 0.0

    def put(self, block: Block) -> None:
        """Add one block; a cut and a drawer are nothing on a page."""
        if isinstance(block, Line):
            self._paragraph(block.runs, block.align)
        elif isinstance(block, Pair):
            self._pair(block)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Rule):
            self._rule()
        elif isinstance(block, Qr):
            self._qr(block)
        elif isinstance(block, Barcode):
            self._barcode(block)
        elif isinstance(block, Picture):
            self._picture(block)
        elif isinstance(block, Space):
            self.y += min(block.lines, MOST_SPACE) * self._letters.height(Run("")) * LEADING
        elif isinstance(block, PageBreak):
            self._new_page()

    def end(self) -> float:
        """Return how far down the last thing reaches."""
        return max(self.y, self._beside_until)

    @property
    def _right(self) -> float:
        narrowed = self._beside_width if self.y < self._beside_until else 0.0
        return self._sheet.width - self._sheet.margin - narrowed

    @property
    def _wide(self) -> float:
        return self._right - self._sheet.margin

    def _new_page(self) -> None:
        self._pdf.add_page()
        self.y = self._sheet.margin
        self._beside_until = 0.0

    def _need(self, height: float) -> bool:
        """Begin a new page when so much does not fit on this one; say whether it did."""
        if self.y + height <= self._sheet.height - self._sheet.bottom or self.y <= self._sheet.margin:
            return False
        self._new_page()
        return True

    def _fitted(self, run: Run) -> Run:
        return Run(self._letters.fit(run.text), run.size, run.bold)

    def _paragraph(self, runs: tuple[Run, ...], align: Align) -> None:
        lines = wrap([self._fitted(run) for run in runs], self._wide, self._letters.width)
        usual = max((self._letters.height(run) for run in runs), default=self._letters.height(Run("")))
        for line in lines:
            self._need(usual * LEADING)
            self._line(line, align, self._sheet.margin, self._right, usual)
            self.y += usual * LEADING

    def _line(self, line: tuple[Run, ...], align: Align, left: float, right: float, height: float) -> None:
        """Write one line between two edges, at the flow's height."""
        free = right - left - sum(map(self._letters.width, line))
        x = left + {Align.LEFT: 0.0, Align.CENTRE: free / 2, Align.RIGHT: free}[align]
        self._letters.draw(x, self.y + height * BASELINE, line)

    def _pair(self, pair: Pair) -> None:
        left = self._fitted(Run(pair.left, pair.size, pair.bold))
        right = self._fitted(Run(pair.right, pair.size, pair.bold))
        height = self._letters.height(left)
        if (
            self._letters.width(left) + self._letters.width(right) + PAD_X > self._wide
            or "\n" in left.text + right.text
        ):
            self._paragraph((left,), Align.LEFT)
            self._paragraph((right,), Align.RIGHT)
            return
        self._need(height * LEADING)
        self._line((left,), Align.LEFT, self._sheet.margin, self._right, height)
        self._line((right,), Align.RIGHT, self._sheet.margin, self._right, height)
        self.y += height * LEADING

    def _table(self, table: Table) -> None:
        total = sum(column.share for column in table.columns)
        widths = [self._wide * column.share / total for column in table.columns]
        head = Row(tuple(column.title for column in table.columns), bold=True)
        has_head = any(head.cells)
        if has_head:
            self._row(head, table, widths, is_head=True)
        for row in table.rows:
            self._row(row, table, widths, repeated=head if has_head else None)
        self.y += PAD_Y

    def _row(
        self, row: Row, table: Table, widths: list[float], *, is_head: bool = False, repeated: Row | None = None
    ) -> None:
        """Write a row; where it begins a new page, under the head again."""
        runs = [self._fitted(Run(cell, Size.NORMAL, row.bold)) for cell in row.cells]
        pad = PAD_X if table.ruled else 0.0
        cells = [
            wrap([run], max(1.0, width - PAD_X - pad), self._letters.width)
            for run, width in zip(runs, widths, strict=True)
        ]
        line = self._letters.height(Run(""))
        height = max(map(len, cells)) * line * LEADING + 2 * PAD_Y
        if self._need(height) and repeated is not None:
            self._row(repeated, table, widths, is_head=True)
        self._frame(height, widths, is_head=is_head, is_ruled=table.ruled)
        top, x = self.y, self._sheet.margin
        for lines, column, width in zip(cells, table.columns, widths, strict=True):
            for number, text in enumerate(lines):
                self.y = top + PAD_Y + number * line * LEADING
                self._line(text, column.align, x + pad, x + width - PAD_X, line)
            x += width
        self.y = top + height

    def _frame(self, height: float, widths: list[float], *, is_head: bool, is_ruled: bool) -> None:
        if not is_ruled:
            return
        self._pdf.set_draw_color(GREY)
        self._pdf.set_line_width(0.2)
        self._pdf.set_fill_color(PALE)
        x = self._sheet.margin
        for width in widths:
            self._pdf.rect(x, self.y, width, height, style="DF" if is_head else "D")
            x += width

    def _rule(self) -> None:
        self._need(2.0)
        self._pdf.set_draw_color(0)
        self._pdf.set_line_width(0.25)
        self._pdf.line(self._sheet.margin, self.y + 1.0, self._right, self.y + 1.0)
        self.y += 2.0

    def _qr(self, qr: Qr) -> None:
        modules = qr_modules(qr)
        side = self._sheet.qr
        is_beside = qr.beside and self._wide > 3 * side
        over = 1.5 if is_beside else side / 4
        caption = [self._fitted(Run(qr.caption, CAPTION))] if qr.caption else []
        lines = wrap(caption, side + 2 * over, self._letters.width) if caption else []
        line = self._letters.height(Run("", CAPTION))
        height = side + 1.0 + len(lines) * line * LEADING
        self._need(height)
        left = self._right - side if is_beside else self._sheet.margin + (self._wide - side) / 2
        self._modules(modules, left, side / len(modules))
        top = self.y
        self.y += side + 1.0
        for each in lines:
            self._line(each, Align.CENTRE, left - over, left + side + over, line)
            self.y += line * LEADING
        if is_beside:
            self.y, self._beside_until, self._beside_width = top, top + height + 1.0, side + 4.0

    def _modules(self, modules: list[list[bool]], left: float, size: float) -> None:
        """Draw dark modules as rectangles, neighbours of a row as one."""
        self._pdf.set_fill_color(0)
        for number, row in enumerate(modules):
            start = None
            for column, is_dark in enumerate([*row, False]):
                if is_dark and start is None:
                    start = column
                elif not is_dark and start is not None:
                    x, y = left + start * size, self.y + number * size
                    self._pdf.rect(x, y, (column - start) * size + OVERLAP, size + OVERLAP, style="F")
                    start = None

    def _barcode(self, barcode: Barcode) -> None:
        modules = bars(barcode)
        line = self._letters.height(Run("", CAPTION))
        size = min(0.375, self._wide / (len(modules) + 20))
        height = self._sheet.bar_height
        self._need(height + line * LEADING)
        left = self._sheet.margin + (self._wide - size * len(modules)) / 2
        self._pdf.set_fill_color(0)
        for number, module in enumerate(modules):
            if module == "1":
                self._pdf.rect(left + number * size, self.y, size + OVERLAP / 2, height, style="F")
        self.y += height + 0.5
        self._line((Run(barcode.data, CAPTION),), Align.CENTRE, self._sheet.margin, self._right, line)
        self.y += line * LEADING

    def _picture(self, picture: Picture) -> None:
        image = open_picture(picture)
        width = self._wide * min(100, max(1, picture.share)) / 100
        height = width * image.height / image.width
        self._need(height)
        self._pdf.image(image, self._sheet.margin + (self._wide - width) / 2, self.y, width)
        self.y += height + 1.0
