"""The verdicts of one item of a recorded visit, each as a readable derivation with its numbers in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carcheck_desktop.app.judging_plain import card_of
from carcheck_desktop.app.operations import record_of_visit
from carcheck_desktop.base.errors import RefusedError
from carcheck_desktop.domain.verdicts import WHOLE_ITEM

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from carcheck_desktop.base.catalogues import Catalogue
    from carcheck_desktop.base.station import Station
    from carcheck_desktop.domain.verdicts import VerdictCard
    from carcheck_desktop.domain.views import VisitView

EVERY_ITEM = "all"


def explained(station: Station, wanted: str, item: str, words: Catalogue) -> dict[str, Any]:
    """Return the cards of an item (its code, `whole`, or `all`) of a visit, the newest of each, with their derivations.

    Raises `RefusedError` when there is no such visit, or nothing was judged of the item; names what was.
    """
    visit = record_of_visit(station, wanted).visit
    known = newest_cards(visit)
    found = [card for card in known if item in (EVERY_ITEM, card.item)]
    if not found:
        items = ", ".join(dict.fromkeys(card.item for card in known)) or "-"
        raise RefusedError("app.explaining.no_such_item", item=item, items=items, visit=visit.visit_id)
    return {
        "visit_id": visit.visit_id,
        "plate": visit.vehicle.plate,
        "item": item,
        "cards": [card_of(card, words) for card in found],
    }


def newest_cards(visit: VisitView) -> list[VerdictCard]:
    """Return what the conclusion rests on; before there is one, what each item's newest run was judged."""
    if visit.conclusion_cards:
        return list(visit.conclusion_cards)
    cards: dict[tuple[str, str], VerdictCard] = {}
    for attempt in visit.attempts:
        for run in attempt.items:
            cards |= {(card.item, card.quantity): card for card in run.cards}
    return sorted(cards.values(), key=lambda card: card.item == WHOLE_ITEM)


def text_lines(result: Mapping[str, Any]) -> Iterator[str]:
    """Yield the derivations for people."""
    yield f"{result['visit_id']}  {result['plate']}"
    for card in result["cards"]:
        yield f"  {card['item']}"
        yield from (f"    {line}" for line in card["explanation"])
