"""PINs at the command line: typed without showing, or one a line on standard input; never an argument."""

from __future__ import annotations

import getpass
import sys

from carcheck_desktop.base.errors import UsageError


def ask_pin(whose: str = "") -> str:
    """Ask for the PIN of a person."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    return getpass.getpass(f"PIN ({whose}): " if whose else "PIN: ")


def ask_new_pin() -> str:
    """Ask for a new PIN, at a terminal twice; raise `UsageError` when both differ."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    pin = getpass.getpass("PIN: ")
    if getpass.getpass("PIN again: ") != pin:
        raise UsageError("cli.user.pins_differ")
    return pin
