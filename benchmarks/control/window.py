"""The control window as it is, in a process of its own, with a watch on its frames; usage: URL SECONDS."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QMainWindow

from benchmarks.control.watching import Watch
from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.base.clock import SystemClock
from carcheck_desktop.link.client.thread import LinkThread
from carcheck_desktop.ui.control.state import Mode
from carcheck_desktop.ui.control.window import ControlWindow
from carcheck_desktop.ui.theme.apply import set_up

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent

event_of = ControlWindow.event
LANES = 6


def main(url: str, seconds: float) -> int:
    """Show all lanes at 1920 x 1080 and tell how it went; 1 when not every curve had grown."""
    gc.disable()
    app = QApplication(sys.argv[:1])
    set_up(app)
    watch = Watch(seconds)

    def watched(window: ControlWindow, event: QEvent) -> bool:
        return watch.frame(event, lambda given: event_of(window, given))

    ControlWindow.event = watched  # type: ignore[method-assign,assignment]
    with LinkThread(node="control", clock=SystemClock(), name="control-link") as links:
        window = ControlWindow(
            links.link(url, peer="service"),
            lambda address: links.link(address.url, samples=True, peer=address.lane),
            Catalogue("en"),
        )
        assert isinstance(window, QMainWindow)
        window.start()
        window.resize(1920, 1080)
        window.show()
        gc.freeze()
        gc.enable()
        app.exec()
        state = window.presenter.state()
        grown = [window.presenter.samples_of(panel.curve.run_id) for panel in state.panels]
        is_whole = state.mode is Mode.OVERVIEW and sum(bool(each) for each in grown) >= LANES - 1
    return 0 if is_whole else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], float(sys.argv[2])))
