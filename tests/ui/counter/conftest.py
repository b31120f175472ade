"""A clerk who looks at a visit; tests of the intake make their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from carcheck_desktop.domain.access import Role
from tests.ui import counter_scenes as scenes
from tests.ui import visit_scenes as visits
from tests.ui.counter.hands import Clerk
from tests.ui.scripted import Script


@pytest.fixture
def clerk(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Clerk]:
    scenes.settled_at_once(monkeypatch)

    def made(
        prepare: Callable[[Script], None] = visits.opened, role: Role = Role.CLERK, *, looks: bool = True
    ) -> Clerk:
        window, script = visits.at_visit(role=role, prepare=prepare)
        if not looks:
            window.presenter.show_visit("")
        window.show()
        scenes.settle(window)
        return Clerk(window, script)

    return made
