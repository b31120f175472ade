"""Money: whole fen, read and written as people do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carcheck_desktop.base.errors import UsageError
from carcheck_desktop.base.money import fen_of, yuan


@pytest.mark.parametrize(
    ("text", "fen"),
    [("120", 12000), ("120.5", 12050), ("￥0.05", 5), ("¥ 3.50", 350), ("-3.5", -350), ("12元", 1200), (" 7.00 ", 700)],
)
def test_an_amount_is_read_as_people_write_it(text: str, fen: int) -> None:
    assert fen_of(text) == fen


@pytest.mark.parametrize("text", ["", "12.345", "1,000", "twelve", "1e3", "12.", "．５", "٣"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        fen_of(text)


@given(st.integers(-(10**11) + 1, 10**11 - 1))
def test_what_is_written_is_read_again(fen: int) -> None:
    written = yuan(fen)
    assert fen_of(written.replace("-￥", "-")) == fen
    assert written.removeprefix("-").startswith("￥")
