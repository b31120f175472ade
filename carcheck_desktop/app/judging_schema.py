"""The JSON Schema (draft 2020-12) of a file of inspection records, made from the dataclasses that read it."""

from __future__ import annotations

from dataclasses import is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from carcheck_desktop.app.judging_fields import about, fields_of
from carcheck_desktop.domain.vehicle import InspectionKind
from carcheck_desktop.standards.records.reading import shape_of
from carcheck_desktop.standards.records.record import PLATFORM_KINDS, RecordFields

if TYPE_CHECKING:
    from collections.abc import Mapping

    from carcheck_desktop.standards.bench.ranges import Range
    from carcheck_desktop.standards.records.kind import Kind

PLAIN: dict[Any, dict[str, Any]] = {
    Decimal: {"type": "number"},
    int: {"type": "integer"},
    str: {"type": "string"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    object: {},
}


def schema_of(kinds: Mapping[str, Kind[Any]]) -> dict[str, Any]:
    """Return the schema of a file: one record or a list of them (a file of lines has one record a line)."""
    definitions: dict[str, Any] = {}
    record = _object(RecordFields, definitions)
    measurements = []
    for kind in kinds.values():
        shape = _object(kind.record, definitions)
        shape["properties"] = {"kind": {"const": kind.name}} | shape["properties"]
        shape["required"] = ["kind", *shape["required"]]
        definitions[f"measurement.{kind.name}"] = shape
        measurements.append({"$ref": f"#/$defs/measurement.{kind.name}"})
    properties = record["properties"]
    properties["measurements"] |= {"minItems": 1, "items": {"oneOf": measurements}}
    words = [*(each.value for each in InspectionKind), *(f"{code}([0-9]{{2}})?" for code in PLATFORM_KINDS)]
    properties["inspection"]["pattern"] = f"^({'|'.join(words)})$"
    properties["limits"]["additionalProperties"] = {"$ref": "#/$defs/limit"}
    definitions["limit"] = _limit()
    definitions["record"] = record
    one = {"$ref": "#/$defs/record"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "carcheck inspection records",
        "description": "What `main.py judge FILE` reads. Numbers are read as exact decimals, never as binary fractions.",
        "anyOf": [one, {"type": "array", "items": one, "minItems": 1}],
        "$defs": dict(sorted(definitions.items())),
    }


def _object(record: type, definitions: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a record's dataclass; records within it are added to the definitions."""
    words = {each.name: each for each in fields_of(record)}
    properties = {}
    for each in shape_of(record):
        said = words[each.name]
        shape = _within(dict(_value(each.hint, definitions)), said.range)
        if not each.is_required:
            shape = _or_null(shape)
        description = ", ".join(part for part in (said.meaning, said.unit) if part)
        properties[each.name] = shape | ({"description": description} if description else {})
    return {
        "type": "object",
        "description": about(record),
        "properties": properties,
        "required": [each.name for each in shape_of(record) if each.is_required],
        "additionalProperties": False,
    }


def _within(shape: dict[str, Any], found: Range | None) -> dict[str, Any]:
    """Add the range of a figure, or of each figure of a list."""
    if found is None:
        return shape
    if "items" in shape:
        return shape | {"items": _within(dict(shape["items"]), found)}
    return shape | {"exclusiveMinimum" if found.above else "minimum": found.least, "maximum": found.most}


def _or_null(shape: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in shape:
        return {"anyOf": [shape, {"type": "null"}]}
    if "type" in shape:
        shape["type"] = [shape["type"], "null"]
    if "enum" in shape:
        shape["enum"] = [*shape["enum"], None]
    return shape


def _value(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - a type hint has no narrower type
    origin, parts = get_origin(hint), get_args(hint)
    if origin is tuple:
        return _list(parts, definitions)
    if origin is dict:
        return {"type": "object", "additionalProperties": _value(parts[1], definitions)}
    if origin is Literal:
        return {"type": "string", "enum": list(parts)}
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {"type": "string", "enum": [each.value for each in hint]}
    if is_dataclass(hint) and isinstance(hint, type):
        name = _name_of(hint)
        if name not in definitions:
            definitions[name] = {}  # its place, while the records within it are described
            definitions[name] = _object(hint, definitions)
        return {"$ref": f"#/$defs/{name}"}
    return PLAIN[hint]


def _list(parts: tuple[Any, ...], definitions: dict[str, Any]) -> dict[str, Any]:
    if parts[-1] is Ellipsis:
        return {"type": "array", "items": _value(parts[0], definitions)}
    each = [_value(part, definitions) for part in parts]
    return {"type": "array", "prefixItems": each, "items": False, "minItems": len(each)}


def _name_of(record: type) -> str:
    """Return a name that no other record has: the room's file and the class."""
    return f"{record.__module__.rpartition('.')[2]}.{record.__name__}"


def _limit() -> dict[str, Any]:
    figure = {"type": "number"}
    return {
        "description": "A number where the tables have one bound, else its figures, perhaps with another comparison.",
        "anyOf": [
            figure,
            {"type": "null"},
            {
                "type": "object",
                "properties": {
                    "comparison": {"enum": [">=", "<=", "between", "within"]},
                    **dict.fromkeys(("value", "low", "high", "percent", "absolute"), figure),
                },
                "additionalProperties": False,
            },
        ],
    }
