"""Plain data, as JSON is parsed, to frozen dataclasses: strict, exact, and every refusal names its place.

Numbers have to come as `Decimal` (whole ones too) and so never pass through a binary fraction. What a record's fields are is
said by its dataclass alone: `shape_of` is what the reader, the published schema and the documentation all go by.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from carcheck_desktop.base.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")
MOST_DIGITS = 24
"""Before and after the point: more no instrument gives, and a number of a million digits would stop the program."""
MOST_SHOWN = 60
NUMBER = f"a number of up to {MOST_DIGITS} digits before and after the point"
DAY = "YYYY-MM-DD"
FIRST_YEAR = 1950
"""Nothing that is inspected, and no inspection, is of a day before it."""
MOMENT = "YYYY-MM-DDThh:mm:ss+hh:mm"


class Doubled(Enum):
    """What a parser puts in the place of a name that stands twice in one object."""

    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Beyond:
    """What a parser puts in the place of what it cannot give; `written` is what stands there.

    A number whose exponent is beyond everything, and a text with half a character in it.
    """

    written: str


@dataclass(frozen=True, slots=True)
class FieldShape:
    """One field of a record: its type without `None`, and whether it must be given."""

    name: str
    hint: Any
    is_required: bool


_shapes: dict[type, tuple[FieldShape, ...]] = {}


def shape_of(kind: type) -> tuple[FieldShape, ...]:
    """Return the fields of a record's dataclass, in its order; raise `TypeError` for a type that no record may have."""
    found = _shapes.get(kind)
    if found is None:
        hints = get_type_hints(kind, localns={"Decimal": Decimal, "date": date, "datetime": datetime})
        found = tuple(
            FieldShape(each.name, _known(bare(hints[each.name])), is_required(each.default, each.default_factory))
            for each in fields(kind)
            if each.init
        )
        _shapes[kind] = found
    return found


def is_required(default: object, factory: object) -> bool:
    """Say whether a field has neither a default nor a factory of one."""
    return default is MISSING and factory is MISSING


def bare(hint: Any) -> Any:  # noqa: ANN401 - a type hint has no narrower type
    """Return a type without `| None`."""
    parts = [part for part in get_args(hint) if part is not type(None)]
    return parts[0] if type(None) in get_args(hint) and len(parts) == 1 else hint


def record_of(data: object, kind: type[T], place: str = "") -> T:
    """Build a `kind` from an object of plain data; `place` is the path of the object itself.

    Raises `DataError` with the path of a field that is missing, unknown, given twice or wrong.
    """
    if not isinstance(data, dict):
        raise wrong(place or "record", data, "{…}")
    shape = shape_of(kind)
    refuse_unknown(data, [each.name for each in shape], place)
    given = {}
    for each in shape:
        path = under(place, each.name)
        value = data.get(each.name)
        if value is not None:
            given[each.name] = value_of(value, each.hint, path)
        elif each.is_required:
            raise DataError("standards.record.missing", field=path)
    return kind(**given)


def refuse_unknown(data: Mapping[str, object], known: list[str], place: str = "") -> None:
    """Raise `DataError` for the first name that nobody asked for, so that no typing error is passed over."""
    for name in data:
        if name not in known:
            raise DataError("standards.record.unknown_field", field=under(place, name), allowed=", ".join(known))


def under(place: str, name: str) -> str:
    """Return the path of a field of the object at `place`."""
    return f"{place}.{name}" if place else name


def wrong(field: str, value: object, allowed: str) -> DataError:
    """Return the error of a value that cannot be used, with what could."""
    return DataError("standards.record.wrong_value", field=field, value=shown(value), allowed=allowed)


def shown(value: object) -> str:
    """Return a value as an error names it: short, and as JSON has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    if isinstance(value, str) and not isinstance(value, Enum):
        return f'"{_short(value)}"'
    if isinstance(value, Beyond):
        return _short(value.written)
    return _short("null" if value is None else str(value))


def _short(text: str) -> str:
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def value_of(value: object, hint: Any, path: str) -> object:  # noqa: ANN401 - a type hint has no narrower type
    """Return a value as the type that a field asks for; raise `DataError` naming the path."""
    if value is Doubled.TWICE:
        raise DataError("standards.record.twice", field=path)
    origin = get_origin(hint)
    if origin is tuple:
        return _several(value, get_args(hint), path)
    if origin is dict:
        return _named(value, get_args(hint)[1], path)
    if origin is Literal:
        return _one_of(value, [str(each) for each in get_args(hint)], path)
    if isinstance(hint, type):
        if issubclass(hint, StrEnum):
            return hint(_one_of(value, [str(each) for each in hint], path))
        if is_dataclass(hint):
            return record_of(value, hint, path)
    return READERS[hint](value, path)


def number(value: object, path: str) -> Decimal:
    """Return an exact number; raise `DataError` for one that is none, not finite, or out of all proportion."""
    if not isinstance(value, Decimal) or not value.is_finite():
        raise wrong(path, value, NUMBER)
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -MOST_DIGITS or value.adjusted() >= MOST_DIGITS:
        raise wrong(path, value, NUMBER)
    return value


def _whole(value: object, path: str) -> int:
    read = number(value, path)
    exponent = read.as_tuple().exponent
    if read != read.to_integral_value() or (isinstance(exponent, int) and exponent > 0):
        raise wrong(path, value, "a whole number, written with its digits")
    return int(read)


def _text(value: object, path: str) -> str:
    if not isinstance(value, str):
        raise wrong(path, value, '"…"')
    return value


def _truth(value: object, path: str) -> bool:
    if not isinstance(value, bool):
        raise wrong(path, value, "true, false")
    return value


def _day(value: object, path: str) -> date:
    if isinstance(value, str) and len(value) == len(DAY) and value[4] == value[7] == "-":
        try:
            day = date.fromisoformat(value)
        except ValueError as error:
            raise wrong(path, value, DAY) from error
        if day.year < FIRST_YEAR:
            raise wrong(path, value, f">= {FIRST_YEAR}-01-01")
        return day
    raise wrong(path, value, DAY)


def _moment(value: object, path: str) -> datetime:
    if isinstance(value, str) and len(value) > len(DAY) and value[10] == "T":
        try:
            moment = datetime.fromisoformat(value)
        except ValueError as error:
            raise wrong(path, value, MOMENT) from error
        if moment.year < FIRST_YEAR:
            raise wrong(path, value, f">= {FIRST_YEAR}-01-01")
        if moment.tzinfo is not None:
            return moment
    raise wrong(path, value, MOMENT)


READERS: dict[Any, Callable[[object, str], object]] = {
    Decimal: number,
    int: _whole,
    str: _text,
    bool: _truth,
    date: _day,
    datetime: _moment,
    object: lambda value, _path: value,
}
"""What reads a plain type; enumerations, records, lists and maps are read by `value_of`."""


def _one_of(value: object, allowed: list[str], path: str) -> str:
    if not isinstance(value, str) or value not in allowed:
        raise wrong(path, value, ", ".join(allowed))
    return value


def _several(value: object, parts: tuple[Any, ...], path: str) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise wrong(path, value, "[…]")
    if parts[-1] is Ellipsis:
        return tuple(value_of(each, parts[0], f"{path}[{index}]") for index, each in enumerate(value))
    if len(value) != len(parts):
        raise wrong(path, value, f"[…] × {len(parts)}")
    return tuple(value_of(each, part, f"{path}[{n}]") for n, (each, part) in enumerate(zip(value, parts, strict=True)))


def _named(value: object, part: Any, path: str) -> dict[str, object]:  # noqa: ANN401 - a type hint has no narrower type
    if not isinstance(value, dict):
        raise wrong(path, value, "{…}")
    return {name: value_of(each, part, under(path, name)) for name, each in value.items()}


def _known(hint: Any) -> Any:  # noqa: ANN401 - a type hint has no narrower type
    """See that a type can be read, down to its parts; return it."""
    origin = get_origin(hint)
    if origin in (tuple, dict):
        parts = get_args(hint)[1:] if origin is dict else get_args(hint)
        for part in parts:
            if part is not Ellipsis:
                _known(part)
    elif origin is not Literal and hint not in READERS:
        if not isinstance(hint, type) or not (issubclass(hint, StrEnum) or is_dataclass(hint)):
            raise TypeError(f"no record may have a field of {hint}")
        if is_dataclass(hint):
            shape_of(hint)
    return hint
