"""`main.py hall`: one screen of the hall."""

from __future__ import annotations

import argparse

from carcheck_desktop.cli.common import parser_of, station_of, with_clock, with_language
from carcheck_desktop.domain.board import BoardContent

BOTH = "both"
ABOUT = """One screen of the hall. What it shows is recorded in the station's rules by the screen's name;
without a record it shows vehicles, lanes, announcements and opening hours."""


def hall(arguments: list[str]) -> int:
    """Open a screen of the hall."""
    from carcheck_desktop.app.hall import HallScreen, run_hall

    options = _parser().parse_args(arguments)
    screen = HallScreen(
        name=options.screen,
        display=options.display,
        contents=options.content,
        language=options.lang,
        is_windowed=options.windowed,
        is_mute=options.mute,
    )
    return run_hall(station_of(options), options.clock, screen)


def _parser() -> argparse.ArgumentParser:
    parser = with_clock(parser_of("hall", ABOUT))
    parser.add_argument("--screen", default="", metavar="NAME", help="this screen's name in the rules")
    parser.add_argument(
        "--display", default="", metavar="N", help="number (from 1), name, model or serial of a monitor"
    )
    parser.add_argument(
        "--content", type=contents, default=(), metavar="LIST", help=f"instead of the rules: {','.join(BoardContent)}"
    )
    with_language(parser, BOTH, about="default: the station's; both: in turns")
    parser.add_argument("--mute", action="store_true", help="calls are only shown here, not heard")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--windowed", action="store_true", help="a window instead of a whole monitor")
    shape.add_argument("--full-screen", action="store_true", help="a whole monitor (as without this option)")
    return parser


def contents(text: str) -> tuple[BoardContent, ...]:
    """Read a list of contents; for `add_argument(type=…)`."""
    names = [name.strip() for name in text.split(",") if name.strip()]
    known = {content.value for content in BoardContent}
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        raise argparse.ArgumentTypeError(f"{', '.join(unknown) or text}: {', '.join(BoardContent)}")
    return tuple(BoardContent(name) for name in names)
