"""The test page of a printer: everything that its papers need, so that a look at it tells what it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.desk.papers.pages.common import moment
from carcheck_desktop.domain.documents import (
    Align,
    Barcode,
    Block,
    Column,
    Cut,
    Document,
    DocumentKind,
    Pair,
    Qr,
    Row,
    Rule,
    Size,
    Table,
    Width,
    text_line,
)

if TYPE_CHECKING:
    from datetime import datetime

    from carcheck_desktop.desk.papers.pages.common import Letterhead, Wording

CHARACTERS = "￥120.00 23.5℃ ≥60% ≤24% ±0.5 m² m³ CO₂ m⁻¹ λ μ × ÷ ① · “” 〔〕"


def print_test(
    printer: str, at: datetime, head: Letterhead, say: Wording, width: Width = Width.RECEIPT80
) -> Document:  # fmt: skip
    """Return the test page of a printer that is called `printer`."""
    title = say(Message("papers.test.title"))
    columns = (Column(2, "1"), Column(1, "2", Align.RIGHT), Column(1, "3", Align.RIGHT))
    blocks: tuple[Block, ...] = (
        text_line(title, Align.CENTRE, Size.LARGE, bold=True),
        Pair(say(Message("papers.test.printer")), printer),
        Pair(say(Message("papers.receipt.at")), moment(at)),
        Rule(),
        text_line(CHARACTERS),
        text_line("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"),
        text_line("0123456789 ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz #$@~^`|\\{}[]"),
        *(text_line(f"{size.value} 渝A12345", size=size) for size in Size),
        text_line(say(Message("papers.test.bold")), bold=True),
        *(text_line(align.value, align) for align in Align),
        Rule(),
        Table(columns, (Row(("安检 safety", "100.00", "60%")), Row(("环检 emission", "80.00", "24%"), bold=True))),
        Qr("https://example.org/t/0123456789abcdefABCDEF", "QR"),
        Barcode("A017"),
        text_line(head.name, Align.CENTRE),
        Cut(),
    )
    return Document(DocumentKind.PRINT_TEST, "", say.language, width, blocks, head.simulated, title)
