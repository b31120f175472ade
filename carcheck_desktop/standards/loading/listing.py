"""The rows of a table file as people read them: key, case, value and what it rests on, in texts.

For lists and generated pages; nothing is judged by it. Every section of rows is taken that has a confidence, whatever it is
called, so that a new kind of row is listed without a word here. The file was read by `edition.parse` before.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from carcheck_desktop.domain.verdicts import Confidence

if TYPE_CHECKING:
    from collections.abc import Iterator

KEYS = {"rounding": "quantity", "item": "item"}
"""By which field a row of a section is known; by `key` in all others."""
GROUND = frozenset(
    {
        "valid_from",
        "valid_until",
        "standard",
        "clause",
        "sources",
        "confidence",
        "note",
        "key",
        "quantity",
        "when",
        "unit",
    }
)
"""Fields that are shown in a place of their own, not as the row's value."""
ORDER = ("limit", "constant", "setting", "rounding", "item")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: `group` is the quantity of a limit ("" elsewhere), `value` with its unit as text, `case` in which it holds ("" for always), and its ground.

    `sources` are ids of the edition's list; `standard` with the clause where one is known.
    """

    section: str
    group: str
    key: str
    case: str
    value: str
    valid_from: str
    valid_until: str
    standard: str
    sources: tuple[str, ...]
    confidence: Confidence
    note: str


@dataclass(frozen=True, slots=True)
class TableSource:
    """Where figures were read."""

    id: str
    what: str
    place: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A whole table file as it is read: sections in the order of a standard's reader."""

    rows: tuple[TableRow, ...]
    sources: tuple[TableSource, ...]

    def doubtful(self) -> tuple[TableRow, ...]:
        """Return every row that still needs the paid text."""
        return tuple(row for row in self.rows if row.confidence is not Confidence.SOURCED)


def listing(content: bytes) -> Listing:
    """Return the rows of a file that `edition.parse` has accepted."""
    data = tomllib.loads(content.decode(), parse_float=Decimal)
    sections = [name for name in data if name in ORDER or _has_confidence(data[name])]
    sections.sort(key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER))
    rows = tuple(row for name in sections for each in data[name] for row in _rows(name, each))
    sources = tuple(TableSource(each["id"], each["what"], each["place"]) for each in data.get("source", []))
    return Listing(rows, sources)


def _has_confidence(rows: object) -> bool:
    return isinstance(rows, list) and any(isinstance(each, dict) and "confidence" in each for each in rows)


def _rows(section: str, row: dict[str, object]) -> Iterator[TableRow]:
    """Yield the row, and for an item each case whose confidence is another one than the item's."""
    key = str(row.get(KEYS.get(section, "key"), ""))
    yield _row(section, key, row, row, _value(section, row))
    for case in _tables(row.get("asked")):
        if "confidence" in case and case["confidence"] != row["confidence"]:
            yield _row(section, f"{key} · asked", {**row, "confidence": case["confidence"]}, {}, _listed(case))


def _row(section: str, key: str, ground: dict[str, object], case: dict[str, object], value: str) -> TableRow:
    place = " ".join(part for part in (str(ground.get("standard", "")), str(ground.get("clause", ""))) if part)
    return TableRow(
        section, str(case.get("quantity", "")) if section == "limit" else "", key, _case(case), value, _text(ground.get("valid_from", "")), _text(ground.get("valid_until", "")), place,
        tuple(str(each) for each in _list(ground.get("sources"))), Confidence(str(ground["confidence"])),
        str(ground.get("note", "")),
    )  # fmt: skip


def _case(row: dict[str, object]) -> str:
    when = row.get("when")
    if not isinstance(when, dict):
        return ""
    return "; ".join(f"{axis}: {_text(values)}" for axis, values in when.items())


def _value(section: str, row: dict[str, object]) -> str:
    unit = str(row.get("unit", ""))
    if section == "limit":
        return _limit(row, unit)
    if section == "rounding":
        return f"{row.get('mode')}, {row.get('decimals')}"
    if section in ("constant", "setting"):
        return f"{_text(row.get('value', ''))} {unit}".strip()
    return _listed({name: value for name, value in row.items() if name not in GROUND and name != KEYS.get(section)})


def _limit(row: dict[str, object], unit: str) -> str:
    comparison = str(row.get("comparison"))
    if comparison == "none":
        return "-"
    if comparison == "between":
        return f"{_text(row.get('low'))} … {_text(row.get('high'))} {unit}".strip()
    if comparison == "within":
        return f"±{_text(row.get('percent'))} % / ±{_text(row.get('absolute'))} {unit}".strip()
    sign = {">=": "≥", "<=": "≤"}.get(comparison, comparison)
    return f"{sign} {_text(row.get('value'))} {unit}".strip()


def _listed(fields: dict[str, object]) -> str:
    shown = {name: value for name, value in fields.items() if name != "confidence" and value not in ("", 0)}
    return "; ".join(f"{name}: {_text(value)}" for name, value in shown.items())


def _tables(value: object) -> list[dict[str, object]]:
    return [each for each in _list(value) if isinstance(each, dict)]


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []


def _text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_text(each) for each in value)
    if isinstance(value, dict):
        return "(" + _listed(value) + ")"
    return value.isoformat() if isinstance(value, date) else str(value)
