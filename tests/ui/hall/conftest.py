"""What the tests of the hall share."""

from __future__ import annotations

import pytest

from tests.ui.hall.board import Hall


@pytest.fixture
def hall() -> Hall:
    return Hall()
