"""One training day of three cars at speed 10, shared by the tests that only read it."""

from __future__ import annotations

import pytest

from tests.station.days import Day, run_day


@pytest.fixture(scope="session")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    return run_day(tmp_path_factory.mktemp("day"), vehicles=3, speed=10, seed=1, limit_s=200)
