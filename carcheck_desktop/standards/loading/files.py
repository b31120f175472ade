"""Several table files at once: each parsed, each named where it cannot be used; also those that were approved earlier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.standards.loading.edition import parse, parse_kept

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from carcheck_desktop.standards.loading.edition import Edition


MOST_KEPT = 32
_PARSED: dict[bytes, Edition] = {}
"""Editions by the content they were parsed from; the same bytes are the same edition for ever."""
_KEPT: dict[bytes, Edition] = {}
"""The same of files that were approved earlier."""


def edition_of(name: str, content: bytes) -> Edition:
    """Parse one file, once; raise `DataError` `standards.tables.unusable_file` that names file, row and key."""
    return _once(_PARSED, parse, name, content)


def kept_edition_of(name: str, content: bytes) -> Edition:
    """Parse one file that was approved earlier, once; raise `DataError` as `edition_of` does.

    What this program asks for besides, and what it knows no more, is told by the edition (`lacking`, `passed_over`).
    """
    return _PARSED.get(content) or _once(_KEPT, parse_kept, name, content)


def _once(known: dict[bytes, Edition], parsed: Callable[[bytes], Edition], name: str, content: bytes) -> Edition:
    found = known.get(content)
    if found is None:
        found = _parsed(parsed, name, content)
        if len(known) >= MOST_KEPT:
            known.clear()
        known[content] = found
    return found


def _parsed(parsed: Callable[[bytes], Edition], name: str, content: bytes) -> Edition:
    try:
        return parsed(content)
    except DataError as error:
        why = {"why": error.problem.cause.code, "seen": error.problem.evidence.code}
        raise DataError("standards.tables.unusable_file", **{**error.problem.params, "file": name, **why}) from error


def editions_of(files: Mapping[str, bytes]) -> dict[str, Edition]:
    """Parse every file; raise `DataError` for the first that cannot be used."""
    return {name: edition_of(name, content) for name, content in sorted(files.items())}


def kept_editions_of(files: Mapping[str, bytes]) -> dict[str, Edition]:
    """Parse every file that was approved earlier; raise `DataError` for the first that cannot be used."""
    return {name: kept_edition_of(name, content) for name, content in sorted(files.items())}


def readable(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return those of files approved earlier that this program can read at all."""
    return {name: content for name, content in files.items() if _can(kept_edition_of, name, content)}


def is_whole(name: str, content: bytes) -> bool:
    """Say whether a file has all that this program asks for, and nothing else."""
    return _can(edition_of, name, content)


def _can(read: Callable[[str, bytes], Edition], name: str, content: bytes) -> bool:
    try:
        read(name, content)
    except DataError:
        return False
    return True


def lacking_of(name: str, content: bytes, today: date | None) -> str:
    """Return what a file that was approved earlier lacks to work with today, as one text; "" for one that is whole.

    An edition whose last day is over lacks nothing: nobody plans or measures by it any more. Of a file that cannot be read at
    all by this program the text is why.
    """
    try:
        edition = kept_edition_of(name, content)
    except DataError as error:
        return " ".join(f"{key}: {value}" for key, value in error.problem.params.items() if key not in ("why", "seen"))
    is_over = edition.valid_until is not None and (today is None or edition.valid_until < today)
    return "" if is_over else ", ".join(edition.lacking)
