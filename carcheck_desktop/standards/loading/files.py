"""Several table files at once: each parsed, each named where it cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.standards.loading.edition import parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from carcheck_desktop.standards.loading.edition import Edition


def edition_of(name: str, content: bytes) -> Edition:
    """Parse one file; raise `DataError` `standards.tables.unusable_file` that names file, row and key."""
    try:
        return parse(content)
    except DataError as error:
        why = {"why": error.problem.cause.code, "seen": error.problem.evidence.code}
        raise DataError("standards.tables.unusable_file", **{**error.problem.params, "file": name, **why}) from error


def editions_of(files: Mapping[str, bytes]) -> dict[str, Edition]:
    """Parse every file; raise `DataError` for the first that cannot be used."""
    return {name: edition_of(name, content) for name, content in sorted(files.items())}
