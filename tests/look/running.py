"""Spreads cases over processes, each with the scale of its screen, and gathers what they saw."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.look.cases import SIZES, Case
from tests.look.findings import Finding

ROOT = Path(__file__).resolve().parents[2]
BATCH = 24
"""Cases of one process: few enough that one that dies takes little with it."""


@dataclass(frozen=True)
class Result:
    """What was found in one case."""

    case: Case
    findings: tuple[Finding, ...]
    seconds: float


def run(cases: Sequence[Case], jobs: int, out: Path | None = None) -> list[Result]:
    """Look at every case; a process that dies is a finding of each case that it leaves."""
    pressed = _first_of_each_subject(cases)
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        batches = list(_batches(cases))
        done = pool.map(lambda batch: _look(batch, pressed, out), batches)
        results = [result for batch in done for result in batch]
    return sorted(results, key=lambda result: result.case)


def _first_of_each_subject(cases: Sequence[Case]) -> set[Case]:
    first: dict[str, Case] = {}
    for case in cases:
        first.setdefault(case.subject, case)
    return set(first.values())


def _batches(cases: Sequence[Case]) -> Iterator[list[Case]]:
    """Cases of one scale together, the large screens first, for they take longest."""
    for factor in sorted({case.factor for case in cases}):
        same = sorted(
            (case for case in cases if case.factor == factor), key=lambda case: (-SIZES[case.size].width, case)
        )
        yield from (same[start : start + BATCH] for start in range(0, len(same), BATCH))


def environment(factor: float) -> dict[str, str]:
    """Return the environment of a process whose screen has this scale."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("QT_")}
    return {**inherited, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(factor), "PYTHONPATH": str(ROOT)}


def _look(batch: list[Case], pressed: set[Case], out: Path | None) -> list[Result]:
    command = [sys.executable, "-m", "tests.look.worker", *(["--out", str(out)] if out else [])]
    wanted = "".join(json.dumps({"case": case.parts, "press": case in pressed}) + "\n" for case in batch)
    done = subprocess.run(
        command, input=wanted, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False,
        env=environment(batch[0].factor),
    )  # fmt: skip
    results = [_read(line) for line in done.stdout.splitlines() if line.startswith("{")]
    seen = {result.case for result in results}
    last_words = done.stderr.strip().splitlines()[-1:] or ["no word"]
    left = [case for case in batch if case not in seen]
    for number, case in enumerate(left):
        what = "could not be opened" if number == 0 else "was not looked at: the process had ended"
        finding = Finding("crash", case.subject, what, f"exit {done.returncode}: {last_words[0][:300]}")
        results.append(Result(case, (finding,), 0.0))
    return results


def _read(line: str) -> Result:
    said = json.loads(line)
    return Result(Case(*said["case"]), tuple(Finding(*parts) for parts in said["findings"]), said["seconds"])
