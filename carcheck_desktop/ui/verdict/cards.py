"""A verdict card in words and figures, the same in every window; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carcheck_desktop.base.units import behind
from carcheck_desktop.domain.verdicts import Comparison, Outcome
from carcheck_desktop.ui.bridge.words import figure, signed
from carcheck_desktop.ui.theme.tokens import Tone
from carcheck_desktop.ui.widgets.charts.states import limit_bar
from carcheck_desktop.ui.widgets.data.states import CardState

if TYPE_CHECKING:
    from carcheck_desktop.domain.verdicts import VerdictCard
    from carcheck_desktop.ui.bridge.words import Words
    from carcheck_desktop.ui.widgets.charts.states import GaugeState

OUTCOME_TONE = {
    Outcome.PASS: Tone.GOOD,
    Outcome.FAIL: Tone.BAD,
    Outcome.NOT_JUDGED: Tone.NEUTRAL,
    Outcome.INVALID: Tone.CAUTION,
}
OUTCOME_ICON = {
    Outcome.PASS: "circle-check",
    Outcome.FAIL: "circle-x",
    Outcome.NOT_JUDGED: "circle-dashed",
    Outcome.INVALID: "circle-alert",
}
COMPARISON_SIGN = {each: each.sign for each in Comparison}


def card_key(item: str, quantity: str) -> str:
    """Return by which key a card says what it judges."""
    return f"{item}/{quantity}"


def keyed(key: str) -> tuple[str, str]:
    """Return item and quantity of a card's key."""
    item, _, quantity = key.partition("/")
    return item, quantity


def card_state(card: VerdictCard, words: Words, *, explain: bool = False) -> CardState:
    """Return a verdict card in words and figures; one to `explain` can be pressed."""
    limit, unit = "", behind(card.unit)
    if card.limit is not None and card.comparison is not None:
        limit = words("ui.card.limit", sign=COMPARISON_SIGN[card.comparison], limit=figure(card.limit), unit=unit)
    margin = words("ui.card.margin", margin=signed(card.margin), unit=unit) if card.margin is not None else ""
    is_known = card.rounded is not None
    tone = OUTCOME_TONE[card.outcome]
    return CardState(
        title=words.name(card.quantity),
        tone=tone,
        icon=OUTCOME_ICON[card.outcome],
        outcome=words.name(card.outcome),
        value=figure(card.rounded),
        unit=unit if is_known else "",
        limit=limit,
        margin=margin,
        exact=words("ui.card.exact", exact=figure(card.exact), unit=unit) if card.exact is not None else "",
        source=words("ui.card.source", source=card.source, edition=card.edition),
        doubt=words("ui.card.doubtful", confidence=words.name(card.confidence)) if card.doubtful else "",
        reason=words.message(card.reason),
        bar=_bar(card, limit, tone),
        key=card_key(card.item, card.quantity.value),
        explain=words("ui.verdict.open") if explain else "",
    )


def _bar(card: VerdictCard, limit: str, tone: Tone) -> GaugeState | None:
    """Return value against limit, only to be looked at; none for what was not judged."""
    if card.rounded is None or card.limit is None or card.comparison is None:
        return None
    is_most = card.comparison.is_most
    return limit_bar(float(card.rounded), float(card.limit), tone, limit, is_most=is_most)
