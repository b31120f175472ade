"""Frozen dataclasses to JSON and back, strictly, and the canonical text that digests rest on.

Decimals travel as strings, times as RFC 3339 with the offset that they have (ours are UTC). Missing keys and wrong types are a
`DataError` that names the place; unknown keys are passed over, as a newer version may add some.
"""

from __future__ import annotations

import hashlib
import threading
from typing import Any, TypeVar

import msgspec

from carcheck_desktop.base.errors import DataError

T = TypeVar("T")
_LEARNING = threading.Lock()
_learnt: dict[object, msgspec.json.Decoder[Any]] = {}
_EXACT = msgspec.json.Encoder(decimal_format="number")


def to_plain(value: object) -> Any:  # noqa: ANN401 - plain data has no narrower type
    """Return `value` as dicts, lists, strings and numbers only."""
    return msgspec.to_builtins(value)


def from_plain(data: object, kind: type[T]) -> T:
    """Build a `kind` from plain data; raise `DataError` that names the wrong place."""
    _decoder(kind)
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise DataError("base.data.wrong_shape", kind=kind.__name__, detail=error) from error


def to_json(value: object) -> str:
    """Return the canonical JSON text: keys sorted, no blanks, UTF-8 characters kept."""
    return msgspec.json.encode(value, order="sorted").decode()


def to_exact_json(value: object) -> bytes:
    """Return JSON text in which a Decimal is a JSON number with all its digits, keys as they stand.

    For whoever reads results as numbers; our own records keep decimals as strings (`to_json`).
    """
    return _EXACT.encode(value)


def from_json(text: str | bytes, kind: type[T]) -> T:
    """Build a `kind` from JSON text; raise `DataError` that names the wrong place."""
    try:
        return _decoder(kind).decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:  # nested without end: no shape of ours
        raise DataError("base.data.wrong_shape", kind=kind.__name__, detail=error) from error


def _decoder(kind: type[T]) -> msgspec.json.Decoder[T]:
    """Return what reads a kind, made once and by one thread at a time.

    The library keeps what it knows of a dataclass at the class, and lets other threads see it half made: when several
    threads met a kind for the first time, as the errands of a service that starts with many visits do, the process crashed.
    """
    found = _learnt.get(kind)
    if found is None:
        with _LEARNING:
            found = _learnt.get(kind) or _learnt.setdefault(kind, msgspec.json.Decoder(kind))
    return found


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of `content` as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
