"""Whoever reads a number is told how busy other programs kept the machine meanwhile."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks import machine
from benchmarks.machine import Machine, Others

MACHINE = Machine("a processor", 2, "a system", "3.11", 0.5, "peers")


def test_what_others_took_is_what_was_busy_without_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    now = {"s": 100.0, "busy_s": 50.0, "own_s": 5.0}
    monkeypatch.setattr("benchmarks.machine.time.monotonic", lambda: now["s"])
    monkeypatch.setattr(machine, "_busy_s", lambda: now["busy_s"])
    monkeypatch.setattr(machine, "_own_s", lambda: now["own_s"])
    others = Others()
    now.update(s=110.0, busy_s=65.0, own_s=8.0)
    assert others.cores() == pytest.approx(1.2)
    now.update(busy_s=51.0)
    assert others.cores() == 0.0, "clocks that do not agree make nobody idle less than nothing"


def test_where_nobody_can_tell_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_busy_s", lambda: None)
    assert Others().cores() is None
    assert str(MACHINE).endswith("load at the start 0.5")
    assert str(replace(MACHINE, others=1.25)).endswith("other programs took 1.2 of 2 cores meanwhile")


def test_own_time_grows_with_own_work() -> None:
    before = machine._own_s()
    while machine._own_s() - before < 0.02:
        sum(range(10_000))
    assert machine._own_s() > before
