"""`main.py board show|hours|announce|withdraw|rules`: what the hall shows, until the manager's window exists."""

from __future__ import annotations

import argparse
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import UsageError
from carcheck_desktop.cli.common import parser_of, say, station_of
from carcheck_desktop.cli.pins import ask_pin
from carcheck_desktop.domain.commands import Command, PublishAnnouncement, WithdrawAnnouncement
from carcheck_desktop.domain.station import CHINA

if TYPE_CHECKING:
    from carcheck_desktop.domain.views import BoardView


def board(arguments: list[str]) -> int:
    """Show or change hours, announcements and rules through the running service."""
    options = _options(arguments)
    station = station_of(options)
    from carcheck_desktop.app.board import board_of_service, change

    if options.action == "show":
        say(board_of_service(station))
        return 0
    if not options.user:
        raise UsageError("cli.board.no_user", action=options.action)
    made = _announce if options.action == "announce" else _withdraw if options.action == "withdraw" else _from_file
    say(change(station, options.user, ask_pin(), lambda view, now: made(options, view, now)))
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = parser_of("board", "What the hall's board shows: opening hours, announcements, rules.")
    actions = parser.add_subparsers(dest="action", required=True, metavar="show|hours|announce|withdraw|rules")
    _stationed(actions.add_parser("show", help="print what is recorded"))
    for name, about in (("hours", "record opening hours"), ("rules", "record the board's rules")):
        _signed(actions.add_parser(name, help=about)).add_argument("file", type=Path, metavar="FILE")
    announce = _signed(actions.add_parser("announce", help="publish an announcement, or its next revision"))
    announce.add_argument("id")
    announce.add_argument("--zh", required=True, metavar="TEXT", help="Chinese text")
    announce.add_argument("--en", required=True, metavar="TEXT", help="English text")
    announce.add_argument("--urgent", action="store_true")
    announce.add_argument("--from", dest="show_from", metavar="TIME", help="2026-01-05T08:30, default now")
    announce.add_argument("--until", dest="show_until", metavar="TIME", help="default: until withdrawn")
    announce.add_argument("--screen", action="append", default=[], metavar="NAME", help="default: every screen")
    _signed(actions.add_parser("withdraw", help="take an announcement off the screens")).add_argument("id")
    return parser.parse_args(arguments)


def _stationed(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Take `--station` behind the action too, as every command does."""
    parser.add_argument("--station", type=Path, default=argparse.SUPPRESS, metavar="FILE", help="station.toml")
    return parser


def _signed(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    _stationed(parser)
    parser.add_argument(
        "--user", metavar="NAME", help="who records it; the PIN is asked for or read from standard input"
    )
    parser.add_argument("--base", type=int, metavar="N", help="the revision this replaces (default: the one now shown)")
    return parser


def _from_file(options: argparse.Namespace, view: BoardView, _now: datetime) -> Command:
    from carcheck_desktop.app.board_files import hours_of, rules_of

    if options.action == "rules":
        return rules_of(options.file, _base(options, view.rules_revision))
    records = (*((view.hours,) if view.hours else ()), *view.hours_to_come)
    return hours_of(options.file, _base(options, max((each.revision for each in records), default=0)))


def _announce(options: argparse.Namespace, view: BoardView, now: datetime) -> Command:
    return PublishAnnouncement(
        options.id,
        _base(options, _shown_revision(view, options.id)),
        options.zh,
        options.en,
        urgent=options.urgent,
        # the service's clock may be a moment behind: what is published now is meant to be seen at once
        show_from=_moment(options.show_from) or now - timedelta(seconds=1),
        show_until=_moment(options.show_until),
        screens=tuple(options.screen),
    )


def _withdraw(options: argparse.Namespace, view: BoardView, _now: datetime) -> Command:
    return WithdrawAnnouncement(options.id, _base(options, _shown_revision(view, options.id)))


def _shown_revision(view: BoardView, announcement_id: str) -> int:
    return next((each.revision for each in view.announcements if each.announcement_id == announcement_id), 0)


def _base(options: argparse.Namespace, shown: int) -> int:
    return shown if options.base is None else int(options.base)


def _moment(text: str | None) -> datetime | None:
    """Read a time; one without a zone is the station's own."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError("cli.board.bad_time", given=text) from error
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=CHINA)
