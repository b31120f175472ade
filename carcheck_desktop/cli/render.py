"""`main.py render DOCUMENT.json --to escpos|pdf|png|text`: a document as it would be printed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import DataError, UsageError
from carcheck_desktop.base.messages import Problem, Severity
from carcheck_desktop.cli.common import complain, parser_of, say

if TYPE_CHECKING:
    import argparse

FORMS = ("escpos", "pdf", "png", "text")


def render(arguments: list[str]) -> int:
    """Write what would be printed to a file (JSON says what was written) or on standard output.

    0 when it could be rendered, also with characters replaced (standard error says which); 2 when it cannot be used.
    """
    options = _options(arguments)
    from carcheck_desktop.app.papers import rendered

    try:
        printed = rendered(options.document.read_bytes(), options.to, options.profile)
    except DataError as error:
        if error.code.startswith("base.data"):  # its words are for programs that do not understand each other
            raise UsageError(
                "cli.render.no_document", path=options.document, detail=error.problem.params["detail"]
            ) from error
        complain([error.problem])
        return 2
    if options.out is not None:
        options.out.write_bytes(printed.content)
        say({"file": str(options.out), "bytes": len(printed.content), "replaced": printed.replaced})
    elif options.to != "text" and sys.stdout.isatty():
        raise UsageError("cli.render.terminal", form=options.to)
    else:
        sys.stdout.buffer.write(printed.content)
        sys.stdout.buffer.flush()
    if printed.replaced:
        shown = ", ".join(f"{each.character} → {each.by}" for each in printed.replaced)
        complain([Problem("cli.render.replaced", {"characters": shown}, Severity.WARNING)])
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = parser_of("render", "A document as it would be printed.")
    parser.add_argument("document", type=Path, metavar="DOCUMENT.json")
    parser.add_argument("--to", choices=FORMS, required=True, help="what it becomes")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to (default: standard output)")
    parser.add_argument("--profile", metavar="NAME", help="the receipt printer (default: by the paper's width)")
    return parser.parse_args(arguments)
