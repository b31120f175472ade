"""A document as plain text, for the command line, for tests and for whoever listens instead of looking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.domain.documents import Align, Barcode, Cut, Document, Drawer, Qr, Width
from carcheck_desktop.printing.strip import Laid, TextRow, lay_out, width_of

if TYPE_CHECKING:
    from collections.abc import Iterator

CELLS = {Width.RECEIPT80: 48, Width.RECEIPT58: 32, Width.LABEL: 32, Width.A4: 96}


def to_text(document: Document) -> str:
    """Return the document in lines as wide as its paper; codes and pictures stand in square brackets."""
    cells = CELLS[document.width]
    return "".join(f"{line}\n" for laid in lay_out(document, cells) for line in _lines(laid, cells))


def _lines(laid: Laid, cells: int) -> Iterator[str]:
    if isinstance(laid, TextRow):
        free = max(0, cells - sum(map(width_of, laid.runs)))
        yield (" " * {Align.LEFT: 0, Align.CENTRE: free // 2, Align.RIGHT: free}[laid.align] + laid.text).rstrip()
    elif isinstance(laid, Qr):
        yield f"[QR {laid.data}]"
    elif isinstance(laid, Barcode):
        yield f"[CODE128 {laid.data}]"
    elif isinstance(laid, Cut):
        yield "- " * (cells // 2)
    elif isinstance(laid, Drawer):
        return
    else:
        yield f"[PNG {len(laid.png)}]"
