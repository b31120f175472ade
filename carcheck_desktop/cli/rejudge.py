"""`main.py rejudge --edition E`: every stored result judged again from its raw data, and what would come out otherwise."""

from __future__ import annotations

import argparse
import sys
import time
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.base.messages import Message, params_of
from carcheck_desktop.cli.common import language_here, parser_of, station_of, with_language

if TYPE_CHECKING:
    from carcheck_desktop.app.verdicts import Tally

EVERY_S = 2.0
"""How often the progress is told."""


def rejudge(arguments: list[str]) -> int:
    """Judge every stored visit again under an edition; nothing is written into the records. 0 also when things would change."""
    options = _options(arguments)
    from carcheck_desktop.app.verdicts import Tally, edition_for, rejudged
    from carcheck_desktop.app.verdicts_plain import change_lines, changes_of, tally_lines, tally_of
    from carcheck_desktop.base.data import to_exact_json

    station, words = station_of(options), Catalogue(options.lang or language_here())
    edition, tally = edition_for(station, options.edition, options.tables), Tally()
    with ExitStack() as opened:
        out: TextIO = sys.stdout
        if options.out is not None:
            out = opened.enter_context(options.out.open("w", encoding="utf-8"))
        told_s = time.monotonic()
        for found in rejudged(station, edition, options.since, options.until):
            tally.add(found)
            if options.json:
                out.writelines(f"{to_exact_json(each).decode()}\n" for each in changes_of(found, words))
            else:
                out.writelines(f"{line}\n" for line in change_lines(found, words))
            if time.monotonic() - told_s >= EVERY_S:
                told_s = time.monotonic()
                _progress(tally, words)
        _progress(tally, words)
        ends = (
            [to_exact_json(tally_of(tally, edition)).decode()] if options.json else tally_lines(tally, edition, words)
        )
        out.writelines(f"{line}\n" for line in ends)
        out.flush()
    return 0


def _progress(tally: Tally, words: Catalogue) -> None:
    told = {"visits": tally.visits, "changes": tally.changes, "not_judged": tally.not_judged}
    print(words.text(Message("cli.rejudge.progress", params_of(told))), file=sys.stderr, flush=True)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = parser_of(
        "rejudge", "Stored results judged again under an edition: what would change. Nothing is overwritten."
    )
    parser.add_argument("--edition", metavar="E", help='such as "GB 38900-2020"')
    parser.add_argument("--tables", type=Path, metavar="FILE", help="a table file of another release, instead of ours")
    parser.add_argument(
        "--since", type=date.fromisoformat, metavar="DAY", help="visits opened from this day on (YYYY-MM-DD)"
    )
    parser.add_argument("--until", type=date.fromisoformat, metavar="DAY", help="… up to and with this day")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to (default: standard output)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, the counts last")
    return with_language(parser, about="of the report").parse_args(arguments)
