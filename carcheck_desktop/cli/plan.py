"""`main.py plan FILE`: what is inspected on the vehicles of a file, each item with the reason why it is asked or not."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from carcheck_desktop.base.catalogues import LANGUAGES, Catalogue
from carcheck_desktop.cli.common import parser_of

if TYPE_CHECKING:
    import argparse

    from carcheck_desktop.app.judging_file import Entries
    from carcheck_desktop.app.planning_file import Planning

STANDARD_INPUT = "-"
FORMATS = ("json", "text")


def plan(arguments: list[str]) -> int:
    """Plan every record of a file; 2 when one of them cannot be used (the others are planned), else 0."""
    options = _options(arguments)
    from carcheck_desktop.app.judging_file import entries_of
    from carcheck_desktop.app.planning_file import planning_with

    languages = LANGUAGES if options.lang is None else (options.lang,)
    with ExitStack() as opened:
        source: BinaryIO = (
            sys.stdin.buffer if options.file == STANDARD_INPUT else opened.enter_context(Path(options.file).open("rb"))
        )
        entries = entries_of(source, options.file)
        planning = planning_with([Catalogue(each) for each in languages])
        out: BinaryIO = sys.stdout.buffer if options.out is None else opened.enter_context(options.out.open("wb"))
        is_usable = _write(entries, planning, out, options.format)
        out.flush()
    return 0 if is_usable else 2


def _write(entries: Entries, planning: Planning, out: BinaryIO, form: str) -> bool:
    """Write each plan as soon as it is there; return whether every record could be used."""
    from carcheck_desktop.app.judging_file import Form
    from carcheck_desktop.app.planning_plain import text_lines
    from carcheck_desktop.base.data import to_exact_json

    is_list = entries.form is Form.LIST and form == "json"
    is_usable, before = True, b"["
    for entry in entries.each:
        result = planning.planned(entry)
        is_usable = is_usable and "error" not in result
        if form == "text":
            out.write("".join(f"{line}\n" for line in text_lines(result, planning.words[0])).encode())
        elif is_list:
            out.write(before + to_exact_json(result))
            before = b",\n"
        else:
            out.write(to_exact_json(result) + b"\n")
    if is_list:
        out.write(b"]\n")
    return is_usable


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = parser_of("plan", "What is inspected, and why: items, photos, brake tester, exhaust method, cycle.")
    parser.add_argument(
        "file", metavar="FILE", help="a JSON object, a list, or one object a line; - for standard input"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to (default: standard output)")
    parser.add_argument("--lang", choices=LANGUAGES, help="of the reasons (default: every language)")
    parser.add_argument("--format", choices=FORMATS, default=FORMATS[0], help="json (default) or text for people")
    return parser.parse_args(arguments)
