"""What the fields of records mean, out of the code that reads them: units by their names, sentences by their docstrings.

For the documentation alone; nothing is judged by it.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal, get_args, get_origin

from carcheck_desktop.standards.bench.ranges import Range, range_of
from carcheck_desktop.standards.records.reading import shape_of

UNITS = {
    "m_per_km": "m/km", "per_m": "m⁻¹", "g_per_km": "g/km", "m_per_s2": "m/s²", "m_s2": "m/s²", "L_per_s": "L/s", "lps": "L/s",
    "mm_per_10m": "mm per 10 m", "daN_per_kg": "daN/kg",
    "daN": "daN (10 N)", "kN": "kN", "N": "N", "kg": "kg", "cd": "cd", "percent": "%", "ppm": "10⁻⁶", "mm": "mm",
    "cm": "cm", "m": "m", "km": "km", "kmh": "km/h", "ms": "ms", "s": "s", "min": "min", "h": "h", "days": "d", "kW": "kW",
    "rpm": "r/min", "kPa": "kPa", "C": "°C", "K": "K", "ml": "mL", "L": "L", "g": "g", "months": "months", "years": "years",
}  # fmt: skip
"""The unit that ends a field's name."""
PLAIN = {
    Decimal: "number", int: "whole number", str: "text", bool: "true or false", date: "day `YYYY-MM-DD`",
    datetime: "moment `YYYY-MM-DDThh:mm:ss+08:00`", object: "number or object",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldWords:
    """One field for the reader; `default` is None where it must be given, "" where leaving it out says nothing."""

    name: str
    kind: str
    unit: str
    default: str | None
    meaning: str
    range: Range | None = None


def about(record: type) -> str:
    """Return the docstring of a record's dataclass as paragraphs."""
    return inspect.cleandoc(record.__doc__ or "")


def fields_of(record: type) -> list[FieldWords]:
    """Return every field of a record in its order."""
    meanings, defaults = _docstrings(record), {each.name: _default(each) for each in fields(record)}
    return [
        FieldWords(
            each.name,
            kind_of(each.hint),
            unit_of(each.name),
            None if each.is_required else defaults[each.name],
            _with_range(meanings.get(each.name, ""), range_of(record, each.name)),
            range_of(record, each.name),
        )
        for each in shape_of(record)
    ]


def _with_range(meaning: str, found: Range | None) -> str:
    if found is None or "1 to 12" in meaning:
        return meaning
    return f"{meaning} {'Above ' if found.above else ''}{found.least} to {found.most}."


def records_within(record: type) -> list[type]:
    """Return the records that a record's fields hold, each once, in the order of the fields."""
    found: list[type] = []
    for each in shape_of(record):
        for inner in _records_of(each.hint):
            found += [one for one in (inner, *records_within(inner)) if one not in found]
    return found


def enums_within(record: type) -> list[type[StrEnum]]:
    """Return the enumerations whose words a record's own fields take."""
    found: list[type[StrEnum]] = []
    for each in shape_of(record):
        parts = get_args(each.hint) or (each.hint,)
        found += [part for part in parts if isinstance(part, type) and issubclass(part, StrEnum) and part not in found]
    return found


def unit_of(name: str) -> str:
    """Return the unit that a field's name ends with; empty where it has none."""
    parts = name.split("_")
    for start in range(1, len(parts)):
        unit = UNITS.get("_".join(parts[start:]))
        if unit is not None:
            return unit
    return ""


def kind_of(hint: Any) -> str:  # noqa: ANN401 - a type hint has no narrower type
    """Return a type as a reader of JSON says it."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin is tuple:
        inner = kind_of(parts[0])
        return f"list of {inner}" if parts[-1] is Ellipsis else f"list of {len(parts)}: {inner}"
    if origin is dict:
        return f"object of {kind_of(parts[1])}"
    if origin is Literal:
        return " \\| ".join(f"`{each}`" for each in parts)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return " \\| ".join(f"`{each.value}`" for each in hint)
    if is_dataclass(hint) and isinstance(hint, type):
        return f"object `{hint.__name__}`"
    return PLAIN[hint]


def docstring_of(member: StrEnum) -> str:
    """Return the sentence behind one member of an enumeration; empty where it has none."""
    return _docstrings(type(member)).get(member.name, "")


def _records_of(hint: Any) -> list[type]:  # noqa: ANN401 - a type hint has no narrower type
    parts = get_args(hint) or (hint,)
    return [part for part in parts if isinstance(part, type) and is_dataclass(part)]


def _default(each: Any) -> str:  # noqa: ANN401 - dataclasses.Field of any type
    value = each.default
    if value is MISSING or value is None or value == ():
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _docstrings(kind: type) -> dict[str, str]:
    """Return the sentence that stands behind each field or member in the source of a class."""
    (found,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    said: dict[str, str] = {}
    name = ""
    for node in found.body if isinstance(found, ast.ClassDef) else []:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            name = node.target.id
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
        elif name and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            said[name] = " ".join(inspect.cleandoc(str(node.value.value)).split())
            name = ""
        else:
            name = ""
    return said
