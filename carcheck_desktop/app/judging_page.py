"""The sentences of docs/judge.md that no code says, and how tables and JSON stand on it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 110
MOST_OBJECTS = 12
"""Of a longer list of objects the page shows the first two and the last."""
TITLES = {
    "brakes": "Brakes",
    "vehicle": "The rest of safety",
    "cycle": "Inspection cycle",
    "petrol": "Exhaust of petrol and gas",
    "diesel": "Exhaust of diesel",
    "equipment": "Equipment checks",
    "supervision": "Supervision rules",
}
"""The heading of each group of kinds."""
HEAD = """# `main.py judge`: verdicts on inspection records

<!-- Written by `python -m carcheck_desktop.app.judging_docs` from the code and the tables: change those, not this page. -->

```
main.py judge FILE [--out FILE] [--lang zh_CN|en] [--format json|text]        FILE may be - for standard input
```

FILE holds one record (a JSON object), a list of records, or one record a line (JSON lines; any length, memory stays flat).
The answer has the same form: an object, a list, or lines, in the order of the file. A record is a vehicle as far as it is
known, the kind of inspection, the day, and raw measurements. It may hold a single measurement: one axle, one lamp, one series
of exhaust, one check of an analyser. The file is UTF-8 (with or without a byte order mark), and so is the answer.

| exit code | |
| --- | --- |
| 0 | every record was judged, and nothing stands in the way of a pass (a record may hold numbers that nothing is judged of) |
| 1 | every record was judged, and one of them does not pass: something failed, does not count, or is still to be judged |
| 2 | a record could not be used (its entry has `error`; all others were judged), or the file is no JSON (one line on standard error); 2 outweighs 1 |

**Strict on purpose.** A name that no kind knows is refused, so that a typing error is never passed over; so is a name that
stands twice. Numbers are JSON numbers, read digit by digit as exact decimals and never as binary fractions; NaN, Infinity, and
numbers of more than 24 digits before or after the point are refused. `null` is the same as leaving a field out. An error names the field by its path, such as
`measurements[0].left_max_daN`, and says what could stand there. A measurement that is there and does not count (an axle without
any force, diluted exhaust, curves cut off) is no error: its card is `invalid`, and so is the conclusion. A broken record of a file of
lines, whatever is wrong with it, leaves the others alone; JSON that nobody can parse (cut off, or nested too deeply) within a list takes
the whole list with it, so many records from many hands are better sent one a line.

**Units stand in the names** of the fields: `_daN` is 10 N, `_kg`, `_percent`, `_ppm` (10⁻⁶), `_kmh`, `_per_m` (m⁻¹).

**Limits of the platform** go before the tables: `"limits": {"imbalance": 20}` for every card of a quantity, or by the rule that a card
names. Where the tables have two bounds give them: `{"low": 0.95, "high": 1.05}`; a tolerance has `percent` and `absolute`. With
`comparison` (`>=`, `<=`, `between`, `within`) the platform's bound may be another than the tables', but a tolerance can only be
replaced by one, and a range that goes below zero only by a range. A limit that cannot be (`low` not below `high`, a negative bound)
or that does not fit its quantity is refused, whether or not the quantity was measured. The card's `source` then is `platform`.

**Another edition** than that of the day is asked for by its id in `edition`. If it is not in force on the day it judges as on its
own nearest day, and its entry in `editions` has `edition_outside_its_days: true`; days of the vehicle still count from `date`.

What is asked of a vehicle instead of what was measured, with the platform's list of items, the fitness for a dynamometer and the
circumstances of the cycle, is a record of [`main.py plan`](plan.md); it takes the same `vehicle`, `date`, `inspection` and `settings`.

The shape of a file as JSON Schema (draft 2020-12): [judge.schema.json](judge.schema.json).
"""
ANSWER = """## The answer

One object a record: `id`, `date`, `inspection`, `editions` (with the SHA-256 of each table file), `results` (one a measurement, in their
order) and `conclusion`. Numbers are JSON numbers written with all their digits; read them as decimals. A result has

* `computed`: numbers that are shown and not judged: `quantity`, `exact` (cut to 12 decimals), `rounded`, `unit`,
  `inputs`, `explanation` (formula, what went into it, rounding);
* `cards`: one a judged value:

| field | |
| --- | --- |
| `quantity`, `item`, `place` | what was judged, the item code of the report (B1, H1, A1 …), and front or rear where that decides |
| `exact`, `rounded`, `unit` | the value before (cut to 12 decimals) and after rounding |
| `limit`, `comparison` | what it is held against, `>=`, `<=`, or `>`, `<` where a value exactly at the limit fails; of a range the nearer bound, with `low` and `high` besides |
| `allowed_percent`, `allowed_absolute` | of a tolerance, one of which is enough; `limit` is then the greater of the two in the unit |
| `margin` | how far the value that was judged is on the good side; negative where it fails, or 0 at `>` and `<` |
| `outcome` | `pass`, `fail`, `not_judged`, `invalid` (the measurement does not count) |
| `counts` | false: held against the limit for the reader, or without any limit, and no conclusion rests on it |
| `rule`, `source`, `edition`, `confidence`, `doubtful` | the row of the tables, what it rests on, and whether it still needs the paid text |
| `reason`, `reason_code` | why it does not count, what decides, or what to do about it |
| `inputs` | every number of the derivation by name |
| `explanation` | the derivation, formula with numbers in place, line by line |

`conclusion` folds the cards that count: `invalid` over `fail` over `not_judged` over `pass`; without any it is `not_judged`. `failed` and
`invalid` and `not_judged` name what decides; `reminders` are limits missed on which no conclusion rests. A record that cannot be used has `id` and
`error` with `code`, `field`, `cause`, `evidence`, `next`.

For example (hash and derivation shortened here):
"""


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table; empty columns are left out."""
    kept = [index for index, _ in enumerate(columns) if any(row[index] for row in rows)]
    lines = [
        [columns[index] for index in kept],
        ["---" for _ in kept],
        *([row[index] for index in kept] for row in rows),
    ]
    return "".join("| " + " | ".join(each) + " |\n" for each in lines)


def pretty(value: object, indent: int = 0) -> str:
    """Return JSON for readers: what fits into a line stands in one, numbers with their own digits."""
    flat = _flat(value)
    if len(flat) + indent <= WIDTH or not isinstance(value, dict | list) or not value:
        return flat
    pad = " " * (indent + 2)
    if isinstance(value, dict):
        lines = [f"{_flat(name)}: {pretty(each, indent + 2)}" for name, each in value.items()]
        return "{\n" + ",\n".join(pad + line for line in lines) + f"\n{' ' * indent}}}"
    if all(not isinstance(each, dict | list) for each in value):
        return "[\n" + _wrapped([_flat(each) for each in value], pad) + f"\n{' ' * indent}]"
    lines = [pad + pretty(each, indent + 2) for each in value]
    if len(lines) > MOST_OBJECTS:
        lines = [*lines[:2], f'{pad}"… {len(lines) - 3} like these, left out on this page"', lines[-1]]
    return "[\n" + ",\n".join(lines) + f"\n{' ' * indent}]"


def _wrapped(texts: list[str], pad: str) -> str:
    lines, line = [], pad
    for index, text in enumerate(texts):
        piece = text + ("," if index < len(texts) - 1 else "")
        if line != pad and len(line) + len(piece) > WIDTH:
            lines.append(line.rstrip())
            line = pad
        line += piece + " "
    return "\n".join([*lines, line.rstrip()])


def _flat(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_flat(name)}: {_flat(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flat(each) for each in value) + "]"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'
