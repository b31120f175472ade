"""Replies that are still out: asked once a drain, so that no worker thread calls into a window."""

from __future__ import annotations

import logging
from concurrent.futures import CancelledError
from typing import TYPE_CHECKING, Any, TypeVar

from carcheck_desktop.base.errors import CarcheckError

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

T = TypeVar("T")
LOG = logging.getLogger(__name__)


class Replies:
    """Futures of commands and questions with what to call when they are there."""

    def __init__(self) -> None:
        self._open: list[tuple[Future[Any], Callable[[Any], None]]] = []

    def expect(self, future: Future[T], done: Callable[[T | Exception], None]) -> None:
        """Call `done` with the reply, or with the error, in a later `deliver`."""
        self._open.append((future, done))

    def deliver(self) -> bool:
        """Call back for every reply that has come; say whether there was one."""
        ready = [each for each in self._open if each[0].done()]
        self._open = [each for each in self._open if not each[0].done()]
        for future, done in ready:
            done(_outcome(future))
        return bool(ready)

    def forget(self) -> None:
        """Drop everything: the window closes."""
        self._open.clear()


def _outcome(future: Future[T]) -> T | Exception:
    try:
        return future.result(timeout=0)
    except (CarcheckError, OSError, CancelledError, TimeoutError) as error:
        LOG.warning("a command or question got no answer: %s", error)
        return error
