"""Processes of a running station killed at random instants; a program that sees only the feeds counts what is left."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.kills.bombardment import bombard

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL and a serial line without a lock")


@pytest.mark.timeout(180)
def test_fifteen_deaths_cost_no_announced_fact_no_car_and_no_evidence(tmp_path: Path) -> None:
    found = bombard(tmp_path, kills=15, every_s=1.0, seed=4)
    assert sum(found.kills.values()) == 15
    assert found.count["announced"] > 50
    assert found.count["results"] >= 5
    assert found.count["details"] == []
    assert {name: found.count[name] for name in ("lost", "doubled", "wrong_car", "gaps", "out_of_order")} == {
        "lost": 0, "doubled": 0, "wrong_car": 0, "gaps": 0, "out_of_order": 0,
    }  # fmt: skip
    assert found.went_on, "no car was inspected any more after the last death"
    assert found.late == 0, f"rollers turned on: {found.standstills}"
    assert found.is_verified, found.findings
    assert not found.last_words
    assert found.exit_codes == {"window": 0, "lane": 0, "service": 0, "simulate": 0}
