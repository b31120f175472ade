"""What every test of the windows gets: our application look, and one that is ours by name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.ui.bridge.words import Words
from carcheck_desktop.ui.theme.apply import set_up
from carcheck_desktop.ui.theme.fonts import font
from carcheck_desktop.ui.theme.tokens import TYPE


@pytest.fixture(scope="session")
def our_look(qapp: QApplication) -> QPalette:
    """Set up once: every part that still lives is styled anew each time, which in the end takes seconds a test."""
    set_up(qapp)
    return qapp.palette()


@pytest.fixture
def app(qapp: QApplication, our_look: QPalette) -> Iterator[QApplication]:
    """The application with our font and style; every window is closed afterwards."""
    if qapp.palette() != our_look or qapp.font().family() != font(TYPE.body).family():
        set_up(qapp)
    yield qapp
    for window in qapp.topLevelWidgets():
        window.close()
    for _ in range(3):
        qapp.processEvents()


@pytest.fixture
def words() -> Words:
    return Words(Catalogue("zh_CN"))
