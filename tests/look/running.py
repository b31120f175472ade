"""Spreads cases over processes, each with the scale of its screen, and gathers what they saw."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.look.cases import SIZES, Case
from tests.look.findings import Finding

ROOT = Path(__file__).resolve().parents[2]
BATCH = 48
"""Cases of one process: few enough that one that dies takes little with it."""
PRESSES = "pressing"


def _shape(case: Case) -> str:
    """Return what decides how a window lays itself out: a low screen, a roomy one, one that stands."""
    width, height = SIZES[case.size].logical
    return "upright" if height > width else "low" if height < ROOMY_PX else "roomy"


ROOMY_PX = 800
DEPENDS: dict[str, tuple[Callable[[Case], str], ...]] = {
    PRESSES: (),
    "tab_order": (_shape,),
    "trap": (_shape,),
    "reach": (_shape,),
    "focus_sign": (lambda case: case.theme,),
}
"""Checks by keys, and on what of a case but its subject their findings depend: each is made once for each of that."""


@dataclass(frozen=True)
class Result:
    """What was found in one case."""

    case: Case
    findings: tuple[Finding, ...]
    seconds: float


def run(cases: Sequence[Case], jobs: int, out: Path | None = None) -> list[Result]:
    """Look at every case; a process that dies is a finding of each case that it leaves."""
    without = plan(cases)
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        batches = list(_batches(cases, without))
        done = pool.map(lambda batch: _look(batch, without, out), batches)
        results = [result for batch in done for result in batch]
    return sorted(results, key=lambda result: result.case)


def plan(cases: Sequence[Case]) -> dict[Case, tuple[str, ...]]:
    """Return the checks that each case goes without, because another case has shown the same already."""
    seen: set[tuple[str, ...]] = set()
    without: dict[Case, tuple[str, ...]] = {}
    for case in sorted(cases, key=lambda case: (case.factor, case)):
        skipped = []
        for check, on in DEPENDS.items():
            shown = (check, case.subject, *(part(case) for part in on))
            if shown in seen:
                skipped.append(check)
            seen.add(shown)
        without[case] = tuple(skipped)
    return without


def _family(case: Case) -> tuple[str, float]:
    """Return what the cases of one process that presses buttons have in common: the window and the scale."""
    return case.subject.partition("_")[0], case.factor


def _batches(cases: Sequence[Case], without: Mapping[Case, tuple[str, ...]]) -> Iterator[list[Case]]:
    """Cases of one scale together; those that press come first and together, for a button is pressed once a process."""
    presses = sorted(case for case in cases if PRESSES not in without[case])
    for together in sorted({_family(case) for case in presses}):
        yield [case for case in presses if _family(case) == together]
    for factor in sorted({case.factor for case in cases}):
        same = sorted(
            (case for case in cases if case.factor == factor and case not in presses),
            key=lambda case: (-SIZES[case.size].width, case),
        )
        yield from (same[start : start + BATCH] for start in range(0, len(same), BATCH))


def environment(factor: float) -> dict[str, str]:
    """Return the environment of a process whose screen has this scale."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("QT_")}
    return {**inherited, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(factor), "PYTHONPATH": str(ROOT)}


def _look(batch: list[Case], without: Mapping[Case, tuple[str, ...]], out: Path | None) -> list[Result]:
    """Look at cases in a process; where it dies the case is to blame, and the others have another process."""
    results: list[Result] = []
    left = batch
    while left:
        done = _run(left, without, out)
        said = [_read(line) for line in done.stdout.splitlines() if line.startswith("{")]
        seen = {result.case for result in said}
        results += said
        left = [case for case in left if case not in seen]
        if left:
            last_words = done.stderr.strip().splitlines()[-1:] or ["no word"]
            evidence = f"exit {done.returncode}: {last_words[0][:300]}"
            finding = Finding("crash", left[0].subject, "could not be looked at", evidence)
            results.append(Result(left[0], (finding,), 0.0))
            left = left[1:]
    return results


def _run(
    batch: list[Case], without: Mapping[Case, tuple[str, ...]], out: Path | None
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.look.worker", *(["--out", str(out)] if out else [])]
    wanted = "".join(json.dumps({"case": case.parts, "without": without[case]}) + "\n" for case in batch)
    return subprocess.run(
        command, input=wanted, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False,
        env=environment(batch[0].factor),
    )  # fmt: skip


def _read(line: str) -> Result:
    said = json.loads(line)
    return Result(Case(*said["case"]), tuple(Finding(*parts) for parts in said["findings"]), said["seconds"])
