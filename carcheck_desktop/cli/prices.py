"""`main.py prices show|set FILE`: the station's prices, until the manager's window exists."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import UsageError
from carcheck_desktop.cli.common import parser_of, say, station_of
from carcheck_desktop.cli.pins import ask_pin

if TYPE_CHECKING:
    from datetime import datetime

    from carcheck_desktop.domain.commands import Command
    from carcheck_desktop.domain.views import BoardView


def prices(arguments: list[str]) -> int:
    """Show the price lists, or publish one in the name of a manager, to which a second person agrees."""
    options = _options(arguments)
    station = station_of(options)
    from carcheck_desktop.app.board import Person, board_of_service, change_all
    from carcheck_desktop.app.price_files import prices_of

    if options.action == "show":
        board = board_of_service(station)
        say({"prices": board.prices, "prices_to_come": board.prices_to_come})
        return 0
    if not options.user:
        raise UsageError("cli.board.no_user", action="set")
    prices_of(options.file, 0)  # a file that cannot be read is said before anybody types a PIN
    person = Person(options.user, ask_pin(options.user))
    second = Person(options.second, ask_pin(options.second)) if options.second else None

    def made(view: BoardView, _now: datetime) -> Command:
        return prices_of(options.file, _newest(view) if options.base is None else int(options.base))

    say(change_all(station, person, [made], second)[0])
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = parser_of("prices", "The station's price lists.")
    actions = parser.add_subparsers(dest="action", required=True, metavar="show|set")
    show = actions.add_parser("show", help="print the list in force and those to come")
    publish = actions.add_parser("set", help="publish a list")
    for each in (show, publish):
        each.add_argument("--station", type=Path, default=argparse.SUPPRESS, metavar="FILE", help="station.toml")
    publish.add_argument("file", type=Path, metavar="FILE")
    publish.add_argument("--user", metavar="NAME", help="the manager in whose name it is done")
    publish.add_argument("--second", metavar="NAME", help="who agrees to it")
    publish.add_argument("--base", type=int, metavar="N", help="the revision this replaces (default: the newest)")
    return parser.parse_args(arguments)


def _newest(view: BoardView) -> int:
    lists = (*((view.prices,) if view.prices else ()), *view.prices_to_come)
    return max((each.revision for each in lists), default=0)
