"""`main.py user add NAME --role ROLE`: the first person who may sign in, and later ones."""

from __future__ import annotations

import getpass
import sys

from carcheck_desktop.base.errors import UsageError
from carcheck_desktop.cli.common import parser_of, say, station_of
from carcheck_desktop.domain.access import Role


def user(arguments: list[str]) -> int:
    """Add a person; the PIN is asked for, or read from standard input when that is not a terminal."""
    parser = parser_of("user", "Add a person who may sign in, or give one a new role and PIN.")
    parser.add_argument("action", choices=["add"])
    parser.add_argument("name")
    parser.add_argument("--role", required=True, choices=[role.value for role in Role])
    options = parser.parse_args(arguments)
    station = station_of(options)
    from carcheck_desktop.app.operations import add_person

    add_person(station, options.name, Role(options.role), _ask_pin())
    say({"user": options.name, "role": options.role})
    return 0


def _ask_pin() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    pin = getpass.getpass("PIN: ")
    if getpass.getpass("PIN again: ") != pin:
        raise UsageError("cli.user.pins_differ")
    return pin
