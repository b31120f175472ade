"""`main.py judge FILE`: inspection records of a file, each with every quantity, limit, verdict card and conclusion."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from carcheck_desktop.base.catalogues import LANGUAGES, Catalogue
from carcheck_desktop.cli.common import language_here, parser_of

if TYPE_CHECKING:
    import argparse

    from carcheck_desktop.app.judging_file import Entries, Judging

STANDARD_INPUT = "-"
FORMATS = ("json", "text")


def judge(arguments: list[str]) -> int:
    """Judge every record of a file: 0 when nothing failed, 1 when something does not pass, 2 when a record cannot be used.

    The others are judged all the same, and 2 outweighs 1.
    """
    options = _options(arguments)
    from carcheck_desktop.app.judging_file import entries_of, judging_with

    words = Catalogue(options.lang)
    with ExitStack() as opened:
        source: BinaryIO = (
            sys.stdin.buffer if options.file == STANDARD_INPUT else opened.enter_context(Path(options.file).open("rb"))
        )
        entries, judging = entries_of(source, options.file), judging_with(words)
        out: BinaryIO = sys.stdout.buffer if options.out is None else opened.enter_context(options.out.open("wb"))
        code = _write(entries, judging, out, options.format)
        out.flush()
    return code


def code_of(result: dict[str, Any]) -> int:
    """Return what one record is worth as an exit code; a record of which only numbers were asked passes."""
    if "error" in result:
        return 2
    conclusion = result["conclusion"]
    return 1 if conclusion["failed"] or conclusion["invalid"] or conclusion["not_judged"] else 0


def _write(entries: Entries, judging: Judging, out: BinaryIO, form: str) -> int:
    """Write each result as soon as it is there; return the worst code of all."""
    from carcheck_desktop.app.judging_file import Form
    from carcheck_desktop.app.judging_plain import text_lines
    from carcheck_desktop.base.data import to_exact_json

    code, is_first = 0, True
    is_list = entries.form is Form.LIST and form == "json"
    for entry in entries.each:
        result = judging.judged(entry)
        code = max(code, code_of(result))
        if form == "text":
            out.write("".join(f"{line}\n" for line in text_lines(result, judging.words)).encode())
            continue
        before = (b"[" if is_first else b",\n") if is_list else b""
        out.write(before + to_exact_json(result) + (b"" if is_list else b"\n"))
        is_first = False
    if is_list:
        out.write(b"]\n")
    return code


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = parser_of("judge", "Inspection records judged: quantities, limits, verdicts (docs/judge.md).")
    parser.add_argument(
        "file", metavar="FILE", help="a JSON object, a list, or one object a line; - for standard input"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to (default: standard output)")
    parser.add_argument("--lang", choices=LANGUAGES, default=language_here(), help="of the explanations")
    parser.add_argument("--format", choices=FORMATS, default=FORMATS[0], help="json (default) or text for people")
    return parser.parse_args(arguments)
