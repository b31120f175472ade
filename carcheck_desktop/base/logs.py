"""Logging of a process: to standard error for people, to a rotating file for technicians."""

from __future__ import annotations

import logging
import logging.handlers
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def set_up(folder: Path | None, name: str, level: int = logging.INFO) -> None:
    """Send this process's log to `folder/<name>.log` (5 files of 5 MB) and warnings to stderr."""
    root = logging.getLogger()
    root.setLevel(level)
    console = logging.StreamHandler()
    console.setLevel(logging.WARNING)
    console.setFormatter(logging.Formatter(LINE))
    root.addHandler(console)
    if folder is None:
        return
    folder.mkdir(parents=True, exist_ok=True)
    file = logging.handlers.RotatingFileHandler(
        folder / f"{name}.log", maxBytes=5_000_000, backupCount=5, encoding="utf-8"
    )
    file.setFormatter(logging.Formatter(LINE))
    root.addHandler(file)
