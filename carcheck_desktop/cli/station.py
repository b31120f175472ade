"""`main.py station`: service, lanes and windows of a station on one PC."""

from __future__ import annotations

from carcheck_desktop.base.catalogues import LANGUAGES
from carcheck_desktop.cli.common import parser_of, station_of


def station(arguments: list[str]) -> int:
    """Start service, lanes and both windows; end them when the control window is closed."""
    parser = parser_of("station", "Service, lanes and windows on one PC.")
    parser.add_argument("--lang", choices=LANGUAGES, help="default: the station's language")
    options = parser.parse_args(arguments)
    from carcheck_desktop.app.one_pc import run_station

    run_station(station_of(options), options.lang)
    return 0
