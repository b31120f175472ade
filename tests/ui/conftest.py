"""What every test of the windows gets: our application look, and one that is ours by name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.theme.apply import set_up


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    """The application with our font and style; every window is closed afterwards."""
    set_up(qapp)
    yield qapp
    for window in qapp.topLevelWidgets():
        window.close()
    for _ in range(3):
        qapp.processEvents()


@pytest.fixture
def words() -> Words:
    return Words(Catalogue("zh_CN"))
