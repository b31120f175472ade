"""`main.py control` with an eye on it: prints when the window was first painted, and when with the station's data; then ends.

usage: watched.py STATION        Everything but the eye is the program as it is.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

TOLD: list[str] = []
ONLY_FOR_TESTS = ("rich", "pygments")
"""httpx imports these where they are installed; a station's environment (runtime.lock) has neither."""

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication


def tell(what: str) -> None:
    """Say it once, with the moment."""
    if what not in TOLD:
        TOLD.append(what)
        print(what, time.monotonic(), flush=True)


def watch() -> None:
    """Let the control window tell its first paint, and the paint of the first car that waits."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QFrame, QListView

    from carcheck_desktop.ui.control.body import ControlBody
    from carcheck_desktop.ui.widgets.data.row_list import RowList

    def painted_body(body: ControlBody, event: QPaintEvent) -> None:
        QFrame.paintEvent(body, event)
        QTimer.singleShot(0, lambda: tell("painted"))

    def painted_rows(rows: RowList, event: QPaintEvent) -> None:
        QListView.paintEvent(rows, event)
        if rows.objectName() == "waiting_list" and rows.rows:
            tell("usable")
            QTimer.singleShot(0, QApplication.quit)

    ControlBody.paintEvent = painted_body  # type: ignore[method-assign,assignment]
    RowList.paintEvent = painted_rows  # type: ignore[method-assign,assignment]


def main() -> int:
    """Start the control window of a station; the eye opens when the window is made and not yet shown."""
    for name in ONLY_FOR_TESTS:
        sys.modules[name] = None  # type: ignore[assignment]
    from carcheck_desktop import cli
    from carcheck_desktop.app import windows

    make_ready = windows._end_with_signals  # noqa: SLF001 - the last thing done before the window is shown

    def watched(app: QApplication) -> None:
        make_ready(app)
        watch()

    windows._end_with_signals = watched  # noqa: SLF001
    return cli.main(["control", "--lang", "en", "--station", sys.argv[1]])


if __name__ == "__main__":
    sys.exit(main())
