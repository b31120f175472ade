"""What a benchmark tells: tables, goals met or not, and how they stand on docs/benchmarks.md."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.machine import Machine

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
HEAD = """# Measured claims

Written by `python3 bootstrap.py bench` (one benchmark: `… bench NAME`; a short form that writes nothing here: `--quick`).
Every claim is a ratio to a peer or a limit measured **in the same run, in interleaved rounds**: milliseconds belong to
the machine named under each table, ratios to the program. A goal that was missed stays here as missed.
"""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under a heading each column."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    caption: str = ""

    def lines(self) -> list[str]:
        """Return the table in Markdown; the first column stands left, the others right."""
        rule = ["---", *["---:"] * (len(self.columns) - 1)]
        said = [self.caption, ""] if self.caption else []
        return [*said, *("| " + " | ".join(row) + " |" for row in (self.columns, rule, *self.rows)), ""]


@dataclass(frozen=True, slots=True)
class Goal:
    """One claim: what was wanted, what was found, and whether that is enough."""

    wanted: str
    found: str
    is_met: bool


@dataclass(frozen=True, slots=True)
class Result:
    """Everything one benchmark tells."""

    title: str
    how: str
    tables: Sequence[Table]
    goals: Sequence[Goal]
    notes: Sequence[str] = field(default_factory=tuple)

    @property
    def is_met(self) -> bool:
        """Say whether every goal was met."""
        return all(goal.is_met for goal in self.goals)

    def text(self, machine: Machine) -> str:
        """Return the section of the page."""
        lines = [f"## {self.title}", "", self.how, ""]
        for table in self.tables:
            lines += table.lines()
        verdicts = [[goal.wanted, goal.found, "met" if goal.is_met else "**missed**"] for goal in self.goals]
        if verdicts:
            lines += Table(("goal", "found", ""), verdicts).lines()
        lines += [f"- {note}" for note in self.notes]
        lines += [""] * bool(self.notes)
        lines.append(f"<sub>{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · {machine}</sub>")
        return "\n".join(lines)


def put_into_page(name: str, text: str, order: Sequence[str], page: Path = PAGE) -> None:
    """Replace one benchmark's section; sections stand in the order of their names in `order`."""
    sections = sections_of(page.read_text(encoding="utf-8")) if page.exists() else {}
    sections[name] = text
    known = [each for each in order if each in sections]
    body = "\n".join(f"<!-- {each} -->\n{sections[each]}\n<!-- end -->\n" for each in known)
    page.write_text(f"{HEAD}\n{body}", encoding="utf-8")


def sections_of(text: str) -> dict[str, str]:
    """Return the sections of a page by their benchmark's name."""
    return dict(re.findall(r"<!-- (\w+) -->\n(.*?)\n<!-- end -->", text, re.DOTALL))
