"""Stands on the wires between a lane and its instruments and hears the lane's feed: how long the software took; knows nothing of carcheck.

    visit_counter.py watch --lane URL --wire NEAR:FAR … --seen FILE     until SIGTERM; a row for every request, answer and fact
    visit_counter.py count --seen FILE                                  the software's share of the time on the lane, as JSON

`watch` listens on each TCP port NEAR, passes every byte on to FAR and back, and writes down when it came. What a lane does
between the last thing that it needed and the next thing that it tells is software: from the last byte of an instrument's
answer, or from the fact before, whichever was later, until the next fact is heard; and from a fact until the request on a wire
that begins what follows from it. What is no software: an answer that is waited for, a driver who drives, a dwell
that the procedure demands. A dwell, and a driver who has to be seen on an instrument, end with another look on a wire, which
is why the last answer before a fact is what decided it. A prompt that comes by the clock (`pedal`, `parking_lever`: shown
100 ms before it counts) has no such answer and is left out, as is work beside a measurement, which keeps nobody waiting.

Imports the standard library and a WebSocket client, on purpose: an independent witness.
"""

from __future__ import annotations

import argparse
import json
import signal
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from websockets.exceptions import WebSocketException

from benchmarks.feed_counter import feed, get
from benchmarks.machine import share

BY_CLOCK = frozenset({"pedal", "parking_lever"})
BEGINNING = frozenset({"attempt_started", "item_started", "item_finished", "occupancy_taken", "occupancy_released"})
"""Facts after which the lane asks an instrument at once."""
LANE_FACTS = BEGINNING | {"prompt_shown", "attempt_ended", "item_voided"}
RELEASE = "release"
"""Nobody waits for this: the dwell after it is the procedure's."""
BURST_S, LOOK_MOST_S = 0.05, 0.5
"""Requests so near to each other are one look; looks farther apart than the second belong to no waiting."""
NEAR_S = 0.05
"""Answers of two wires that are so near to each other may each have decided; the earlier one counts, against the software."""
Row = list[Any]
"""Second, what (`asked`, `answered` or `fact`), name, and for a fact its particulars."""


class Notebook:
    """Rows as they come, from several threads."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._lock = threading.Lock()

    def note(self, what: str, name: str, more: str = "") -> None:
        """Write a row down with this moment."""
        at_s = time.monotonic()
        with self._lock:
            self.rows.append([at_s, what, name, more])


class Wire:
    """One wire: listens, connects on, passes bytes both ways."""

    def __init__(self, near: int, far: int, book: Notebook) -> None:
        self._far, self._book, self._name = far, book, str(near)
        self._listening = socket.create_server(("127.0.0.1", near))
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            near, _ = self._listening.accept()
            try:
                far = socket.create_connection(("127.0.0.1", self._far), timeout=10)
            except OSError:
                near.close()
                continue
            far.settimeout(None)
            for each in (near, far):
                each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for source, target, what in ((near, far, "asked"), (far, near, "answered")):
                threading.Thread(target=self._pass, args=(source, target, what), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, what: str) -> None:
        try:
            while data := source.recv(4096):
                self._book.note(what, self._name)
                target.sendall(data)
        except OSError:
            pass
        for each in (source, target):
            each.close()


def watch(lane: str, wires: Sequence[str], seen: Path) -> None:
    """Pass bytes on and follow the lane until SIGTERM."""
    over, book = threading.Event(), Notebook()
    signal.signal(signal.SIGTERM, lambda *_: over.set())
    for wire in wires:
        near, _, far = wire.partition(":")
        Wire(int(near), int(far), book)
    threading.Thread(target=_follow, args=(lane, book), daemon=True).start()
    print("watching", flush=True)
    over.wait()
    seen.write_text("\n".join(json.dumps(row) for row in book.rows), encoding="utf-8")


def _follow(lane: str, book: Notebook) -> None:
    pos, epoch = 0, ""
    while True:
        try:
            epoch = epoch or get(f"{lane}/handshake")["epoch"]
            for fact in feed(lane, pos, epoch):
                pos = fact["pos"]
                if fact["kind"] in LANE_FACTS:
                    said = json.loads(fact["payload"]) if isinstance(fact["payload"], str) else fact["payload"]
                    book.note("fact", fact["kind"], said.get("expects", "") or said.get("item", ""))
        except (OSError, ValueError, WebSocketException):
            time.sleep(0.05)


@dataclass
class Step:
    """One item, or what follows the last one: the software's time in it by what came of it."""

    item: str = ""
    parts: list[tuple[str, float]] = field(default_factory=list)

    @property
    def software_s(self) -> float:
        """All of it together."""
        return sum(gap for _, gap in self.parts)


@dataclass
class Attempt:
    """One car on the lane."""

    began_s: float
    ended_s: float = 0.0
    steps: list[Step] = field(default_factory=lambda: [Step()])
    looks_s: list[float] = field(default_factory=list)
    """Times between two looks at one instrument while somebody was waited for."""
    waits: int = 0
    """Prompts that ask a driver for something that an instrument has to see."""


def attempts_of(rows: Sequence[Row]) -> list[Attempt]:
    """Return the cars that went over the lane from beginning to end, in what a witness wrote down."""
    found: list[Attempt] = []
    now: Attempt | None = None
    counting = _Counting()
    for at_s, what, name, more in sorted(rows, key=lambda row: float(row[0])):
        if what == "fact" and name == "attempt_started":
            now, counting = Attempt(at_s), _Counting(fact=name, fact_s=at_s)
            continue
        if now is None:
            continue
        if what == "fact":
            counting.take_fact(now, at_s, name, more)
            if name == "attempt_ended":
                now.ended_s = at_s
                found.append(now)
                now = None
        elif what == "asked":
            counting.take_request(now, at_s, name)
        else:
            counting.answered_s[name] = at_s
    return found


@dataclass
class _Counting:
    """Where an attempt stands between two rows."""

    fact: str = ""
    fact_s: float = 0.0
    answered_s: dict[str, float] = field(default_factory=dict)
    """When each wire answered last."""
    asked_s: dict[str, float] = field(default_factory=dict)
    is_looking: bool = False

    def take_fact(self, attempt: Attempt, at_s: float, name: str, more: str) -> None:
        step = attempt.steps[-1]
        prompt = more if name == "prompt_shown" else ""
        if more not in BY_CLOCK:
            step.parts.append((f"until {name} {prompt}".strip(), at_s - max(self._decided_s(), self.fact_s)))
        self.is_looking = bool(prompt) and prompt not in BY_CLOCK | {RELEASE}
        attempt.waits += self.is_looking
        self.fact, self.fact_s = name, at_s
        if name == "item_finished":
            step.item = more
            attempt.steps.append(Step())

    def _decided_s(self) -> float:
        """Return when the last answer came; of several wires at about that time the first, since one may be a mere poll."""
        latest_s = max(self.answered_s.values(), default=0.0)
        return min((each for each in self.answered_s.values() if latest_s - each < NEAR_S), default=0.0)

    def take_request(self, attempt: Attempt, at_s: float, wire: str) -> None:
        if self.fact in BEGINNING:
            attempt.steps[-1].parts.append((f"after {self.fact}", at_s - self.fact_s))
        self.fact = ""
        since_s = at_s - self.asked_s.get(wire, at_s)
        if self.is_looking and BURST_S <= since_s <= LOOK_MOST_S:
            attempt.looks_s.append(since_s)
        self.asked_s[wire] = at_s


def count(rows: Sequence[Row]) -> dict[str, Any]:
    """Return the software's share of the time on the lane, and its time a step."""
    cars = attempts_of(rows)
    on_lane_s = sum(car.ended_s - car.began_s for car in cars)
    steps = [step for car in cars for step in car.steps]
    items = [step.software_s for car in cars for step in car.steps[:-1]]
    looks = [look for car in cars for look in car.looks_s]
    parts: dict[str, list[float]] = {}
    for name, gap in (part for step in steps for part in step.parts):
        parts.setdefault(name, []).append(gap)
    return {
        "cars": len(cars),
        "steps": len(items),
        "items": Counter(step.item for step in steps if step.item),
        "on_lane_s": on_lane_s,
        "software_s": sum(step.software_s for step in steps),
        "share": sum(step.software_s for step in steps) / on_lane_s if on_lane_s else 0.0,
        "step_s": {"p50": share(items, 0.5), "p95": share(items, 0.95), "worst": max(items, default=0.0)},
        "look_s": share(looks, 0.5),
        "waits": sum(car.waits for car in cars),
        "parts_s": {name: {"times": len(gaps), "p50": share(gaps, 0.5), "worst": max(gaps), "sum": sum(gaps)}
                    for name, gaps in sorted(parts.items(), key=lambda part: -sum(part[1]))},
    }  # fmt: skip


def main() -> int:
    """Return 0 after watching, and after counting at least one car."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["watch", "count"])
    parser.add_argument("--lane")
    parser.add_argument("--wire", action="append", default=[], metavar="NEAR:FAR")
    parser.add_argument("--seen", type=Path, required=True)
    options = parser.parse_args()
    if options.what == "watch":
        watch(options.lane, options.wire, options.seen)
        return 0
    found = count([json.loads(line) for line in options.seen.read_text(encoding="utf-8").splitlines()])
    print(json.dumps(found))
    return 0 if found["cars"] else 1


if __name__ == "__main__":
    sys.exit(main())
