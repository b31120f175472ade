"""The hall board in a process of its own, saying when it has painted what; `python -m benchmarks.painted.board URL`."""

from __future__ import annotations

import json
import signal
import sys
import time
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.base.clock import SystemClock
from carcheck_desktop.domain.board import BoardContent
from carcheck_desktop.link.client.thread import LinkThread
from carcheck_desktop.ui.hall import presenter
from carcheck_desktop.ui.hall.canvas import Canvas
from carcheck_desktop.ui.hall.presenter import HallOptions
from carcheck_desktop.ui.hall.window import HallWindow
from carcheck_desktop.ui.theme.apply import set_up

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

paint = Canvas.paintEvent


def main(url: str) -> int:
    """Show the board as `main.py hall` does, until SIGTERM."""
    presenter.LEAST_PAGE_S = presenter.MOST_PAGE_S = 10**9  # the page with the car that is watched stays
    app = QApplication(sys.argv[:1])
    set_up(app)
    signal.signal(signal.SIGTERM, lambda *_: app.quit())
    with LinkThread(node="hall", clock=SystemClock(), name="hall-link") as links:
        options = HallOptions(contents=(BoardContent.VEHICLES,))
        window = HallWindow(links.link(url, peer="service"), Catalogue("en"), options=options)

        def paint_and_tell(canvas: Canvas, event: QPaintEvent) -> None:
            """Paint a row, then say when that was done and what it shows."""
            paint(canvas, event)
            rows = window.state.rows if window.state else ()
            number = window.row_views.index(canvas) if canvas in window.row_views else len(rows)
            if number < len(rows):
                row = rows[number]
                print(json.dumps([time.monotonic(), row.visit_id, row.where, row.progress]), flush=True)

        Canvas.paintEvent = paint_and_tell  # type: ignore[method-assign,assignment]
        window.start()
        window.resize(1920, 1080)
        window.show()
        return app.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
