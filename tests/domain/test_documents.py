"""A document comes back from its stored form as it was, and nonsense is named."""

from __future__ import annotations

import json
from typing import Any

import pytest

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.documents import (
    BLOCKS,
    Align,
    Barcode,
    Column,
    Cut,
    Document,
    DocumentKind,
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
    Width,
    document_from_json,
    document_to_json,
    text_line,
)

EVERYTHING = Document(
    DocumentKind.RECEIPT,
    "000123",
    "zh_CN+en",
    Width.RECEIPT80,
    (
        text_line("收费单", Align.CENTRE, Size.LARGE, bold=True),
        Line((Run("号牌 "), Run("渝A12345", Size.TALL, bold=True)), Align.LEFT),
        Pair("应收", "￥120.00", bold=True),
        Table((Column(2, "项目"), Column(1, "金额", Align.RIGHT)), (Row(("安检", "120.00"), bold=True),), ruled=True),
        Rule(),
        Qr("https://example.org/t/abc", "扫码查看进度", beside=True),
        Barcode("A017"),
        Picture(b"\x89PNG\r\n\x00\xff", 40),
        Space(2),
        Drawer(),
        PageBreak(),
        Cut(),
    ),
    simulated=True,
    title="收费单 000123",
)


def test_every_block_comes_back_as_it_was() -> None:
    assert {type(each) for each in EVERYTHING.blocks} == set(BLOCKS.values())
    stored = document_to_json(EVERYTHING)
    assert document_from_json(stored) == EVERYTHING
    assert document_to_json(document_from_json(stored)) == stored


def changed(**more: Any) -> str:
    plain = json.loads(document_to_json(EVERYTHING))
    plain.update(more)
    return json.dumps(plain)


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("", "base.data.wrong_shape", "truncated"),
        ("[1, 2]", "base.data.wrong_shape", "array"),
        (changed(width="a3"), "base.data.wrong_shape", "$.width"),
        (changed(blocks=[{"block": "poem"}]), "domain.documents.block", "poem"),
        (changed(blocks=[{"text": "no name"}]), "domain.documents.block", "None"),
        (changed(blocks=[{"block": "space"}, {"block": "qr"}]), "domain.documents.block_shape", "place=2"),
        (changed(blocks=[{"block": "table", "columns": [], "rows": []}]), "domain.documents.columns", "columns=0"),
        (
            changed(blocks=[{"block": "table", "columns": [{"share": 1}], "rows": [{"cells": ["a", "b"]}]}]),
            "domain.documents.row",
            "cells=2",
        ),
    ],
)
def test_nonsense_is_refused_with_its_place(text: str, code: str, said: str) -> None:
    with pytest.raises(DataError) as refused:
        document_from_json(text)
    assert refused.value.code == code
    assert said in str(refused.value)
