"""Counts what a station announced and what it has in the end; knows nothing of carcheck but its published link.

    feed_counter.py watch --url URL [--url URL …] --seen FILE        until SIGTERM; a line for every fact heard
    feed_counter.py check --url SERVICE --seen FILE --truth FILE     what became of them, as JSON

`watch` follows the feeds of several processes through every restart. `check` reads the service's whole feed from its
first place and says which of the facts heard are lost, doubled or changed, whether each node's numbers run on without a
gap, and whether every item result belongs to the car that was on the instruments: `--truth` gives each plate's wheel
loads, rolling drags, grip and lever forces by axle, known to the virtual world alone.

Imports the standard library and a WebSocket client, on purpose: an independent witness.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from websockets.exceptions import InvalidHandshake, WebSocketException
from websockets.sync.client import connect

AGAIN_S = 0.05
ANSWER_S = 5.0
OTHER_EPOCH = 4001
LOAD_KG, DRAG_DAN, FORCE_DAN = 3.0, 0.6, 9.0
"""How far a result may be from the truth of its car: noise of the instruments, not more."""
Fact = dict[str, Any]


def get(url: str) -> Any:  # noqa: ANN401 - plain JSON
    """Return what a GET answers."""
    with urllib.request.urlopen(url, timeout=ANSWER_S) as answer:
        return json.loads(answer.read())


def feed(url: str, pos: int, epoch: str) -> Iterator[Fact]:
    """Yield facts after `pos`, until the connection ends or nobody asks for more."""
    address = url.replace("http://", "ws://") + "/feed?" + urllib.parse.urlencode({"pos": pos, "epoch": epoch})
    with connect(
        address, proxy=None, compression=None, open_timeout=ANSWER_S, close_timeout=1, max_size=None
    ) as socket:
        while True:
            yield from json.loads(socket.recv())


def everything(url: str) -> list[Fact]:
    """Return all facts of a process from the first place to the one that its snapshot names."""
    now = get(f"{url}/snapshot")
    facts: list[Fact] = []
    for fact in feed(url, 0, now["epoch"]):
        facts.append(fact)
        if fact["pos"] >= now["pos"]:
            break
    return facts


class Witness:
    """Hears one process's feed and writes every fact down at once."""

    def __init__(self, url: str, seen: Path, lock: threading.Lock) -> None:
        self.url = url
        self._seen = seen
        self._lock = lock
        self._pos = 0
        self._epoch = ""

    def listen(self) -> None:
        """Listen for ever; a process that is away is asked again and again."""
        while True:
            try:
                if not self._epoch:
                    self._epoch = get(f"{self.url}/handshake")["epoch"]
                for fact in feed(self.url, self._pos, self._epoch):
                    self._note(fact)
            except (OSError, ValueError, urllib.error.URLError, WebSocketException, InvalidHandshake) as error:
                code = getattr(getattr(error, "rcvd", None), "code", None)
                if code == OTHER_EPOCH:
                    self._epoch, self._pos = "", 0
            time.sleep(AGAIN_S)

    def _note(self, fact: Fact) -> None:
        in_order = fact["pos"] == self._pos + 1
        self._pos = fact["pos"]
        line = json.dumps([self.url, fact["pos"], fact["node"], fact["seq"], fact["hash"], fact["kind"], in_order])
        with self._lock, self._seen.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def watch(urls: list[str], seen: Path) -> None:
    """Follow every URL until SIGTERM."""
    over = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: over.set())
    lock = threading.Lock()
    seen.touch()
    for url in urls:
        threading.Thread(target=Witness(url, seen, lock).listen, daemon=True).start()
    print("watching", flush=True)
    over.wait()


def compare(heard: list[list[Any]], kept: list[Fact], truth: dict[str, Any]) -> dict[str, Any]:
    """Compare what was heard (rows as `Witness` writes them) with what the service has in the end."""
    announced = {(node, seq): digest for _, _, node, seq, digest, _, _ in heard}
    changed_while_heard = len({(row[2], row[3], row[4]) for row in heard}) - len(announced)
    times = Counter((fact["node"], fact["seq"]) for fact in kept)
    hashes = {(fact["node"], fact["seq"]): fact["hash"] for fact in kept}
    lost = [key for key, digest in announced.items() if hashes.get(key) != digest]
    results = Results(kept, truth)
    return {
        "heard": len(heard),
        "announced": len(announced),
        "kept": len(kept),
        "lost": len(lost) + changed_while_heard,
        "doubled": sum(count - 1 for count in times.values()) + results.doubled(),
        "wrong_car": len(results.wrong),
        "out_of_order": sum(not row[6] for row in heard),
        "gaps": gaps(kept),
        "results": results.checked,
        "foreign_would_pass": round(results.foreign_passes / max(1, results.foreign_asked), 4),
        "concluded": len({fact["subject"] for fact in kept if fact["kind"] == "visit_concluded"}),
        "voided": sum(fact["kind"] == "item_voided" for fact in kept),
        "interrupted": sum(fact["kind"] == "attempt_interrupted" for fact in kept),
        "starts": Counter(fact["node"] for fact in kept if fact["kind"] == "process_started"),
        "details": [f"lost {node} {seq}" for node, seq in lost[:20]] + results.wrong[:20],
    }


def gaps(kept: list[Fact]) -> int:
    """Count places and numbers that are missing in the service's journal."""
    last: dict[str, int] = {}
    missing = 0
    for place, fact in enumerate(kept, start=1):
        missing += fact["pos"] != place or fact["seq"] != last.get(fact["node"], 0) + 1
        last[fact["node"]] = fact["seq"]
    return missing


class Results:
    """Every item result held against the car whose plate its visit bears."""

    def __init__(self, kept: list[Fact], truth: dict[str, Any]) -> None:
        self.wrong: list[str] = []
        self.checked = 0
        self.foreign_asked = 0
        self.foreign_passes = 0
        self._runs: Counter[str] = Counter()
        self._items: Counter[tuple[str, str]] = Counter()
        self._truth = truth
        plates: dict[str, str] = {}
        for fact in kept:
            payload = json.loads(fact["payload"])
            if fact["kind"] == "visit_opened":
                plates[payload["visit_id"]] = payload["vehicle"]["plate"]
            elif fact["kind"] == "item_finished":
                self._take(payload, plates.get(payload["visit_id"], "?"))

    def doubled(self) -> int:
        """Count results of one run, or of one item of an attempt, that are there more than once."""
        return sum(count - 1 for counts in (self._runs, self._items) for count in counts.values())

    def _take(self, result: Fact, plate: str) -> None:
        self._runs[result["run_id"]] += 1
        self._items[result["attempt_id"], result["item"]] += 1
        self.checked += 1
        if plate not in self._truth or not fits(result, self._truth[plate]):
            self.wrong.append(f"{plate} {result['item']} {json.dumps(measured(result))}")
        others = [car for other, car in self._truth.items() if other != plate]
        self.foreign_asked += len(others)
        self.foreign_passes += sum(fits(result, car) for car in others)


def measured(result: Fact) -> Fact:
    """Return the raw part of a result."""
    found = result["weighing"] or result["service_brake"] or result["parking_brake"]
    return dict(found, cards=[card["inputs"] for card in result["cards"][:1]])


def fits(result: Fact, car: Fact) -> bool:
    """Say whether a result can have come from this car."""
    axle = car[str(result["axle"])]
    if result["weighing"]:
        return near(pair(result["weighing"], "{}_kg"), axle["load_kg"], LOAD_KG)
    inputs = result["cards"][0]["inputs"] if result["cards"] else {}
    if result["parking_brake"]:
        return near(pair(inputs, f"axle{result['axle']}_{{}}_max_daN"), axle["lever_daN"], FORCE_DAN)
    run = result["service_brake"]
    if not near(pair(run, "{}_kg"), axle["load_kg"], LOAD_KG):
        return False
    if not near(pair(run, "drag_{}_daN"), axle["drag_daN"], DRAG_DAN):
        return False
    locked = [side for side in (0, 1) if run["stop_reason"] in (("left_locked", "right_locked")[side], "both_locked")]
    most = pair(inputs, "{}_max_daN")
    return all(abs(most[side] - axle["grip_daN"][side]) <= FORCE_DAN for side in locked)


def pair(values: Fact, name: str) -> list[float]:
    """Return the left and right number of a name with a gap in it."""
    return [float(values.get(name.format(side), "nan")) for side in ("left", "right")]


def near(found: list[float], wanted: list[float], by: float) -> bool:
    """Say whether both sides are as near as that; nothing is near to a number that is missing."""
    return all(abs(one - other) <= by for one, other in zip(found, wanted, strict=True))


def main() -> int:
    """Return 0 after watching, and after a check in which nothing was lost, doubled or of a wrong car."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["watch", "check"])
    parser.add_argument("--url", action="append", required=True)
    parser.add_argument("--seen", type=Path, required=True)
    parser.add_argument("--truth", type=Path)
    options = parser.parse_args()
    if options.what == "watch":
        watch(options.url, options.seen)
        return 0
    truth = json.loads(options.truth.read_text(encoding="utf-8"))
    heard = [json.loads(line) for line in options.seen.read_text(encoding="utf-8").splitlines()]
    found = compare(heard, everything(options.url[0]), truth)
    print(json.dumps(found, ensure_ascii=False))
    return 1 if found["lost"] or found["doubled"] or found["wrong_car"] or found["gaps"] else 0


if __name__ == "__main__":
    sys.exit(main())
