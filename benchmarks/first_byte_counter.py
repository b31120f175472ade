"""Counts the time from a car's verdict to the first byte in the printer; knows nothing of carcheck but its link and a printer's log.

    first_byte_counter.py --url SERVICE --log FILE --speed X        milliseconds from fact to fact, as JSON

The facts' own times are the station's, and so are those of the printer's log (`begins`: it works on the first byte of a page);
both are on one clock that runs X times as fast as the world's.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.feed_counter import everything

WAY = (
    "attempt_ended",
    "visit_concluded",
    "report_made",
    "report_signed",
    "paper_queued",
    "paper_printing",
    "first byte",
)
"""What follows what; the newest of each kind before the next one counts."""
REPORT = "report"
ALONE = "verdict → report made, and paper queued → first byte: nobody has a hand in it"


def ways(facts: Sequence[dict[str, Any]], begins: Sequence[datetime]) -> list[dict[str, datetime]]:
    """Return for each report that came into the printer when each thing on its way happened.

    Papers go into one printer one after the other: a paper's first byte is the first one after its `paper_printing`.
    """
    known: dict[str, dict[str, datetime]] = {}
    papers: dict[str, str] = {}
    found = []
    for fact in facts:
        said = json.loads(fact["payload"]) if isinstance(fact["payload"], str) else fact["payload"]
        visit, at = str(said.get("visit_id", "")), datetime.fromisoformat(fact["at"])
        if fact["kind"] == "paper_queued" and said["document"] == REPORT:
            papers[said["paper_id"]] = visit
        if fact["kind"].startswith("paper_") and said.get("paper_id") not in papers:
            continue
        if fact["kind"] in WAY:
            known.setdefault(visit, {})[fact["kind"]] = at
        if fact["kind"] == "paper_printing":
            byte = next((each for each in begins if each >= at), None)
            if byte is not None and len(known[visit]) == len(WAY) - 1:
                found.append({**known[visit], WAY[-1]: byte})
    return found


def legs(found: Sequence[dict[str, datetime]], speed: float) -> dict[str, list[float]]:
    """Return the milliseconds of each leg, of the whole way from the lane's end and from the verdict, and of the part without people."""

    def took_ms(way: dict[str, datetime], one: str, other: str) -> float:
        return (way[other] - way[one]).total_seconds() / speed * 1000

    pairs = [*pairwise(WAY), (WAY[0], WAY[-1]), (WAY[1], WAY[-1])]
    told = {f"{one} → {other}": [took_ms(way, one, other) for way in found] for one, other in pairs}
    alone = ((WAY[1], WAY[2]), (WAY[4], WAY[6]))
    told[ALONE] = [sum(took_ms(way, *pair) for pair in alone) for way in found]
    return told


def main() -> int:
    """Return 0 when at least one report came into the printer."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", required=True)
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--speed", type=float, required=True)
    options = parser.parse_args()
    lines = [json.loads(line) for line in options.log.read_text(encoding="utf-8").splitlines()]
    begins = [datetime.fromisoformat(line["at"]) for line in lines if line["event"] == "begins"]
    found = ways(everything(options.url), begins)
    print(json.dumps(legs(found, options.speed), ensure_ascii=False))
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
