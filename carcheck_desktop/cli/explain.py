"""`main.py explain VISIT ITEM`: how a stored verdict came about, with its numbers in place, and whether it still does."""

from __future__ import annotations

from carcheck_desktop.base.catalogues import Catalogue
from carcheck_desktop.cli.common import language_here, parser_of, station_of, with_language


def explain(arguments: list[str]) -> int:
    """Explain one item of a stored visit; also 0 when it comes out otherwise today, which is said."""
    parser = parser_of("explain", "A stored verdict, derived: values, formula, rounding, limit, source, outcome.")
    parser.add_argument("visit", help="the visit's id, its ticket's number, or a plate for its newest visit")
    parser.add_argument("item", help="the item's code, such as B1, B0, DB; whole for the whole vehicle, all for all")
    parser.add_argument(
        "--attempt", type=int, metavar="N", help="of several attempts (default: the last with a result)"
    )
    parser.add_argument("--edition", metavar="E", help='also under another edition, such as "GB 21861-2014"')
    parser.add_argument("--json", action="store_true", help="as JSON: one object, of all a list")
    options = with_language(parser, about="of the explanation").parse_args(arguments)
    from carcheck_desktop.app.verdicts import EVERY_ITEM, explained_verdicts
    from carcheck_desktop.app.verdicts_plain import view_lines, view_of
    from carcheck_desktop.base.data import to_exact_json

    station = station_of(options)
    views = explained_verdicts(station, options.visit, options.item, options.edition, options.attempt)
    words = Catalogue(options.lang or language_here())
    if options.json:
        found = [view_of(view, words) for view in views]
        print(to_exact_json(found if options.item == EVERY_ITEM else found[0]).decode())
    else:
        print("\n\n".join("\n".join(view_lines(view, words)) for view in views))
    return 0
