"""`main.py control`, `main.py hall`: one window each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.catalogues import LANGUAGES
from carcheck_desktop.cli.common import parser_of, station_of, with_clock

if TYPE_CHECKING:
    import argparse


def control(arguments: list[str]) -> int:
    """Open the control window."""
    options = _options("control", "The lane controller's window.", arguments)
    from carcheck_desktop.app.windows import run_control

    return run_control(station_of(options), options.clock, options.lang, full_screen=options.full_screen)


def hall(arguments: list[str]) -> int:
    """Open the hall board."""
    options = _options("hall", "The board on the wall of the hall.", arguments)
    from carcheck_desktop.app.windows import run_hall

    return run_hall(station_of(options), options.clock, options.lang, full_screen=options.full_screen)


def _options(name: str, about: str, arguments: list[str]) -> argparse.Namespace:
    parser = with_clock(parser_of(name, about))
    parser.add_argument("--lang", choices=LANGUAGES, help="default: the station's language")
    parser.add_argument("--full-screen", action="store_true", help="cover the whole screen")
    return parser.parse_args(arguments)
