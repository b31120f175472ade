"""A document as the rich text of Qt: what stands on the paper, in order; no Qt.

Not what printers get (that is `printing`): sizes and line breaks are the screen's.
"""

from __future__ import annotations

import base64
from html import escape

from carcheck_desktop.domain import documents as d

SCALE = {d.Size.SMALL: 0.85, d.Size.NORMAL: 1.0, d.Size.TALL: 1.25, d.Size.LARGE: 1.5, d.Size.HUGE: 2.0}
ALIGN = {d.Align.LEFT: "left", d.Align.CENTRE: "center", d.Align.RIGHT: "right"}
RULE = "<hr/>"


def paper_html(document: d.Document, text_px: int, mark: str) -> str:
    """Return the document's blocks as rich text; `text_px` is the size of normal text, `mark` stands on simulated ones."""
    head = f'<p align="center"><b>{escape(mark)}</b></p>' if document.simulated else ""
    return head + "".join(_block(each, text_px) for each in document.blocks)


def paper_text(document: d.Document, mark: str) -> str:
    """Return the document as a screen reader says it, line by line."""
    lines = [mark] if document.simulated else []
    for block in document.blocks:
        lines += _said(block)
    return "\n".join(lines)


def _said(block: d.Block) -> list[str]:
    if isinstance(block, d.Line):
        return ["".join(run.text for run in block.runs)]
    if isinstance(block, d.Pair):
        return [f"{block.left} {block.right}"]
    if isinstance(block, d.Table):
        heads = [" ".join(column.title for column in block.columns)] if any(c.title for c in block.columns) else []
        return [*heads, *(" ".join(row.cells) for row in block.rows)]
    if isinstance(block, d.Qr):
        return [block.caption] if block.caption else []
    return []


def _block(block: d.Block, text_px: int) -> str:
    if isinstance(block, d.Line):
        return _line(block.align, "".join(_run(run, text_px) for run in block.runs))
    if isinstance(block, d.Pair):
        return _pair(block, text_px)
    if isinstance(block, d.Table):
        return _table(block, text_px)
    if isinstance(block, d.Qr | d.Barcode | d.Picture):
        return _line(d.Align.CENTRE, _code(block, text_px))
    if isinstance(block, d.Rule | d.PageBreak):
        return RULE
    return "<br/>" * block.lines if isinstance(block, d.Space) else ""


def _line(align: d.Align, inner: str) -> str:
    return f'<p align="{ALIGN[align]}" style="margin:0">{inner}</p>'


def _code(block: d.Qr | d.Barcode | d.Picture, text_px: int) -> str:
    if isinstance(block, d.Picture):
        return f'<img src="data:image/png;base64,{base64.b64encode(block.png).decode()}"/>'
    caption = block.caption if isinstance(block, d.Qr) else block.data
    return _run(d.Run(f"▦ {caption}"), text_px)


def _run(run: d.Run, text_px: int) -> str:
    size = round(text_px * SCALE[run.size])
    text = f'<span style="font-size:{size}px">{escape(run.text)}</span>'
    return f"<b>{text}</b>" if run.bold else text


def _pair(pair: d.Pair, text_px: int) -> str:
    left, right = (_run(d.Run(text, pair.size, pair.bold), text_px) for text in (pair.left, pair.right))
    return f'<table width="100%"><tr><td>{left}</td><td align="right">{right}</td></tr></table>'


def _table(table: d.Table, text_px: int) -> str:
    whole = sum(column.share for column in table.columns)
    rows = []
    if any(column.title for column in table.columns):
        rows.append(_row(table, d.Row(tuple(column.title for column in table.columns), bold=True), whole, text_px))
    rows += [_row(table, row, whole, text_px) for row in table.rows]
    border = 'border="1" cellspacing="0" style="border-collapse:collapse"' if table.ruled else 'cellspacing="0"'
    return f'<table width="100%" cellpadding="3" {border}>{"".join(rows)}</table>'


def _row(table: d.Table, row: d.Row, whole: int, text_px: int) -> str:
    cells = "".join(
        f'<td width="{round(100 * column.share / whole)}%" align="{ALIGN[column.align]}">'
        f"{_run(d.Run(text, bold=row.bold), text_px)}</td>"
        for column, text in zip(table.columns, row.cells, strict=True)
    )
    return f"<tr>{cells}</tr>"
