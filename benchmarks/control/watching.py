"""How long a window's repaints take: all that is painted within one tick of 40 ms is one frame.

Qt paints what is due at once or in several goes, as the parts of a window happen to ask for it.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from collections.abc import Callable

TICK_S = 0.04
WARM_S = 4.0
"""What is measured begins when everything has been drawn, loaded and connected."""


class Watch:
    """Takes the time of every frame and the processor's; tells both after so many seconds and ends."""

    def __init__(self, seconds: float) -> None:
        self._painted_s: dict[int, float] = {}
        self._worked_s: dict[int, float] = {}
        self._seconds = seconds
        self._is_on = False
        self._cpu_s = self._began_s = self._first_s = 0.0
        QTimer.singleShot(int(WARM_S * 1000), self._begin)

    def frame(self, event: QEvent, paint: Callable[[QEvent], bool]) -> bool:
        """Hand an event of the window on; take the time of those that paint."""
        if event.type() != QEvent.Type.UpdateRequest:
            return paint(event)
        began_s, worked_s = time.perf_counter(), time.thread_time()
        is_taken = paint(event)
        if self._is_on:
            tick = int((began_s - self._first_s) / TICK_S)
            self._painted_s[tick] = self._painted_s.get(tick, 0.0) + time.perf_counter() - began_s
            self._worked_s[tick] = self._worked_s.get(tick, 0.0) + time.thread_time() - worked_s
        return is_taken

    def _begin(self) -> None:
        self._is_on = True
        self._cpu_s, self._began_s, self._first_s = time.process_time(), time.monotonic(), time.perf_counter()
        QTimer.singleShot(int(self._seconds * 1000), self._end)

    def _end(self) -> None:
        passed_s = time.monotonic() - self._began_s
        frames, worked = list(self._painted_s.values()), list(self._worked_s.values())
        cpu = (time.process_time() - self._cpu_s) / passed_s
        told = {"frames": frames, "worked": worked, "cpu": cpu, "passed": passed_s}
        print(json.dumps(told), flush=True)
        QApplication.quit()
