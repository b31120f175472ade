"""A desk with a lane, a clerk, a visit and a price list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from carcheck_desktop.domain import commands as c
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.prices import PriceLine, PriceRule
from tests.desk.conftest import DeskUnderTest
from tests.desk.ending.asking import VIN
from tests.desk.ending.measuring import LaneOfTheTest


@pytest.fixture
def lane(desk: DeskUnderTest, tmp_path: Path) -> Iterator[LaneOfTheTest]:
    made = LaneOfTheTest(tmp_path, desk)
    yield made
    made.close()


@pytest.fixture
def clerk(desk: DeskUnderTest) -> str:
    return desk.sign_in("wang", Role.CLERK)


@pytest.fixture
def visit_id(desk: DeskUnderTest, clerk: str) -> str:
    return str(desk.open_visit(clerk, vin=VIN).result["visit_id"])


PRICES = (
    PriceLine("safety", "安检费", "Safety inspection", 12000, PriceRule(recheck=False)),
    PriceLine("recheck", "复检费", "Recheck", 4000, PriceRule(recheck=True)),
)


@pytest.fixture
def priced(desk: DeskUnderTest) -> None:
    manager, auditor = desk.sign_in("liu", Role.MANAGER), desk.sign_in("zhao", Role.AUDITOR)
    assert desk.send(c.SetPriceList(0, desk.clock.now().date(), PRICES), manager, second=auditor).accepted
