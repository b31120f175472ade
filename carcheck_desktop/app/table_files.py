"""The table files of the standards on this PC's disk, and the hashes that the release shipped with them."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from carcheck_desktop import __version__
from carcheck_desktop.app.parts import TABLES
from carcheck_desktop.base.data import digest_of
from carcheck_desktop.base.errors import DataError
from carcheck_desktop.desk.tables.comparing import OnDisk, Release

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

HASHES = "hashes.toml"
"""The hashes of a release; written by `python -m carcheck_desktop.app.release_hashes`."""


def on_disk(folder: Path = TABLES) -> dict[str, OnDisk]:
    """Return every table file as it lies on the disk now, also one that cannot be read."""
    return {path.name: _read(path) for path in sorted(folder.glob("*.toml")) if path.name != HASHES}


def contents(folder: Path = TABLES) -> dict[str, bytes]:
    """Return the content of every table file; raise `DataError` naming one that cannot be read."""
    found = on_disk(folder)
    for name, file in found.items():
        if file.problem:
            raise DataError("app.tables.unreadable", file=name, folder=folder, detail=file.problem)
    return {name: file.content for name, file in found.items()}


def _read(path: Path) -> OnDisk:
    try:
        return OnDisk(path.read_bytes())
    except OSError as error:
        return OnDisk(b"", error.strerror or str(error))


def release_of(folder: Path = TABLES) -> Release:
    """Return what the release shipped; without the list, or with one that cannot be read, no file is of a release."""
    try:
        told = tomllib.loads((folder / HASHES).read_text(encoding="utf-8"))
        files = told.get("files", {})
        return Release(str(told["release"]), {str(name): str(found) for name, found in files.items()})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, AttributeError):
        return Release("", {})


def release_text(folder: Path = TABLES) -> str:
    """Return the list of hashes as it is shipped with this version of the program."""
    lines = [f'"{name}" = "{digest}"' for name, digest in hashes(contents(folder)).items()]
    head = "# Written by `python -m carcheck_desktop.app.release_hashes`: SHA-256 of each table file of this release.\n"
    return f'{head}release = "{__version__}"\n\n[files]\n' + "\n".join(lines) + "\n"


def hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the SHA-256 of each file."""
    return {name: digest_of(content) for name, content in sorted(files.items())}
