"""Windows as PNG files, for pictures of the demonstration and the documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from carcheck_desktop.base.errors import StorageError

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget


def save_picture(window: QWidget, path: Path) -> Path:
    """Paint the window as it is now into `path` (PNG) and return it; raise `StorageError`."""
    window.ensurePolished()
    QApplication.sendPostedEvents()
    path.parent.mkdir(parents=True, exist_ok=True)
    if not window.grab().save(str(path), "PNG"):
        raise StorageError("ui.picture.not_written", path=path)
    return path
