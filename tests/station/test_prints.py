"""Papers over real wires to printers that die, printed by a program that is killed; the trays are counted by a foreign program."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.prints.schedule import Bench

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")


def test_every_paper_is_in_one_tray_once_whatever_dies(tmp_path: Path) -> None:
    bench = Bench(tmp_path, jobs=40, every_s=0.1, kills=1, seed=7, life_s=(1.0, 1.6))
    found = bench.go()
    count = found["count"]
    assert {name: count[name] for name in ("lost", "doubled", "spoilt", "unasked", "details")} == {
        "lost": 0, "doubled": 0, "spoilt": [], "unasked": [], "details": [],
    }  # fmt: skip
    assert (count["good"], found["code"], bench.killed) == (40, 0, 1)
    assert sum(bench.faults.values()) > 5
