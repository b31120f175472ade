"""`main.py explain VISIT ITEM`: why an item of a recorded visit was judged as it was, formula by formula."""

from __future__ import annotations

from carcheck_desktop.base.catalogues import LANGUAGES, Catalogue
from carcheck_desktop.cli.common import language_here, parser_of, say, station_of

FORMATS = ("text", "json")


def explain(arguments: list[str]) -> int:
    """Print every verdict of an item with its derivation."""
    parser = parser_of("explain", "Why an item of a visit was judged as it was.")
    parser.add_argument("visit", help="the visit's id, or a plate for its newest visit")
    parser.add_argument("item", help="the item's code (B1, B0, DB, whole), or all")
    parser.add_argument("--lang", choices=LANGUAGES, default=language_here(), help="of the derivation")
    parser.add_argument("--format", choices=FORMATS, default=FORMATS[0], help="text for people (default) or json")
    options = parser.parse_args(arguments)
    from carcheck_desktop.app.explaining import explained, text_lines

    result = explained(station_of(options), options.visit, options.item, Catalogue(options.lang))
    if options.format == "json":
        say(result)
    else:
        print("\n".join(text_lines(result)))
    return 0
