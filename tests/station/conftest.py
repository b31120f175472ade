"""One training day of six cars at speed 20, everybody at work, shared by the tests that only read it."""

from __future__ import annotations

import pytest

from tests.station.days import Day, run_day

DAYS = {"day", "mingquan_day", "jiangxing_day"}


@pytest.fixture(scope="session")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    return run_day(tmp_path_factory.mktemp("day"), vehicles=6, speed=20, seed=1, limit_s=280)


@pytest.hookimpl(tryfirst=True)  # before the tests are dealt out by their groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give whichever test is the first to need a whole day the time for it, and all that share one the same process."""
    for item in items:
        shared = DAYS & set(getattr(item, "fixturenames", ()))
        if shared:
            item.add_marker(pytest.mark.timeout(300))
        item.add_marker(pytest.mark.xdist_group(min(shared, default=item.path.stem)))
