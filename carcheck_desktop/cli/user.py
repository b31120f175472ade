"""`main.py user add|change|pin|list`: who may sign in, as what, until the manager's window exists.

The first people are added while no service runs, at its PC; later changes go through the running service in
the name of a manager (`--user`), a new PIN for somebody else with a second person (`--second`).
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from carcheck_desktop.base.errors import UsageError
from carcheck_desktop.cli.common import parser_of, say, station_of
from carcheck_desktop.cli.pins import ask_new_pin, ask_pin
from carcheck_desktop.domain.access import Role
from carcheck_desktop.domain.commands import AddUser, ChangePin, ChangeUser, Command, ResetPin

if TYPE_CHECKING:
    from carcheck_desktop.base.station import Station


def user(arguments: list[str]) -> int:
    """Add, change or list people; PINs are asked for, or read from standard input when that is not a terminal."""
    options = _options(arguments)
    station = station_of(options)
    actions = {"add": _add, "change": _change, "pin": _pin, "list": _list}
    return actions[options.action](station, options)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = parser_of("user", "Who may sign in: add a person, change role or PIN, list.")
    actions = parser.add_subparsers(dest="action", required=True, metavar="add|change|pin|list")
    roles = [role.value for role in Role]
    add = _signed(
        actions.add_parser("add", help="add a person; without --user at the service's PC, no service running")
    )
    add.add_argument("name")
    add.add_argument("--role", required=True, choices=roles)
    change = _signed(actions.add_parser("change", help="another role, or out and in again"))
    change.add_argument("name")
    change.add_argument("--role", choices=roles, help="default: as it is")
    locks = change.add_mutually_exclusive_group()
    locks.add_argument("--lock", dest="locked", action="store_true", default=None, help="may not sign in")
    locks.add_argument("--unlock", dest="locked", action="store_false", help="may sign in again")
    pin = _signed(actions.add_parser("pin", help="a new PIN: one's own, or with --user and --second for NAME"))
    pin.add_argument("name")
    pin.add_argument("--second", metavar="NAME", help="who agrees to it")
    _stationed(actions.add_parser("list", help="print names, roles, and who is locked out"))
    return parser.parse_args(arguments)


def _stationed(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Take `--station` behind the action too, as every command does."""
    parser.add_argument("--station", type=Path, default=argparse.SUPPRESS, metavar="FILE", help="station.toml")
    return parser


def _signed(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    _stationed(parser).add_argument("--user", metavar="NAME", help="the manager in whose name it is done")
    return parser


def _add(station: Station, options: argparse.Namespace) -> int:
    if options.user:
        pin_of_manager = ask_pin(options.user)
        _give(station, options, AddUser(options.name, Role(options.role), ask_new_pin()), pin_of_manager)
    else:
        from carcheck_desktop.app.operations import add_person

        add_person(station, options.name, Role(options.role), ask_new_pin())
    say({"user": options.name, "role": options.role})
    return 0


def _change(station: Station, options: argparse.Namespace) -> int:
    from carcheck_desktop.app.operations import people_of_station

    if not options.user:
        raise UsageError("cli.board.no_user", action="change")
    known = next((each for each in people_of_station(station) if each.name == options.name), None)
    role = Role(options.role) if options.role else known.role if known else Role.VIEWER
    locked = options.locked if options.locked is not None else known is not None and known.locked
    _give(station, options, ChangeUser(options.name, role, locked), ask_pin(options.user))
    say({"user": options.name, "role": role.value, "locked": locked})
    return 0


def _pin(station: Station, options: argparse.Namespace) -> int:
    if options.user:
        pin_of_manager = ask_pin(options.user)
        pin_of_second = ask_pin(options.second) if options.second else ""
        _give(station, options, ResetPin(options.name, ask_new_pin()), pin_of_manager, pin_of_second)
    else:
        old_pin = ask_pin(options.name)
        options.user, options.second = options.name, None
        _give(station, options, ChangePin(old_pin, ask_new_pin()), old_pin)
    say({"user": options.name})
    return 0


def _list(station: Station, _options: argparse.Namespace) -> int:
    from carcheck_desktop.app.operations import people_of_station

    say([{"user": each.name, "role": each.role.value, "locked": each.locked} for each in people_of_station(station)])
    return 0


def _give(station: Station, options: argparse.Namespace, command: Command, pin: str, second_pin: str = "") -> None:
    from carcheck_desktop.app.board import Person, change_all

    second = getattr(options, "second", None)
    agrees = Person(second, second_pin) if second else None
    change_all(station, Person(options.user, pin), [lambda _view, _now: command], agrees)
