"""What two versions of a table file differ in, value by value, each by the key of its row.

Also for versions that `edition.parse` refuses, as long as they are TOML: a changed file must be named whatever was done to it.
"""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.tables import ValueChange

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = {"source": "id", "rounding": "quantity"}
"""By which field a row of a section is known; by `key` in all others."""


def differences(old: bytes, new: bytes) -> tuple[ValueChange, ...]:
    """Return every value that differs, "" where a version has none; raises `DataError` for what is no TOML.

    Nothing when only comments or the layout differ.
    """
    before, after = _values(old), _values(new)
    places = [*before, *(place for place in after if place not in before)]
    return tuple(
        ValueChange(place, before.get(place, ""), after.get(place, ""))
        for place in places
        if before.get(place) != after.get(place)
    )


def _values(content: bytes) -> dict[str, str]:
    """Return every value of a file by its place: section, key of the row, field."""
    try:
        data = tomllib.loads(content.decode(), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError("standards.tables.not_toml", detail=error) from error
    found: dict[str, str] = {}
    for section, value in data.items():
        rows = value if isinstance(value, list) else [value]
        for place, row in _named(section, rows):
            for field, text in _fields(row):
                found[f"{place} {field}".strip()] = text
    return found


def _named(section: str, rows: list[object]) -> Iterator[tuple[str, object]]:
    """Yield each row with its place; rows of one key that follow each other in time are told apart by their first day."""
    names = [_name(section, row) for row in rows]
    taken: set[str] = set()
    for name, row in zip(names, rows, strict=True):
        place = name
        if names.count(name) > 1 and isinstance(row, dict):
            place = f"{name} ({_text(row.get('valid_from', ''))})"
        while place in taken:
            place += "'"
        taken.add(place)
        yield place, row


def _name(section: str, row: object) -> str:
    key = row.get(NAMES.get(section, "key")) if isinstance(row, dict) else None
    return f"{section} {key}" if key is not None else section


def _fields(row: object) -> Iterator[tuple[str, str]]:
    if not isinstance(row, dict):
        yield "", _text(row)
        return
    for name, value in row.items():
        if isinstance(value, dict):
            for inner, text in _fields(value):
                yield f"{name}.{inner}", text
        else:
            yield name, _text(value)


def _text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_text(each) for each in value)
    return value.isoformat() if isinstance(value, date) else str(value)
