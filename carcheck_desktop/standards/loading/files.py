"""Several table files at once: each parsed, each named where it cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.standards.loading.edition import parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from carcheck_desktop.standards.loading.edition import Edition


MOST_KEPT = 32
_PARSED: dict[bytes, Edition] = {}
"""Editions by the content they were parsed from; the same bytes are the same edition for ever."""


def edition_of(name: str, content: bytes) -> Edition:
    """Parse one file, once; raise `DataError` `standards.tables.unusable_file` that names file, row and key."""
    known = _PARSED.get(content)
    if known is None:
        known = _parsed(name, content)
        if len(_PARSED) >= MOST_KEPT:
            _PARSED.clear()
        _PARSED[content] = known
    return known


def _parsed(name: str, content: bytes) -> Edition:
    try:
        return parse(content)
    except DataError as error:
        why = {"why": error.problem.cause.code, "seen": error.problem.evidence.code}
        raise DataError("standards.tables.unusable_file", **{**error.problem.params, "file": name, **why}) from error


def editions_of(files: Mapping[str, bytes]) -> dict[str, Edition]:
    """Parse every file; raise `DataError` for the first that cannot be used."""
    return {name: edition_of(name, content) for name, content in sorted(files.items())}
