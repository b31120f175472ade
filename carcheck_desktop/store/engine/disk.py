"""How much room is left on the disk."""

from __future__ import annotations

import shutil
from pathlib import Path


def free_bytes(path: Path) -> int:
    """Return the free bytes of the disk that holds `path` (which need not exist yet)."""
    known = path.absolute()
    while not known.exists() and known != known.parent:
        known = known.parent
    return shutil.disk_usage(known).free
