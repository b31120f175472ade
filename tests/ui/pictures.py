"""Renders both windows in many situations: `python -m tests.ui.pictures DIR`; for people to look at."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from carcheck_desktop.ui.theme.apply import set_up
from carcheck_desktop.ui.widgets.picture import save_picture
from tests.ui import scenes

SIZES = {"1366": (1366, 768), "1920": (1920, 1080)}
WALLS = {"1920": (1920, 1080), "3840": (3840, 2160)}


def main(folder: Path, only: str = "") -> None:
    app = QApplication.instance() or QApplication([])
    set_up(app)
    for language in ("zh_CN", "en"):
        for name, (make, sizes) in {
            **{n: (m, SIZES) for n, m in scenes.CONTROL.items()},
            **{n: (m, WALLS) for n, m in scenes.HALL.items()},
        }.items():
            if only and only not in name:
                continue
            for size, (width, height) in sizes.items():
                window = make(language)
                window.resize(width, height)
                window.show()
                scenes.settle(window)
                target = scenes.front(window)
                save_picture(target, folder / f"{name}-{language}-{size}.png")
                window.close()
                app.processEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
