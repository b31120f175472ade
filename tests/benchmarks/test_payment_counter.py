"""The counter of payments finds what it is there for: money taken twice, lost, or made up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.payment_counter import count

VISIT = {"kind": "visit_opened", "payload": json.dumps({"visit_id": "v", "charge": [{"amount_fen": 210}]})}


def fact(kind: str, order: str = "p", **said: Any) -> dict[str, Any]:
    return {"kind": kind, "payload": json.dumps({"visit_id": "v", "payment_id": order, **said})}


def paid(order: str = "p", number: int = 1) -> dict[str, Any]:
    return fact("payment_paid", order, amount_fen=210, number=number, simulated=True)


def charged(order: str = "p") -> dict[str, Any]:
    return {"what": "charged", "order": order, "amount_fen": 210}


ASKED = {"what": "asked", "method": "trade.pay", "out_trade_no": "p"}
GOOD = ([ASKED, charged()], [VISIT, fact("payment_requested"), paid()])


def test_what_is_right_counts_as_right() -> None:
    found = count(*GOOD)
    wrong = ("asked_twice", "charged_twice", "paid_too_much", "lost", "invented", "receipts_doubled_or_missing")
    assert {name: found[name] for name in wrong} == dict.fromkeys(wrong, 0)
    assert found["visits_paid_exactly"] == found["visits"] == 1


@pytest.mark.parametrize(
    ("ledger", "facts", "name"),
    [
        ([ASKED, ASKED, charged()], GOOD[1], "asked_twice"),
        ([ASKED, charged(), charged()], GOOD[1], "charged_twice"),
        ([ASKED, charged(), charged("q")], [*GOOD[1], paid("q", 2)], "paid_too_much"),
        ([ASKED, charged()], GOOD[1][:2], "lost"),
        ([ASKED, charged(), charged("q")], GOOD[1], "lost"),
        ([ASKED], GOOD[1], "invented"),
        ([ASKED, charged(), {"what": "given_back", "order": "p", "amount_fen": 210}], GOOD[1], "invented"),
        (GOOD[0], [VISIT, fact("payment_requested"), paid(number=3)], "receipts_doubled_or_missing"),
    ],
)
def test_everything_that_can_go_wrong_is_counted(
    ledger: list[dict[str, Any]], facts: list[dict[str, Any]], name: str
) -> None:
    assert count(ledger, facts)[name] >= 1


def test_the_counter_imports_nothing_of_carcheck() -> None:
    source = (Path(__file__).resolve().parents[2] / "benchmarks" / "payment_counter.py").read_text(encoding="utf-8")
    assert "import carcheck" not in source
    assert "from carcheck" not in source
    assert "from benchmarks" not in source
