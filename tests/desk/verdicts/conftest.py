"""A database with a stored visit, and where its samples lie."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from carcheck_desktop.domain.explained import VerdictView
from carcheck_desktop.domain.views import VisitView
from tests.desk.conftest import DeskUnderTest
from tests.desk.verdicts.stored import StoredVisit

Explained = Callable[..., VerdictView]


@pytest.fixture
def stored(desk: DeskUnderTest) -> VisitView:
    """A concluded visit."""

    def write() -> VisitView:
        with desk.store.begin() as uow:
            made = StoredVisit(uow, desk.tables, "visit-1")
            made.attempt()
            return made.conclude()

    return write()


@pytest.fixture
def blob(tmp_path: Path) -> Callable[[str], Path]:
    """Where a blob's content lies."""
    return lambda digest: tmp_path / "blobs" / digest[:2] / digest[2:]
