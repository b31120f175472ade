"""What every test gets: a Qt without a screen, and a look round for threads left behind. Nothing of a single room."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("carcheck", deadline=None, derandomize=True)
settings.load_profile("carcheck")

os.environ["QT_QPA_PLATFORM"] = "offscreen"
for _proxy in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
    os.environ.pop(_proxy, None)

GRACE_S = 2.0


@pytest.fixture(autouse=True)
def no_thread_left_behind() -> Iterator[None]:
    """Fail a test whose threads outlive it (those of wider fixtures were there before and may stay)."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + GRACE_S
    left = set(threading.enumerate()) - before
    while left and time.monotonic() < deadline:
        for thread in left:
            thread.join(timeout=0.05)
        left = set(threading.enumerate()) - before
    assert not left, f"threads left behind: {sorted(thread.name for thread in left)}"
