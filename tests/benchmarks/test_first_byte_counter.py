"""The way of a report from the verdict into the printer is read from the feed and the printer's own log."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from benchmarks.first_byte_counter import ALONE, legs, ways

BEGAN = datetime(2026, 11, 22, 9, tzinfo=UTC)


def at(ms: float) -> datetime:
    return BEGAN + timedelta(milliseconds=ms)


def fact(ms: float, kind: str, **said: Any) -> dict[str, Any]:
    return {"at": at(ms).isoformat(), "kind": kind, "payload": json.dumps({"visit_id": "v1", **said})}


def a_report(ms: float = 0.0, document: str = "report") -> list[dict[str, Any]]:
    return [
        fact(ms, "attempt_ended"), fact(ms + 10, "visit_concluded"), fact(ms + 30, "report_made"),
        fact(ms + 430, "report_signed"), fact(ms + 450, "paper_queued", paper_id="p1", document=document),
        fact(ms + 500, "paper_printing", paper_id="p1"),
    ]  # fmt: skip


def test_every_leg_from_the_lane_to_the_printer_is_timed() -> None:
    found = legs(ways(a_report(), [at(505)]), 1.0)
    assert found["visit_concluded → report_made"] == pytest.approx([20.0])
    assert found["paper_printing → first byte"] == pytest.approx([5.0])
    assert found["visit_concluded → first byte"] == pytest.approx([495.0])
    assert found[ALONE] == pytest.approx([20.0 + 55.0])


def test_station_time_is_divided_by_its_speed() -> None:
    assert legs(ways(a_report(), [at(505)]), 20.0)["attempt_ended → first byte"] == pytest.approx([25.25])


def test_what_came_into_the_printer_before_is_another_paper() -> None:
    (way,) = ways(a_report(), [at(100), at(499), at(520), at(900)])
    assert way["first byte"] == at(520)


def test_a_receipt_is_no_report() -> None:
    assert ways(a_report(document="receipt"), [at(505)]) == []


def test_a_report_that_never_reached_the_printer_is_not_counted() -> None:
    assert ways(a_report(), []) == []
    assert ways(a_report()[:-1], [at(505)]) == []
