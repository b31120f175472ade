"""A price list as a person writes it in a file (TOML), turned into a command; amounts are text in yuan, never floats."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from carcheck_desktop.app.board_files import day_of, only, unusable
from carcheck_desktop.base.data import from_plain
from carcheck_desktop.base.errors import DataError, UsageError
from carcheck_desktop.base.money import fen_of
from carcheck_desktop.domain.commands import SetPriceList
from carcheck_desktop.domain.prices import PriceLine, PriceRule

if TYPE_CHECKING:
    from pathlib import Path

KEYS = {"valid_from", "valid_until", "line"}
RULE_KEYS = {"categories", "uses", "purposes", "recheck"}
LINE_KEYS = {"code", "zh", "en", "yuan"} | RULE_KEYS


def prices_of(path: Path, base_revision: int) -> SetPriceList:
    """Read a price list: `valid_from`, perhaps `valid_until`, then `[[line]]` with `code`, `zh`, `en`, `yuan` and rules.

    Raises `UsageError` naming what cannot be read.
    """
    try:
        plain = tomllib.loads(path.read_text(encoding="utf-8"))
        only(plain, KEYS)
        until = plain.get("valid_until")
        return SetPriceList(
            base_revision,
            day_of(plain["valid_from"]),
            tuple(_line(each) for each in plain.get("line", [])),
            None if until is None else day_of(until),
        )
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError, DataError) as error:
        raise unusable(path, error) from error


def _line(plain: dict[str, Any]) -> PriceLine:
    only(plain, LINE_KEYS)
    rule = from_plain({key: value for key, value in plain.items() if key in RULE_KEYS}, PriceRule)
    return PriceLine(str(plain["code"]), str(plain["zh"]), str(plain["en"]), _fen(plain["yuan"]), rule)


def _fen(given: object) -> int:
    """Read `120` or `"120.50"`; a TOML float has lost what was typed."""
    if isinstance(given, bool) or not isinstance(given, int | str):
        raise TypeError(f'yuan = {given!r}: "120.50"')
    try:
        return fen_of(str(given))
    except UsageError as error:
        raise ValueError(f"yuan = {given!r}") from error
