"""What every table file has alike: its days, sources and grounds, numbers of formulas, choices, rounding.

Which keys a file must have, and what they mean, is the file's own: `tables`, `emission.tables`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.verdicts import Confidence, Quantity
from carcheck_desktop.standards.loading.dated import Ground
from carcheck_desktop.standards.loading.reading import Row, UnknownWordError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

SCHEMA = 2
NAMES = {"rounding": "quantity", "item": "item"}
"""By which field a row of a section is known; by `key` in all others."""
SLOTS = {"limit": "quantity", "rounding": "quantity", "item": "item", "cycle": "group"}
"""Which field decides whose history a row of a section belongs to; `key` in all others."""
T = TypeVar("T")


class Mode(StrEnum):
    """How a quantity is rounded; half even as GB/T 8170 does (四舍六入五成双)."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure was read."""

    id: str
    what: str
    place: str


@dataclass(frozen=True, slots=True)
class Constant:
    """A number of a formula or rule; `value` in `unit`."""

    key: str
    value: Decimal
    unit: str
    ground: Ground

    @property
    def slot(self) -> str:
        """The key."""
        return self.key


@dataclass(frozen=True, slots=True)
class Setting:
    """A choice between readings of the standard."""

    key: str
    value: str
    ground: Ground

    @property
    def slot(self) -> str:
        """The key."""
        return self.key


@dataclass(frozen=True, slots=True)
class Rounding:
    """How a quantity is rounded before it is judged."""

    quantity: Quantity
    mode: Mode
    decimals: int
    ground: Ground

    @property
    def slot(self) -> str:
        """The quantity."""
        return self.quantity.value


class Kept:
    """What of a kept file this program knows no more: names for people, and the slots whose rows are no longer all there."""

    def __init__(self) -> None:
        self.passed_over: list[str] = []
        self.torn: set[str] = set()
        self.words: dict[tuple[str, str], set[str]] = {}
        """Words that the file itself has for each quantity and axis; a case of another word was not there yet."""

    def pass_over(self, section: str, name: str, value: str = "") -> None:
        """Note a row, or the one word of it that is not known."""
        self.passed_over.append(f"{section} {name} ({value})" if value and value != name else f"{section} {name}")


def taken(file: Row, section: str, take: Callable[[Row], T], kept: Kept | None) -> list[T]:
    """Take every row of a section; of a kept file those are passed over that this program knows no more."""
    found = []
    for row in file.rows(section):
        fields = row.left()
        name, slot = (str(fields.get(each.get(section, "key"), "")) for each in (NAMES, SLOTS))
        try:
            found.append(take(row))
        except UnknownWordError as error:
            if kept is None:
                raise
            kept.pass_over(section, name, str(error.problem.params["value"]))
            kept.torn.add(slot)
    return found


def opened(content: bytes) -> Row:
    """Return a table file as a row; raise `DataError` for what is no TOML or of another schema."""
    try:
        data = tomllib.loads(content.decode(), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError("standards.tables.not_toml", detail=error) from error
    file = Row("file", data)
    schema = file.whole("schema")
    if schema != SCHEMA:
        raise file.refuse("schema", schema, str(SCHEMA))
    return file


def days(row: Row) -> tuple[date, date | None]:
    """Take from when until when a row holds, both included."""
    first = row.day("valid_from")
    last = row.day("valid_until") if row.has("valid_until") else None
    if last is not None and last < first:
        raise row.refuse("valid_until", last, f">= {first.isoformat()}")
    return first, last


def sources_of(file: Row) -> tuple[Source, ...]:
    """Take the list of sources, each id once."""
    sources = tuple(_source(row) for row in file.rows("source"))
    known: set[str] = set()
    for source in sources:
        if source.id in known:
            raise DataError("standards.tables.double_source", id=source.id)
        known.add(source.id)
    return sources


def ground(row: Row, known: frozenset[str]) -> Ground:
    """Take what all rows share and close the row."""
    first, last = days(row)
    taken = Ground(
        valid_from=first,
        valid_until=last,
        standard=row.text("standard"),
        clause=row.text("clause"),
        sources=row.texts("sources"),
        confidence=row.choice("confidence", Confidence),
        note=row.text("note"),
    )
    for source in taken.sources:
        if source not in known:
            raise row.refuse("sources", source, ", ".join(sorted(known)))
    row.done()
    return taken


def constant(row: Row, known: frozenset[str], keys: tuple[str, ...]) -> Constant:
    """Take a number that one of `keys` names."""
    key = row.text("key")
    if key not in keys:
        raise row.unknown("key", key, ", ".join(keys))
    value = row.number("value")
    if value <= 0:
        raise row.refuse("value", value, "> 0")
    return Constant(key, value, row.text("unit"), ground(row, known))


def setting(row: Row, known: frozenset[str], choices: Mapping[str, tuple[str, ...]]) -> Setting:
    """Take a choice of one of `choices`."""
    key = row.text("key")
    if key not in choices:
        raise row.unknown("key", key, ", ".join(choices))
    value = row.text("value")
    if value not in choices[key]:
        raise row.unknown("value", value, ", ".join(choices[key]))
    return Setting(key, value, ground(row, known))


def rounding(row: Row, known: frozenset[str]) -> Rounding:
    """Take how a quantity is rounded."""
    quantity, mode = row.choice("quantity", Quantity), row.choice("mode", Mode)
    return Rounding(quantity, mode, row.whole("decimals"), ground(row, known))


def _source(row: Row) -> Source:
    source = Source(row.text("id"), row.text("what"), row.text("place"))
    row.done()
    return source
