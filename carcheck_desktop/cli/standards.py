"""`main.py standards [approve FILE]`: the editions that verdicts rest on, what of them is doubtful, and lawful changes."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from carcheck_desktop.base.catalogues import LANGUAGES, Catalogue
from carcheck_desktop.base.errors import UsageError
from carcheck_desktop.base.messages import Message, params_of, word
from carcheck_desktop.cli.common import (
    DEFAULT_STATION,
    language_here,
    parser_of,
    say,
    station_of,
    with_language,
)
from carcheck_desktop.cli.pins import ask_pin
from carcheck_desktop.domain.tables import change_text, problem_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from carcheck_desktop.app.table_custody import DoubtfulRow, EditionTold, StandardsTold
    from carcheck_desktop.base.station import Station
    from carcheck_desktop.domain.tables import TableFault

SIGNS_OF_A_HASH = 12


def standards(arguments: list[str]) -> int:
    """List the editions, list what is doubtful, or approve a changed file.

    1 while a file is not as approved or cannot be used, 2 when the command itself cannot be carried out.
    """
    options = _options(arguments)
    words = Catalogue(options.lang or language_here())
    if options.action == "approve":
        return _approve(options, words)
    if options.doubtful:
        return _doubtful(options, words)
    from carcheck_desktop.app.table_custody import standards_told

    told = standards_told(_station(options))
    if options.json:
        say(told)
    else:
        _print(_lines(told, words))
    return 1 if told.faults or any(each.problem is not None for each in told.editions) else 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = parser_of("standards", "The standards' editions, their table files and who approved them.")
    with_language(parser, about="the language of the text")
    parser.add_argument("--json", action="store_true", help="JSON instead of text")
    parser.add_argument("--doubtful", action="store_true", help="every row that still needs the paid text")
    actions = parser.add_subparsers(dest="action", metavar="approve")
    approve = actions.add_parser("approve", help="approve a changed, added or removed table file, at the service's PC")
    approve.add_argument("file", metavar="FILE", help="its name, such as gb38900-2020.toml")
    approve.add_argument("--author", metavar="U", help="the manager who answers for the change")
    approve.add_argument("--second", metavar="V", help="who agrees to it")
    approve.add_argument("--station", type=Path, default=argparse.SUPPRESS, metavar="FILE", help="station.toml")
    approve.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help="the language of the text")
    approve.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="JSON instead of text")
    return parser.parse_args(arguments)


def _station(options: argparse.Namespace) -> Station | None:
    """Return the station; None when none was named and there is no usual one: then only the program's files are told of."""
    if options.station == DEFAULT_STATION and not options.station.exists():
        return None
    return station_of(options)


def _print(lines: Iterator[str]) -> None:
    for line in lines:
        print(line)


def _lines(told: StandardsTold, words: Catalogue) -> Iterator[str]:
    yield words.text(Message("cli.standards.release", {"release": told.release or "-"}))
    for each in told.editions:
        yield from _edition_lines(each, told, words)
    if not told.is_adopted:
        yield words.text(Message("cli.standards.not_adopted"))
    for fault in told.faults:
        yield ""
        yield from _fault_lines(fault, words)
    if told.faults:
        yield words.text(Message("ui.tables.what_goes_on"))
    elif told.is_adopted:
        yield words.text(Message("cli.standards.free"))


def _edition_lines(each: EditionTold, told: StandardsTold, words: Catalogue) -> Iterator[str]:
    yield ""
    if each.problem is not None:
        yield f"{each.file}  SHA-256 {each.hash or '-'}"
        yield from (f"  {line}" for line in words.lines(each.problem))
        return
    yield f"{each.edition}  {each.title}"
    until = each.valid_until or "…"
    known = {"file": each.file, "from": each.valid_from, "until": until, "rows": each.rows, "doubtful": each.doubtful}
    yield "  " + words.text(Message("cli.standards.edition", params_of(known)))
    yield f"  SHA-256 {each.hash}"
    if not each.release:
        yield "  " + words.text(Message("cli.standards.not_shipped", {"release": told.release or "-"}))
    if each.approved_at is not None:
        who = {
            "at": each.approved_at.isoformat(timespec="seconds"),
            "by": each.approved_by,
            "second": each.second or "-",
        }
        code = "cli.standards.approved" if each.second else "cli.standards.adopted"
        yield "  " + words.text(Message(code, params_of(who)))
    elif told.is_adopted:
        yield "  " + words.text(Message("cli.standards.not_approved"))


def _fault_lines(fault: TableFault, words: Catalogue) -> Iterator[str]:
    cause, _, next_step = words.lines(problem_of(fault))
    yield f"! {cause}"
    yield f"  {fault.approved[:SIGNS_OF_A_HASH] or '-'} → {fault.found[:SIGNS_OF_A_HASH] or '-'} {fault.detail}".rstrip()
    yield from (f"  {change_text(each)}" for each in fault.changes)
    if fault.approved and fault.found and not fault.changes and not fault.detail:
        yield "  " + words.text(Message("cli.standards.only_layout"))
    yield f"  {next_step}"


def _doubtful(options: argparse.Namespace, words: Catalogue) -> int:
    from carcheck_desktop.app.table_custody import doubtful_rows

    found = doubtful_rows()
    if options.json:
        say(found)
        return 0
    edition = ""
    for each in found:
        if each.edition != edition:
            edition = each.edition
            count = sum(1 for other in found if other.edition == edition)
            print(words.text(Message("cli.standards.doubtful", params_of({"edition": edition, "count": count}))))
        _print(_doubtful_lines(each, words))
    if not found:
        print(words.text(Message("cli.standards.no_doubt")))
    return 0


def _doubtful_lines(each: DoubtfulRow, words: Catalogue) -> Iterator[str]:
    row = each.row
    where = f" [{row.case}]" if row.case else ""
    yield f"  {row.section} {row.key}{where}: {row.value}  ({words.text(word(row.confidence))})"
    yield f"    {row.standard}: {'; '.join(each.sources)}"
    if row.note:
        yield f"    {row.note}"


def _approve(options: argparse.Namespace, words: Catalogue) -> int:
    """Show the differences, ask both PINs, approve."""
    from carcheck_desktop.app.board import Person
    from carcheck_desktop.app.table_custody import approve, fault_of

    if not options.author or not options.second:
        raise UsageError("cli.standards.two_persons", file=options.file)
    station = station_of(options)
    fault = fault_of(station, options.file)
    if not options.json:
        _print(_fault_lines(fault, words))
    author = Person(options.author, ask_pin(options.author))
    second = Person(options.second, ask_pin(options.second))
    done = approve(station, fault, author, second)
    if options.json:
        say({**done, "author": author.name, "second": second.name, "differences": fault.changes})
        return 0
    known = {"file": fault.file, "hash": str(done["hash"]) or "-", "by": author.name, "second": second.name}
    print(words.text(Message("cli.standards.done", params_of(known))))
    return 0
