"""The run: cars over a lane, a signer and a clerk who do at once what is theirs, a fake printer with its own log."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.machine import ms, share
from benchmarks.report import ROOT, Goal, Result, Table
from benchmarks.training import CLERK, PIN, SIGNER, TrainingStation
from carcheck_desktop.app.parts import folders_of
from carcheck_desktop.base.keys import hash_pin, is_pin
from carcheck_desktop.domain.commands import RequestPrint, SignReport, TakeCash
from carcheck_desktop.domain.documents import DocumentKind
from carcheck_desktop.domain.papers import PaperState
from carcheck_desktop.domain.payment import due_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carcheck_desktop.domain.views import VisitView

CARS, QUICK_CARS = 20, 2
SPEED = 20.0
PLACE = "pickup"
INSPECTED_S, PRINTED_S, LOOK_S = 120.0, 60.0, 0.02
HOW = """{count} cars, paid, go over a lane (weighing and brakes, speed {speed:g}) of a real service; a fake printer stands behind a TCP
port. As soon as the snapshot shows a report, a signer signs it with the own PIN over the link; as soon as it is signed, a clerk asks
for the paper: nobody hesitates, so that what is left is software, two commands, and looks at the snapshot {look:.0f} ms apart until the car is concluded.
Beside each signature a PIN is compared once by itself in the measuring program: argon2id, slow on purpose so that whoever gets hold of
the hashes cannot try all PINs. `first_byte_counter.py`, a program that imports nothing of carcheck, reads the times of the facts from the
feed and the first byte of each page from the printer's own log; station time is divided by the speed."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What one signature took: from the command to its answer, and comparing a PIN by itself a moment later."""

    answered_s: float
    compared_s: float


def run(*, quick: bool) -> Result:
    """Measure; quick: few cars."""
    count = QUICK_CARS if quick else CARS
    with (
        tempfile.TemporaryDirectory(prefix="first_byte") as folder,
        TrainingStation(Path(folder) / "station", SPEED, 2 * count + 4, printers=(PLACE,)) as here,
    ):
        pin_hash = hash_pin(PIN)
        signatures = [_through(here, here.take_in(car), pin_hash) for car in here.sound_cars(count)]
        found = _counted(here)
    return _told(found, signatures)


def _through(here: TrainingStation, visit_id: str, pin_hash: str) -> Signature:
    """Let one car pay, be inspected, signed for and printed."""
    due_fen = due_of(_visit(here, visit_id)).due_fen
    here.does(CLERK, TakeCash(visit_id, due_fen, due_fen))
    visit = here.inspect(visit_id, within_s=INSPECTED_S, look_s=LOOK_S)
    until_s = time.monotonic() + PRINTED_S
    while not (reports := visit.signing.reports):
        _rest(until_s, "no report is made")
        visit = _visit(here, visit_id)
    sent_s = time.monotonic()
    here.does(SIGNER, SignReport(visit_id, reports[-1].report_id, PIN))
    signed_s = time.monotonic()
    here.does(CLERK, RequestPrint(visit_id, DocumentKind.REPORT, PLACE))
    while not any(
        paper.kind is DocumentKind.REPORT and paper.state is PaperState.PRINTED
        for paper in _visit(here, visit_id).papers
    ):
        _rest(until_s, "the report is not printed")
    began_s = time.monotonic()
    is_pin(pin_hash, PIN)
    return Signature(signed_s - sent_s, time.monotonic() - began_s)


def _visit(here: TrainingStation, visit_id: str) -> VisitView:
    return next(visit for visit in here.snapshot().visits if visit.visit_id == visit_id)


def _rest(until_s: float, what: str) -> None:
    if time.monotonic() > until_s:
        raise TimeoutError(what)
    time.sleep(LOOK_S)


def _counted(here: TrainingStation) -> dict[str, list[float]]:
    (log,) = folders_of(here.station).printed.glob("*/log.jsonl")
    command = [
        sys.executable, "-m", "benchmarks.first_byte_counter", "--url", here.station.service_url, "--log", str(log),
        "--speed", str(SPEED),
    ]  # fmt: skip
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return {str(leg): [float(each) for each in some] for leg, some in json.loads(done.stdout).items()}


def _told(found: dict[str, list[float]], signatures: Sequence[Signature]) -> Result:
    rows = [
        (leg, str(len(some)), ms(share(some, 0.5) / 1000), ms(share(some, 0.95) / 1000), ms(max(some) / 1000))
        for leg, some in found.items()
    ]
    own = {
        "the command `sign_report`, sent → answered": [each.answered_s for each in signatures],
        "comparing a PIN by itself, slow on purpose": [each.compared_s for each in signatures],
    }
    rows += [
        (name, str(len(some)), ms(share(some, 0.5)), ms(share(some, 0.95)), ms(max(some))) for name, some in own.items()
    ]
    count = len(next(iter(found.values())))
    goals: list[Goal] = []
    how = HOW.format(count=count, speed=SPEED, look=LOOK_S * 1000)
    notes = ["The way from the verdict to the paper has a person in it: nothing is final before somebody signs."]
    table = Table(("from → to", "reports", "p50 ms", "p95 ms", "worst ms"), rows)
    return Result("From the verdict to the first byte (`first_byte`)", how, (table,), goals, notes)
