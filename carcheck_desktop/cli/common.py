"""What the commands share: the parser with `--station`, languages, errors as one line each."""

from __future__ import annotations

import argparse
import io
import locale
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from carcheck_desktop.base.catalogues import LANGUAGES, PSEUDO, Catalogue
from carcheck_desktop.base.data import to_json
from carcheck_desktop.base.errors import CarcheckError, UsageError
from carcheck_desktop.base.messages import Problem
from carcheck_desktop.base.station import Station, StationFileError, read_station

if TYPE_CHECKING:
    from collections.abc import Callable

DEFAULT_STATION = Path("station.toml")


def use_utf8() -> None:
    """Write UTF-8 whatever the console's code page is; JSON and Chinese must survive a pipe."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def parser_of(name: str, about: str) -> argparse.ArgumentParser:
    """Return a parser that knows `--station`."""
    parser = argparse.ArgumentParser(prog=f"main.py {name}", description=about)
    parser.add_argument("--station", type=Path, default=DEFAULT_STATION, metavar="FILE", help="station.toml")
    return parser


def with_clock(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Add `--clock`, which only a training station accepts."""
    parser.add_argument("--clock", metavar="URL", help="the simulation's clock (training only)")
    return parser


def speed(text: str) -> float:
    """Read how many times as fast a simulation runs; for `add_argument(type=…)`."""
    value = float(text)
    if not 0.01 <= value <= 1e6:
        raise argparse.ArgumentTypeError(f"{text}: 0.01 … 1000000")
    return value


def count(text: str) -> int:
    """Read a number of things; for `add_argument(type=…)`."""
    value = int(text)
    if not 0 <= value <= 100_000:
        raise argparse.ArgumentTypeError(f"{text}: 0 … 100000")
    return value


def tcp_port(text: str) -> int:
    """Read the number of a TCP port, 0 for any free one; for `add_argument(type=…)`."""
    value = int(text)
    if not 0 <= value <= 65535:
        raise argparse.ArgumentTypeError(f"{text}: 0 … 65535")
    return value


def with_language(parser: argparse.ArgumentParser, *more: str, about: str) -> argparse.ArgumentParser:
    """Add `--lang`: a language of the product, or the pseudo-language, which only a training station speaks."""
    parser.add_argument("--lang", choices=(*LANGUAGES, PSEUDO, *more), help=f"{about}; {PSEUDO}: training only")
    return parser


def station_of(options: argparse.Namespace) -> Station:
    """Read the station file that the command was given; no real station speaks the pseudo-language."""
    path: Path = options.station
    station = read_station(path)
    if getattr(options, "lang", None) == PSEUDO and not station.training:
        raise UsageError("cli.pseudo.only_training", path=path, language=PSEUDO)
    return station


def say(value: object) -> None:
    """Print one JSON value on standard output."""
    print(to_json(value), flush=True)


def language_here() -> str:
    """Return the language of this PC as far as carcheck speaks it; Chinese first."""
    named = locale.getlocale()[0] or ""
    return "en" if named.startswith("en") else LANGUAGES[0]


def words_here() -> Catalogue:
    """Return the words for what the command line says to people."""
    return Catalogue(language_here())


def guarded(command: Callable[[list[str]], int], arguments: list[str]) -> int:
    """Run a command; an error of the house becomes a line on standard error and an exit code."""
    try:
        return command(arguments)
    except StationFileError as error:
        complain(error.problems)
        return 2
    except CarcheckError as error:
        complain([error.problem])
        return 2 if isinstance(error, UsageError) else 1
    except OSError as error:  # a folder that is a file, read-only, full or somebody else's: no mistake of ours
        complain([_unusable(error)])
        return 2
    except KeyboardInterrupt:
        return 1


def _unusable(error: OSError) -> Problem:
    path = error.filename if isinstance(error.filename, str) else "-"
    return Problem("cli.unusable_path", {"path": path, "detail": error.strerror or str(error)})


def complain(problems: list[Problem]) -> None:
    """Print each problem as one line: cause, evidence, next step."""
    words = words_here()
    for problem in problems:
        print(" ".join(line.replace("\n", " ") for line in words.lines(problem)), file=sys.stderr)
