"""The question that the kill test asks of the bench: frames from the protocol page of Modbus itself, and a dead line."""

from __future__ import annotations

from pathlib import Path

from benchmarks.kills.rollers import SLACK_S, WATCHDOG_S, Standstill, ask, await_standstill, crc


def test_check_bytes_are_those_of_modbus() -> None:
    assert crc(bytes.fromhex("01 04 00 00 00 03")) == bytes.fromhex("B0 0B")


def test_a_port_that_is_not_there_answers_nothing(tmp_path: Path) -> None:
    assert ask(tmp_path / "bench", 5) is None
    assert await_standstill(tmp_path / "bench") == Standstill(was_turning=False, turned_s=None)


def test_rollers_that_turn_beyond_the_watchdog_are_late() -> None:
    assert Standstill(was_turning=True, turned_s=WATCHDOG_S + SLACK_S + 0.1).is_late
    assert not Standstill(was_turning=True, turned_s=WATCHDOG_S).is_late
