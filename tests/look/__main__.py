"""`python -m tests.look`: renders windows and gallery pages, checks them, exit 1 with findings.

python -m tests.look                        a choice in which every two factors meet
python -m tests.look --all                  every combination
python -m tests.look --only control_braking --lang zh_CN --out DIR
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.look import report
from tests.look.cases import LANGUAGES, SIZES, Case, small_choice
from tests.look.pairs import all_pairs
from tests.look.running import ROOT, run
from tests.look.subjects import ALL_THEMES, all_cases

PICTURES = ROOT / "docs" / "pictures"
DOCS = {
    Case("control_braking", "zh_CN", "1920x1080", "light", ""): "control-zh_CN.png",
    Case("control_braking", "en", "1920x1080", "light", ""): "control-en.png",
    Case("hall_busy", "zh_CN", "1920x1080", "wall", ""): "hall-zh_CN.png",
    Case("hall_busy", "en", "1920x1080", "wall", ""): "hall-en.png",
}
"""What README and docs show, under the names that they use."""


def chosen(options: argparse.Namespace) -> list[Case]:
    """Return the cases that were asked for."""
    cases = [
        case
        for case in all_cases()
        if options.only in case.subject
        and options.lang in (None, case.language)
        and options.size in (None, case.size)
        and options.theme in (None, case.theme)
    ]
    if options.all:
        return cases
    return [Case(*row) for row in all_pairs(case.parts for case in cases)] if options.pairwise else small_choice(cases)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.look", description="Look at every window and gallery page.")
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--all",
        action="store_true",
        help="every combination of the factors (without any of these: the choice of the tests)",
    )
    which.add_argument("--pairwise", action="store_true", help="every two factors together at least once")
    which.add_argument("--docs", action="store_true", help="the few that docs/pictures holds, written there anew")
    parser.add_argument("--only", default="", metavar="NAME", help="subjects with NAME in their name")
    parser.add_argument("--lang", choices=LANGUAGES)
    parser.add_argument("--size", choices=SIZES)
    parser.add_argument("--theme", choices=ALL_THEMES)
    parser.add_argument("--out", type=Path, metavar="DIR", help="where pictures and report go; without it no pictures")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes at once")
    return parser.parse_args(arguments)


def _write_docs(cases: list[Case], jobs: int) -> int:
    """Render the few pictures of the documentation under their own names."""
    with TemporaryDirectory() as folder:
        results = run(cases, jobs, Path(folder))
        PICTURES.mkdir(parents=True, exist_ok=True)
        for case in cases:
            (PICTURES / DOCS[case]).write_bytes((Path(folder) / f"{case.name}.png").read_bytes())
    sys.stdout.write("\n".join([*report.lines(results), f"{len(cases)} pictures are in {PICTURES}"]) + "\n")
    return 1 if any(result.findings for result in results) else 0


def main(arguments: list[str] | None = None) -> int:
    """Look, report; 0 without findings."""
    options = _options(arguments)
    started = time.monotonic()
    cases = list(DOCS) if options.docs else chosen(options)
    if not cases:
        sys.stderr.write("nothing is registered under that name\n")
        return 2
    out = options.out.resolve() if options.out else None
    if options.docs:
        return _write_docs(cases, options.jobs)
    results = run(cases, options.jobs, out)
    seconds = time.monotonic() - started
    said = [*report.lines(results), report.summary(results, seconds)]
    if out:
        report.write(results, seconds, out)
        said.append(f"pictures and report are in {out}")
    sys.stdout.write("\n".join(said) + "\n")
    return 1 if any(result.findings for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
