"""One screen of the hall in a process of its own that measures its paints; `python -m benchmarks.board.screen URL WIDTH HEIGHT`.

Lines on standard output: `["painted", moment, visit, where, progress, seconds, own seconds]` for every row, and once a
second `["used", moment, processor seconds, resident bytes]`; at SIGTERM `["whole", seconds, own seconds]` for repaints of everything.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
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

WHOLE_TIMES = 30
paint = Canvas.paintEvent
silent: list[bool] = []


def tell(*line: object) -> None:
    """Say a line."""
    print(json.dumps(line), flush=True)


def resident_bytes() -> int:
    """Return what this process holds in memory now."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return pages * os.sysconf("SC_PAGE_SIZE")


def watch(window: HallWindow) -> None:
    """Let every row's paint tell how long it took and what it then showed."""

    def paint_and_tell(canvas: Canvas, event: QPaintEvent) -> None:
        began_s, own_s = time.perf_counter(), time.thread_time()
        paint(canvas, event)
        took_s, own_s = time.perf_counter() - began_s, time.thread_time() - own_s
        rows = window.state.rows if window.state else ()
        number = window.row_views.index(canvas) if canvas in window.row_views else len(rows)
        if number < len(rows) and not silent:
            row = rows[number]
            tell("painted", time.monotonic(), row.visit_id, row.where, row.progress, took_s, own_s)

    Canvas.paintEvent = paint_and_tell  # type: ignore[method-assign,assignment]


def repaint_everything(window: HallWindow) -> None:
    """Measure what a board would pay that paints itself whole at every change."""
    silent.append(True)  # Qt keeps the override it once found: putting the first one back would be a crash
    shown = [canvas for canvas in window.findChildren(Canvas) if canvas.isVisible()]
    for _ in range(WHOLE_TIMES):
        began_s, own_s = time.perf_counter(), time.thread_time()
        for canvas in shown:
            canvas.repaint()
        tell("whole", time.perf_counter() - began_s, time.thread_time() - own_s)


def main(url: str, width: int, height: int) -> int:
    """Show the cars until SIGTERM."""
    presenter.LEAST_PAGE_S = presenter.MOST_PAGE_S = 10**9  # the page with the cars that change stays
    app = QApplication(sys.argv[:1])
    set_up(app)
    ending: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _frame: ending.append(number))
    with LinkThread(node="hall", clock=SystemClock(), name="hall-link") as links:
        options = HallOptions(contents=(BoardContent.VEHICLES,))
        window = HallWindow(links.link(url, peer="service"), Catalogue("zh_CN"), options=options)
        watch(window)
        window.start()
        window.resize(width, height)
        window.show()

        def each_second() -> None:
            if ending:
                repaint_everything(window)
                app.quit()
            tell("used", time.monotonic(), time.process_time(), resident_bytes())

        timer = QTimer()
        timer.timeout.connect(each_second)
        timer.start(1000)
        return app.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
