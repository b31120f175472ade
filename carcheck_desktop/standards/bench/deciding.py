"""Which of several brake results of one vehicle decides: a road test where one was driven, else the bench.

A road test is driven where the bench cannot take the vehicle or its result is doubted, and then decides (GB 38900 D.1.6, quoted
by one article, R1; which doubts count is a person's to say, and driving the test says it).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from carcheck_desktop.base.messages import Message
from carcheck_desktop.domain.verdicts import Confidence, Outcome, Quantity, VerdictCard
from carcheck_desktop.standards.bench.road import ROAD_ITEM, SLOPE_ITEM
from carcheck_desktop.standards.cards import WEAKER

if TYPE_CHECKING:
    from collections.abc import Sequence

SERVICE = frozenset((
    Quantity.AXLE_BRAKE_RATE, Quantity.IMBALANCE, Quantity.LOADED_AXLE_BRAKE_RATE, Quantity.WHOLE_VEHICLE_BRAKE_RATE,
    Quantity.LADEN_WHOLE_VEHICLE_BRAKE_RATE,
))  # fmt: skip
INSTEAD = {ROAD_ITEM: SERVICE, SLOPE_ITEM: frozenset((Quantity.PARKING_BRAKE_RATE,))}
"""What each road item is driven instead of."""


def road_decides(cards: Sequence[VerdictCard]) -> tuple[VerdictCard, ...]:
    """Return the cards, of which failures on the bench no longer count where the road test in their place is complete."""
    spared: set[Quantity] = set()
    for item, quantities in INSTEAD.items():
        outcomes = {card.outcome for card in cards if card.item == item and card.counts}
        if outcomes and outcomes <= {Outcome.PASS, Outcome.FAIL}:
            spared |= quantities
    return tuple(_spared(card) if card.quantity in spared else card for card in cards)


def _spared(card: VerdictCard) -> VerdictCard:
    if card.outcome is not Outcome.FAIL or not card.counts:
        return card
    confidence = max(card.confidence, Confidence.SINGLE_SOURCE, key=WEAKER.index)
    return replace(card, counts=False, confidence=confidence, reason=Message("standards.advice.road_decides"))
