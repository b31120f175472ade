"""`main.py control`, `counter`, `signing`, `keys`, `gallery`: one window each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.cli.common import language_here, parser_of, station_of, with_clock, with_language

if TYPE_CHECKING:
    import argparse


DESK_THEMES = ("light", "contrast")


def control(arguments: list[str]) -> int:
    """Open the control window."""
    options = _themed("control", "The lane controller's window.").parse_args(arguments)
    from carcheck_desktop.app.windows import run_control

    full, theme = options.full_screen, options.theme
    return run_control(station_of(options), options.clock, options.lang, theme=theme, full_screen=full)


def counter(arguments: list[str]) -> int:
    """Open the counter window."""
    parser = _themed("counter", "The clerk's window: cars are taken in.")
    parser.add_argument("--window", default="", metavar="N", help="this window's number, as owners are called to it")
    options = parser.parse_args(arguments)
    from carcheck_desktop.app.windows import run_counter

    full, theme = options.full_screen, options.theme
    return run_counter(
        station_of(options), options.clock, options.lang, theme=theme, full_screen=full, number=options.window
    )


def signing(arguments: list[str]) -> int:
    """Open the authorised signer's window."""
    options = _themed("signing", "The authorised signer's window: reports are signed.").parse_args(arguments)
    from carcheck_desktop.app.windows import run_signing

    full, theme = options.full_screen, options.theme
    return run_signing(station_of(options), options.clock, options.lang, theme=theme, full_screen=full)


def keys(arguments: list[str]) -> int:
    """Open the keys window."""
    options = _themed("keys", "The window of guide and lane driver: who has which key, the next car.").parse_args(
        arguments
    )
    from carcheck_desktop.app.windows import run_keys

    full, theme = options.full_screen, options.theme
    return run_keys(station_of(options), options.clock, options.lang, theme=theme, full_screen=full)


def pickup(arguments: list[str]) -> int:
    """Open the pickup window."""
    options = _themed("pickup", "The pickup window: papers, calls, keys, the end of a visit.").parse_args(arguments)
    from carcheck_desktop.app.windows import run_pickup

    full, theme = options.full_screen, options.theme
    return run_pickup(station_of(options), options.clock, options.lang, theme=theme, full_screen=full)


def gallery(arguments: list[str]) -> int:
    """Open the gallery of every component in every state."""
    from carcheck_desktop.ui.gallery.choice import OPTIONS, choice_of

    parser = parser_of("gallery", "Every component in every state; connects to nothing.")
    parser.add_argument("--lang", choices=OPTIONS["language"], default=language_here(), help="default: this PC's")
    parser.add_argument("--theme", choices=OPTIONS["theme"], default=OPTIONS["theme"][0])
    parser.add_argument("--density", choices=OPTIONS["density"], default=OPTIONS["density"][0])
    parser.add_argument("--scale", choices=[scale.rstrip("%") for scale in OPTIONS["scale"]], default="100", help="%%")
    parser.add_argument("--motion", choices=OPTIONS["motion"], default=OPTIONS["motion"][0])
    given = parser.parse_args(arguments)
    from carcheck_desktop.app.windows import run_gallery

    keys = {"language": given.lang, "theme": given.theme, "density": given.density, "scale": f"{given.scale}%"}
    return run_gallery(choice_of({**keys, "motion": given.motion}))


def _themed(name: str, about: str) -> argparse.ArgumentParser:
    parser = _parser(name, about)
    parser.add_argument("--theme", choices=DESK_THEMES, help="default: as the system asks for high contrast or not")
    return parser


def _parser(name: str, about: str) -> argparse.ArgumentParser:
    parser = with_language(with_clock(parser_of(name, about)), about="default: the station's language")
    parser.add_argument("--full-screen", action="store_true", help="cover the whole screen")
    return parser
