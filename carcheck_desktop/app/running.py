"""Running a process until it is told to end."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType


@contextmanager
def told_to_end() -> Iterator[None]:
    """Let SIGTERM and a closed terminal unwind this process, so that it ends what it started; main thread only."""

    def unwind(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    names = (getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP", "SIGBREAK"))
    before = {number: signal.signal(number, unwind) for number in names if number is not None}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class EndSignal:
    """Set by SIGTERM, SIGINT and (on Windows) Ctrl-Break; make it in the main thread."""

    def __init__(self) -> None:
        self._told = threading.Event()
        for name in ("SIGTERM", "SIGINT", "SIGBREAK"):
            number = getattr(signal, name, None)
            if number is not None:
                signal.signal(number, self._set)

    def wait(self) -> None:
        """Return when the process is told to end; wakes regularly so that Windows hears Ctrl-C."""
        while not self._told.wait(0.5):
            pass

    @property
    def is_set(self) -> bool:
        """Say whether the process was told to end."""
        return self._told.is_set()

    def _set(self, _number: int, _frame: FrameType | None) -> None:
        self._told.set()
