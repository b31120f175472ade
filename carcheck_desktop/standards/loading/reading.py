"""One TOML table read strictly: each key is asked for by name and type, what is left over is refused.

Knows nothing of what the keys mean; `tables` does.
"""

from __future__ import annotations

import itertools
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from carcheck_desktop.base.errors import DataError

if TYPE_CHECKING:
    from enum import StrEnum

Choice = TypeVar("Choice", bound="StrEnum")


class UnknownWordError(DataError):
    """A key or word that this program does not know, or knows no more; all else of the row may be right."""


class Row:
    """One table of the file; `where` names it in errors."""

    def __init__(self, where: str, content: object) -> None:
        if not isinstance(content, dict):
            raise DataError("standards.tables.wrong_type", where=where, key=where, value=content, expected="table")
        self.where = where
        self._left: dict[str, object] = dict(content)

    def has(self, key: str) -> bool:
        """Say whether the key is there and not yet taken."""
        return key in self._left

    def text(self, key: str) -> str:
        """Take a string."""
        value = self._take(key)
        if not isinstance(value, str):
            raise self._wrong(key, value, "string")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Take a list of strings that is not empty and names nothing twice."""
        value = self._take(key)
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self._wrong(key, value, "list of strings")
        if not value or len(set(value)) != len(value):
            raise self.refuse(key, value, "one or more, each once")
        return tuple(value)

    def number(self, key: str) -> Decimal:
        """Take a number, exactly as written."""
        value = self._take(key)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self._wrong(key, value, "number")
        exact = Decimal(value)
        if not exact.is_finite():
            raise self.refuse(key, value, "a finite number")
        return exact

    def whole(self, key: str) -> int:
        """Take a whole number that is not negative."""
        value = self._take(key)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self._wrong(key, value, "whole number")
        if value < 0:
            raise self.refuse(key, value, ">= 0")
        return value

    def wholes(self, key: str) -> tuple[int, ...]:
        """Take a list of whole numbers above zero, each higher than the one before; it may be empty."""
        value = self._take(key)
        if not isinstance(value, list) or not all(
            isinstance(each, int) and not isinstance(each, bool) for each in value
        ):
            raise self._wrong(key, value, "list of whole numbers")
        if any(before >= after for before, after in itertools.pairwise((0, *value))):
            raise self.refuse(key, value, "0 < … < …")
        return tuple(value)

    def day(self, key: str) -> date:
        """Take a date without a time."""
        value = self._take(key)
        if isinstance(value, datetime) or not isinstance(value, date):
            raise self._wrong(key, value, "date")
        return value

    def choice(self, key: str, kind: type[Choice]) -> Choice:
        """Take one word of an enumeration."""
        return self._member(key, self.text(key), kind)

    def choices(self, key: str, kind: type[Choice]) -> tuple[Choice, ...]:
        """Take several words of an enumeration."""
        return tuple(self._member(key, word, kind) for word in self.texts(key))

    def known_choices(self, key: str, kind: type[Choice]) -> tuple[tuple[Choice, ...], tuple[str, ...]]:
        """Take several words of an enumeration; return those it has, and those it has not."""
        words, members = self.texts(key), {member.value: member for member in kind}
        return tuple(members[word] for word in words if word in members), tuple(
            word for word in words if word not in members
        )

    def rows(self, key: str) -> list[Row]:
        """Take an array of tables; an absent one is empty."""
        value = self._left.pop(key, [])
        if not isinstance(value, list):
            raise self._wrong(key, value, "array of tables")
        return [Row(f"{key}[{place}]", each) for place, each in enumerate(value, 1)]

    def row(self, key: str) -> Row:
        """Take one table."""
        return Row(key, self._take(key))

    def left(self) -> dict[str, object]:
        """Return whatever nobody asked for yet, and leave it."""
        return dict(self._left)

    def done(self) -> None:
        """Refuse whatever nobody asked for."""
        for key, value in self._left.items():
            raise DataError("standards.tables.unknown_key", where=self.where, key=key, value=value)

    def refuse(self, key: str, value: object, allowed: str) -> DataError:
        """Return the error for a value of the right type that cannot be used."""
        return DataError("standards.tables.wrong_value", where=self.where, key=key, value=value, allowed=allowed)

    def unknown(self, key: str, value: object, allowed: str) -> UnknownWordError:
        """Return the error for a key or word that is not one of those known."""
        return UnknownWordError("standards.tables.wrong_value", where=self.where, key=key, value=value, allowed=allowed)

    def _member(self, key: str, value: str, kind: type[Choice]) -> Choice:
        try:
            return kind(value)
        except ValueError as error:
            raise self.unknown(key, value, ", ".join(member.value for member in kind)) from error

    def _take(self, key: str) -> object:
        if key not in self._left:
            raise DataError("standards.tables.missing_key", where=self.where, key=key)
        return self._left.pop(key)

    def _wrong(self, key: str, value: object, expected: str) -> DataError:
        return DataError("standards.tables.wrong_type", where=self.where, key=key, value=value, expected=expected)
