"""The report of a run: JSON for programs, a list for people, equal findings of many pictures in one line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from tests.look.findings import Finding
from tests.look.running import Result


def lines(results: Sequence[Result]) -> list[str]:
    """Return each finding once, with the pictures that have it."""
    seen: dict[tuple[str, str, str], tuple[Finding, list[str]]] = {}
    for result in results:
        for finding in result.findings:
            seen.setdefault((finding.check, finding.where, finding.what), (finding, []))[1].append(result.case.name)
    said = []
    for finding, names in sorted(seen.values()):
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        said.append(f"{finding.line()}\n    in {names[0]}{more}")
    return said


def summary(results: Sequence[Result], seconds: float) -> str:
    """Return one sentence of how much was looked at and found."""
    bad = sum(bool(result.findings) for result in results)
    count = sum(len(result.findings) for result in results)
    return f"{len(results)} pictures in {seconds:.0f} s: {count} findings in {bad} of them"


def write(results: Sequence[Result], seconds: float, folder: Path) -> None:
    """Write report.json and report.txt."""
    folder.mkdir(parents=True, exist_ok=True)
    plain = {
        "seconds": round(seconds, 1),
        "pictures": [
            {
                **asdict(result.case),
                "picture": f"{result.case.name}.png",
                "findings": [asdict(each) for each in result.findings],
            }
            for result in results
        ],
    }
    (folder / "report.json").write_text(json.dumps(plain, ensure_ascii=False, indent=1), encoding="utf-8")
    text = "\n".join([summary(results, seconds), "", *lines(results)])
    (folder / "report.txt").write_text(text + "\n", encoding="utf-8")
