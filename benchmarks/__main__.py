"""`python -m benchmarks [NAME …] [--quick]`: measure, print the tables, write docs/benchmarks.md."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.machine import Others, this_machine
from benchmarks.native import MissingCompilerError
from benchmarks.report import PAGE, put_into_page

if TYPE_CHECKING:
    from benchmarks.machine import Machine
    from benchmarks.report import Result

BENCHMARKS: dict[str, tuple[str, tuple[str, ...]]] = {
    "read_ten": ("ten registers in one read", ("pymodbus", "pyserial", "minimalmodbus")),
    "durable": ("a durable item result", ("SQLAlchemy",)),
    "curves": ("four lanes of 100 Hz curves", ("pymodbus",)),
    "painted": ("a fact until it is painted", ("PySide6_Essentials", "fastapi", "uvicorn", "websockets")),
    "control": (
        "six lanes of live curves in the control window",
        ("PySide6_Essentials", "pyqtgraph", "fastapi", "uvicorn", "websockets"),
    ),
    "board": ("the hall board at 4K", ("PySide6_Essentials", "fastapi", "uvicorn", "websockets")),
    "window": ("the first usable window", ("PySide6_Essentials",)),
    "clerk": ("a clerk takes cars in", ("PySide6_Essentials", "fastapi", "uvicorn", "websockets")),
    "visit": ("the software's share of the time on the lane", ("SQLAlchemy", "fastapi", "uvicorn", "websockets")),
    "first_byte": ("from the verdict to the first byte in the printer", ("SQLAlchemy", "fastapi", "python-escpos")),
    "prints": ("print jobs at printers that die", ("SQLAlchemy", "python-escpos")),
    "payments": ("payments at a provider that fails", ("SQLAlchemy", "httpx", "uvicorn")),
    "rejudge": ("a city's year judged again", ("msgspec",)),
    "kills": ("kill -9 at random instants", ("SQLAlchemy", "uvicorn", "websockets")),
}
"""Name of the module -> what it measures, and the packages whose versions matter."""


ORDER = (*BENCHMARKS, "board_soak")
"""The order of the sections on the page; the soak is measured only when it is asked for."""


def main(arguments: Sequence[str]) -> int:
    """Return 0 when every goal was met, 1 when one was missed, 2 when something needed is not here."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    known = ", ".join(f"{name} ({about})" for name, (about, _) in BENCHMARKS.items())
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which ones; all without a name: {known}")
    parser.add_argument("--quick", action="store_true", help="a short form, good for seeing that it runs")
    parser.add_argument("--page", type=Path, help="write this page instead of docs/benchmarks.md")
    parser.add_argument(
        "--soak", type=float, metavar="MINUTES", help="instead: a screen of the hall for so long, its memory"
    )
    options = parser.parse_args(arguments)
    unknown = [name for name in options.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"no benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    page: Path | None = options.page or (None if options.quick else PAGE)
    if options.soak:
        machine = this_machine(*BENCHMARKS["board"][1])
        soaked: Result = importlib.import_module("benchmarks.board").soak(options.soak)
        return 0 if _told("board_soak", soaked, machine, page) else 1
    results = []
    for name in options.names or BENCHMARKS:
        machine, others = this_machine(*BENCHMARKS[name][1]), Others()
        try:
            result: Result = importlib.import_module(f"benchmarks.{name}").run(quick=options.quick)
        except MissingCompilerError as error:
            print(f"{name}: {error}", file=sys.stderr)
            return 2
        results.append(_told(name, result, replace(machine, others=others.cores()), page))
    return 0 if all(results) else 1


def _told(name: str, result: Result, machine: Machine, page: Path | None) -> bool:
    """Print a result and put it on the page; return whether its goals were met."""
    text = result.text(machine)
    print(text, flush=True)
    if page is not None:
        put_into_page(name, text, ORDER, page)
    return result.is_met


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
