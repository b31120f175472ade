"""What a pinned version must keep: found by measurement once, checked here whenever a pin moves."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None cannot lose its last reference from Python 3.12 on")
def test_qt_gives_back_every_reference_to_none() -> None:
    target = QObject()
    target.setObjectName("warm")
    before = sys.getrefcount(None)
    for _ in range(1000):
        target.setObjectName("name")
    assert abs(sys.getrefcount(None) - before) < 100
