"""One training day of six cars at speed 20, everybody at work, shared by the tests that only read it."""

from __future__ import annotations

import pytest

from tests.station.days import Day, run_day

DAYS = {"day", "mingquan_day", "jiangxing_day"}


@pytest.fixture(scope="session")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    return run_day(tmp_path_factory.mktemp("day"), vehicles=6, speed=20, seed=1, limit_s=280)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give whichever test is the first to need a whole day the time for it."""
    for item in items:
        if DAYS & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.timeout(300))
