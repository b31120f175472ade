"""A document laid out on a strip of paper, in cells: what a receipt printer, its picture and plain text have in common.

Pairs, tables, rules, captions and the mark of simulated papers become rows of text here; codes, pictures, cuts and the
drawer pass through.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.documents import (
    SIMULATED_MARK,
    Align,
    Barcode,
    Block,
    Column,
    Cut,
    Document,
    Drawer,
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
from carcheck_desktop.printing.cells import Replaced, cells_of, printable
from carcheck_desktop.printing.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Fit = Callable[[str], str]

FACTORS = {Size.SMALL: (1, 1), Size.NORMAL: (1, 1), Size.TALL: (1, 2), Size.LARGE: (2, 2), Size.HUGE: (4, 4)}
"""How many times as wide and as high a size is."""
GAP = 1
RULED = "-"
MOST_SPACE = 60
"""More empty lines than that are a mistake that costs paper."""
LINE_DOTS = 30
"""From one line to the next in normal size, of which letters take 24; higher lines have as much more."""


@dataclass(frozen=True, slots=True)
class TextRow:
    """One line of text that fits the strip."""

    runs: tuple[Run, ...]
    align: Align = Align.LEFT

    @property
    def high(self) -> int:
        """How many times as high as normal the highest run is."""
        return max((FACTORS[run.size][1] for run in self.runs), default=1)

    @property
    def text(self) -> str:
        """The row's characters."""
        return "".join(run.text for run in self.runs)


Laid = TextRow | Qr | Barcode | Picture | Cut | Drawer


def width_of(run: Run) -> int:
    """Return how many cells a run takes in its size."""
    return cells_of(run.text) * FACTORS[run.size][0]


def lay_out(document: Document, cells: int) -> tuple[Laid, ...]:
    """Return a document's rows on a strip of so many cells, each no wider than that."""
    laid: list[Laid] = []
    mark = _mark(cells) if document.simulated else []
    is_begun = False
    for block in document.blocks:
        is_end = isinstance(block, Cut | PageBreak)
        if not is_begun and not is_end and not isinstance(block, Drawer):
            laid += mark
            is_begun = True
        if is_end and is_begun:
            laid += mark
            is_begun = False
        laid += _laid(block, cells)
    return tuple(laid + mark if is_begun else laid)


def printable_document(document: Document, *, four_byte: bool) -> tuple[Document, tuple[Replaced, ...]]:
    """Return a document with every text as a printer can print it, and what was replaced."""
    found: dict[str, Replaced] = {}

    def fit(text: str) -> str:
        fitted, replaced = printable(text, four_byte=four_byte)
        found.update({each.character: each for each in replaced})
        return fitted

    blocks = tuple(_fitted(block, fit) for block in document.blocks)
    return replace(document, blocks=blocks), tuple(found.values())


def _fitted(block: Block, fit: Fit) -> Block:
    if isinstance(block, Line):
        return replace(block, runs=tuple(replace(run, text=fit(run.text)) for run in block.runs))
    if isinstance(block, Pair):
        return replace(block, left=fit(block.left), right=fit(block.right))
    if isinstance(block, Table):
        columns = tuple(replace(column, title=fit(column.title)) for column in block.columns)
        return replace(
            block, columns=columns, rows=tuple(Row(tuple(map(fit, row.cells)), row.bold) for row in block.rows)
        )
    if isinstance(block, Qr):
        return replace(block, caption=fit(block.caption))
    return block


def _mark(cells: int) -> list[Laid]:
    """Return the rows that say that a paper is simulated: words between rules, where nobody cuts them off unseen."""
    words = wrap([Run(f"*** {SIMULATED_MARK} ***", bold=True)], cells, width_of)
    return [TextRow(words_of_row, Align.CENTRE) for words_of_row in words]


def _laid(block: Block, cells: int) -> Iterator[Laid]:
    if isinstance(block, Line):
        yield from (TextRow(row, block.align) for row in wrap(block.runs, cells, width_of))
    elif isinstance(block, Pair):
        yield from _pair(block, cells)
    elif isinstance(block, Table):
        yield from _table(block, cells)
    elif isinstance(block, Rule):
        yield TextRow((Run(RULED * cells),))
    elif isinstance(block, Space):
        yield from [TextRow(())] * min(block.lines, MOST_SPACE)
    elif isinstance(block, PageBreak):
        yield Cut()
    else:
        yield block
        if isinstance(block, Qr) and block.caption:
            yield from (TextRow(row, Align.CENTRE) for row in wrap([Run(block.caption)], cells, width_of))


def _pair(pair: Pair, cells: int) -> Iterator[TextRow]:
    """Yield name and value on one row, or the value on rows of its own where both do not fit."""
    factor = FACTORS[pair.size][0]
    free = cells // factor - cells_of(pair.left) - cells_of(pair.right)
    if free >= GAP and "\n" not in pair.left + pair.right:
        yield TextRow((Run(pair.left + " " * free + pair.right, pair.size, pair.bold),))
        return
    for text, align in ((pair.left, Align.LEFT), (pair.right, Align.RIGHT)):
        if text:
            yield from (TextRow(row, align) for row in wrap([Run(text, pair.size, pair.bold)], cells, width_of))


def _table(table: Table, cells: int) -> Iterator[TextRow]:
    widths = _widths(table.columns, cells)
    if any(column.title for column in table.columns):
        yield from _table_row(Row(tuple(column.title for column in table.columns), bold=True), table.columns, widths)
    for row in table.rows:
        yield from _table_row(row, table.columns, widths)


def _widths(columns: tuple[Column, ...], cells: int) -> list[int]:
    """Share the cells out; a column has room for a Chinese character, and what is left over goes to the widest."""
    free = cells - GAP * (len(columns) - 1)
    if 2 * len(columns) > free:
        raise DataError("printing.too_many_columns", columns=len(columns), cells=cells)
    total = sum(column.share for column in columns)
    widths = [max(2, free * column.share // total) for column in columns]
    while sum(widths) > free:
        widths[widths.index(max(widths))] -= 1
    widths[widths.index(max(widths))] += free - sum(widths)
    return widths


def _table_row(row: Row, columns: tuple[Column, ...], widths: list[int]) -> Iterator[TextRow]:
    wrapped = [
        ["".join(run.text for run in line) for line in wrap([Run(cell)], width, width_of)]
        for cell, width in zip(row.cells, widths, strict=True)
    ]
    for number in range(max(len(lines) for lines in wrapped)):
        texts = [lines[number] if number < len(lines) else "" for lines in wrapped]
        padded = [
            _padded(text, column.align, width) for text, column, width in zip(texts, columns, widths, strict=True)
        ]
        yield TextRow((Run((" " * GAP).join(padded).rstrip(), bold=row.bold),))


def _padded(text: str, align: Align, width: int) -> str:
    free = max(0, width - cells_of(text))
    before = {Align.LEFT: 0, Align.CENTRE: free // 2, Align.RIGHT: free}[align]
    return " " * before + text + " " * (free - before)
