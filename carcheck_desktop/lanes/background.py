"""Tasks of the engine that nobody awaits: what goes wrong in one is said at once, not when it is forgotten."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

T = TypeVar("T")
log = logging.getLogger(__name__)


def in_background(work: Coroutine[Any, Any, T], name: str) -> asyncio.Task[T]:
    """Run `work` on this loop; an error that leaves it stands in the log."""
    task = asyncio.create_task(work, name=name)
    task.add_done_callback(_log_failure)
    return task


def _log_failure(task: asyncio.Task[Any]) -> None:
    error = None if task.cancelled() else task.exception()
    if error is not None:
        log.error("%s failed", task.get_name(), exc_info=error)
