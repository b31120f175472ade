"""Counts money at a payment provider against what a station's journal says; knows nothing of carcheck but its published link.

    payment_counter.py --url SERVICE --ledger FILE        what became of the money, as JSON

The ledger is the provider's own (one JSON object a line: `charged`, `given_back` and `asked` with `order`, amounts in fen); the
journal is the service's whole feed from its first place. An order is a payment: the station's payment number is the merchant
order number. Nothing is taken from the station's word that the ledger can say.

Imports the standard library and a WebSocket client, on purpose: an independent witness.
"""

from __future__ import annotations

import argparse
import json
import urllib.parse
import urllib.request
from collections import Counter
from pathlib import Path
from typing import Any

from websockets.sync.client import connect

ANSWER_S = 20.0
Row = dict[str, Any]


def everything(url: str) -> list[Row]:
    """Return all facts of the service from the first place to the one that its snapshot names."""
    with urllib.request.urlopen(f"{url}/snapshot", timeout=ANSWER_S) as answer:
        now = json.loads(answer.read())
    query = urllib.parse.urlencode({"pos": 0, "epoch": now["epoch"]})
    facts: list[Row] = []
    address = url.replace("http://", "ws://") + "/feed?" + query
    with connect(
        address, proxy=None, compression=None, open_timeout=ANSWER_S, close_timeout=1, max_size=None
    ) as socket:
        while not facts or facts[-1]["pos"] < now["pos"]:
            facts += json.loads(socket.recv(ANSWER_S))
    return facts


def payload(fact: Row) -> Row:
    """Return what a fact says."""
    found = fact["payload"]
    said: Row = json.loads(found) if isinstance(found, str) else found
    return said


class Journal:
    """What the station says of money, by order and by visit."""

    def __init__(self, facts: list[Row]) -> None:
        self.due: dict[str, int] = {}
        self.visit_of: dict[str, str] = {}
        self.taken: Counter[str] = Counter()
        self.given_back: Counter[str] = Counter()
        self.receipts: list[int] = []
        self.kinds: Counter[str] = Counter(fact["kind"] for fact in facts)
        self.not_simulated = 0
        for fact in facts:
            self._take(fact["kind"], payload(fact))

    def _take(self, kind: str, said: Row) -> None:
        if kind == "visit_opened":
            self.due[said["visit_id"]] = sum(line["amount_fen"] for line in said["charge"])
        elif kind == "payment_requested":
            self.visit_of[said["payment_id"]] = said["visit_id"]
        elif kind == "payment_paid":
            self.taken[said["payment_id"]] += said["amount_fen"]
            self.visit_of[said["payment_id"]] = said["visit_id"]
            self.receipts.append(said["number"])
            self.not_simulated += not said["simulated"]
        elif kind == "refund_made":
            self.given_back[said["payment_id"]] += said["amount_fen"]
            self.receipts.append(said["number"])


def count(ledger: list[Row], facts: list[Row]) -> dict[str, Any]:
    """Hold the provider's ledger against the station's journal."""
    journal = Journal(facts)
    charged, back, times = Counter[str](), Counter[str](), Counter[str]()
    for row in ledger:
        if row["what"] == "charged":
            charged[row["order"]] += row["amount_fen"]
            times[row["order"]] += 1
        elif row["what"] == "given_back":
            back[row["order"]] += row["amount_fen"]
    kept = {order: charged[order] - back[order] for order in charged}
    of_visit: Counter[str] = Counter()
    for order, fen in kept.items():
        of_visit[journal.visit_of.get(order, f"nobody's {order}")] += fen
    orders = set(charged) | set(journal.taken)
    said = {order: journal.taken[order] - journal.given_back[order] for order in orders}
    pays = Counter(row["out_trade_no"] for row in ledger if row["what"] == "asked" and row.get("method") == "trade.pay")
    lost = [order for order in orders if kept.get(order, 0) > said[order]]
    invented = [order for order in orders if kept.get(order, 0) < said[order]]
    over = [visit for visit, fen in of_visit.items() if fen > journal.due.get(visit, 0)]
    return {
        "visits": len(journal.due),
        "visits_paid_exactly": sum(of_visit[visit] == due for visit, due in journal.due.items()),
        "orders_asked": len(pays),
        "asked_twice": sum(number - 1 for number in pays.values()),
        "charges": sum(times.values()),
        "charged_twice": sum(number - 1 for number in times.values()),
        "paid_too_much": len(over),
        "lost": len(lost),
        "invented": len(invented),
        "given_back": sum(back.values()),
        "orders_given_back": len(back),
        "receipts": len(journal.receipts),
        "receipts_doubled_or_missing": len(journal.receipts) - len(set(journal.receipts))
        + len(set(range(1, len(journal.receipts) + 1)) - set(journal.receipts)),
        "not_simulated": journal.not_simulated,
        "faults": Counter(row["kind"] for row in ledger if row["what"] == "fault"),
        "facts": {kind: number for kind, number in journal.kinds.items() if kind.startswith(("payment_", "refund_"))},
        "details": [f"{name} {each}" for name, all_of in (("lost", lost), ("invented", invented), ("over", over))
                    for each in all_of[:10]],
    }  # fmt: skip


def main() -> None:
    """Print the count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", required=True)
    parser.add_argument("--ledger", required=True, type=Path)
    options = parser.parse_args()
    ledger = [json.loads(line) for line in options.ledger.read_text(encoding="utf-8").splitlines()]
    print(json.dumps(count(ledger, everything(options.url))))


if __name__ == "__main__":
    main()
