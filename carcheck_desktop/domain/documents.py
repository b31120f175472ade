"""Papers as data: what a ticket, a receipt, a label or a report says, block by block, whatever prints it.

The text in a document is final: whoever builds one renders it from codes in the language of the paper, so a document
that was signed or numbered never changes with a catalogue. How it becomes bytes, PDF or a picture lives in `printing`;
what stands on which paper lives in `desk.papers`.

Stored form (`main.py render` reads it): JSON with `kind`, `number`, `language`, `width`, `simulated`, `title` and `blocks`,
each block an object with its name under `block`: line, pair, table, rule, qr, barcode, picture, space, cut, drawer, page_break.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from carcheck_desktop.base.data import from_json, from_plain, to_json, to_plain
from carcheck_desktop.base.errors import DataError

SIMULATED_MARK = "模拟数据 SIMULATED"
"""What every renderer puts on a document whose `simulated` is set; always in both languages."""


class DocumentKind(StrEnum):
    """Which paper it is."""

    QUEUE_TICKET = "queue_ticket"
    RECEIPT = "receipt"
    KEY_LABEL = "key_label"
    REPORT = "report"
    FAILED_ITEMS = "failed_items"
    CERTIFICATE = "certificate"
    """The notice of a passed inspection: one for each signed report."""
    PRINT_TEST = "print_test"


class Width(StrEnum):
    """What it is printed on."""

    RECEIPT80 = "receipt80"
    RECEIPT58 = "receipt58"
    LABEL = "label"
    """A label as wide as a 58 mm receipt, as long as its text."""
    A4 = "a4"


class Align(StrEnum):
    """Where text stands in its line or column."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Size(StrEnum):
    """How large text is; a receipt printer multiplies its one size, a page has real sizes."""

    SMALL = "small"
    """Smaller on a page; as NORMAL on a receipt."""
    NORMAL = "normal"
    TALL = "tall"
    """Twice as high."""
    LARGE = "large"
    """Twice as high and wide."""
    HUGE = "huge"
    """Four times as high and wide: a number to be read from a distance."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one size and weight."""

    text: str
    size: Size = Size.NORMAL
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph; it is broken where the paper ends."""

    runs: tuple[Run, ...]
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Pair:
    """A name at the left edge and what belongs to it at the right edge."""

    left: str
    right: str
    bold: bool = False
    size: Size = Size.NORMAL


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; `share` is its part of the paper's width, against the sum of all columns' shares."""

    share: int
    title: str = ""
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: as many cells as the table has columns."""

    cells: tuple[str, ...]
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in columns; the head is there when a column has a title. `ruled` draws lines on a page, not on a receipt.

    Raises `DataError` when a row has another number of cells than there are columns, or a share is not positive.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    ruled: bool = False

    def __post_init__(self) -> None:
        if not self.columns or any(column.share <= 0 for column in self.columns):
            raise DataError("domain.documents.columns", columns=len(self.columns))
        for place, row in enumerate(self.rows, 1):
            if len(row.cells) != len(self.columns):
                raise DataError("domain.documents.row", row=place, cells=len(row.cells), columns=len(self.columns))


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code, as large as the paper takes it, with words under it; `beside`: on a page, what follows stands left of it."""

    data: str
    caption: str = ""
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Barcode:
    """A Code 128 barcode of printable ASCII, with its text under it."""

    data: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture (PNG), across `share` per cent of the paper's width."""

    png: bytes
    share: int = 100


@dataclass(frozen=True, slots=True)
class Space:
    """Empty lines."""

    lines: int = 1


@dataclass(frozen=True, slots=True)
class Cut:
    """The paper is cut here (a page or a printer without a cutter leaves room)."""


@dataclass(frozen=True, slots=True)
class Drawer:
    """The cash drawer opens; nothing on paper."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page; on a receipt, it is cut."""


Block = Line | Pair | Table | Rule | Qr | Barcode | Picture | Space | Cut | Drawer | PageBreak

BLOCKS: dict[str, type[Block]] = {
    "line": Line,
    "pair": Pair,
    "table": Table,
    "rule": Rule,
    "qr": Qr,
    "barcode": Barcode,
    "picture": Picture,
    "space": Space,
    "cut": Cut,
    "drawer": Drawer,
    "page_break": PageBreak,
}
"""Every block by its name in the stored form."""
NAMES = {kind: name for name, kind in BLOCKS.items()}


@dataclass(frozen=True, slots=True)
class Document:
    """One paper. `number` is what it is known by (ticket A017, receipt 000123, report …), "" for none.

    `language` is zh_CN, en, or zh_CN+en for both on one paper. `simulated` makes every renderer mark it. `title` is what a PDF
    is called; it is not printed by itself.
    """

    kind: DocumentKind
    number: str
    language: str
    width: Width
    blocks: tuple[Block, ...]
    simulated: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class _Stored:
    """The stored form, before the blocks are told apart."""

    kind: DocumentKind
    number: str
    language: str
    width: Width
    blocks: tuple[dict[str, Any], ...]
    simulated: bool = False
    title: str = ""


def document_to_json(document: Document) -> str:
    """Return the stored form, canonical: the same document is the same text, so its digest can be signed."""
    plain = to_plain(document)
    plain["blocks"] = [{"block": NAMES[type(each)], **to_plain(each)} for each in document.blocks]
    return to_json(plain)


def document_from_json(text: str | bytes) -> Document:
    """Return the document of a stored form; raise `DataError` that names the wrong place."""
    stored = from_json(text, _Stored)
    blocks = tuple(_block(place, each) for place, each in enumerate(stored.blocks, 1))
    return Document(stored.kind, stored.number, stored.language, stored.width, blocks, stored.simulated, stored.title)


def _block(place: int, plain: dict[str, Any]) -> Block:
    name = plain.get("block")
    kind = BLOCKS.get(name) if isinstance(name, str) else None
    if kind is None:
        raise DataError("domain.documents.block", place=place, name=name, known=", ".join(BLOCKS))
    try:
        return from_plain(plain, kind)
    except DataError as error:
        if error.code.startswith("domain."):
            raise
        detail = error.problem.params["detail"]
        raise DataError("domain.documents.block_shape", place=place, name=name, detail=detail) from error


def text_line(text: str, align: Align = Align.LEFT, size: Size = Size.NORMAL, *, bold: bool = False) -> Line:
    """Return a line of one run."""
    return Line((Run(text, size, bold),), align)
