"""How much room is left on the disk, and the refusal to begin when it is too little."""

from __future__ import annotations

import shutil
from pathlib import Path

from carcheck_desktop.base.errors import StorageError

ENOUGH_BYTES = 200_000_000
"""Room for some hundred items with curves and photos, and for the database to tidy itself."""


def free_bytes(path: Path) -> int:
    """Return the free bytes of the disk that holds `path` (which need not exist yet)."""
    known = path.absolute()
    while not known.exists() and known != known.parent:
        known = known.parent
    return shutil.disk_usage(known).free


def require_room(path: Path, at_least_bytes: int = ENOUGH_BYTES) -> None:
    """Raise `StorageError` when the disk that holds `path` has fewer free bytes."""
    free = free_bytes(path)
    if free < at_least_bytes:
        raise StorageError("store.disk.nearly_full", path=path, free_bytes=free, at_least_bytes=at_least_bytes)
